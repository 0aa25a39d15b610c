import { argumentsOf } from '../python/calls';
import type { KeywordUse, NameUse } from '../python/uses';
import { dropArgument } from './kit/arguments';
import { change } from './kit/change';
import { links } from './kit/links';
import { bothWays, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const futurist: Rule = {
  id: 'futurist',
  pattern: 4,
  names: ['futurist.GreenThreadPoolExecutor', 'futurist.GreenFuture', 'futurist.SynchronousExecutor(green)'],
  forms: ['name', 'keyword'],
  message: (use) => `\`${use.api.replace('(green)', '(green=…)')}\` runs on green threads.`,
  guide: {
    title: 'Green executors of futurist',
    does: '`futurist.GreenThreadPoolExecutor` is an executor whose workers are green threads, 1000 where nothing is said. `SynchronousExecutor(green=True)` gives futures that green threads can wait for.',
    replacement: {
      threading: '`futurist.ThreadPoolExecutor(max_workers=…)`, or `DynamicThreadPoolExecutor`, which grows and shrinks. `green=` goes.',
      asyncio: 'Tasks of a `TaskGroup`, with a semaphore for their number.',
    },
    differences: [
      { of: 'order', aspect: 'two tasks at once', eventlet: 'they change places only where one of them waits', threading: 'they change places anywhere: what they share needs locks', asyncio: 'they change places at `await`' },
      { of: 'defaults', aspect: '`max_workers`', eventlet: '1000', threading: 'five for each processor; tens are usual', asyncio: 'no limit' },
    ],
    same: {
      value: '`submit` gives a future and `map` the results in order, in both',
      exceptions: 'a future keeps what was raised, and `submit` after `shutdown` raises `RuntimeError`, in both',
      blocking: '`submit` does not wait in either, `result()` does in both',
      cancellation: '`cancel()` works as long as the task has not begun, in both',
    },
    links: [...links.futurist.guidance, ...links.greenPool.python],
  },
  proposals: (use, view) => (use.form === 'keyword' ? notGreen(use, view) : use.form === 'name' ? native(use, view) : []),
  examples: [
    {
      title: 'the executor has native workers; how many is to be decided',
      before: `
import futurist

executor = futurist.GreenThreadPoolExecutor(max_workers=64)
           #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
futures = [executor.submit(print, n) for n in range(3)]
`,
      after: `
import futurist

executor = futurist.ThreadPoolExecutor(max_workers=64)
futures = [executor.submit(print, n) for n in range(3)]
`,
    },
    {
      title: 'the import goes with its name',
      before: `
from futurist import GreenThreadPoolExecutor


def pool():
    return GreenThreadPoolExecutor()
           #^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import futurist


def pool():
    return futurist.ThreadPoolExecutor()
`,
    },
    {
      title: 'a synchronous executor needs no green futures',
      before: `
import futurist

executor = futurist.SynchronousExecutor(green=True)
                                        #^^^^ safe
`,
      after: `
import futurist

executor = futurist.SynchronousExecutor()
`,
    },
    {
      title: 'native executors are left alone',
      before: `
import futurist

futurist.SynchronousExecutor()
futurist.ThreadPoolExecutor(max_workers=2)
`,
    },
  ],
};

// futurist.GreenThreadPoolExecutor()  =>  futurist.ThreadPoolExecutor()
function native(use: NameUse, view: FileView): readonly Proposal[] {
  const name = use.api === 'futurist.GreenFuture' ? 'Future' : 'ThreadPoolExecutor';
  const edits = change(view);
  edits.replace(use.node, `${edits.module('futurist', use.node)}.${name}`);
  const isSized = use.call && argumentsOf(use.call).keywords.has('max_workers');
  const size = isSized ? 'its workers are native threads then: see whether that many are wanted' : 'it has few native workers where nothing is said, and had 1000 green ones: see how many are wanted';
  const why = name === 'Future' ? 'green threads that wait for it block their thread unless `thread` is patched' : `${size}; tasks that wait for tasks of the same executor may wait for ever`;
  return [
    { target: 'threading', title: `Use \`futurist.${name}\``, claim: 'review', conditions: [], why, change: edits.done() },
    { target: 'asyncio', reason: 'tasks of an event loop take the place of an executor, which changes everybody who uses it' },
  ];
}

function notGreen({ node, value }: KeywordUse, view: FileView): readonly Proposal[] {
  const edits = change(view);
  if (!dropArgument(edits, view, node)) return nowhere('a comment stands with the argument; take both out by hand');
  const text = value.type === 'false' ? 'it is what the executor does anyway' : 'the futures of a synchronous executor are done when they are given, so that nobody waits for them';
  return bothWays({ title: 'Drop `green`', claim: 'safe', conditions: [{ kind: 'checked', text }], change: edits.done() });
}
