import type { MemberUse, NameUse } from '../../python/uses';
import { contains, enclosing, field, type Node } from '../../syntax/node';
import { shortened } from './objects';
import { timedWith, withOf } from './timedWith';
import { caughtBy } from './timeoutHandlers';
import type { FileView } from './view';

/** What to do about a mention of `Timeout` that is not rewritten, by where it stands (catalogue 2.7). */
export function timeoutReason(use: NameUse, view: FileView): string {
  const { call, node } = use;
  const clause = enclosing(node, 'except_clause');
  if (clause && caughtBy(clause).some((caught) => contains(caught, node))) return handlerReason(clause);
  if (!call) return valueReason(node);
  if (withOf(call)) return withReason(use, view);
  if (call.parent?.type === 'raise_statement') return 'it is raised by hand: raise an exception of your own, or `TimeoutError`, and let its handlers follow; `except Exception` catches both';
  if (call.parent?.type === 'assignment') return 'the time runs from here until `cancel()`: natively every wait in between gets what is left of a deadline, `deadline - time.monotonic()`';
  return 'an object of it is passed on; what takes its place is the exception that the rewritten code raises';
}

function handlerReason(clause: Node): string {
  const caught = caughtBy(clause);
  if (caught.some(({ text }) => text === 'Exception')) return 'natively a timeout is an `Exception`, so this becomes `except Exception` when nothing raises eventlet’s `Timeout` any more';
  if (caught.length > 1) return 'what is caught here follows what the rewritten code raises: `TimeoutError`, `queue.Empty` and the like are each an `Exception`';
  return 'what is caught here follows what the rewritten code raises; an `except Exception` above it would be faster then';
}

function valueReason(node: Node): string {
  const list = node.parent;
  if (list?.type === 'argument_list' && list.parent?.type === 'class_definition') return 'a class that inherits from `Timeout` becomes a `TimeoutError` or an `Exception`, and making an object of it no longer starts a clock';
  if (list?.type === 'argument_list' && field(list.parent ?? list, 'function')?.text === 'isinstance') return 'what is asked for here follows what the rewritten code raises: mostly `TimeoutError`';
  return 'the class is passed on; what takes its place is the exception that the rewritten code raises';
}

function withReason(use: NameUse, view: FileView): string {
  const timed = timedWith(use, view);
  if (typeof timed === 'string') return `nothing can interrupt a native thread from outside, and ${timed}`;
  return `nothing can interrupt a native thread from outside: ${bodyAdvice(timed.body, view)}`;
}

/** Calls that have a time limit of their own, by the last part of their names, with what people have to know of it. */
const advice: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/(^|\.)(communicate|check_call|check_output|waitpid)$/, 'takes `timeout=` as a process of `subprocess`, raises `TimeoutExpired` and leaves the process running: kill it'],
  [/(^|\.)(urlopen|request|getresponse|http_connect\w*|connect|create_connection|recv\w*|send\w*|accept|readline|read)$/, 'talks to the network: give the connection its own `timeout`, which counts for each operation and not for the whole'],
  [/(^|\.)(waitall|join)$/, 'waits for others: wait with `concurrent.futures.wait(futures, timeout=…)` or `thread.join(timeout)`, and decide what becomes of those that are late'],
  [/(^|\.)(wait|get|put|acquire|result)$/, 'takes a time limit of its own natively; replace its object first, then this'],
];

function bodyAdvice(body: readonly Node[], view: FileView): string {
  const calls = body.flatMap((statement) => statement.descendantsOfType('call')).flatMap((call) => (call && field(call, 'function')) ?? []);
  const isLoop = body.some(({ type }) => type === 'while_statement' || type === 'for_statement');
  if (isLoop && body.length === 1) return 'set a deadline before the loop and look at it in every round, as far as each round ends by itself';
  for (const callee of calls) {
    const green = view.uses.find((use): use is MemberUse => use.form === 'member' && use.node.id === callee.id && use.className === 'eventlet.GreenThread');
    if (green) return `\`${nameOf(callee)}\` becomes \`future.result(timeout=…)\` when the green thread is a future; what it waits for goes on`;
    const found = advice.find(([pattern]) => pattern.test(callee.text));
    if (found && body.length === 1) return `\`${nameOf(callee)}\` ${found[1]}`;
  }
  const named = calls.find(({ text }) => advice.some(([pattern]) => pattern.test(text)));
  if (named) return `set one deadline and give each wait of the body, \`${nameOf(named)}\` among them, what is left of it`;
  return 'find what waits inside and give that a time limit of its own, or run it in a worker and wait for `future.result(timeout=…)`; the worker goes on';
}

/** `peer.read`; of a chain of calls only the last name. */
function nameOf(callee: Node): string {
  return callee.text.includes('(') ? (field(callee, 'attribute')?.text ?? shortened(callee)) : callee.text;
}
