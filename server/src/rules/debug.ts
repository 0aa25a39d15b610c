import { argumentsOf } from '../python/calls';
import type { NameUse } from '../python/uses';
import { field, isField, statementOf, type Node } from '../syntax/node';
import { ownStatement } from './kit/assigned';
import { change } from './kit/change';
import { lostWith } from './kit/deletion';
import { links } from './kit/links';
import { bothWays, nowhere, unless } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Rule } from './rule';

/** Switches whose only effect is what eventlet prints or checks about itself (catalogue 2.15). */
const switches = new Set(['hub_blocking_detection', 'hub_exceptions', 'hub_listener_stacks', 'hub_prevent_multiple_readers', 'hub_timer_stacks', 'tpool_exceptions']);

const advice: Readonly<Record<string, string>> = {
  format_asyncio_info: '`asyncio.all_tasks()` lists the tasks, `asyncio.Task.print_stack` their stacks',
  format_hub_listeners: 'there is no hub that knows all waiting code; `faulthandler.dump_traceback(all_threads=True)` and `sys._current_frames()` show where each thread is',
  format_hub_timers: 'there is no hub that knows all timers; `threading.enumerate()` lists the threads, pending `threading.Timer`s among them',
  format_threads_info: '`threading.enumerate()` with `sys._current_frames()`, or `faulthandler.dump_traceback(all_threads=True)`, tells it of native threads',
  spew: '`sys.settrace`, `threading.settrace` and the module `trace` print executed lines',
  Spew: '`sys.settrace`, `threading.settrace` and the module `trace` print executed lines',
  unspew: '`sys.settrace(None)` ends tracing',
};

export const debug: Rule = {
  id: 'debug',
  pattern: 4,
  names: ['eventlet.debug.*', 'eventlet.greenpool.DEBUG'],
  message: (use) => `\`${use.api.replace('eventlet.', '')}\` looks into eventlet’s hub or pools; without them there is nothing to see.`,
  guide: {
    title: 'Debugging switches',
    does: '`eventlet.debug` prints what the hub does: exceptions in it, listeners, timers, callbacks that block too long.',
    replacement: {
      threading: 'The switches are deleted. What runs where is told by `faulthandler.dump_traceback(all_threads=True)`, `threading.enumerate()`, `sys._current_frames()` and py-spy.',
      asyncio: 'The switches are deleted. `PYTHONASYNCIODEBUG=1` or `loop.set_debug(True)` reports callbacks that take longer than `loop.slow_callback_duration`; `asyncio.all_tasks()` lists the tasks.',
    },
    differences: [
      { of: 'exceptions', aspect: 'two readers of one socket', eventlet: '`RuntimeError`, unless `hub_prevent_multiple_readers(False)` says otherwise', threading: 'each gets a part of the data, silently', asyncio: '`RuntimeError` for streams' },
      { of: 'value', aspect: 'exceptions of green threads', eventlet: 'printed by the hub', threading: 'printed by `threading.excepthook`; those of an executor stay in the future' },
      { of: 'blocking', aspect: '`hub_blocking_detection`', eventlet: 'an alarm when the hub is blocked', threading: 'a thread may block', asyncio: 'debug mode' },
    ],
    same: {
      order: 'the switches change no order',
      cancellation: 'the switches cancel nothing',
      defaults: 'eventlet prints exceptions and forbids two readers where nothing is said',
    },
    links: [...links.debugging.guidance, ...links.debugging.python],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    const name = nameOf(use);
    const statement = switchStatement(use);
    if (statement) return view.memory.recall(`turning ${use.api}`, () => bothWays(neverTurned(use.api, view)));
    if (switches.has(name) || name === 'DEBUG') return nowhere('it is not set here by a statement of its own; what is done with it goes with the hub');
    return nowhere(advice[name] ?? `\`${use.api}\` belongs to the inside of eventlet and has no counterpart`);
  },
  examples: [
    {
      title: 'switches are deleted',
      before: `
import os

import eventlet.debug
from eventlet import greenpool

greenpool.DEBUG = False
#^^^^^^^^^^^^^^ safe
eventlet.debug.hub_exceptions(True)
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe
eventlet.debug.hub_blocking_detection(state=True, resolution=os.x)
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review

def run(verbose):
    if verbose:
        eventlet.debug.hub_listener_stacks(True)
        #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe
        eventlet.debug.tpool_exceptions(True)
        #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import os

def run(verbose):
    if verbose:
        pass
`,
    },
    {
      title: 'where several may read one socket, eventlet would complain without the switch',
      before: `
from eventlet import debug

debug.hub_prevent_multiple_readers(False)
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
debug.hub_prevent_multiple_readers(True)
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
`,
    },
    {
      title: 'what is turned on and off goes as a whole',
      before: `
from eventlet import debug

debug.hub_blocking_detection(True, 5)
#^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe
debug.hub_blocking_detection(False)
#^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe

def quiet(is_loud):
    debug.hub_exceptions(is_loud)
    #^^^^^^^^^^^^^^^^^^^ review
    debug.hub_exceptions(True)
    #^^^^^^^^^^^^^^^^^^^ review

debug.tpool_exceptions(True)
#^^^^^^^^^^^^^^^^^^^^^ review
turn = debug.tpool_exceptions
       #^^^^^^^^^^^^^^^^^^^^^ none
`,
      after: `
from eventlet import debug

def quiet(is_loud):
    pass
turn = debug.tpool_exceptions
`,
    },
    {
      title: 'what shows the hub has no counterpart',
      before: `
from eventlet import debug

print(debug.format_hub_timers())
      #^^^^^^^^^^^^^^^^^^^^^^ none
debug.spew()
#^^^^^^^^^ none
hook = debug.hub_exceptions
       #^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'somebody else’s debug module is left alone',
      before: `
from mypackage import debug

debug.hub_exceptions(True)
`,
    },
  ],
};

/**
 * The deletion of a switch wherever this file turns it. What is turned on would stay on where only the turning off is deleted, so all go in one fix, and where
 * one of them wants a look all do.
 */
function neverTurned(api: string, view: FileView): Omit<Fix, 'target'> {
  const edits = change(view);
  const doubts = new Set<string>();
  for (const use of view.uses) {
    if (use.form !== 'name' || use.api !== api) continue;
    const statement = switchStatement(use);
    if (statement) edits.removeStatement(statement);
    const own = statement ? [...(isUnlocking(use) ? [readers] : []), ...lostWith(statement, use.node)] : ['another use of this switch stays, and may leave it turned'];
    for (const doubt of own) doubts.add(doubt);
  }
  const title = 'Delete this switch';
  const conditions = [{ kind: 'checked', text: 'its only effect is inside eventlet' }] as const;
  return unless(doubts.size > 0 ? [...doubts].join('; ') : undefined, { target: 'threading', title, claim: 'safe', conditions, change: edits.done() });
}

const readers = 'as long as green threads run, two of them that read one socket raise `RuntimeError` without it; natively they silently share the data';

/** The statement that does nothing but turn a switch. */
function switchStatement(use: NameUse): Node | undefined {
  const name = nameOf(use);
  if (name === 'DEBUG') {
    const assignment = use.node.parent;
    const isSet = assignment?.type === 'assignment' && isField(assignment, 'left', use.node) && field(assignment, 'right')?.type !== 'assignment';
    return isSet && assignment.parent?.type === 'expression_statement' ? statementOf(assignment) : undefined;
  }
  return switches.has(name) && use.call ? ownStatement(use.call) : undefined;
}

function nameOf({ api }: NameUse): string {
  return api.slice(api.lastIndexOf('.') + 1);
}

/** With `False` several green threads may read one socket, which eventlet forbids otherwise. */
function isUnlocking(use: NameUse): boolean {
  return use.api.endsWith('hub_prevent_multiple_readers') && use.call !== undefined && argumentsOf(use.call).positional[0]?.type !== 'true';
}
