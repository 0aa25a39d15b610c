import { ancestors, isField, type Node } from '../../syntax/node';
import { isInAsyncFunction, type ChangeBuilder } from './change';
import type { TrackedObject } from './objects';

/** Whether `await` may stand here without changing what the code around it is: a generator expression would become asynchronous. */
export function canAwait(node: Node): boolean {
  if (!isInAsyncFunction(node)) return false;
  for (const at of ancestors(node)) {
    if (at.type === 'generator_expression') return false;
    if (at.type === 'function_definition') return true;
  }
  return false;
}

/** Whether the object lives and is used in coroutines only. */
export function livesInCoroutines({ makers, members, entered }: TrackedObject): boolean {
  return makers.length > 0 && [...makers, ...members].every(({ node }) => canAwait(node)) && entered.every(canAwait);
}

/** `q.get()`  =>  `await q.get()`, in parentheses where something is done to the result at once. */
export function awaitCall(edits: ChangeBuilder, call: Node): void {
  const isReceiver = ['object', 'value', 'function'].some((name) => call.parent && isField(call.parent, name, call) && isTight(call.parent));
  edits.insert(call.startIndex, isReceiver ? '(await ' : 'await ');
  if (isReceiver) edits.insert(call.endIndex, ')');
}

function isTight({ type }: Node): boolean {
  return type === 'attribute' || type === 'subscript' || type === 'call';
}
