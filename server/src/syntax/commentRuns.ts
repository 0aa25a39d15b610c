import { carriageReturn, formFeed, hash, lineEnd, newline, space, tab } from './characters';

/**
 * Long runs of lines that hold comments and nothing else. At each comment the scanner of the grammar reads on to the next line of code, to know whether a block
 * ends before it: some thousand such lines would keep everybody waiting for a minute. So the parser gets a run as one comment, in a text of the same length.
 */

/** Lines of comments; a run of fewer takes no time to speak of, and stays as many comments as there are lines. */
const long = 32;

/** A run is parted where a line is indented less than its first, for a block may end there; in one that goes on like this, only so often. */
const mostParts = 100;

/** The text as it is parsed: in long runs of comments a space stands for each line feed but the last. Nothing else moves, in strings neither. */
export function withJoinedComments(text: string): string {
  let joined = '';
  let done = 0;
  for (const feed of feedsInRuns(text)) {
    joined += `${text.slice(done, feed)} `;
    done = feed + 1;
  }
  return done === 0 ? text : joined + text.slice(done);
}

/** The lines that a range touches, with those above and below that hold comments, or nothing: what stands there may become part of a run, or of none. */
export function withCommentsAround(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  let first = lineStart(text, start);
  while (first > 0) {
    const above = lineStart(text, first - 1);
    if (!hasNoCode(text, above)) break;
    first = above;
  }
  let last = lineEnd(text, end);
  while (last < text.length && hasNoCode(text, last + 1)) last = lineEnd(text, last + 1);
  return { start: first, end: last };
}

/** The line that an offset in a comment stands on, as far as it is comment: a comment may have many. */
export function lineOfComment(comment: { readonly startIndex: number; readonly endIndex: number }, text: string, offset: number): { readonly start: number; readonly end: number } {
  const start = Math.max(comment.startIndex, firstInLine(text, lineStart(text, offset)));
  return { start, end: Math.min(comment.endIndex, lineEnd(text, offset)) };
}

/** The lines of a comment; one where it is no run. */
export function linesOfComment(comment: string): readonly string[] {
  return comment.includes('\n') ? comment.split('\n').map((line) => line.trim()).filter((line) => line !== '') : [comment];
}

function* feedsInRuns(text: string): Generator<number> {
  for (let at = text.indexOf('#'); at >= 0; ) {
    const line = lineStart(text, at);
    const run = firstInLine(text, line) === at ? runFrom(text, line) : undefined;
    if (run && run.comments >= long) yield* run.feeds;
    at = text.indexOf('#', run?.end ?? lineEnd(text, at));
  }
}

/** A run from its first line on: how many comments it has, the line feeds inside its parts, and where its last comment ends. */
function runFrom(text: string, start: number): { readonly comments: number; readonly feeds: readonly number[]; readonly end: number } {
  const feeds: number[] = [];
  let comments = 0;
  let parts = 0;
  let indent = Infinity;
  let end = start;
  for (let line = start; line < text.length; ) {
    const at = firstInLine(text, line);
    const next = lineEnd(text, at);
    if (text.charCodeAt(at) === hash) {
      const width = widthOf(text, line, at);
      if (comments > 0 && (width >= indent || parts >= mostParts)) for (let feed = end; feed < line; feed = lineEnd(text, feed + 1)) feeds.push(feed);
      else {
        parts++;
        indent = width;
      }
      comments++;
      end = next;
    } else if (at < next) break;
    line = next + 1;
  }
  return { comments, feeds, end };
}

/** Columns, as the scanner counts them. */
function widthOf(text: string, start: number, end: number): number {
  let width = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    width = code === formFeed ? 0 : width + (code === tab ? 8 : 1);
  }
  return width;
}

function hasNoCode(text: string, line: number): boolean {
  const at = firstInLine(text, line);
  return at >= text.length || text.charCodeAt(at) === newline || text.charCodeAt(at) === hash;
}

/** The first character of a line that is no white space; the end of the line where there is none. */
function firstInLine(text: string, line: number): number {
  let at = line;
  for (let code = text.charCodeAt(at); code === space || code === tab || code === formFeed || code === carriageReturn; code = text.charCodeAt(at)) at++;
  return at;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
