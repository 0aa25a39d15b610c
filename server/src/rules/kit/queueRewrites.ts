import { argumentsOf } from '../../python/calls';
import type { MemberUse, NameUse, Use } from '../../python/uses';
import { field, type Node } from '../../syntax/node';
import type { Fix, Proposal } from '../rule';
import { change, type Change, type ChangeBuilder } from './change';
import { awaitCall, canAwait, livesInCoroutines } from './coroutines';
import { exchanged, exchangeOf, type Exchange } from './exchange';
import { first } from './first';
import { importedAs } from './imports';
import { objectOf, type TrackedObject } from './objects';
import { cooperative, onAsyncio, onThreads, unless } from './proposing';
import { canonical, isException, mustBeCapped, natives, rewriteOf, rewriteOfAll, sizeOf, timeoutOf, type Rewrite } from './queueUses';
import type { FileView } from './view';

/** What makes a queue, or an exception of one, as that of Python’s module `queue`, with everything that moves along. */
export function natively(use: NameUse, view: FileView): Proposal {
  const own = rewriteOf(use, view);
  if (typeof own === 'string') return { target: 'threading', reason: own };
  const exchange = exchangeOf(use, view, 'queue');
  const all = exchange && rewriteOfAll(exchange, view);
  return all ? fix(all, view, exchange) : fix(own, view, undefined);
}

function fix(rewrite: Rewrite, view: FileView, exchange: Exchange | undefined): Fix {
  const hasQueue = rewrite.uses.some(({ api }) => !isException(api));
  const name = natives.get(rewrite.uses[0]?.api ?? '') ?? 'Queue';
  const title = exchange ? 'Import Python’s `queue` instead of eventlet’s' : `Use \`queue.${name}\``;
  const conditions = hasQueue ? [cooperative('queue')] : [{ kind: 'checked', text: `\`queue.${name}\` is the very same object` } as const];
  return unless(rewrite.doubt, onThreads(title, conditions, edited(rewrite, view, exchange)));
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
    if (timeout && mustBeCapped(timeout)) edits.insert(timeout.startIndex, 'max(0, ').insert(timeout.endIndex, ')');
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

/** A queue of coroutines, or its exception, as that of `asyncio`. */
export function inCoroutines(use: Use, maker: NameUse, view: FileView): Proposal {
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
