import { statementOf, type Node } from '../../syntax/node';
import type { ChangeBuilder } from './change';
import { indentAt, isFirstOnLine, lineEnd, lineStart } from './lines';
import type { FileView } from './view';

/** Whether the statement of a node has its lines to itself, so that lines can be put around it. */
export function hasOwnLines({ text }: FileView, node: Node): boolean {
  const statement = statementOf(node);
  const rest = text.slice(statement.endIndex, lineEnd(text, statement.endIndex)).trim();
  return isFirstOnLine(text, statement.startIndex) && (rest === '' || rest.startsWith('#'));
}

/** Puts lines above a statement that has its own; they are given without indentation and get that of the statement. */
export function linesAbove(edits: ChangeBuilder, { text, layout }: FileView, statement: Node, lines: readonly string[]): void {
  const indent = indentAt(text, statement.startIndex);
  edits.insert(lineStart(text, statement.startIndex), lines.map((line) => indent + line + layout.lineEnding).join(''));
}

/** Puts lines below a statement that has its own, behind a comment that follows it on its last line. `indent` is that of the lines. */
export function linesBelow(edits: ChangeBuilder, { text, layout }: FileView, statement: Node, indent: string, lines: readonly string[]): void {
  const end = lineEnd(text, statement.endIndex);
  const isEnded = /[\r\n]$/.test(text.slice(0, end));
  const added = lines.map((line) => indent + line);
  edits.insert(end, isEnded ? added.map((line) => line + layout.lineEnding).join('') : added.map((line) => layout.lineEnding + line).join(''));
}

/**
 * Moves the lines from the one of `first` to the one of `last` by one step of indentation, to the right or to the left. What stands
 * inside a string literal keeps its place.
 */
export function shiftLines(edits: ChangeBuilder, view: FileView, first: Node, last: Node, direction: 'right' | 'left'): void {
  const { text, layout, tree } = view;
  for (let start = lineStart(text, first.startIndex); start < last.endIndex; start = lineEnd(text, start)) {
    if (text.slice(start, lineEnd(text, start)).trim() === '') continue;
    const node = start === lineStart(text, first.startIndex) ? undefined : tree.rootNode.descendantForIndex(start, start + 1);
    if (node && (node.type === 'string_content' || node.type === 'string') && node.startIndex < start) continue;
    if (direction === 'right') edits.insert(start, layout.indent);
    else edits.replaceRange(start, start + (text.startsWith(layout.indent, start) ? layout.indent.length : 0), '');
  }
}
