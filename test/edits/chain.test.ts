import { describe, expect, it } from 'vitest';
import { chain, follow } from '../../server/src/edits/chain';
import { apply } from '../../server/src/edits/textEdit';
import { randomEdits, randomNumbers, randomText } from './random';

describe('a chain of edits', () => {
  it('does what they do one after the other', () => {
    const random = randomNumbers(7);
    for (let round = 0; round < 1000; round++) {
      const text = randomText(random, 30);
      const first = randomEdits(random, text);
      const between = apply(text, first);
      const second = randomEdits(random, between);
      expect(apply(text, chain(text.length, first, second)), JSON.stringify({ text, first, second })).toBe(apply(between, second));
    }
  });

  it('leaves alone what both leave alone', () => {
    const edits = chain(10, [{ start: 0, end: 1, newText: 'xyz' }], [{ start: 10, end: 11, newText: '' }]);
    expect(edits).toEqual([{ start: 0, end: 1, newText: 'xyz' }, { start: 8, end: 9, newText: '' }]);
  });
});

describe('following an offset through edits', () => {
  it('finds the same character, or nothing where it is gone', () => {
    const random = randomNumbers(8);
    for (let round = 0; round < 500; round++) {
      const text = randomText(random, 30);
      const edits = randomEdits(random, text);
      const after = apply(text, edits);
      const offsets = [...text.split('').keys()];
      const found = offsets.map((at) => follow(at, edits)).map((moved) => (moved === undefined ? undefined : after[moved]));
      const expected = offsets.map((at) => (edits.some(({ start, end }) => start <= at && at < end) ? undefined : text[at]));
      expect(found, JSON.stringify({ text, edits })).toEqual(expected);
    }
  });
});
