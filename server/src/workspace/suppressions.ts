import { lineOfComment } from '../syntax/commentRuns';
import { isJoined } from '../syntax/joined';
import type { Tree } from '../syntax/node';
import { isDocumentation } from '../rules/texts/index';
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
  /**
   * The lines it holds for, as offsets: its own, and the next line of code where it stands alone, with the lines that a
   * backslash or a string joins to that one.
   */
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
      // Only then it can stand in a comment.
      if (!text.slice(text.lastIndexOf('\n', offset) + 1, offset).includes('#')) continue;
      const comment = tree.rootNode.descendantForIndex(offset, offset + word.length);
      if (comment?.type !== 'comment') continue;
      const file = { text, tree, lines, range: lineOfComment(comment, text, offset) };
      const made = word === 'keep' ? keepComment(file) : noqaComment(file);
      if (made && !found.some((known) => known.range.start === made.range.start && known.isNoqa === made.isNoqa)) found.push(made);
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}

/**
 * The suppressing comments of a file that is no Python, where a line of a comment starts with `#`. Documentation shows such
 * comments as examples: there, one that keeps a mention holds for the whole file, and others keep nothing.
 */
export function suppressionsOfText(text: string, path: string, lines: LineIndex): readonly Suppression[] {
  return [...text.matchAll(/(?<=^|[ \t])#[ \t]*eventlet:[ \t]*keep\[.*/gm)].flatMap(({ 0: comment, index }) => {
    const range = { start: index, end: index + comment.length };
    const own = lines.lineAt(index);
    const made = kept({ text, lines, range }, isDocumentation(path) ? [{ start: 0, end: text.length }] : reachOfLine(text, lines, range.start, own));
    return made && (!isDocumentation(path) || made.rules.some(({ id }) => id === 'mention')) ? [made] : [];
  });
}

/** A comment where it stands. */
interface Comment {
  readonly text: string;
  readonly tree: Tree;
  readonly lines: LineIndex;
  readonly range: Span;
}

function keepComment(comment: Comment): Suppression | undefined {
  return kept(comment, reachOf(comment));
}

function kept(comment: Omit<Comment, 'tree'>, reach: readonly Span[]): Suppression | undefined {
  const { text, lines, range } = comment;
  const match = keep.exec(text.slice(range.start, range.end));
  if (!match) return undefined;
  const list = range.start + match.index + match[0].indexOf('[') + 1;
  const rules: RuleName[] = [];
  for (const part of (match[1] ?? '').matchAll(/[^,\s][^,]*/g)) {
    const id = part[0].trimEnd();
    const start = list + part.index;
    const end = start + id.length;
    rules.push({ id, start, end, position: { start: lines.position(start), end: lines.position(end) } });
  }
  return { rules, reason: (match[2] ?? '').trim(), range, reach, isNoqa: false, ...lineOf(comment) };
}

/** OpenStack hacking's import ban; it silences findings about imports on its line, as flake8 does. */
function noqaComment(comment: Comment): Suppression | undefined {
  const { text, lines, range } = comment;
  const match = /#\s*noqa:[^#]*\bH905\b/i.exec(text.slice(range.start, range.end));
  if (!match) return undefined;
  return { rules: [], reason: 'noqa: H905', range, reach: [lineSpan(lines, lines.lineAt(range.start))], isNoqa: true, ...lineOf(comment) };
}

function lineOf({ lines, range }: Omit<Comment, 'tree'>): Pick<Suppression, 'line' | 'lineStart'> {
  const number = lines.lineAt(range.start);
  const line = lines.line(number);
  return { line: line.trim(), lineStart: lines.start(number) + line.length - line.trimStart().length };
}

function reachOf({ text, tree, lines, range }: Comment): readonly Span[] {
  const [own, next] = reachOfLine(text, lines, range.start, lines.lineAt(range.start));
  if (!own || !next) return own ? [own] : [];
  let last = lines.lineAt(next.start);
  while (last + 1 < lines.lineCount && isJoined(tree, lines.end(last))) last++;
  return [own, { start: next.start, end: lines.end(last) }];
}

/** The line of a comment and, where nothing else stands on it, the next line that is no comment. */
function reachOfLine(text: string, lines: LineIndex, start: number, own: number): readonly Span[] {
  if (text.slice(lines.start(own), start).trim() !== '') return [lineSpan(lines, own)];
  let next = own + 1;
  while (next < lines.lineCount && /^\s*(#|$)/.test(lines.line(next))) next++;
  return [lineSpan(lines, own), lineSpan(lines, next)];
}

function lineSpan(lines: LineIndex, line: number): Span {
  return { start: lines.start(line), end: lines.end(line) };
}
