/** A mark under a line of Python: `#^^^ label`. The `#` counts as the first caret; `#|` marks a single character. */
export interface Marker {
  /** Offsets into the text without the marks. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface MarkedText {
  /** The Python without the marks. */
  readonly text: string;
  readonly markers: readonly Marker[];
}

const mark = /^([ \t]*)#(\^+|\|)[ \t]+(\S.*)$/;

/** Reads Python with underlines. A leading line end is dropped, so that examples can start on a line of their own. */
export function readMarked(source: string): MarkedText {
  const markers: Marker[] = [];
  let text = '';
  let lastStart = 0;
  for (const line of source.replace(/^\n/, '').split(/(?<=\n)/)) {
    const match = mark.exec(line.replace(/\r?\n$/, ''));
    if (match) {
      const [, indent = '', carets = '', label = ''] = match;
      const start = lastStart + indent.length;
      markers.push({ start, end: start + (carets === '|' ? 1 : carets.length + 1), label: label.trim() });
    } else {
      lastStart = text.length;
      text += line;
    }
  }
  return { text, markers };
}

/** The inverse: the text with marks under its lines, for messages that a person compares. */
export function withMarks({ text, markers }: MarkedText): string {
  let result = '';
  let offset = 0;
  for (const line of text.split(/(?<=\n)/)) {
    result += line.endsWith('\n') ? line : `${line}\n`;
    for (const { start, end, label } of markers) {
      if (start < offset || start >= offset + line.length) continue;
      const carets = '^'.repeat(Math.max(0, Math.min(end, offset + line.length) - start - 1)) || '|';
      result += `${' '.repeat(start - offset)}#${carets} ${label}\n`;
    }
    offset += line.length;
  }
  return result;
}
