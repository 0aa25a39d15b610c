import { argumentsOf } from '../python/calls';
import { plainString } from '../python/strings';
import type { NameUse } from '../python/uses';
import type { Node } from '../syntax/node';
import { withoutBranch } from './kit/branches';
import { change } from './kit/change';
import { links } from './kit/links';
import { ambiguous, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Rule } from './rule';

export const isMonkeyPatched: Rule = {
  id: 'is-monkey-patched',
  pattern: 2,
  names: ['eventlet.patcher.is_monkey_patched', 'eventlet.patcher.already_patched'],
  message: (use) => `\`${use.api.replace('eventlet.', '')}\` tells whether modules are green; without eventlet none is.`,
  guide: {
    title: 'Asking whether the process is patched',
    does: '`patcher.is_monkey_patched(group)` is true when `monkey_patch()` has patched `os`, `select`, `socket`, `subprocess`, `thread`, `time`, `builtins`, `psycopg` or `MySQLdb`; `patcher.already_patched` is the dictionary behind it.',
    replacement: {
      threading: '`False`, and of an `if` only the branch for native threads. This is one of the last steps: the question is what lets a module serve both worlds meanwhile.',
      asyncio: '`False` as well.',
    },
    differences: [
      { of: 'value', aspect: 'other names', eventlet: '`is_monkey_patched("threading")`, `("queue")`, `("ssl")` are always false; the group is called `thread` or `socket`', threading: '`False`' },
      { aspect: 'under `python -m eventlet.patcher`', eventlet: 'false although the modules are green', threading: '`False`' },
    ],
    same: {
      exceptions: 'none is raised in either',
      blocking: 'the question does not wait',
      order: 'nothing is started',
      cancellation: 'nothing is cancelled',
      defaults: 'the argument is required in both',
    },
    links: [...links.monkeyPatch.guidance, ...links.order.guidance],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    if (!use.call) return nowhere(whyNoCall(use));
    const fix = asFalse(use, use.call, view);
    return [
      { target: 'threading', ...fix },
      { target: 'asyncio', ...fix },
    ];
  },
  examples: [
    {
      title: 'the answer is no',
      before: `
from eventlet import patcher

def kind():
    return 'green' if patcher.is_monkey_patched('thread') else 'native'
                      #^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
def kind():
    return 'green' if False else 'native'
`,
    },
    {
      title: 'of an `if` the other branch remains',
      before: `
import time

from eventlet import patcher

def pause(seconds):
    # Be fair.
    if patcher.is_monkey_patched('time'):
       #^^^^^^^^^^^^^^^^^^^^^^^^ review
        seconds = max(0, seconds)
    else:
        # Real threads
        # are fair by themselves.
        if seconds < 0:
            return
    time.sleep(seconds)
`,
      after: `
import time

def pause(seconds):
    # Be fair.
    # Real threads
    # are fair by themselves.
    if seconds < 0:
        return
    time.sleep(seconds)
`,
    },
    {
      title: 'a condition that never holds takes its code along, one that always holds lets it stand',
      before: `
from eventlet.patcher import is_monkey_patched

def warn(log):
    if is_monkey_patched('os'):
       #^^^^^^^^^^^^^^^^ review
        log.warning('patched')
    if not is_monkey_patched('socket'):
           #^^^^^^^^^^^^^^^^ review
        log.info('native')
    log.info('done')
`,
      after: `
def warn(log):
    log.info('native')
    log.info('done')
`,
    },
    {
      title: 'for a name that eventlet does not know the answer is no today',
      before: `
from eventlet import patcher

if patcher.is_monkey_patched('threading') or patcher.is_monkey_patched('queue'):
   #^^^^^^^^^^^^^^^^^^^^^^^^ safe
                                             #^^^^^^^^^^^^^^^^^^^^^^^^ safe
    print('never')
`,
      after: `
if False or False:
    print('never')
`,
    },
    {
      title: 'a branch with more conditions is left to a person',
      before: `
from eventlet import patcher

if patcher.is_monkey_patched('thread') and patcher.already_patched:
   #^^^^^^^^^^^^^^^^^^^^^^^^ review
                                           #^^^^^^^^^^^^^^^^^^^^^^ none
    print('green')
elif patcher.is_monkey_patched('time'):
     #^^^^^^^^^^^^^^^^^^^^^^^^ review
    print('half')
`,
      after: `
from eventlet import patcher

if False and patcher.already_patched:
    print('green')
elif False:
    print('half')
`,
    },
    {
      title: 'somebody else’s question is left alone',
      before: `
from mypackage import is_monkey_patched

print(is_monkey_patched('thread'))
`,
    },
  ],
};

function whyNoCall(use: NameUse): string {
  if (use.api.endsWith('already_patched')) return 'the dictionary is empty in a process without eventlet: what is done with it goes together with `monkey_patch()`';
  return 'the function is passed on, and who calls it is not seen from here';
}

/** The names that the function knows; for any other it answers no (catalogue R3). */
const groups = new Set(['MySQLdb', 'builtins', 'os', 'psycopg', 'select', 'socket', 'subprocess', 'thread', 'time']);

const meanwhile = 'while `monkey_patch()` is in force the answer is yes; this goes together with it';

function asFalse(use: NameUse, call: Node, view: FileView): Omit<Fix, 'target'> {
  const [asked, ...others] = argumentsOf(call).positional;
  const name = asked && others.length === 0 ? plainString(asked) : undefined;
  if (name !== undefined && !groups.has(name) && use.isCertain) {
    const condition = { kind: 'checked', text: `eventlet has no group \`${name}\`, so the answer is no in any process` } as const;
    return { title: 'Use `False`', claim: 'safe', conditions: [condition], change: change(view).replace(call, 'False').done() };
  }
  const why = use.isCertain ? meanwhile : `${meanwhile}; ${ambiguous}`;
  const folded = withoutBranch(call, view);
  return { title: folded ? 'Keep the branch without eventlet' : 'Use `False`', claim: 'review', conditions: [], why, change: folded ?? change(view).replace(call, 'False').done() };
}
