import { expect, test } from 'vitest';
import { countByRule } from '../../client/src/checklist/counts';
import { useAfter, useAt, useBefore, type Place } from '../../client/src/checklist/order';
import { checklist, pathOf } from './kit';

const { items } = checklist(`
  b.py:9 sleep pattern=4 safe
  a.py:7 spawn pattern=4 review
  b.py:2 spawn pattern=4 review
  a.py:1 sleep pattern=4 safe
  b.py:4 sleep pattern=4 safe
`);

test('going on walks through every use once, file after file, and starts again', () => {
  expect(walk(useAfter, 6)).toEqual(['a.py:1', 'a.py:7', 'b.py:2', 'b.py:4', 'b.py:9', 'a.py:1']);
});

test('going back is the same walk from the end', () => {
  expect(walk(useBefore, 6)).toEqual(['b.py:9', 'b.py:4', 'b.py:2', 'a.py:7', 'a.py:1', 'b.py:9']);
});

test('between two uses the next one is the one below', () => {
  expect(useAfter(items, place('b.py', 3), pathOf)?.id).toBe('b.py:4');
  expect(useBefore(items, place('b.py', 3), pathOf)?.id).toBe('b.py:2');
});

test('from a file without uses one comes to the files around it', () => {
  expect(useAfter(items, place('ab.py', 0), pathOf)?.id).toBe('b.py:2');
  expect(useBefore(items, place('ab.py', 0), pathOf)?.id).toBe('a.py:7');
});

test('nothing left is nowhere to go', () => {
  expect(useAfter([], place('a.py', 1), pathOf)).toBeUndefined();
  expect(useBefore([], undefined, pathOf)).toBeUndefined();
});

test('the use at the cursor is the one under it, or one of the same line', () => {
  expect(useAt(items, place('a.py', 7, 6))?.id).toBe('a.py:7');
  expect(useAt(items, place('a.py', 7, 80))?.id).toBe('a.py:7');
  expect(useAt(items, place('a.py', 8))).toBeUndefined();
});

test('rules with more uses are counted first', () => {
  expect(countByRule(items)).toEqual([['sleep', 3], ['spawn', 2]]);
});

function place(path: string, line: number, character = 0): Place {
  return { uri: `file:///project/${path}`, position: { line, character } };
}

function walk(step: typeof useAfter, steps: number): (string | undefined)[] {
  let here: Place | undefined;
  return Array.from({ length: steps }, () => {
    const use = step(items, here, pathOf);
    here = use && { uri: use.uri, position: use.range.start };
    return use?.id;
  });
}
