import type { TextEdit } from '../../server/src/edits/textEdit';

/** Numbers that look random and are the same in every run (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** A short text of what goes wrong elsewhere: all line endings, tabs, wide, combining and astral characters. */
export function randomText(random: (below: number) => number, length: number): string {
  return Array.from({ length: random(length) }, () => pieces[random(pieces.length)]).join('');
}

/** Edits of one text that do not overlap and cut no character in two, in no order. */
export function randomEdits(random: (below: number) => number, text: string): TextEdit[] {
  const offsets = Array.from({ length: 2 * random(6) }, () => characterStart(text, random(text.length + 1))).sort((a, b) => a - b);
  const edits: TextEdit[] = [];
  for (let i = 0; i < offsets.length; i += 2) {
    edits.push({ start: offsets[i] ?? 0, end: offsets[i + 1] ?? 0, newText: randomText(random, 4) });
  }
  return edits.sort(() => random(3) - 1);
}

function characterStart(text: string, offset: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(offset)) ? offset - 1 : offset;
}

const pieces = ['a', 'b', ' ', '\t', '\n', '\r\n', '\r', 'é', '漢', '😀', 'e\u0301', "'", '"', '#', 'import x\n'];
