import { noCode } from '../kit/aspects';
import { links } from '../kit/links';
import { effectOf, isOwnSwitch, variablesDo } from '../kit/variables';
import { isConfig, isYaml } from './kit/files';
import { isOnlyCommand, isOnlyEntry } from './kit/onlyEntry';
import { forBoth, forNeither } from './kit/proposing';
import { withoutLine } from './kit/removal';
import type { TextEdit } from '../../edits/textEdit';
import type { TextFile, TextMatch, TextProposal, TextRule } from './textRule';

export const environment: TextRule = {
  id: 'environment',
  pattern: 8,
  kind: 'config',
  files: isConfig,
  message: ({ api }) => (isOwnSwitch(api) ? `\`${api}\` switches between eventlet and native threads; it goes when there is only one way left.` : `\`${api}\` configures eventlet and goes with it.`),
  guide: {
    title: 'Environment variables',
    does: variablesDo,
    replacement: {
      threading: 'Nothing: the variables of eventlet are deleted with it, and a switch with the code that reads it.',
      asyncio: 'Nothing. `EVENTLET_HUB=asyncio` is the first step on this way, and goes with the last one.',
    },
    differences: [],
    same: noCode,
    links: [...links.hubs.guidance, ...links.inventory.guidance],
  },
  find: (file) => [...file.code.matchAll(/(?<![\w$])(?=[A-Z0-9_]*EVENTLET)[A-Z][A-Z0-9_]*(?!\w)/g)].map(({ 0: name, index }) => ({
    start: index,
    end: index + name.length,
    api: name,
    proposals: proposals(name, index, file),
  } satisfies TextMatch)),
  examples: [
    {
      title: 'what only eventlet reads goes with it',
      path: 'Dockerfile',
      before: `
FROM python:3.12
ENV EVENTLET_NO_GREENDNS=yes
    #^^^^^^^^^^^^^^^^^^^ review
CMD ["python", "-m", "service"]
`,
      after: `
FROM python:3.12
CMD ["python", "-m", "service"]
`,
    },
    {
      title: 'a line of a list and a line of a map are lines',
      path: 'compose.yaml',
      before: `
services:
  web:
    environment:
      - EVENTLET_HUB=poll
        #^^^^^^^^^^^ review
      - PORT=80
  worker:
    environment:
      EVENTLET_THREADPOOL_SIZE: "30"
      #^^^^^^^^^^^^^^^^^^^^^^^ review
      PORT: 81
`,
      after: `
services:
  web:
    environment:
      - PORT=80
  worker:
    environment:
      PORT: 81
`,
    },
    {
      title: 'a block with one entry goes as a whole',
      path: '.github/workflows/test.yml',
      before: `
env:
  EVENTLET_NO_GREENDNS: yes
  #^^^^^^^^^^^^^^^^^^^ none
jobs: {}
`,
    },
    {
      title: 'a block of a shell script is not left empty',
      path: 'run.sh',
      before: `
if test -n "$POLL"; then
    # The one hub that works here.
    export EVENTLET_HUB=poll
           #^^^^^^^^^^^ none
    export EVENTLET_NO_GREENDNS=yes
           #^^^^^^^^^^^^^^^^^^^ none
fi
test -n "$WIDE" &&
    EVENTLET_THREADPOOL_SIZE=30
    #^^^^^^^^^^^^^^^^^^^^^^^ none
if test -n "$SELECTS"; then
    echo 'with select'
    export EVENTLET_HUB=selects
           #^^^^^^^^^^^ review
fi
`,
      after: `
if test -n "$POLL"; then
    # The one hub that works here.
    export EVENTLET_HUB=poll
    export EVENTLET_NO_GREENDNS=yes
fi
test -n "$WIDE" &&
    EVENTLET_THREADPOOL_SIZE=30
if test -n "$SELECTS"; then
    echo 'with select'
fi
`,
    },
    {
      title: 'Kubernetes has a name and a value',
      path: 'chart/values.yaml',
      before: `
env:
  - name: EVENTLET_HUB
          #^^^^^^^^^^^ review
    value: poll
  - name: PORT
    value: "80"
`,
      after: `
env:
  - name: PORT
    value: "80"
`,
    },
    {
      title: 'a switch of the project stays while both ways are tested',
      path: 'tox.ini',
      before: `
[testenv:py312-threading]
setenv =
    OS_NOVA_DISABLE_EVENTLET_PATCHING=1
    #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'a factor of tox may stand in front',
      path: 'tox.ini',
      before: `
[testenv]
setenv =
    PYTHONHASHSEED = 0
    poll: EVENTLET_HUB = poll
          #^^^^^^^^^^^ review
`,
      after: `
[testenv]
setenv =
    PYTHONHASHSEED = 0
`,
    },
    {
      title: 'comments and references say nothing',
      path: 'run.sh',
      before: `
# EVENTLET_HUB may be set from outside.
echo "$EVENTLET_HUB"
`,
    },
  ],
};

/** The edit that takes a variable out of a file where one is set; undefined where that is no whole entry, or the only one of its block. */
export function withoutVariable(name: string, start: number, file: TextFile): TextEdit | undefined {
  return pairOf(name, start, file) ?? (isLine(name, start, file) ? withoutLine(file, start) : undefined);
}

function proposals(name: string, start: number, file: TextFile): readonly TextProposal[] {
  if (isOwnSwitch(name)) return forNeither('it lets both ways be tested; keep it while there are two, then remove it with the code that reads it');
  const edit = withoutVariable(name, start, file);
  if (!edit) return forNeither('it is one part of its line or the only entry of its block; take it out by hand, in the same step as eventlet');
  return forBoth({ title: `Remove \`${name}\``, claim: 'review', why: `while eventlet runs: ${effectOf(name)}; remove it in the same step as eventlet`, edits: [edit] });
}

/** `- name: EVENTLET_HUB` and the line below with its value, in a list that holds more than that. */
function pairOf(name: string, start: number, { code, path }: TextFile): TextEdit | undefined {
  const lineStart = code.lastIndexOf('\n', start) + 1;
  const pair = new RegExp(`^([ \\t]*)-[ \\t]+name:[ \\t]+["']?${name}["']?[ \\t]*\\r?\\n\\1[ \\t]+value:[^\\r\\n]*(?:\\r?\\n|$)(?!\\1[ \\t]+\\S)`).exec(code.slice(lineStart));
  if (!isYaml(path) || !pair) return undefined;
  const [whole, indent = ''] = pair;
  const isItem = (text: string | undefined): boolean => text?.startsWith(`${indent}-`) ?? false;
  const hasNext = isItem(code.slice(lineStart + whole.length).split('\n').find((line) => line.trim() !== ''));
  const hasPrevious = !/:[ \t]*\r?\n(?:[ \t]*\r?\n)*$/.test(code.slice(0, lineStart));
  return hasNext || hasPrevious ? { start: lineStart, end: lineStart + whole.length, newText: '' } : undefined;
}

/** Whether the line sets the variable and does nothing else, and is not all that its block holds. */
function isLine(name: string, start: number, { code, path }: TextFile): boolean {
  const lineStart = code.lastIndexOf('\n', start) + 1;
  const line = /^.*/.exec(code.slice(lineStart))?.[0] ?? '';
  const factor = isYaml(path) ? '' : '(?:[\\w{},!-]+:[ \\t]+)?';
  const form = new RegExp(`^[ \\t]*${factor}(?:export[ \\t]+|ENV[ \\t]+|Environment=|-[ \\t]+)?(["']?)${name}(?:\\1[ \\t]*:[ \\t]+|=|[ \\t]*=[ \\t]*|[ \\t]+)(?:"[^"]*"|'[^']*'|[^\\s"'\\\\]*)["']?[ \\t]*$`);
  return form.test(line) && !(isYaml(path) && isOnlyEntry(code, lineStart, goes)) && !isOnlyCommand(code, lineStart, goes);
}

/** Whether a line seems to set a variable of eventlet, which goes in the same step. */
function goes(line: string): boolean {
  return /^[ \t]*(?:export[ \t]+|-[ \t]+)?["']?EVENTLET_\w+["']?[ \t]*[:=]/.test(line);
}
