/** Offset of the first character of the line that an offset is in; a line ends with `\r\n`, `\n` or a lone `\r`. */
export function lineStart(text: string, offset: number): number {
  let at = Math.min(offset, text.length);
  while (at > 0 && !isLineEnd(text, at - 1)) at--;
  return at;
}

/** Offset behind the line end of the line that an offset is in; the end of the text for the last line. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isLineEnd(text, at)) at++;
  if (at === text.length) return at;
  return text.startsWith('\r\n', at) ? at + 2 : at + 1;
}

/** The white space that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t\f]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Whether nothing but white space stands before an offset in its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** The line above the one that starts at this offset, without its line end; undefined at the start of the text. */
export function lineAbove(text: string, start: number): string | undefined {
  if (start === 0) return undefined;
  const end = text.startsWith('\r\n', start - 2) ? start - 2 : start - 1;
  return text.slice(lineStart(text, end), end);
}

function isLineEnd(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '\r';
}
