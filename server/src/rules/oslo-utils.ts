import type { NameUse, StringUse, Use } from '../python/uses';
import { ownStatement } from './kit/assigned';
import { withoutBranch } from './kit/branches';
import { change } from './kit/change';
import { deletion } from './kit/deletion';
import { links } from './kit/links';
import { ambiguous, bothWays, nowhere, unless } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Proposal, Rule } from './rule';

export const osloUtils: Rule = {
  id: 'oslo-utils',
  pattern: 1,
  names: ['oslo_utils.eventletutils.*'],
  forms: ['name', 'string'],
  answers: (use) => use.api !== 'oslo_utils.eventletutils',
  message: (use) => `\`${use.api}\` hides whether the process runs on eventlet; natively there is nothing to hide.`,
  guide: {
    title: 'oslo.utils’ helpers for eventlet',
    does: '`oslo_utils.eventletutils` is for libraries that run in both worlds: it asks whether eventlet has patched the process, and gives an event or the current thread of that world. The module is deprecated.',
    replacement: {
      threading: '`Event()`: `threading.Event()`, which is what it gives in an unpatched process. `is_monkey_patched(…)` and `EVENTLET_AVAILABLE`: `False`. `fetch_current_thread_functor()`: `threading.current_thread`. `warn_eventlet_not_patched()`: nothing.',
      asyncio: 'The same. An event that coroutines wait for is an `asyncio.Event`, which is another thing.',
    },
    differences: [
      { of: 'value', aspect: 'what the functor gives', eventlet: 'the greenlet that runs', threading: 'the `Thread`; one for each green thread while `thread` is patched' },
      { of: 'blocking', aspect: '`Event().wait()`', eventlet: 'other green threads run', threading: 'the same while `thread` is patched; in a process that is not, it is a `threading.Event` already' },
    ],
    same: {
      exceptions: 'neither raises',
      order: 'who waits is woken by `set()` in both',
      cancellation: 'nothing here is cancelled',
      defaults: 'the arguments are those of `threading.Event`',
    },
    links: [...links.osloUtils.guidance, ...links.event.python],
  },
  proposals: (use, view) => (use.form === 'name' ? ofName(use, view) : use.form === 'string' ? doubled(use, view) : []),
  examples: [
    {
      title: 'the event is an event of threads; test doubles of the other class do not reach it',
      before: `
from oslo_utils import eventletutils


class Worker:
    def __init__(self):
        self.done = eventletutils.Event()
                    #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading


class Worker:
    def __init__(self):
        self.done = threading.Event()
`,
    },
    {
      title: 'the process is not patched, and of an `if` the native branch remains',
      before: `
from oslo_utils.eventletutils import is_monkey_patched


def check(log):
    if is_monkey_patched('thread'):
       #^^^^^^^^^^^^^^^^ review
        log.debug('green')
    else:
        log.debug('native')
`,
      after: `
def check(log):
    log.debug('native')
`,
    },
    {
      title: 'a warning about a missing patch goes, the current thread is that of threading',
      before: `
from oslo_utils import eventletutils

eventletutils.warn_eventlet_not_patched(what='service')
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe
current = eventletutils.fetch_current_thread_functor()
          #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
kinds = [eventletutils.EventletEvent]
         #^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
      after: `
import threading

from oslo_utils import eventletutils

current = threading.current_thread
kinds = [eventletutils.EventletEvent]
`,
    },
    {
      title: 'what is called for a warning goes with it',
      before: `
from oslo_utils import eventletutils

eventletutils.warn_eventlet_not_patched(load_plugins(), what='plugins')
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
`,
    },
    {
      title: 'a test double changes with the code',
      before: `
from unittest import mock

wait = mock.patch('oslo_utils.eventletutils.EventletEvent.wait')
                   #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
kind = mock.patch('oslo_utils.eventletutils.is_monkey_patched')
                   #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
      after: `
from unittest import mock

wait = mock.patch('threading.Event.wait')
kind = mock.patch('oslo_utils.eventletutils.is_monkey_patched')
`,
    },
    {
      title: 'other helpers of oslo.utils are left alone',
      before: `
from oslo_utils import timeutils

timeutils.utcnow()
`,
    },
  ],
};

function ofName(use: NameUse, view: FileView): readonly Proposal[] {
  const name = use.api.slice('oslo_utils.eventletutils.'.length);
  const fix = name === 'Event' ? event(use, view) : name === 'fetch_current_thread_functor' ? functor(use, view) : name === 'warn_eventlet_not_patched' ? silent(use, view) : asked(name, use, view);
  return fix ? bothWays(unlessUncertain(use, fix)) : nowhere(whyNotHere(use));
}

/** Certain only where nothing else may be meant by the name. */
function unlessUncertain({ isCertain }: NameUse, fix: Omit<Fix, 'target'>): Omit<Fix, 'target'> {
  return unless(isCertain ? undefined : ambiguous, { target: 'threading', ...fix });
}

function event(use: NameUse, view: FileView): Omit<Fix, 'target'> {
  const edits = change(view);
  edits.replace(use.node, `${edits.module('threading', use.node)}.Event`);
  const why = 'it does the same, but tests that replace methods of `oslo_utils.eventletutils.EventletEvent` no longer reach it; change them in the same step';
  return { title: 'Use `threading.Event`', claim: 'review', conditions: [], why, change: edits.done() };
}

// fetch_current_thread_functor()  =>  threading.current_thread
function functor(use: NameUse, view: FileView): Omit<Fix, 'target'> | undefined {
  if (!use.call) return undefined;
  const edits = change(view);
  edits.replace(use.call, `${edits.module('threading', use.node)}.current_thread`);
  return { title: 'Use `threading.current_thread`', claim: 'review', conditions: [], why: 'in a patched process it gave the greenlet that runs, not its thread: whoever keeps them must only compare them', change: edits.done() };
}

function silent(use: NameUse, view: FileView): Omit<Fix, 'target'> | undefined {
  const statement = use.call && ownStatement(use.call);
  if (!statement) return undefined;
  return deletion(statement, use.node, view, { title: 'Delete the warning', effect: 'it does nothing but warn' });
}

function asked(name: string, use: NameUse, view: FileView): Omit<Fix, 'target'> | undefined {
  const question = name === 'is_monkey_patched' ? use.call : name === 'EVENTLET_AVAILABLE' ? use.node : undefined;
  if (!question) return undefined;
  const folded = withoutBranch(question, view);
  const why = 'as long as the process runs on eventlet the answer is yes; this goes together with `monkey_patch()`';
  return { title: folded ? 'Keep the branch without eventlet' : 'Use `False`', claim: 'review', conditions: [], why, change: folded ?? change(view).replace(question, 'False').done() };
}

/** A double of an event's method is one of threading's event, once the code under test uses that. */
function doubled(use: StringUse, view: FileView): readonly Proposal[] {
  const method = /^oslo_utils\.eventletutils\.EventletEvent\.(\w+)$/.exec(use.text)?.[1];
  if (method === undefined) return nowhere(whyNotHere(use));
  const edits = change(view).replace({ startIndex: use.start, endIndex: use.end }, `threading.Event.${method}`);
  const why = 'every event of the process is replaced then, those of `threading` itself too; change it together with the code under test';
  return bothWays({ title: `Replace \`threading.Event.${method}\``, claim: 'review', conditions: [], why, change: edits.done() });
}

function whyNotHere(use: Use): string {
  if (use.form === 'string') return 'the test replaces it for the code under test; change both in the same step';
  return 'it belongs to the inside of oslo.utils; `threading.Event` is what it stands for natively';
}
