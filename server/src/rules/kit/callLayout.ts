import { field, type Node } from '../../syntax/node';
import type { ChangeBuilder } from './change';
import { indentAt, isFirstOnLine, lineEnd, lineStart } from './lines';
import type { FileView } from './view';

/** How a call will stand on the page when its callee is longer or shorter than before. Columns are UTF-16, from the line's start. */
export interface CallLayout {
  /** The arguments, comments left out. */
  readonly args: readonly Node[];
  /** The column at which the first argument was, and the one at which new lines of arguments begin now. */
  readonly from: number;
  readonly to: number;
  /** The column behind the new opening parenthesis, where the first argument is if it does not begin a line. */
  readonly open: number;
  /** The column of arguments that hang below their call, where there is no room behind the parenthesis. */
  readonly hanging: number;
  /** Whether the arguments were on the line of the parenthesis, all of them. */
  readonly isOneLine: boolean;
}

/**
 * Replaces the callee of a call, or what stands from `start` to its end, and keeps lines of arguments that were aligned with
 * the parenthesis aligned. What would get longer than the author's own lines moves to a line of its own. `more` counts the characters
 * that come to the last line otherwise, `moved` those by which other edits move the call to the right.
 *
 *     gt = spawn(f,              gt = pool.submit(f,
 *                a)      =>                       a)
 */
export function replaceCallee(edits: ChangeBuilder, view: FileView, call: Node, newText: string, { start = call.startIndex, more = 0, moved = 0 } = {}): void {
  edits.replaceRange(start, field(call, 'function')?.endIndex ?? start, newText);
  const layout = callLayout(view, call, start, newText, moved);
  const [first] = layout.args;
  if (!first) return;
  const isHung = !isFirstOnLine(view.text, first.startIndex) && isTooLong(view, call, layout, more);
  if (isHung) edits.replaceRange((field(call, 'arguments') ?? call).startIndex + 1, first.startIndex, newLineAt(view, start, layout.hanging));
  const to = isHung ? layout.hanging : layout.to;
  for (const row of rowsOf(view, call)) shiftRow(edits, view, row, layout.from, to);
}

/** Where arguments begin that hang below their call: one step further in, two in the head of a block (PEP 8). */
export function hangingColumn({ text, layout }: FileView, offset: number): number {
  const indent = indentAt(text, offset).length;
  const isHead = /^\s*(async|elif|for|if|while|with)\b/.test(text.slice(lineStart(text, offset), offset));
  return indent + layout.indent.length * (isHead ? 2 : 1);
}

export function callLayout(view: FileView, call: Node, start: number, newText: string, moved = 0): CallLayout {
  const list = field(call, 'arguments') ?? call;
  const args = list.namedChildren.filter((child): child is Node => !!child && child.type !== 'comment');
  const lastLine = newText.slice(newText.lastIndexOf('\n') + 1);
  const open = (lastLine === newText ? columnOf(view, start) + moved : 0) + lastLine.length + 1;
  const isHanging = args[0] !== undefined && isFirstOnLine(view.text, args[0].startIndex);
  const from = args[0] ? columnOf(view, args[0].startIndex) : 0;
  return { args, from, to: isHanging ? from : open, open, hanging: hangingColumn(view, start) + (lastLine === newText ? 0 : view.layout.indent.length), isOneLine: rowsOf(view, call).length === 0 && !isHanging };
}

/** Offsets at which the lines of arguments after the first begin: the ones inside strings and the closing parenthesis are left out. */
export function rowsOf({ text, tree }: FileView, call: Node): readonly number[] {
  const list = field(call, 'arguments') ?? call;
  const rows: number[] = [];
  for (let start = lineEnd(text, list.startIndex); start < list.endIndex; start = lineEnd(text, start)) {
    const line = text.slice(start, Math.min(lineEnd(text, start), list.endIndex)).trim();
    const node = tree.rootNode.descendantForIndex(start, start);
    const isInString = node !== null && node.startIndex < start && /^string/.test(node.type);
    if (line !== '' && line !== ')' && !isInString) rows.push(start);
  }
  return rows;
}

/** Moves a line from one column to another; one that begins further left than its fellows stays. */
export function shiftRow(edits: ChangeBuilder, { text }: FileView, row: number, from: number, to: number): void {
  const [indent = '', tabs = ''] = /^(\t*) */.exec(text.slice(row)) ?? [];
  if (indent.length < from || to === from) return;
  const at = row + tabs.length;
  if (to > from) edits.insert(at, ' '.repeat(to - from));
  else edits.replaceRange(at, Math.min(at + from - to, row + indent.length), '');
}

/** A line end and the white space up to a column of the line below that of `offset`; tabs stay tabs. */
export function newLineAt(view: FileView, offset: number, column: number): string {
  const { text, layout } = view;
  const indent = indentAt(text, offset);
  const isHanging = column > indent.length && column === hangingColumn(view, offset);
  return layout.lineEnding + indent + (isHanging ? layout.indent[0] ?? ' ' : ' ').repeat(Math.max(0, column - indent.length));
}

/** Characters that a line may have: 79 (PEP 8), or as many as the author's longest, up to 120, where he often writes more. */
export function lineLimit({ text, memory }: FileView): number {
  return memory.recall('line limit', () => {
    const lengths = text.split(/\r\n|\n|\r/).map((line) => line.length);
    const wide = lengths.filter((length) => length > 79);
    return wide.length > lengths.length / 100 ? wide.reduce((most, length) => Math.max(most, Math.min(120, length)), 79) : 79;
  });
}

export function columnOf({ text }: FileView, offset: number): number {
  return offset - lineStart(text, offset);
}

function isTooLong(view: FileView, call: Node, { from, to, open }: CallLayout, more: number): boolean {
  const limit = lineLimit(view);
  const { text } = view;
  const list = field(call, 'arguments') ?? call;
  const firstEnd = Math.min(lineEnd(text, list.startIndex), list.endIndex);
  const firstLine = open + text.slice(list.startIndex + 1, firstEnd).trimEnd().length;
  const rows = rowsOf(view, call).map((row) => text.slice(row, Math.min(lineEnd(text, row), list.endIndex)).trimEnd().length + to - from);
  const lengths = [firstLine, ...rows];
  const rest = more + codeBehind(view, call).length;
  return lengths.some((length, index) => length + (index === lengths.length - 1 ? rest : 0) > limit);
}

/** The code that follows a call on its last line; a comment does not count. */
export function codeBehind({ text }: FileView, { endIndex }: Node): string {
  return text.slice(endIndex, lineEnd(text, endIndex)).replace(/#.*/, '').trimEnd();
}
