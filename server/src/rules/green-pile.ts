import { links } from './kit/links';
import { pileProposals } from './kit/piles';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const greenPile: Rule = {
  id: 'green-pile',
  pattern: 4,
  names: ['eventlet.GreenPile', 'eventlet.GreenPile().*', 'eventlet.greenpool.GreenMap', 'eventlet.greenpool.GreenMap().*'],
  message: (use) =>
    use.form === 'member'
      ? `\`${use.member}\` of a \`GreenPile\`: it is replaced together with its pile.`
      : `\`${use.api}\` gives the results of green threads in the order of their start; a list of futures does so with native ones.`,
  guide: {
    title: 'Piles of green threads',
    does: 'A `GreenPile(size_or_pool=1000)` runs functions in a pool; iterating over it gives their results in the order in which they were spawned, each once.',
    replacement: {
      threading: '`futures = []`, `futures.append(executor.submit(…))`, and `future.result()` for each of them.',
      asyncio: '`await asyncio.gather(*coroutines)`, which keeps the order.',
    },
    differences: [
      { of: 'blocking', aspect: 'full pool', eventlet: '`spawn` waits for a free place', threading: '`submit` queues without limit', asyncio: 'no limit; use a semaphore' },
      { of: 'exceptions', aspect: 'exception', eventlet: 'printed, and raised at its turn; the iteration may go on', threading: 'raised by its `result()`', asyncio: 'raised by `gather`, or given with `return_exceptions=True`' },
      { of: 'value', aspect: 'second iteration', eventlet: 'gives nothing: each result is given once', threading: 'the list gives them again', asyncio: 'the list gives them again' },
      { of: 'defaults', aspect: 'default size', eventlet: '1000', threading: 'at most 32', asyncio: 'none' },
    ],
    same: {
      order: 'results come in the order of the calls in both',
      cancellation: 'what has begun is not ended by either',
    },
    links: [...links.greenPool.guidance, ...links.greenPool.python],
  },
  proposals(use, view) {
    if (use.form === 'name' && !use.call) return nowhere('the class itself is needed here, to inherit from it, to compare with it or to pass it on; decide by hand what takes its place');
    return pileProposals(use, view);
  },
  examples: [
    {
      title: 'becomes a list of futures',
      before: `
from eventlet import GreenPile

def put_all(put, nodes, headers):
    pile = GreenPile(len(nodes))
           #^^^^^^^^ review
    for node in nodes:
        pile.spawn(put, node,
        #^^^^^^^^^ review
                   headers=headers)
    return [reply for reply in pile if reply]
`,
      after: `
import concurrent.futures

def put_all(put, nodes, headers):
    executor = concurrent.futures.ThreadPoolExecutor(max_workers=len(nodes))
    pile = []
    for node in nodes:
        pile.append(executor.submit(put, node,
                                    headers=headers))
    return [reply for reply in (future.result() for future in pile) if reply]
`,
    },
    {
      title: 'eventlet’s default size is written out',
      before: `
import eventlet

def count(ask, nodes):
    pile = eventlet.GreenPile()
           #^^^^^^^^^^^^^^^^^ review
    for node in nodes:
        pile.spawn(ask, node)
        #^^^^^^^^^ review
    return sum(pile)
`,
      after: `
import concurrent.futures

def count(ask, nodes):
    executor = concurrent.futures.ThreadPoolExecutor(max_workers=1000)
    pile = []
    for node in nodes:
        pile.append(executor.submit(ask, node))
    return sum(future.result() for future in pile)
`,
    },
    {
      title: 'one that is filled again after it was emptied stays',
      before: `
import eventlet

def rounds(ask, nodes):
    pile = eventlet.GreenPile(len(nodes))
           #^^^^^^^^^^^^^^^^^ none
    while nodes:
        for node in nodes:
            pile.spawn(ask, node)
            #^^^^^^^^^ none
        nodes = [node for node in pile if node]
`,
    },
    {
      title: 'one in a pool of others, or passed on, or asked for its next result stays',
      before: `
import eventlet

def ask_all(ask, pool, show):
    pile = eventlet.GreenPile(pool)
           #^^^^^^^^^^^^^^^^^ none
    other = eventlet.GreenPile(2)
            #^^^^^^^^^^^^^^^^^ none
    show(other)
    third = eventlet.GreenPile(2)
            #^^^^^^^^^^^^^^^^^ none
    third.spawn(ask)
    #^^^^^^^^^^ none
    return third.next(), list(pile)
           #^^^^^^^^^ none
`,
    },
    {
      title: 'other people’s piles are left alone',
      before: `
import eventlet
from cards import GreenPile

def deal(pile):
    pile.spawn(print)
    return GreenPile(52)
`,
    },
  ],
};
