import { links } from './kit/links';
import type { Rule } from './rule';

export const dagPool: Rule = {
  id: 'dag-pool',
  pattern: 4,
  names: ['eventlet.dagpool.*'],
  message: (use) => (use.form === 'member' ? `\`${use.member}\` of a \`DAGPool\`: it is replaced together with its pool.` : `\`${use.api.replace('eventlet.', '')}\` runs green threads in the order of what they need from each other; futures do so natively.`),
  guide: {
    title: 'Pools with dependencies',
    does: '`dagpool.DAGPool().spawn(key, depends, function)` runs the function when the values of the keys that it depends on are there, and keeps its result under its own key.',
    replacement: {
      threading: '`graphlib.TopologicalSorter` (Python 3.9) gives the keys that are ready, `executor.submit` of a `ThreadPoolExecutor` runs them, `concurrent.futures.wait` tells when the next are; or taskflow, where the graph is the point of the program.',
      asyncio: 'One task for each key; a task awaits the tasks of the keys that it depends on.',
    },
    differences: [
      { of: 'exceptions', aspect: 'a failure on the way', eventlet: '`PropagateError(key, exception)` in whatever depends on it', threading: 'the exception of the future; what depends on it is not started, or looks itself' },
      { of: 'value', aspect: 'a key that is set twice', eventlet: '`Collision`', threading: 'to be checked' },
      { of: 'defaults', aspect: 'limit', eventlet: 'none', threading: '`max_workers`; a function must not wait for another of a full pool' },
      { of: 'cancellation', aspect: '`kill(key)`', eventlet: 'there', threading: 'no counterpart', asyncio: '`task.cancel()`' },
    ],
    same: {
      blocking: 'who asks for a key waits for it in both',
      order: 'a function runs when all it depends on is there, in both',
    },
    links: [...links.greenPool.python],
  },
  proposals: () => [
    { target: 'threading', reason: '`graphlib.TopologicalSorter` and a `ThreadPoolExecutor` do its work; what a failure does to the keys that depend on it is written anew' },
    { target: 'asyncio', reason: 'tasks that await the tasks they depend on do its work; what a failure does to them is written anew' },
  ],
  examples: [
    {
      title: 'a pool and what is asked of it',
      before: `
from eventlet.dagpool import DAGPool

def build(make):
    pool = DAGPool()
           #^^^^^^ none
    pool.spawn('lib', (), make)
    #^^^^^^^^^ none
    return pool.waitall()
           #^^^^^^^^^^^ none
`,
    },
    {
      title: 'other graphs are left alone',
      before: `
import graphlib

graphlib.TopologicalSorter({}).prepare()
`,
    },
  ],
};
