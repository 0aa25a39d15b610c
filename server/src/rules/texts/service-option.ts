import { links } from '../kit/links';
import { isConfig } from './kit/files';
import { forNeither } from './kit/proposing';
import type { TextMatch, TextRule } from './textRule';

export const serviceOption: TextRule = {
  id: 'service-option',
  pattern: 8,
  kind: 'config',
  files: isConfig,
  message: ({ api }) => `\`${api}\` is an option that has a meaning on eventlet only.`,
  guide: {
    title: 'Options of services',
    does: 'Services, those of OpenStack above all, have options whose name or value is eventlet: `executor = eventlet`, `concurrency_backend = eventlet`, `eventlet_executor_pool_size`.',
    replacement: {
      threading: 'Deprecate the option first, release, then remove it. oslo.messaging’s executor is `threading` with `executor_thread_pool_size`.',
      asyncio: 'Deprecate the option first, release, then remove it.',
    },
    differences: [],
    links: [...links.deprecatingOptions.guidance, ...links.openstack.guidance],
  },
  find: ({ code }) => [...code.matchAll(form)].map((match): TextMatch => {
    const { value, name: own, option = own ?? '' } = match.groups ?? {};
    const name = value ?? option;
    const start = match.index + (value === undefined ? match[0].indexOf(option) : match[0].length - value.length);
    return { start, end: start + name.length, api: option, proposals: forNeither('which options and values there are is up to the service that reads them: deprecate this one, then remove it') };
  }),
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
