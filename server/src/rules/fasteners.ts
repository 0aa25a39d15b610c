import type { KeywordUse } from '../python/uses';
import { dropArgument } from './kit/arguments';
import { change } from './kit/change';
import { links } from './kit/links';
import { bothWays, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const fasteners: Rule = {
  id: 'fasteners',
  pattern: 4,
  names: ['fasteners.ReaderWriterLock(current_thread_functor)'],
  forms: ['keyword'],
  answers: (use) => use.form === 'keyword' && /eventlet|greenlet|greenthread|getcurrent|fetch_current_thread/.test(use.value.text),
  message: () => '`current_thread_functor` tells the lock which green thread asks; natively it knows its thread by itself.',
  guide: {
    title: 'Locks of fasteners in green threads',
    does: '`fasteners.ReaderWriterLock` remembers who holds it. `current_thread_functor=eventlet.getcurrent` makes that the green thread.',
    replacement: { threading: 'Nothing: the argument goes, `threading.current_thread` is the default.', asyncio: 'The lock blocks its thread and is none for coroutines; `asyncio.Lock` knows no readers.' },
    differences: [{ of: 'value', aspect: 'who holds it', eventlet: 'a greenlet', threading: 'a `Thread`; one for each green thread while `thread` is patched' }],
    same: {
      exceptions: 'a writer that wants to read, or the other way round, is refused in both',
      blocking: 'who asks waits in both; natively others run meanwhile only where `thread` is patched',
      order: 'neither promises any',
      cancellation: 'nothing here is cancelled',
      defaults: '`threading.current_thread` where nothing is said',
    },
    links: [...links.fasteners.guidance],
  },
  proposals: (use, view) => (use.form === 'keyword' ? proposals(use, view) : []),
  examples: [
    {
      title: 'the argument goes, and with it the last use of eventlet',
      before: `
import eventlet
import fasteners

lock = fasteners.ReaderWriterLock(current_thread_functor=eventlet.getcurrent)
                                  #^^^^^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import fasteners

lock = fasteners.ReaderWriterLock()
`,
    },
    {
      title: 'unpatched, all green threads of a thread would be one owner',
      patched: [],
      before: `
import eventlet
import fasteners

lock = fasteners.ReaderWriterLock(current_thread_functor=eventlet.getcurrent)
                                  #^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import fasteners

lock = fasteners.ReaderWriterLock()
`,
    },
    {
      title: 'other functors are left alone',
      before: `
import fasteners

lock = fasteners.ReaderWriterLock(current_thread_functor=me)
`,
    },
  ],
};

function proposals({ node }: KeywordUse, view: FileView): readonly Proposal[] {
  const edits = change(view);
  if (!dropArgument(edits, view, node)) return nowhere('a comment stands with the argument; take both out by hand');
  const otherwise = 'the process may run without `thread` being monkey-patched, and then all green threads of a native one are the same owner';
  return bothWays({ title: 'Drop `current_thread_functor`', claim: 'safe', conditions: [{ kind: 'patched', groups: ['thread'], otherwise }], change: edits.done() });
}
