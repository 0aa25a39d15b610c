import type { Use } from '../python/uses';
import { plainString } from '../python/strings';
import { change } from './kit/change';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const taskflow: Rule = {
  id: 'taskflow',
  pattern: 4,
  names: ['taskflow.engines.load(executor)', 'taskflow.engines.load_from_detail(executor)', 'taskflow.engines.load_from_factory(executor)', 'taskflow.engines.run(executor)', 'taskflow.utils.eventlet_utils.*', 'greenthread', 'greenthreads', 'greenthreaded'],
  forms: ['keyword', 'name', 'string'],
  answers: (use) => (use.form === 'name' ? use.api !== 'taskflow.utils.eventlet_utils' : engineNamed(use) !== undefined),
  message: (use) => (use.form === 'name' ? `\`${use.api}\` belongs to taskflow’s green engine.` : 'This engine of taskflow runs its tasks in green threads.'),
  guide: {
    title: 'Green engines of taskflow',
    does: 'A parallel engine of taskflow runs its tasks in an executor; `greenthread`, `greenthreads` and `greenthreaded` name one of green threads.',
    replacement: { threading: '`executor="threaded"`, which is also the default.', asyncio: 'There is no engine for coroutines.' },
    differences: [
      { of: 'order', aspect: 'two tasks at once', eventlet: 'they change places only where one of them waits', threading: 'they change places anywhere' },
      { of: 'defaults', aspect: '`max_workers`', eventlet: '1000 green threads', threading: 'a few for each processor' },
    ],
    same: {
      value: 'a flow stores the same results',
      exceptions: 'a task that fails is reverted in both',
      blocking: '`run()` waits for the flow in both',
      cancellation: 'an engine is suspended between two tasks in both',
    },
    links: [...links.taskflow.guidance],
  },
  proposals(use, view) {
    if (engineNamed(use) === undefined) return nowhere('it asks or does what only a green engine needs; it goes with that engine');
    const edits = change(view).replace({ startIndex: use.start, endIndex: use.end }, 'threaded');
    const why = 'tasks of one flow then run at the same time: what they share needs locks, and their number is that of the workers';
    return [
      { target: 'threading', title: 'Use `threaded`', claim: 'review', conditions: [], why, change: edits.done() },
      { target: 'asyncio', reason: 'taskflow has no engine for coroutines' },
    ];
  },
  examples: [
    {
      title: 'the engine’s tasks run in threads',
      before: `
from taskflow import engines

engines.load(flow, engine='parallel', executor='greenthreaded')
                                                #^^^^^^^^^^^^ review
options = {'engine': 'parallel', 'executor': 'greenthreads'}
                                              #^^^^^^^^^^^ review
`,
      after: `
from taskflow import engines

engines.load(flow, engine='parallel', executor='threaded')
options = {'engine': 'parallel', 'executor': 'threaded'}
`,
    },
    {
      title: 'what belongs to the green engine goes with it',
      before: `
from taskflow.utils import eventlet_utils

eventlet_utils.check_for_eventlet()
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other executors are left alone',
      before: `
from taskflow import engines

engines.load(flow, engine='parallel', executor='threaded', name='greenthread')
`,
    },
  ],
};

/** The name of a green engine, where a use is one; taskflow does not mind capitals. */
function engineNamed(use: Use): string | undefined {
  const text = use.form === 'keyword' ? plainString(use.value) : use.form === 'string' && use.setting?.name === 'executor' ? use.text : undefined;
  return text !== undefined && /^greenthread(s|ed)?$/i.test(text) ? text : undefined;
}
