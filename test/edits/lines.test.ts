import { describe, expect, it } from 'vitest';
import { LineIndex, type PositionEncoding } from '../../server/src/edits/lines';
import { randomNumbers, randomText } from './random';

const encodings: readonly PositionEncoding[] = ['utf-16', 'utf-8', 'utf-32'];

describe('lines', () => {
  it('end with any of the three line endings, and the last one may be empty', () => {
    const lines = new LineIndex('a\nb\r\nc\rd\n');
    expect(Array.from({ length: lines.lineCount }, (_, line) => lines.line(line))).toEqual(['a', 'b', 'c', 'd', '']);
  });

  it('own their line ending', () => {
    const lines = new LineIndex('ab\r\ncd');
    expect([2, 3, 4].map((offset) => lines.position(offset))).toEqual([
      { line: 0, character: 2 },
      { line: 0, character: 2 },
      { line: 1, character: 0 },
    ]);
  });

  it('are not split at other characters that Python or an editor might dislike', () => {
    expect(new LineIndex('a\fb\u2028c\u0085d').lineCount).toBe(1);
  });
});

describe('lines after a change', () => {
  it('are the same as those of the new text', () => {
    const random = randomNumbers(6);
    for (let round = 0; round < 2000; round++) {
      const text = randomText(random, 12);
      const [start = 0, oldEnd = 0] = [random(text.length + 1), random(text.length + 1)].sort((a, b) => a - b);
      const added = randomText(random, 4);
      const after = text.slice(0, start) + added + text.slice(oldEnd);
      const edited = new LineIndex(text).edited(after, { start, oldEnd, newEnd: start + added.length });
      const fresh = new LineIndex(after);
      const starts = (lines: LineIndex): number[] => Array.from({ length: lines.lineCount }, (_, line) => lines.start(line));
      expect(starts(edited), JSON.stringify({ text, start, oldEnd, added })).toEqual(starts(fresh));
    }
  });
});

describe('positions', () => {
  it('count what the client counts', () => {
    const lines = new LineIndex('x = "é漢😀" # y');
    const offset = lines.line(0).indexOf('#');
    expect(encodings.map((encoding) => lines.position(offset, encoding).character)).toEqual([11, 16, 10]);
    for (const encoding of encodings) expect(lines.offset(lines.position(offset, encoding), encoding)).toBe(offset);
  });

  it('outside the text are moved to its nearest end', () => {
    const lines = new LineIndex('ab\ncd');
    expect(lines.offset({ line: 9, character: 0 })).toBe(5);
    expect(lines.offset({ line: -1, character: 3 })).toBe(0);
    expect(lines.offset({ line: 0, character: 99 })).toBe(2);
    expect(lines.position(99)).toEqual({ line: 1, character: 2 });
    expect(lines.position(-1)).toEqual({ line: 0, character: 0 });
  });

  it('inside a character are moved to its start', () => {
    const lines = new LineIndex('a😀b');
    expect(lines.offset({ line: 0, character: 3 }, 'utf-8')).toBe(1);
    expect(lines.position(2, 'utf-8').character).toBe(1);
  });

  it('lead back to their offset, in every encoding', () => {
    const random = randomNumbers(3);
    for (let round = 0; round < 200; round++) {
      const text = randomText(random, 40);
      const lines = new LineIndex(text);
      for (let offset = 0; offset <= text.length; offset++) {
        if (text.slice(offset - 1, offset + 1) === '\r\n' || /[\uDC00-\uDFFF]/.test(text.charAt(offset))) continue;
        for (const encoding of encodings) expect(lines.offset(lines.position(offset, encoding), encoding)).toBe(offset);
      }
    }
  });

  it('in UTF-8 are what an encoder counts', () => {
    const random = randomNumbers(4);
    for (let round = 0; round < 200; round++) {
      const line = randomText(random, 20).replace(/[\r\n]/g, '');
      expect(new LineIndex(line).position(line.length, 'utf-8').character).toBe(new TextEncoder().encode(line).length);
    }
  });
});
