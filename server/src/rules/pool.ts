import { links } from './kit/links';
import { argumentsOf } from '../python/calls';
import type { Use } from '../python/uses';
import { field } from '../syntax/node';
import { change } from './kit/change';
import { objectOf, whatHides } from './kit/objects';
import { ambiguous, cooperative, onThreads, unless } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Rule } from './rule';

export const pool: Rule = {
  id: 'pool',
  pattern: 4,
  names: ['eventlet.pools.*'],
  message: (use) => (use.form === 'member' ? `\`${use.member}\` of a pool of eventlet: it is replaced together with its pool.` : `\`${use.api.replace('eventlet.', '')}\` keeps things that green threads share in turn; a queue or semaphore of native threads takes its place.`),
  guide: {
    title: 'Pools of things',
    does: '`pools.Pool(create=f, max_size=4)` makes up to so many things (connections, clients) and lends each to one green thread at a time; `with pool.item() as x` gives it back. `pools.TokenPool(max_size=n)` lends permissions.',
    replacement: {
      threading:
        'For connections, the pool of their library. Otherwise a small class around `queue.Queue` that makes a thing when none is free and fewer than `max_size` exist, and that counts under a lock; its `item()` is a `@contextlib.contextmanager` that gives back in `finally`. ' +
        '`TokenPool(max_size=n)` with `item()`: `threading.BoundedSemaphore(n)` and `with`.',
      asyncio: 'The same with `asyncio.Queue` and `asyncio.BoundedSemaphore`.',
    },
    differences: [
      { of: 'order', aspect: 'order', eventlet: 'first in, first out; `order_as_stack=True` turns it round', threading: '`queue.Queue` or `queue.LifoQueue`' },
      { of: 'blocking', aspect: 'making things', eventlet: 'when first needed; nobody runs meanwhile unless `create` waits', threading: 'two threads may make one at the same time: count under a lock' },
      { of: 'value', aspect: 'the things', eventlet: 'need not be safe for threads', threading: 'are used by one thread after the other; some belong to the thread that made them (sqlite3)' },
      { aspect: '`free()`, `waiting()`', eventlet: 'exact until the next switch', threading: 'may be outdated at once' },
      { of: 'defaults', aspect: '`resize(n)`', eventlet: 'there', threading: 'to be written' },
    ],
    same: {
      exceptions: 'what `create` raises reaches the one who asked, in both',
      cancellation: 'who waits for a thing can be killed on eventlet; natively `get(timeout=…)` ends the waiting',
    },
    links: [...links.queue.python, ...links.semaphore.python],
  },
  proposals: (use, view) => [
    tokens(use, view) ?? { target: 'threading', reason: use.api.startsWith('eventlet.pools.Token') ? '`threading.BoundedSemaphore(n)` and `with` take the place of a pool of tokens and its `item()`; a token itself has no counterpart' : 'a class around `queue.Queue` that makes things on demand takes its place, or the pool of the library whose things it keeps; see the guide page' },
    { target: 'asyncio', reason: 'a class around `asyncio.Queue` takes its place, and everybody who takes from it becomes a coroutine' },
  ],
  examples: [
    {
      title: 'a pool and everything that is taken from it',
      before: `
from eventlet import pools

_clients = pools.Pool(create=dict, max_size=4)
           #^^^^^^^^^ none

def ask():
    with _clients.item() as client:
         #^^^^^^^^^^^^ none
        return client
`,
    },
    {
      title: 'a pool of tokens is a semaphore',
      before: `
from eventlet.pools import TokenPool

_tokens = TokenPool(max_size=3)
          #^^^^^^^^ review
tokens = TokenPool(max_size=3)
         #^^^^^^^^ none

def ask():
    with _tokens.item():
         #^^^^^^^^^^^ review
        return 1
`,
      after: `
import threading

from eventlet.pools import TokenPool

_tokens = threading.BoundedSemaphore(3)
tokens = TokenPool(max_size=3)

def ask():
    with _tokens:
        return 1
`,
    },
    {
      title: 'other pools are left alone',
      before: `
from multiprocessing import pool as pools

pools.Pool(4).map(print, [])
`,
    },
  ],
};

// tokens = TokenPool(max_size=3)  =>  tokens = threading.BoundedSemaphore(3)
// with tokens.item():                 with tokens:
function tokens(use: Use, view: FileView): Fix | undefined {
  const object = objectOf(use, view);
  if (!object || object.makers.length === 0 || whatHides(object) || object.makers.some(({ api }) => api !== 'eventlet.pools.TokenPool')) return undefined;
  const edits = change(view);
  for (const { call, node } of object.makers) {
    const { positional, keywords, isOpen } = call ? argumentsOf(call) : { positional: [], keywords: new Map<string, never>(), isOpen: true };
    const size = keywords.get('max_size');
    if (!call || !size || isOpen || positional.length + keywords.size > 1) return undefined;
    edits.replace(node, `${edits.module('threading', node)}.BoundedSemaphore`).replaceRange(size.parent?.startIndex ?? size.startIndex, size.startIndex, '');
  }
  for (const { node, call, member } of object.members) {
    const isEntered = call?.parent?.type === 'with_item';
    if (member !== 'item' || !call || !isEntered || field(call, 'arguments')?.namedChildCount) return undefined;
    edits.replaceRange(field(node, 'object')?.endIndex ?? node.endIndex, call.endIndex, '');
  }
  const isCertain = object.makers.every((maker) => maker.isCertain);
  return unless(isCertain ? undefined : ambiguous, { ...onThreads('Use a `threading.BoundedSemaphore`', [cooperative('semaphore')], edits.done()), claim: 'review', why: 'whoever has waited longest is not always the next one' });
}
