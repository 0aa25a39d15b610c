import { noCode } from '../kit/aspects';
import { links } from '../kit/links';
import { isConfig } from './kit/files';
import { forBoth, forNeither } from './kit/proposing';
import { withoutLine } from './kit/removal';
import type { TextFile, TextMatch, TextRule } from './textRule';

export const serviceOption: TextRule = {
  id: 'service-option',
  pattern: 8,
  kind: 'config',
  files: isConfig,
  message: ({ api }) => (sizes.has(api) ? `\`${api}\` was chosen for green threads.` : `\`${api}\` is an option that has a meaning on eventlet only.`),
  guide: {
    title: 'Options of services',
    does: 'Services, those of OpenStack above all, have options whose name or value is eventlet: `executor = eventlet`, `concurrency_backend = eventlet`, `eventlet_executor_pool_size`.',
    replacement: {
      threading: 'Deprecate the option first, release, then remove it. oslo.messaging’s executor is `threading` with `executor_thread_pool_size`.',
      asyncio: 'Deprecate the option first, release, then remove it.',
    },
    differences: [],
    same: noCode,
    links: [...links.deprecatingOptions.guidance, ...links.openstack.guidance],
  },
  find: (file) => [...named(file), ...sized(file)],
  examples: [
    {
      title: 'the value is an engine',
      path: 'etc/service.conf',
      before: `
[DEFAULT]
rpc_executor = eventlet
               #^^^^^^^ none
`,
    },
    {
      title: 'the name tells it',
      path: 'etc/service.conf',
      before: `
[oslo_messaging]
eventlet_executor_pool_size = 64
#^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'options of green threads and their number',
      path: 'etc/service.conf',
      before: `
[DEFAULT]
default_green_pool_size = 1000
#^^^^^^^^^^^^^^^^^^^^^^ none
[oslo_messaging_rabbit]
heartbeat_in_pthread = true
#^^^^^^^^^^^^^^^^^^^ review
ssl = true
`,
      after: `
[DEFAULT]
default_green_pool_size = 1000
[oslo_messaging_rabbit]
ssl = true
`,
    },
    {
      title: 'sections and comments are no options',
      path: 'etc/service.conf',
      before: `
[eventlet]
#eventlet_debug = true
pool = other
`,
    },
  ],
};

const form = /^[ \t]*(?:(?<option>[\w-]*(?:executor|backend|concurrency_mode|engine|hub_type))["']?[ \t]*[=:][ \t]*["']?(?<value>eventlet)(?![\w.-])|(?<name>eventlet_\w+)(?=[ \t]*[=:]))/gim;

function named({ code }: TextFile): readonly TextMatch[] {
  return [...code.matchAll(form)].map((match): TextMatch => {
    const { value, name: own, option = own ?? '' } = match.groups ?? {};
    const name = value ?? option;
    const start = match.index + (value === undefined ? match[0].indexOf(option) : match[0].length - value.length);
    return { start, end: start + name.length, api: option, proposals: forNeither('which options and values there are is up to the service that reads them: deprecate this one, then remove it') };
  });
}

/** Options of oslo's libraries that only mean something where threads are green; undefined where the line can go. */
const sizes: ReadonlyMap<string, string | undefined> = new Map([
  ['default_green_pool_size', 'it counts green threads; natively `executor_thread_pool_size` and the number of workers say how much is done at once'],
  ['wsgi_default_pool_size', 'it counts green threads of a WSGI server that the native backend does not have; the server that takes its place has an option of its own'],
  ['heartbeat_in_pthread', undefined],
]);

function sized(file: TextFile): readonly TextMatch[] {
  return [...file.code.matchAll(/^(default_green_pool_size|wsgi_default_pool_size|heartbeat_in_pthread)(?=[ \t]*=)/gm)].map(({ 0: name, index }): TextMatch => {
    const reason = sizes.get(name);
    const why = 'natively the heartbeat has a thread in any case, and the option is ignored; remove it in the same step as eventlet';
    const proposals = reason === undefined ? forBoth({ title: `Remove \`${name}\``, claim: 'review', why, edits: [withoutLine(file, index)] }) : forNeither(reason);
    return { start: index, end: index + name.length, api: name, proposals };
  });
}
