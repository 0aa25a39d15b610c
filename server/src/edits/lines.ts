/** A place as the language server protocol counts it: zero-based line, character in units of a `PositionEncoding`. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** The units of `character`: code units of UTF-16 (JavaScript's own), bytes of UTF-8, or code points. */
export type PositionEncoding = 'utf-16' | 'utf-8' | 'utf-32';

/**
 * Where the lines of one text are. A line ends with `\r\n`, `\n` or a lone `\r`, and there is always a last line, maybe
 * empty. Offsets are UTF-16. What lies outside the text or the line is moved to its nearest end, what lies inside a
 * character of the given encoding to its start; nothing here fails.
 */
export class LineIndex {
  constructor(
    private readonly text: string,
    private readonly starts: readonly number[] = lineStarts(text),
  ) {}

  /**
   * The index of `text`, which differs from this one's by one change: what stood from `start` to `oldEnd` now reaches to
   * `newEnd`. Only the lines that it touches are looked at again.
   */
  edited(text: string, { start, oldEnd, newEnd }: { readonly start: number; readonly oldEnd: number; readonly newEnd: number }): LineIndex {
    const first = this.lineAt(Math.max(0, start - 1));
    const starts = this.starts.slice(0, first + 1);
    const ending = /\r\n|\n|\r/g;
    ending.lastIndex = this.start(first);
    for (let match = ending.exec(text); match && ending.lastIndex <= newEnd; match = ending.exec(text)) starts.push(ending.lastIndex);
    // The line that `oldEnd` is in may have got a new start; those behind it have only moved.
    for (let line = this.lineAt(oldEnd) + 1; line < this.starts.length; line++) starts.push(this.start(line) + newEnd - oldEnd);
    return new LineIndex(text, starts);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** Offset of the first character of a line. */
  start(line: number): number {
    if (line < 0) return 0;
    return this.starts[line] ?? this.text.length;
  }

  /** Offset behind the last character of a line, before its line ending. */
  end(line: number): number {
    const next = this.starts[line + 1];
    if (line < 0) return 0;
    if (next === undefined) return this.text.length;
    return this.text.startsWith('\r\n', next - 2) && next - 2 >= this.start(line) ? next - 2 : next - 1;
  }

  /** The text of a line, without its line ending. */
  line(line: number): string {
    return this.text.slice(this.start(line), this.end(line));
  }

  /** The number of the line that an offset is in. A line ending belongs to the line that it ends. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  position(offset: number, encoding: PositionEncoding = 'utf-16'): LinePosition {
    const line = this.lineAt(offset);
    const start = this.start(line);
    const end = Math.max(start, Math.min(offset, this.end(line)));
    return { line, character: lengthOf(this.text, start, end, encoding) };
  }

  offset(position: LinePosition, encoding: PositionEncoding = 'utf-16'): number {
    const start = this.start(position.line);
    return advance(this.text, start, this.end(position.line), position.character, encoding);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes('\r')) for (const { index, 0: ending } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + ending.length);
  // Nearly all texts, and much faster.
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The number of units between two offsets of one line; half a surrogate pair at the end does not count. */
function lengthOf(text: string, start: number, end: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-16') return end - start;
  let units = 0;
  for (let at = start; at < end; ) {
    const point = text.codePointAt(at) ?? 0;
    at += point > 0xffff ? 2 : 1;
    if (at <= end) units += unitsOf(point, encoding);
  }
  return units;
}

/** The offset that lies so many units behind `start`, at most `end`. */
function advance(text: string, start: number, end: number, units: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-16') return Math.min(end, start + Math.max(0, units));
  let at = start;
  for (let left = units; at < end; ) {
    const point = text.codePointAt(at) ?? 0;
    left -= unitsOf(point, encoding);
    if (left < 0) break;
    at += point > 0xffff ? 2 : 1;
  }
  return at;
}

function unitsOf(codePoint: number, encoding: 'utf-8' | 'utf-32'): number {
  if (encoding === 'utf-32' || codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
