import type { Node } from '../../syntax/node';
import { indentAt, isFirstOnLine, lineEnd, lineStart } from '../kit/lines';
import type { FileView } from '../kit/view';

/** A statement that became too wide, in parentheses over several lines; as it is where it fits, or has a comment inside. */
export function wrapped(view: FileView, statement: Node, text: string): string {
  const indent = indentAt(view.text, statement.startIndex);
  const before = Math.max(width, ...statement.text.split(/\r?\n/).map((line) => indent.length + line.length));
  if (text.split(/\r?\n/).every((line, index) => line.length + (index === 0 ? indent.length : 0) <= before)) return text;
  const [head, names] = /^([\s\S]*? import) \(?([\s\S]*?)\)?$/.exec(text)?.slice(1) ?? [];
  if (head === undefined || names === undefined || text.includes('#')) return text;
  const inner = indent + view.layout.indent;
  const lines: string[] = [];
  for (const name of names.replace(/\\\r?\n/g, ' ').split(',').map((part) => part.trim().replace(/\s+/g, ' ')).filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && inner.length + last.length + name.length + 3 <= width) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  const end = view.layout.lineEnding;
  return `${head} (${end}${lines.map((line) => `${inner}${line},${end}`).join('')}${indent})`;
}

/** Several statements in the place of one. */
export function joined({ text, layout }: FileView, statement: Node, lines: readonly string[]): string {
  return lines.join(isFirstOnLine(text, statement.startIndex) && isLastOnLine(text, statement.endIndex) ? layout.lineEnding + indentAt(text, statement.startIndex) : '; ');
}

function isLastOnLine(text: string, offset: number): boolean {
  return /^[ \t]*(#.*)?[\r\n]*$/.test(text.slice(offset, lineEnd(text, offset))) && lineStart(text, offset) <= offset;
}

/** PEP 8's width, which most of the projects keep; a statement that was wider before may stay so. */
const width = 79;
