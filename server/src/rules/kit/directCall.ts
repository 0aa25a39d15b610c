import { field, type Node } from '../../syntax/node';
import { columnOf, rowsOf, shiftRow } from './callLayout';
import type { ChangeBuilder } from './change';
import type { FileView } from './view';

/**
 * Calls a function itself that is passed to somebody who would call it: `execute(f, a)` becomes `f(a)`. `callee` is the first
 * argument of `call`. Continuation lines that were aligned with it are aligned anew. Without effect, and `false`, where a
 * comment stands in the part that goes.
 */
export function callDirectly(edits: ChangeBuilder, view: FileView, call: Node, callee: Node): boolean {
  const list = field(call, 'arguments');
  const index = list?.namedChildren.findIndex((child) => child?.id === callee.id) ?? -1;
  if (!list || index !== 0) return false;
  const next = list.namedChildren[1];
  if (next?.type === 'comment') return false;
  const { text } = view;
  const isTight = isPrimary(callee);
  const gap = text.slice(list.startIndex + 1, callee.startIndex);
  edits.replaceRange(call.startIndex, callee.startIndex, isTight ? '' : '(');
  edits.replaceRange(callee.endIndex, next?.startIndex ?? list.endIndex - 1, `${isTight ? '' : ')'}(${next ? gap : ''}`);
  if (!next || gap !== '' || callee.text.includes('\n')) return true;
  const from = columnOf(view, callee.startIndex);
  const to = columnOf(view, call.startIndex) + callee.text.length + (isTight ? 1 : 3);
  for (const row of rowsOf(view, call)) if (row > next.startIndex) shiftRow(edits, view, row, from, to);
  return true;
}

/** Whether an expression can be called, or asked for an attribute, without parentheses around it. */
export function isPrimary({ type }: Node): boolean {
  return ['identifier', 'attribute', 'call', 'subscript', 'parenthesized_expression', 'string', 'list', 'tuple', 'dictionary', 'set'].includes(type);
}
