import type { Tree } from '../syntax/node';
import { wordOffsets } from '../python/words';
import type { LineIndex } from '../edits/lines';
import type { Range } from '../protocol';
import type { Span } from './finding';

/** A comment `# eventlet: keep[rule, rule] reason`, or `# noqa: H905` on an import. */
export interface Suppression {
  readonly rules: readonly RuleName[];
  /** Empty where none is given. */
  readonly reason: string;
  /** The comment. */
  readonly range: Span;
  /** The lines it holds for, as offsets: its own, and the next line of code where it stands alone. */
  readonly reach: readonly Span[];
  readonly isNoqa: boolean;
  /** The text of its line without indentation, and the offset at which that text starts. */
  readonly line: string;
  readonly lineStart: number;
}

export interface RuleName extends Span {
  readonly id: string;
  readonly position: Range;
}

const keep = /#\s*eventlet:\s*keep\[([^\]]*)\][ \t]*([^\r\n]*)/;

/** The suppressing comments of a file, in text order. A comment without an id in brackets suppresses nothing and is not found. */
export function suppressionsOf(text: string, tree: Tree, lines: LineIndex): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const word of ['keep', 'H905']) {
    for (const offset of wordOffsets(text, word)) {
      const comment = tree.rootNode.descendantForIndex(offset, offset + word.length);
      if (comment?.type !== 'comment') continue;
      const range = { start: comment.startIndex, end: comment.endIndex };
      const made = word === 'keep' ? keepComment(text, range, lines) : noqaComment(text, range);
      if (made && !found.some((known) => known.range.start === range.start && known.isNoqa === made.isNoqa)) found.push(made);
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}

function keepComment(text: string, range: Span, lines: LineIndex): Suppression | undefined {
  const comment = text.slice(range.start, range.end);
  const match = keep.exec(comment);
  if (!match) return undefined;
  const list = range.start + match.index + match[0].indexOf('[') + 1;
  const rules: RuleName[] = [];
  for (const part of (match[1] ?? '').matchAll(/[^,\s][^,]*/g)) {
    const id = part[0].trimEnd();
    const start = list + part.index;
    const end = start + id.length;
    rules.push({ id, start, end, position: { start: lines.position(start), end: lines.position(end) } });
  }
  return { rules, reason: (match[2] ?? '').trim(), range, reach: reachOf(text, range), isNoqa: false, ...lineOf(text, range) };
}

/** OpenStack hacking's import ban; it silences findings about imports on its line, as flake8 does. */
function noqaComment(text: string, range: Span): Suppression | undefined {
  const match = /#\s*noqa:[^#]*\bH905\b/i.exec(text.slice(range.start, range.end));
  if (!match) return undefined;
  return { rules: [], reason: 'noqa: H905', range, reach: [lineAt(text, range.start)], isNoqa: true, ...lineOf(text, range) };
}

function lineOf(text: string, range: Span): Pick<Suppression, 'line' | 'lineStart'> {
  const { start, end } = lineAt(text, range.start);
  const line = text.slice(start, end);
  return { line: line.trim(), lineStart: start + line.length - line.trimStart().length };
}

function reachOf(text: string, range: Span): readonly Span[] {
  const line = lineAt(text, range.start);
  if (text.slice(line.start, range.start).trim() !== '') return [line];
  let next = lineAt(text, afterLine(text, line.end));
  while (next.start < text.length && /^\s*(#|$)/.test(text.slice(next.start, next.end))) {
    const start = afterLine(text, next.end);
    if (start <= next.start) break;
    next = lineAt(text, start);
  }
  return [line, next];
}

/** The line that contains an offset, without its end. */
function lineAt(text: string, offset: number): Span {
  const before = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1));
  const rest = /\r|\n/g;
  rest.lastIndex = offset;
  return { start: before + 1, end: rest.exec(text)?.index ?? text.length };
}

function afterLine(text: string, end: number): number {
  return end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0);
}
