import { describe, expect, it } from 'vitest';
import { merge } from '../../server/src/edits/merge';
import { apply, overlap, type TextEdit } from '../../server/src/edits/textEdit';
import { randomEdits, randomNumbers, randomText } from './random';

const insert = (at: number, newText: string): TextEdit => ({ start: at, end: at, newText });
const replace = (start: number, end: number, newText: string): TextEdit => ({ start, end, newText });

describe('applying edits', () => {
  it('takes them in any order', () => {
    expect(apply('eventlet.sleep()', [replace(14, 16, '(0)'), replace(0, 8, 'time')])).toBe('time.sleep(0)');
  });

  it('keeps the order of insertions at one offset, before a replacement that starts there', () => {
    expect(apply('ab', [replace(1, 2, 'B'), insert(1, '1'), insert(1, '2')])).toBe('a12B');
  });

  it('names the offset of an overlap', () => {
    expect(() => apply('abcdef', [replace(0, 4, ''), replace(3, 5, '')])).toThrow('overlapping edits at offset 3');
    expect(() => apply('abcdef', [replace(0, 4, ''), insert(2, 'x')])).toThrow('overlapping edits at offset 2');
  });

  it('refuses what lies outside the text', () => {
    expect(() => apply('abc', [insert(4, 'x')])).toThrow('4 to 4 does not fit a text of length 3');
  });

  it('leaves every other character where it was', () => {
    const random = randomNumbers(1);
    for (let round = 0; round < 500; round++) {
      const text = randomText(random, 60);
      const edits = randomEdits(random, text).filter((edit, index, all) => all.findIndex((other) => other.start === edit.start) === index);
      // From the back to the front no edit moves another one.
      const expected = [...edits].sort((a, b) => b.start - a.start || b.end - a.end);
      expect(apply(text, edits)).toBe(expected.reduce((done, edit) => done.slice(0, edit.start) + edit.newText + done.slice(edit.end), text));
    }
  });
});

describe('merging groups of edits', () => {
  it('lets equal edits fall together', () => {
    const importTime = insert(0, 'import time\n');
    const { edits, deferred } = merge([[importTime, replace(3, 4, 'x')], [importTime, replace(7, 8, 'y')]]);
    expect(edits).toEqual([importTime, replace(3, 4, 'x'), replace(7, 8, 'y')]);
    expect(deferred).toEqual([]);
  });

  it('keeps different insertions at one offset, in the order of their groups', () => {
    expect(merge([[insert(2, 'b')], [insert(2, 'a')]]).edits).toEqual([insert(2, 'b'), insert(2, 'a')]);
  });

  it('defers an overlapping group as a whole', () => {
    const late = [replace(20, 21, 'kept out'), replace(4, 6, 'overlaps')];
    const { edits, deferred } = merge([[replace(0, 5, 'first')], late, [replace(20, 22, 'free')]]);
    expect(edits).toEqual([replace(0, 5, 'first'), replace(20, 22, 'free')]);
    expect(deferred).toEqual([late]);
  });

  it('defers an insertion inside a replaced range, not at its borders', () => {
    expect(merge([[replace(2, 5, 'x')], [insert(3, 'y')]]).deferred).toHaveLength(1);
    expect(merge([[replace(2, 5, 'x')], [insert(2, 'y')], [insert(5, 'z')]]).deferred).toEqual([]);
  });

  it('does not mix up files', () => {
    const inFile = (uri: string) => [{ ...replace(0, 5, uri), uri }];
    expect(merge([inFile('a'), inFile('b')]).edits).toEqual([...inFile('a'), ...inFile('b')]);
  });

  it('says that a group overlaps itself', () => {
    expect(() => merge([[replace(0, 3, 'a'), replace(2, 4, 'b')]])).toThrow('overlaps itself at offset 2');
  });

  it('never gives edits that overlap, and loses no group', () => {
    const random = randomNumbers(2);
    for (let round = 0; round < 300; round++) {
      const text = randomText(random, 80);
      const groups = Array.from({ length: 5 }, () => merge([randomEdits(random, text)]).edits);
      const { edits, deferred } = merge(groups);
      expect(() => apply(text, edits)).not.toThrow();
      for (const group of groups) {
        const isMade = group.every((edit) => edits.some((made) => made.start === edit.start && made.end === edit.end && made.newText === edit.newText));
        const isInTheWay = group.some((edit) => edits.some((made) => overlap(edit, made)));
        expect(deferred.includes(group) ? isInTheWay : isMade).toBe(true);
      }
    }
  });
});
