import { inOrder, type TextEdit } from '../../edits/textEdit';
import { spelling, tokensIn, type CodeLine, type ImportItem } from './code';
import type { Hunk } from './clone';

/** The logical lines of a text. */
export interface Code {
  readonly lines: readonly CodeLine[];
  readonly imports: readonly ImportItem[];
  /** Offset of the first character of a line, which counts from 1. */
  lineStart(line: number): number;
  /** The line of an offset, counted from 1. */
  lineOf(offset: number): number;
}

/** The old side and the new side of a file that a person changed, and what our fix makes of the old one. */
export interface Comparison {
  readonly before: Code;
  readonly ours: Code;
  /** They lead from `before` to `ours`; none inside of another. */
  readonly edits: readonly TextEdit[];
  readonly theirs: Code;
  readonly hunks: readonly Hunk[];
}

/** A part of the old side, in offsets; a statement is compared line by line, an expression wherever it stands. */
export interface Part {
  readonly kind: 'statement' | 'expression';
  readonly start: number;
  readonly end: number;
}

/**
 * Whether what we make of a part is what the person made of it. Formatting, quotes and the spelling of imported names do not
 * count, nor do statements that the person put between ours, or a variable that the person needs on the way:
 * `t = Thread(); t.start()` is `Thread().start()`.
 */
export function isTheirs({ before, ours, edits, theirs, hunks }: Comparison, { kind, start, end }: Part): boolean {
  const [from, to] = [moved(start, edits, false), moved(end, edits, true)];
  const [first, last] = theirPlace(hunks, before.lineOf(start), before.lineOf(Math.max(start, end - 1)));
  const there = inlined(theirs.lines.filter((line) => !line.isImport && line.start < theirs.lineStart(last) && theirs.lineStart(first) < line.end).map(({ tokens }) => spelling(tokens)));
  if (kind === 'expression') return contains(there.join(' '), spelling(tokensIn(ours.lines, from, to)));
  const written = ours.lines.filter((line) => !line.isImport && from <= line.start && line.end <= to).map(({ tokens }) => spelling(tokens));
  if (written.length > 0) return isInOrder(written, there);
  return !there.includes(spelling(tokensIn(before.lines, start, end)));
}

/** Whether the person imports the same, under the same names, as we do in the place of an import statement. */
export function importsTheSame({ before, ours, edits, theirs }: Comparison, { start, end }: Part): boolean {
  const [from, to] = [moved(start, edits, false), moved(end, edits, true)];
  const there = new Set(theirs.imports.map(({ item }) => item));
  const written = ours.imports.filter((item) => from <= item.start && item.start < to);
  const old = new Set(before.imports.map(({ item }) => item));
  return written.length > 0 && written.every(({ item }) => there.has(item) && !old.has(item));
}

/** The lines of the new side, the end not included, that stand where these lines of the old side were. */
function theirPlace(hunks: readonly Hunk[], first: number, last: number): readonly [number, number] {
  let shift = 0;
  const touched: Hunk[] = [];
  for (const hunk of hunks) {
    const [start, end] = hunk.old;
    if (end <= first && !(start === end && start === first)) shift = hunk.now[1] - end;
    else if (start <= last) touched.push(hunk);
  }
  const from = Math.min(first + shift, ...touched.map(({ now }) => now[0]));
  const lastShift = touched.length > 0 ? (touched.at(-1)?.now[1] ?? 0) - (touched.at(-1)?.old[1] ?? 0) : shift;
  return [from, Math.max(last + 1 + lastShift, ...touched.map(({ now }) => now[1]))];
}

/** Where an offset of the old text is in the new one; where an edit replaced it, the near end of the new code. */
function moved(offset: number, edits: readonly TextEdit[], isEnd: boolean): number {
  let at = offset;
  for (const edit of inOrder(edits)) {
    if (edit.end < offset || (edit.end === offset && (isEnd || edit.start < edit.end))) at += edit.newText.length - (edit.end - edit.start);
    else if (edit.start < offset) return at - (offset - edit.start) + (isEnd ? edit.newText.length : 0);
  }
  return at;
}

/** The lines, with those behind that say the same without a variable. */
function inlined(lines: readonly string[]): readonly string[] {
  const shorter = lines.flatMap((line, index) => {
    const [, name, value] = /^([\w. ]+?) = (.+)$/.exec(line) ?? [];
    return name === undefined ? [] : lines.slice(index + 1).filter((other) => other.startsWith(`${name} . `)).map((other) => `${value}${other.slice(name.length)}`);
  });
  return [...lines, ...shorter];
}

function isInOrder(lines: readonly string[], among: readonly string[]): boolean {
  let at = 0;
  return lines.every((line) => (at = among.indexOf(line, at) + 1) > 0);
}

/** Both are tokens with spaces between. */
function contains(text: string, part: string): boolean {
  return ` ${text} `.includes(` ${part} `);
}
