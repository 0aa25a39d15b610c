import { argument, argumentsOf } from '../python/calls';
import type { MemberUse, NameUse, Use } from '../python/uses';
import { field, withoutParentheses, type Node } from '../syntax/node';
import { change, type Change, type ChangeBuilder } from './kit/change';
import { awaitCall, canAwait, livesInCoroutines } from './kit/coroutines';
import { exchanged, exchangeOf, type Exchange } from './kit/exchange';
import { first } from './kit/first';
import { importedAs } from './kit/imports';
import { links } from './kit/links';
import { mayBeNegative } from './kit/numbers';
import { isMadeBy, objectOf, whatHides, type TrackedObject } from './kit/objects';
import { ambiguous, cooperative, nowhere, onAsyncio, onThreads, unless } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, NoFix, Proposal, Rule } from './rule';

export const queue: Rule = {
  id: 'queue',
  pattern: 4,
  names: ['eventlet.Queue', 'eventlet.queue.*', 'eventlet.Queue().*', 'eventlet.queue.LightQueue().*', 'eventlet.queue.PriorityQueue().*', 'eventlet.queue.LifoQueue().*'],
  message(use) {
    if (use.form === 'member') return `\`${use.member}\` of an eventlet queue: it is replaced together with its queue.`;
    const native = natives.get(use.api);
    return native ? `\`${use.api}\` belongs to eventlet; Python’s own is \`queue.${native}\`.` : `\`${use.api}\` belongs to eventlet’s queues; Python’s module \`queue\` takes their place.`;
  },
  guide: {
    title: 'Queues',
    does: 'The queues of eventlet hand things from one green thread to another; `get()` suspends the green thread until there is something, `put()` until there is room.',
    replacement: {
      threading: 'The class of the same name in Python’s module `queue`; `queue.Queue` for `LightQueue`, or `queue.SimpleQueue` where nobody needs a limit, `full` or `join`.',
      asyncio: 'The class of the same name in `asyncio`, with `await queue.get()` and `await queue.put(item)`; a time limit is `asyncio.wait_for`.',
    },
    differences: [
      { aspect: 'size 0', eventlet: 'a channel: every `put` waits until the item is taken', threading: 'no limit', asyncio: 'no limit' },
      { aspect: 'size `None`', eventlet: 'no limit', threading: '`TypeError` at the first `put`; leave it out', asyncio: '`TypeError` at the first `put`; leave it out' },
      { aspect: 'negative time limit', eventlet: '`Empty` or `Full`', threading: '`ValueError`', asyncio: '`wait_for` raises `TimeoutError`' },
      { aspect: 'exceptions', eventlet: '`queue.Empty` and `queue.Full`', threading: 'the same objects', asyncio: '`asyncio.QueueEmpty` and `asyncio.QueueFull`, which are no subclasses of those' },
      { aspect: '`empty()` and `qsize()`', eventlet: 'true until the next switch', threading: 'may be outdated at once', asyncio: 'true until the next `await`' },
      { aspect: '`resize`, `getting`, `putting`', eventlet: 'there', threading: 'missing', asyncio: 'missing' },
      { aspect: 'copying', eventlet: 'can be copied deeply', threading: 'holds locks: neither copied nor pickled', asyncio: 'can not be copied' },
    ],
    links: [...links.queue.guidance, ...links.queue.python],
  },
  proposals(use, view) {
    const first = use.form === 'name' ? use : objectOf(use, view)?.makers[0];
    if (!first) return nowhere(`where this queue is made is not known from this file; \`${use.form === 'member' ? use.member : use.api}\` moves with it`);
    return [natively(first, view), inCoroutines(use, first, view)];
  },
  examples: [
    {
      title: 'the import is exchanged and the uses keep their text',
      before: `
from eventlet import queue

_jobs = queue.Queue()
        #^^^^^^^^^^ safe
_few = queue.LightQueue(10)
       #^^^^^^^^^^^^^^^ safe

def work():
    try:
        return _jobs.get(timeout=1)
               #^^^^^^^^ safe
    except queue.Empty:
           #^^^^^^^^^^ safe
        return _few.get_nowait()
               #^^^^^^^^^^^^^^ safe
`,
      after: `
import queue

_jobs = queue.Queue()
_few = queue.Queue(10)

def work():
    try:
        return _jobs.get(timeout=1)
    except queue.Empty:
        return _few.get_nowait()
`,
    },
    {
      title: 'so is an import by name',
      before: `
from eventlet.queue import Empty, Queue

def work():
    jobs = Queue(maxsize=5)
           #^^^^ safe
    try:
        jobs.get(block=False)
        #^^^^^^^ safe
    except Empty:
           #^^^^ safe
        pass
`,
      after: `
from queue import Empty, Queue

def work():
    jobs = Queue(maxsize=5)
    try:
        jobs.get(block=False)
    except Empty:
        pass
`,
    },
    {
      title: 'what came from the top of eventlet gets Python’s module',
      before: `
import eventlet

def work(deadline, now):
    jobs = eventlet.Queue(None)
           #^^^^^^^^^^^^^ safe
    return jobs.get(True, deadline - now)
           #^^^^^^^ safe
`,
      after: `
import queue

def work(deadline, now):
    jobs = queue.Queue()
    return jobs.get(True, max(0, deadline - now))
`,
    },
    {
      title: 'where a queue is called `queue`, the module has one other name in the whole file',
      before: `
import eventlet

def work(jobs):
    queue = eventlet.Queue()
            #^^^^^^^^^^^^^ safe
    try:
        return jobs.get_nowait(), queue.get()
                                  #^^^^^^^^ safe
    finally:
        queue.put(1)
        #^^^^^^^^ safe

def take(jobs):
    try:
        return jobs.get_nowait()
    except eventlet.queue.Empty:
           #^^^^^^^^^^^^^^^^^^^ safe
        return None
`,
      after: `
import queue as queue_module

def work(jobs):
    queue = queue_module.Queue()
    try:
        return jobs.get_nowait(), queue.get()
    finally:
        queue.put(1)

def take(jobs):
    try:
        return jobs.get_nowait()
    except queue_module.Empty:
        return None
`,
    },
    {
      title: 'a size that may be 0 or None wants a look',
      before: `
import eventlet.queue

class Pool:
    def __init__(self, size):
        self._free = eventlet.queue.LightQueue(size)
                     #^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import queue

class Pool:
    def __init__(self, size):
        self._free = queue.Queue(size or 0)
`,
    },
    {
      title: 'what others may use wants a look',
      before: `
from eventlet import queue

class Engine:
    def __init__(self, start):
        self._done = queue.PriorityQueue()
                     #^^^^^^^^^^^^^^^^^^ review
        start(self._done)
        self.events = queue.Queue()
                      #^^^^^^^^^^ review
        self.events.put(start)
        #^^^^^^^^^^^^^^ review
`,
      after: `
import queue

class Engine:
    def __init__(self, start):
        self._done = queue.PriorityQueue()
        start(self._done)
        self.events = queue.Queue()
        self.events.put(start)
`,
    },
    {
      title: 'in a process that is not patched, waiting natively blocks every green thread',
      patched: [],
      before: `
from eventlet import Queue

def work():
    jobs = Queue()
           #^^^^ review
    return jobs.get()
           #^^^^^^^ review
`,
      after: `
from queue import Queue

def work():
    jobs = Queue()
    return jobs.get()
`,
    },
    {
      title: 'a channel has no native counterpart, and the import stays with it',
      before: `
from eventlet import queue

def work():
    meet = queue.Queue(0)
           #^^^^^^^^^^ none
    jobs = queue.Queue()
           #^^^^^^^^^^ safe
    jobs.put(meet.get())
    #^^^^^^^ safe
             #^^^^^^^ none
`,
      after: `
import queue as queue_module

from eventlet import queue

def work():
    meet = queue.Queue(0)
    jobs = queue_module.Queue()
    jobs.put(meet.get())
`,
    },
    {
      title: 'what only eventlet’s queues can do stays',
      before: `
from eventlet import queue

class Jobs(queue.Queue):
           #^^^^^^^^^^ none
    pass

def work(size):
    jobs = queue.LightQueue(size)
           #^^^^^^^^^^^^^^^ none
    jobs.resize(2)
    #^^^^^^^^^^ none
    return Jobs()
           #^^^ none
`,
    },
    {
      title: 'somebody else’s queue is left alone',
      before: `
import queue
from eventlet import semaphore

def work(jobs):
    queue.Queue().put(1)
    jobs.resize(2)
`,
    },
    {
      title: 'inside coroutines it becomes a queue of asyncio',
      target: 'asyncio',
      before: `
import eventlet
from eventlet import queue

async def work():
    jobs = eventlet.Queue()
           #^^^^^^^^^^^^^ review
    jobs.put(1)
    #^^^^^^^ review
    try:
        jobs.get_nowait().run()
        #^^^^^^^^^^^^^^ review
    except queue.Empty:
           #^^^^^^^^^^ review
        jobs.get().run()
        #^^^^^^^ review
`,
      after: `
import asyncio

async def work():
    jobs = asyncio.Queue()
    await jobs.put(1)
    try:
        jobs.get_nowait().run()
    except asyncio.QueueEmpty:
        (await jobs.get()).run()
`,
    },
  ],
};

/** What Python's module `queue` calls it. */
const natives: ReadonlyMap<string, string> = new Map([
  ['eventlet.Queue', 'Queue'],
  ['eventlet.queue.Empty', 'Empty'],
  ['eventlet.queue.Full', 'Full'],
  ['eventlet.queue.LifoQueue', 'LifoQueue'],
  ['eventlet.queue.LightQueue', 'Queue'],
  ['eventlet.queue.PriorityQueue', 'PriorityQueue'],
]);

const classes: ReadonlySet<string> = new Set([...natives.keys()].filter((name) => !isException(name)));

const missingNatively = 'a native queue has no `resize`, `getting` and `putting`';

function isException(api: string): boolean {
  return api === 'eventlet.queue.Empty' || api === 'eventlet.queue.Full';
}

/** What is replaced together, and the doubt about it. */
interface Rewrite {
  readonly uses: readonly NameUse[];
  readonly members: readonly MemberUse[];
  readonly doubt?: string;
}

function natively(use: NameUse, view: FileView): Proposal {
  const own = rewriteOf(use, view);
  if (typeof own === 'string') return refused(own);
  const exchange = exchangeOf(use, view, 'queue');
  const all = exchange && rewriteOfAll(exchange, view);
  return all ? fix(all, view, exchange) : fix(own, view, undefined);
}

function refused(reason: string): NoFix {
  return { target: 'threading', reason };
}

function fix(rewrite: Rewrite, view: FileView, exchange: Exchange | undefined): Fix {
  const hasQueue = rewrite.uses.some(({ api }) => !isException(api));
  const name = natives.get(rewrite.uses[0]?.api ?? '') ?? 'Queue';
  const title = exchange ? 'Import Python’s `queue` instead of eventlet’s' : `Use \`queue.${name}\``;
  const conditions = hasQueue ? [cooperative('queue')] : [{ kind: 'checked', text: `\`queue.${name}\` is the very same object` } as const];
  return unless(rewrite.doubt, onThreads(title, conditions, edited(rewrite, view, exchange)));
}

/** What goes with one name: the whole object that it makes; a sentence where there is no rewrite. */
function rewriteOf(use: NameUse, view: FileView): Rewrite | string {
  const uncertain = use.isCertain ? undefined : ambiguous;
  if (isException(use.api)) return { uses: [use], members: [], ...doubted(uncertain) };
  if (!classes.has(use.api)) return `\`${use.api}\` has no counterpart of its own; its names are replaced one by one`;
  if (use.node.parent?.type === 'argument_list' && use.node.parent.parent?.type === 'class_definition') return 'a class that inherits from an eventlet queue hooks into its inside; natively the hooks run under a lock, and `_qsize` is one of them';
  if (!use.call) return { uses: [use], members: [], doubt: `the class is passed on as a value; ${missingNatively}, and a size of 0 means no limit there` };
  const object = objectOf(use, view);
  if (object && !isMadeBy(object, classes)) return `\`${object.name}\` is not always a plain queue of eventlet`;
  const makers = object?.makers ?? [use];
  const members = object?.members ?? [];
  const refusal = first(makers, whyNoMaker) ?? first(members, whyNoMember);
  if (refusal) return refusal;
  const hidden = object ? whatHides(object) : 'where the queue goes is not known';
  const doubt = first(makers, sizeDoubt) ?? first(members, memberDoubt) ?? uncertain ?? (hidden && `${hidden}; ${missingNatively}`);
  return { uses: makers, members, ...doubted(doubt) };
}

/** What goes with the import of a name; undefined where one of its uses has no rewrite. */
function rewriteOfAll(exchange: Exchange, view: FileView): Rewrite | undefined {
  const { meaning } = exchange.imported;
  if (meaning !== 'eventlet.queue' && (meaning.endsWith('LightQueue') || !natives.has(canonical(meaning)))) return undefined;
  const rewrites: Rewrite[] = [];
  for (const use of exchange.uses) {
    const rewrite = rewriteOf(use, view);
    if (typeof rewrite === 'string') return undefined;
    rewrites.push(rewrite);
  }
  return {
    uses: [...new Set(rewrites.flatMap(({ uses }) => uses))],
    members: [...new Set(rewrites.flatMap(({ members }) => members))],
    ...doubted(rewrites.find(({ doubt }) => doubt !== undefined)?.doubt),
  };
}

function canonical(meaning: string): string {
  return meaning === 'eventlet.queue.Queue' ? 'eventlet.Queue' : meaning;
}

function doubted(doubt: string | undefined): { readonly doubt?: string } {
  return doubt === undefined ? {} : { doubt };
}

function whyNoMaker({ call }: NameUse): string | undefined {
  if (!call || argumentsOf(call).isOpen) return 'the size is passed on as `*` or `**`, and 0 would mean no limit natively';
  const size = sizeOf(call);
  if (size?.type === 'integer' && Number(size.text) === 0) return 'a queue of size 0 is a channel, where each `put` waits for its `get`; natively 0 means no limit. `Queue(1)` with `join()` comes nearest';
  return size?.type === 'none' && field(call, 'arguments')?.namedChildCount !== 1 ? '`None` as size cannot be left out here' : undefined;
}

function whyNoMember(use: MemberUse): string | undefined {
  if (['getters', 'getting', 'putters', 'putting', 'resize'].includes(use.member)) return `\`${use.member}\` has no counterpart on a native queue`;
  const timeout = timeoutOf(use);
  return timeout?.type === 'unary_operator' ? 'a negative time limit raises `ValueError` natively' : undefined;
}

function sizeOf(call: Node): Node | undefined {
  return argument(call, 0, 'maxsize');
}

function sizeDoubt({ call }: NameUse): string | undefined {
  const size = call && sizeOf(call);
  const isKnown = !size || size.type === 'none' || size.type === 'integer' || size.type === 'unary_operator';
  return isKnown ? undefined : 'a size of 0 made it a channel, where each `put` waits for its `get`; natively it means no limit';
}

function memberDoubt(use: MemberUse): string | undefined {
  if (use.member === 'maxsize') return '`maxsize` of a native queue without a limit is 0, not None';
  const timeout = timeoutOf(use);
  const isOpen = (use.member === 'get' || use.member === 'put') && use.call && argumentsOf(use.call).isOpen;
  return isOpen || (timeout && mayBeNegative(timeout) && !isDifference(timeout)) ? 'the time limit may be negative, which raises `ValueError` natively' : undefined;
}

function timeoutOf({ member, call }: MemberUse): Node | undefined {
  if (!call || (member !== 'get' && member !== 'put')) return undefined;
  return argument(call, member === 'get' ? 1 : 2, 'timeout');
}

function isDifference(timeout: Node): boolean {
  return withoutParentheses(timeout).type === 'binary_operator';
}

function edited({ uses, members }: Rewrite, view: FileView, exchange: Exchange | undefined): Change {
  const edits = change(view);
  for (const use of uses) {
    const native = natives.get(use.api) ?? 'Queue';
    if (exchange && use.variable === exchange.variable) keepName(use, native, edits);
    else edits.replace(use.node, `${moduleAt(use.node, edits, view)}.${native}`);
    if (use.call && !isException(use.api)) limit(use.call, edits);
  }
  for (const timeout of members.map(timeoutOf)) {
    if (timeout && mayBeNegative(timeout) && isDifference(timeout)) edits.insert(timeout.startIndex, 'max(0, ').insert(timeout.endIndex, ')');
  }
  if (exchange) edits.need(exchanged(exchange, 'queue', exchange.imported.meaning === 'eventlet.queue' ? undefined : natives.get(canonical(exchange.imported.meaning))));
  return edits.done();
}

/**
 * How Python's module is spelled here: by an alias in the whole file where one of its functions calls something else `queue`, which people
 * like to do with a queue.
 */
function moduleAt(node: Node, edits: ChangeBuilder, view: FileView): string {
  const { request } = importedAs(view, 'queue', node);
  const crowded = request && first(view.uses, (use) => (use.form === 'name' && natives.has(use.api) ? importedAs(view, 'queue', use.node).request?.as : undefined));
  if (!request || !crowded) return edits.module('queue', node);
  edits.need({ ...request, as: crowded });
  return crowded;
}

/** `queue.LightQueue`  =>  `queue.Queue`; the others are called the same. */
function keepName(use: NameUse, native: string, edits: ChangeBuilder): void {
  const last = field(use.node, 'attribute');
  if (last && last.text !== native) edits.replace(last, native);
}

// Queue(None)  =>  Queue()      Queue(size)  =>  Queue(size or 0)
function limit(call: Node, edits: ChangeBuilder): void {
  const size = sizeOf(call);
  if (!size || size.type === 'integer' || size.type === 'unary_operator' || size.type === 'binary_operator') return;
  if (size.type === 'none') edits.replace(field(call, 'arguments') ?? call, '()');
  else if (size.type === 'conditional_expression' || size.type === 'lambda') edits.insert(size.startIndex, '(').insert(size.endIndex, ') or 0');
  else edits.insert(size.endIndex, ' or 0');
}

function inCoroutines(use: Use, maker: NameUse, view: FileView): Proposal {
  const rewrite = rewriteOf(maker, view);
  if (typeof rewrite === 'string') return { target: 'asyncio', reason: rewrite };
  const object = objectOf(use, view);
  const isLocal = object ? livesInCoroutines(object) : isException(maker.api) && canAwait(maker.node);
  if (!isLocal) return { target: 'asyncio', reason: 'the queue is not used in coroutines only; the functions around it and their callers would have to become `async def` first' };
  const limited = object?.members.find((member) => isAwaited(member) && member.call && argumentsOf(member.call).positional.length + argumentsOf(member.call).keywords.size > (member.member === 'put' ? 1 : 0));
  if (limited) return { target: 'asyncio', reason: `\`${limited.member}\` of asyncio’s queue takes no \`block\` and no \`timeout\`; a time limit is \`asyncio.wait_for\`` };
  const why = 'every part of the program that touches the queue must run in one loop of asyncio, and its exceptions are `asyncio.QueueEmpty` and `asyncio.QueueFull`';
  return unless(rewrite.doubt, onAsyncio(`Use \`asyncio.${inAsyncio(maker.api)}\``, why, awaited(rewrite, object, view)));
}

function awaited({ uses, members }: Rewrite, object: TrackedObject | undefined, view: FileView): Change {
  const edits = change(view);
  for (const { node, api, call } of uses) {
    edits.replace(node, `${edits.module('asyncio', node)}.${inAsyncio(api)}`);
    if (call && object) limit(call, edits);
  }
  for (const member of members) if (member.call && isAwaited(member)) awaitCall(edits, member.call);
  return edits.done();
}

function isAwaited({ member }: MemberUse): boolean {
  return member === 'get' || member === 'put' || member === 'join';
}

function inAsyncio(api: string): string {
  const native = natives.get(api) ?? 'Queue';
  return isException(api) ? `Queue${native}` : native;
}
