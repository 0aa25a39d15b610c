import { links } from './kit/links';
import type { Rule } from './rule';

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
      { aspect: 'a count below zero', eventlet: 'stays zero', threading: 'to be checked' },
      { aspect: 'waiting at zero', eventlet: 'returns at once', threading: 'returns at once' },
      { aspect: 'counting', eventlet: 'nobody comes between', threading: 'under the condition’s lock' },
    ],
    links: [...links.greenPool.python],
  },
  proposals: () => [
    { target: 'threading', reason: '`concurrent.futures.wait` waits for the tasks that it counts; a counter of its own is a few lines around `threading.Condition`, see the guide page' },
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
      title: 'other counters are left alone',
      before: `
import threading

threading.Barrier(2).wait()
`,
    },
  ],
};
