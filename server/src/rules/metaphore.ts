import { links } from './kit/links';
import { objectOf, whatHides } from './kit/objects';
import { cooperative, onThreads } from './kit/proposing';
import { helper, helperTitle } from './kit/useHelper';
import type { FileView } from './kit/view';
import type { Use } from '../python/uses';
import { change } from './kit/change';
import type { Fix, Rule } from './rule';

export const metaphore: Rule = {
  id: 'metaphore',
  pattern: 4,
  names: ['eventlet.coros.metaphore', 'eventlet.coros.metaphore().*'],
  message: (use) => (use.form === 'member' ? `\`${use.member}\` of a \`metaphore\`: it is replaced together with its counter.` : '`coros.metaphore` counts what runs and lets others wait for zero; natively futures are waited for, or a condition.'),
  guide: {
    title: 'Counting down',
    does: '`coros.metaphore()` is a counter: `inc()` when something starts, `dec()` when it ends, `wait()` until the count is zero.',
    replacement: {
      threading:
        'Mostly the count stands for tasks: keep their futures and `concurrent.futures.wait(futures)`. As a counter it is a `threading.Condition`: `dec` counts down under `with condition:` and calls `condition.notify_all()` at zero, `wait` is `condition.wait_for(lambda: count == 0)` under the same `with`.',
      asyncio: '`await asyncio.gather(*tasks)`, or an `asyncio.Condition`.',
    },
    differences: [
      { of: 'exceptions', aspect: 'a count below zero', eventlet: 'stays zero', threading: 'to be checked' },
      { of: 'blocking', aspect: 'waiting at zero', eventlet: 'returns at once', threading: 'returns at once' },
      { of: 'order', aspect: 'counting', eventlet: 'nobody comes between', threading: 'under the condition’s lock' },
    ],
    same: {
      value: '`wait()` gives nothing in either',
      cancellation: 'who waits can be killed on eventlet only',
      defaults: 'counting starts at zero in both, by one',
    },
    links: [...links.greenPool.python],
  },
  proposals: (use, view) => [
    counted(use, view) ?? { target: 'threading', reason: '`concurrent.futures.wait` waits for the tasks that it counts; a counter of its own is a few lines around `threading.Condition`, which `helper-module` in the project file makes room for' },
    { target: 'asyncio', reason: '`asyncio.gather` waits for the tasks that it counts' },
  ],
  examples: [
    {
      title: 'a counter and what is asked of it',
      before: `
from eventlet import coros

def run(jobs):
    running = coros.metaphore()
              #^^^^^^^^^^^^^^ none
    running.inc(len(jobs))
    #^^^^^^^^^^ none
    running.wait()
    #^^^^^^^^^^^ none
`,
    },
    {
      title: 'a counter of the helper code takes its place',
      helperModule: 'service.concurrency',
      before: `
from eventlet import coros

def run(jobs):
    running = coros.metaphore()
              #^^^^^^^^^^^^^^ review
    running.inc(len(jobs))
    #^^^^^^^^^^ review
    running.wait()
    #^^^^^^^^^^^ review
`,
      after: `
from service import concurrency

def run(jobs):
    running = concurrency.Countdown()
    running.inc(len(jobs))
    running.wait()
`,
    },
    {
      title: 'other counters are left alone',
      before: `
import threading

threading.Barrier(2).wait()
`,
    },
  ],
};

// running = coros.metaphore()  =>  running = concurrency.Countdown()
function counted(use: Use, view: FileView): Fix | undefined {
  const object = objectOf(use, view);
  if (!object || object.makers.length === 0 || whatHides({ ...object, isPrivate: true })) return undefined;
  const edits = change(view);
  for (const { node } of object.makers) {
    const name = helper('Countdown', node, edits, view);
    if (name === undefined) return undefined;
    edits.replace(node, name);
  }
  return { ...onThreads(helperTitle('Countdown', view), [cooperative('counter')], edits.done()), claim: 'review', why: 'whoever waits may go on before the one who counts down gives way' };
}
