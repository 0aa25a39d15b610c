import type { TextEdit } from 'vscode-languageclient';

/**
 * The bytes of a file with edits made: everything outside of them stays as it is, line ends, byte order mark and all. The edits refer to the
 * text of these bytes and do not overlap. undefined where the bytes are not UTF-8, so that nobody can tell where the edits belong.
 */
export function withEdits(bytes: Uint8Array, edits: readonly TextEdit[]): Uint8Array | undefined {
  const decoded = textOf(bytes);
  if (decoded === undefined) return undefined;
  const hasMark = decoded.startsWith(byteOrderMark);
  const text = hasMark ? decoded.slice(1) : decoded;
  const starts = lineStarts(text);
  const offset = ({ line, character }: TextEdit['range']['start']): number => Math.min((starts[line] ?? text.length) + character, text.length);
  const placed = edits.map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }));

  const parts: string[] = [];
  let done = 0;
  // Sorting keeps the order of insertions at one place, as the protocol wants it.
  for (const { start, end, newText } of placed.sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(done, start), newText);
    done = end;
  }
  return new TextEncoder().encode([hasMark ? byteOrderMark : '', ...parts, text.slice(done)].join(''));
}

/** The text of UTF-8 bytes with its byte order mark, if there is one; undefined for other bytes. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether both hold the same; `undefined` is a file that is not there. */
export function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Whether bytes are what is there when writing others is cut short. */
export function isBeginning(part: Uint8Array, whole: Uint8Array | undefined): boolean {
  return whole !== undefined && part.length < whole.length && part.every((byte, index) => byte === whole[index]);
}

const byteOrderMark = '\ufeff';

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: end, index }) => index + end.length)];
}
