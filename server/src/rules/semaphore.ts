import { argument, argumentsOf } from '../python/calls';
import type { MemberUse, NameUse, Use } from '../python/uses';
import { field, type Node } from '../syntax/node';
import { askedBefore, isAskedFor } from './kit/askedFor';
import { change, type ChangeBuilder } from './kit/change';
import { awaitCall, livesInCoroutines } from './kit/coroutines';
import { first } from './kit/first';
import { links } from './kit/links';
import { isHardlyWhole, mayBeNegative } from './kit/numbers';
import { isMadeBy, objectOf, whatHides, type TrackedObject } from './kit/objects';
import { ambiguous, cooperative, nowhere, onAsyncio, onThreads, unless } from './kit/proposing';
import { valuesInSight } from './kit/valuesInSight';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const semaphore: Rule = {
  id: 'semaphore',
  pattern: 4,
  names: [
    'eventlet.BoundedSemaphore',
    'eventlet.CappedSemaphore',
    'eventlet.Semaphore',
    'eventlet.lock.*',
    'eventlet.semaphore.*',
    'eventlet.BoundedSemaphore().*',
    'eventlet.CappedSemaphore().*',
    'eventlet.Semaphore().*',
    'eventlet.lock.Lock().*',
  ],
  message(use) {
    if (use.form === 'member') return `\`${use.member}\` of an eventlet semaphore: it is replaced together with its semaphore.`;
    const native = natives.get(use.api);
    return native ? `\`${use.api}\` holds back green threads; \`threading.${native}\` does the same with native ones.` : `\`${use.api}\` belongs to eventlet’s semaphores and has no native counterpart of its own.`;
  },
  guide: {
    title: 'Semaphores and locks',
    does: 'A semaphore lets a number of green threads pass and suspends the others in `acquire()` until somebody calls `release()`.',
    replacement: {
      threading: '`threading.Semaphore`, `threading.BoundedSemaphore` and, for `eventlet.lock.Lock`, `threading.Lock`. A semaphore of 1 that is used as a lock may stay a semaphore.',
      asyncio: '`asyncio.Semaphore` with `async with` or `await semaphore.acquire()`; it takes no `blocking` and no `timeout`.',
    },
    differences: [
      { of: 'order', aspect: 'order', eventlet: 'strictly first come, first served', threading: 'a newcomer may be faster', asyncio: 'first come, first served' },
      { of: 'value', aspect: 'value of `release()`', eventlet: '`True`', threading: '`None`', asyncio: '`None`' },
      { of: 'exceptions', aspect: 'argument of `release()`', eventlet: 'ignored', threading: '`release(n)` releases n times; another one is an error', asyncio: 'none' },
      { of: 'blocking', aspect: '`acquire(timeout=-1)`', eventlet: 'waits for ever', threading: 'returns `False` at once', asyncio: 'no `timeout`' },
      { aspect: '`locked`, `bounded`, `counter`, `balance`', eventlet: 'there', threading: 'missing; a `Lock` has `locked()`', asyncio: '`locked()`' },
      { of: 'defaults', aspect: '`CappedSemaphore`', eventlet: 'waits at both ends', threading: 'two semaphores, or a bounded queue', asyncio: 'two semaphores, or a bounded queue' },
      { aspect: 'copying', eventlet: 'can be copied deeply', threading: 'holds locks: neither copied nor pickled' },
    ],
    same: {
      cancellation: 'who waits can be killed on eventlet; natively `acquire(timeout=…)` ends the waiting',
    },
    links: [...links.semaphore.guidance, ...links.semaphore.python],
  },
  proposals(use, view) {
    const object = objectOf(use, view);
    const makers = object?.makers ?? (use.form === 'name' ? [use] : []);
    const refusal = whyNot(use, makers, object, view);
    if (refusal) return nowhere(refusal);
    const doubt = first(makers, makerDoubt) ?? (isAsked(use) ? askedBefore(`threading.${natives.get(use.api) ?? 'Semaphore'}`) : undefined) ?? first(object?.members ?? [], (member) => memberDoubt(member, view)) ?? whatIsUnseen(object);
    return [natively(makers, object, doubt, view), inCoroutines(object, doubt, view)];
  },
  examples: [
    {
      title: 'becomes the semaphore of `threading`',
      before: `
from eventlet import semaphore

_mutex = semaphore.Semaphore()
         #^^^^^^^^^^^^^^^^^^ safe
_slots = semaphore.BoundedSemaphore(value=3)
         #^^^^^^^^^^^^^^^^^^^^^^^^^ safe

def work():
    with _mutex:
        if _slots.acquire(timeout=2):
           #^^^^^^^^^^^^^ safe
            _slots.release()
            #^^^^^^^^^^^^^ safe
`,
      after: `
import threading

_mutex = threading.Semaphore()
_slots = threading.BoundedSemaphore(value=3)

def work():
    with _mutex:
        if _slots.acquire(timeout=2):
            _slots.release()
`,
    },
    {
      title: 'a count that may be a text or a fraction is made a whole number first',
      before: `
import os

from eventlet import semaphore

WORKERS = os.environ.get('WORKERS', '4')

def slots(conf, size):
    of_environment = semaphore.Semaphore(WORKERS)
                     #^^^^^^^^^^^^^^^^^^ none
    of_half = semaphore.Semaphore(size / 2)
              #^^^^^^^^^^^^^^^^^^ none
    _of_conf = semaphore.Semaphore(conf.workers)
               #^^^^^^^^^^^^^^^^^^ safe
    _of_half = semaphore.Semaphore(int(size / 2))
               #^^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import os
import threading

from eventlet import semaphore

WORKERS = os.environ.get('WORKERS', '4')

def slots(conf, size):
    of_environment = semaphore.Semaphore(WORKERS)
    of_half = semaphore.Semaphore(size / 2)
    _of_conf = threading.Semaphore(conf.workers)
    _of_half = threading.Semaphore(int(size / 2))
`,
    },
    {
      title: 'a lock becomes the lock of `threading`',
      before: `
from eventlet import lock

class Cache:
    def __init__(self):
        self._lock = lock.Lock()
                     #^^^^^^^^ safe

    def clear(self):
        assert not self._lock.locked()
                   #^^^^^^^^^^^^^^^^ safe
`,
      after: `
import threading

class Cache:
    def __init__(self):
        self._lock = threading.Lock()

    def clear(self):
        assert not self._lock.locked()
`,
    },
    {
      title: 'what others may use wants a look',
      before: `
import eventlet

locks = {'a': eventlet.Semaphore(1)}
              #^^^^^^^^^^^^^^^^^ review

class Cache:
    lock = eventlet.Semaphore(1)
           #^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

locks = {'a': threading.Semaphore(1)}

class Cache:
    lock = threading.Semaphore(1)
`,
    },
    {
      title: 'arguments that mean something else natively go',
      before: `
import eventlet

def work():
    slots = eventlet.Semaphore(2)
            #^^^^^^^^^^^^^^^^^ review
    slots.acquire(timeout=-1)
    #^^^^^^^^^^^^ review
    slots.acquire(timeout=2 - 3)
    #^^^^^^^^^^^^ review
    slots.release(blocking=False)
    #^^^^^^^^^^^^ review
`,
      after: `
import threading

def work():
    slots = threading.Semaphore(2)
    slots.acquire()
    slots.acquire(timeout=2 - 3)
    slots.release()
`,
    },
    {
      title: 'a time limit that was computed as a difference, or is -1 by default, may be negative',
      before: `
import time

from eventlet import semaphore

_slots = semaphore.Semaphore(3)
         #^^^^^^^^^^^^^^^^^^ review
_places = semaphore.Semaphore(3)
          #^^^^^^^^^^^^^^^^^^ safe

def work(deadline, timeout, most=-1):
    remaining = deadline - time.time()
    _slots.acquire(timeout=remaining)
    #^^^^^^^^^^^^^ review
    _slots.acquire(timeout=most)
    #^^^^^^^^^^^^^ review
    _places.acquire(timeout=timeout)
    #^^^^^^^^^^^^^^ safe
`,
      after: `
import threading
import time

_slots = threading.Semaphore(3)
_places = threading.Semaphore(3)

def work(deadline, timeout, most=-1):
    remaining = deadline - time.time()
    _slots.acquire(timeout=remaining)
    _slots.acquire(timeout=most)
    _places.acquire(timeout=timeout)
`,
    },
    {
      title: 'in a process that is not patched, waiting natively blocks every green thread',
      patched: [],
      before: `
from eventlet.semaphore import Semaphore

_mutex = Semaphore(1)
         #^^^^^^^^ review
`,
      after: `
import threading

_mutex = threading.Semaphore(1)
`,
    },
    {
      title: 'what only eventlet’s semaphores can do stays',
      before: `
import eventlet

_slots = eventlet.Semaphore(2)
         #^^^^^^^^^^^^^^^^^ none
_capped = eventlet.CappedSemaphore(0, 3)
          #^^^^^^^^^^^^^^^^^^^^^^^ none

def free():
    return _slots.balance + _capped.balance
           #^^^^^^^^^^^^^ none
                            #^^^^^^^^^^^^^^ none

def count(limit):
    slots = eventlet.Semaphore("2")
            #^^^^^^^^^^^^^^^^^ none
    slots.acquire(True, limit)
    #^^^^^^^^^^^^ none

class Slots(eventlet.Semaphore):
            #^^^^^^^^^^^^^^^^^ none
    pass
`,
    },
    {
      title: 'a class that is asked for wants the others to follow; the native lock is no class everywhere',
      before: `
import eventlet
from eventlet import lock

def check(slots):
    assert type(slots) is eventlet.Semaphore
                          #^^^^^^^^^^^^^^^^^ review
    return isinstance(slots, lock.Lock)
                             #^^^^^^^^ none
`,
      after: `
import threading

from eventlet import lock

def check(slots):
    assert type(slots) is threading.Semaphore
    return isinstance(slots, lock.Lock)
`,
    },
    {
      title: 'somebody else’s semaphore is left alone',
      before: `
import threading
from eventlet import semaphore

def work(slots):
    slots.release(blocking=False)
    threading.Semaphore(1).acquire()
`,
    },
    {
      title: 'inside coroutines it becomes a semaphore of asyncio',
      target: 'asyncio',
      before: `
import eventlet

async def work(jobs):
    slots = eventlet.Semaphore(2)
            #^^^^^^^^^^^^^^^^^ review
    with slots:
        slots.acquire()
        #^^^^^^^^^^^^ review
        slots.release()
        #^^^^^^^^^^^^ review
`,
      after: `
import asyncio

async def work(jobs):
    slots = asyncio.Semaphore(2)
    async with slots:
        await slots.acquire()
        slots.release()
`,
    },
  ],
};

/** In `isinstance(x, Semaphore)`; the native `Lock` was no class before Python 3.13. */
function isAsked(use: Use): boolean {
  return use.form === 'name' && !use.call && use.api !== 'eventlet.lock.Lock' && isAskedFor(use.node);
}

/** What `threading` and `asyncio` call it. */
const natives: ReadonlyMap<string, string> = new Map([
  ['eventlet.BoundedSemaphore', 'BoundedSemaphore'],
  ['eventlet.Semaphore', 'Semaphore'],
  ['eventlet.lock.Lock', 'Lock'],
]);

const classes: ReadonlySet<string> = new Set(natives.keys());

function whyNot(use: Use, makers: readonly NameUse[], object: TrackedObject | undefined, view: FileView): string | undefined {
  if (use.api.startsWith('eventlet.CappedSemaphore')) return 'a `CappedSemaphore` waits at both ends; natively that is two semaphores, or a bounded queue';
  if (use.form === 'name' && !natives.has(use.api)) return `\`${use.api}\` has no counterpart of its own; its names are replaced one by one`;
  if (use.form === 'name' && !use.call && !isAsked(use)) return 'the class itself is passed on or inherited from, and what its objects are used for is not known here';
  if (use.form === 'name' && !use.call) return undefined;
  if (object ? !isMadeBy(object, classes) : makers.length === 0) return 'where this semaphore is made is not known from this file; it is replaced together with all its uses';
  return first(makers, (maker) => whyNoMaker(maker, view)) ?? first(object?.members ?? [], whyNoMember);
}

function whyNoMaker({ api, call }: NameUse, view: FileView): string | undefined {
  if (!call || argumentsOf(call).isOpen) return 'the arguments are passed on as `*` or `**`';
  const value = argument(call, 0, 'value');
  if (value?.type === 'string') return 'a count in quotes is no number natively';
  if (value && valuesInSight(value, view).some(isHardlyWhole)) return 'the count may be a string or a fraction, of which eventlet takes the whole number; a native semaphore wants one: put `int(…)` around it';
  return value && api === 'eventlet.lock.Lock' ? '`threading.Lock` takes no arguments' : undefined;
}

function whyNoMember({ className, member, call }: MemberUse): string | undefined {
  const isLock = className === 'eventlet.lock.Lock';
  if (!['acquire', 'release'].includes(member) && !(isLock && member === 'locked')) return `\`${member}\` has no counterpart on a native semaphore`;
  if (!call) return undefined;
  const { positional, keywords, isOpen } = argumentsOf(call);
  if (isOpen) return `the arguments of \`${member}\` are passed on as \`*\` or \`**\``;
  const count = field(call, 'arguments')?.namedChildCount ?? 0;
  if (member === 'release') return count > 1 ? '`release` takes no such arguments natively' : undefined;
  const timeout = positional[1] ?? keywords.get('timeout');
  if (timeout && isForEver(timeout) && count > 1) return '`timeout=-1` does not wait for ever natively, and cannot be left out here';
  return isLock && timeout?.type === 'none' ? 'a native lock does not accept `None` as time limit' : undefined;
}

/** -1, the default that eventlet took over from `threading.Lock`. */
function isForEver(timeout: Node): boolean {
  return timeout.text.replace(/\s/g, '') === '-1';
}

function makerDoubt({ isCertain }: NameUse): string | undefined {
  return isCertain ? undefined : ambiguous;
}

function memberDoubt({ className, member, call }: MemberUse, view: FileView): string | undefined {
  if (!call) return undefined;
  const { positional, keywords } = argumentsOf(call);
  if (member === 'release') {
    if (positional.length + keywords.size > 0) return 'the argument of `release` did nothing, and natively it is a count';
    return call.parent?.type === 'expression_statement' || call.parent?.type === 'lambda' ? undefined : '`release` returns None instead of True';
  }
  const timeout = positional[1] ?? keywords.get('timeout');
  if (timeout && isForEver(timeout)) return undefined;
  if (timeout && valuesInSight(timeout, view).some(mayBeNegative)) return 'the time limit may be negative, and a negative one returns False at once natively';
  const isNumber = !timeout || timeout.type === 'integer' || timeout.type === 'float';
  return isNumber || className !== 'eventlet.lock.Lock' ? undefined : 'a native lock does not accept `None` as time limit';
}

function whatIsUnseen(object: TrackedObject | undefined): string | undefined {
  const hidden = object ? whatHides(object) : `where it goes is not known`;
  return hidden && `${hidden}; a native semaphore has no \`locked\`, \`counter\` and \`balance\``;
}

function natively(makers: readonly NameUse[], object: TrackedObject | undefined, doubt: string | undefined, view: FileView): Proposal {
  const edits = change(view);
  for (const { node, api } of makers) edits.replace(node, `${edits.module('threading', node)}.${natives.get(api) ?? 'Semaphore'}`);
  for (const member of object?.members ?? []) dropArguments(member, edits);
  const title = `Use \`threading.${natives.get(makers[0]?.api ?? '') ?? 'Semaphore'}\``;
  return unless(doubt, onThreads(title, [cooperative('semaphore')], edits.done()));
}

// slots.release(blocking=False)  =>  slots.release()      slots.acquire(timeout=-1)  =>  slots.acquire()
function dropArguments({ member, call }: MemberUse, edits: ChangeBuilder): void {
  const list = call && field(call, 'arguments');
  const timeout = call && argumentsOf(call).keywords.get('timeout');
  if (list && list.namedChildCount === 1 && (member === 'release' || (timeout && isForEver(timeout)))) edits.replace(list, '()');
}

function inCoroutines(object: TrackedObject | undefined, doubt: string | undefined, view: FileView): Proposal {
  if (!object || !livesInCoroutines(object)) return { target: 'asyncio', reason: 'it is not used in coroutines only; the functions around it and their callers would have to become `async def` first' };
  const limited = object.members.find(({ member, call }) => member === 'acquire' && (!call || (field(call, 'arguments')?.namedChildCount ?? 0) > 0));
  if (limited) return { target: 'asyncio', reason: '`acquire` of asyncio’s semaphore takes no `blocking` and no `timeout`; a time limit is `asyncio.wait_for`' };
  if (object.entered.some(({ parent }) => parent?.type !== 'with_clause' || parent.namedChildCount !== 1)) return { target: 'asyncio', reason: 'one `with` enters the semaphore and something else; it must be split first' };
  const edits = change(view);
  for (const { node, api } of object.makers) edits.replace(node, `${edits.module('asyncio', node)}.${natives.get(api) ?? 'Semaphore'}`);
  for (const { member, call } of object.members) if (member === 'acquire' && call) awaitCall(edits, call);
  for (const { parent } of object.entered) if (parent?.parent) edits.insert(parent.parent.startIndex, 'async ');
  for (const member of object.members) if (member.member === 'release') dropArguments(member, edits);
  const why = 'every part of the program that touches it must run in one loop of asyncio';
  return unless(doubt, onAsyncio(`Use \`asyncio.${natives.get(object.className) ?? 'Semaphore'}\``, why, edits.done()));
}
