import { describe, expect, test } from 'vitest';
import { compare, describeComparison } from './compare';
import type { Place } from './compare';

const place = (line: number, col: number, endCol: number, api = 'eventlet.sleep', path = 'a.py'): Place =>
  ({ path, line, col, endLine: line, endCol, api });

describe('the comparison of two lists of places', () => {
  test('overlapping ranges of one file agree', () => {
    const result = compare([place(3, 0, 14)], [place(3, 9, 14)]);
    expect(result).toMatchObject({ recall: 1, precision: 1, missed: [], extra: [], renamed: [] });
  });

  test('ranges that only touch, other lines and other files do not', () => {
    const expected = [place(3, 0, 5), place(4, 0, 5), place(5, 0, 5)];
    const reported = [place(3, 5, 9), place(6, 0, 5), place(5, 0, 5, 'eventlet.sleep', 'b.py')];
    expect(compare(expected, reported)).toMatchObject({ recall: 0, precision: 0, missed: expected, extra: reported });
  });

  test('a range over several lines contains what lies on them', () => {
    const long: Place = { path: 'a.py', line: 1, col: 20, endLine: 3, endCol: 4, api: 'eventlet.sleep' };
    expect(compare([long], [place(2, 0, 3)]).recall).toBe(1);
    expect(compare([long], [place(1, 10, 20)]).recall).toBe(0);
    expect(compare([long], [place(3, 4, 8)]).recall).toBe(0);
  });

  test('recall and precision are shares of different wholes', () => {
    const result = compare([place(1, 0, 5), place(2, 0, 5)], [place(1, 0, 5), place(8, 0, 5), place(9, 0, 5), place(10, 0, 5)]);
    expect(result.recall).toBe(0.5);
    expect(result.precision).toBe(0.25);
  });

  test('reports of another sort can meet an expectation, but are not counted', () => {
    const result = compare([place(1, 0, 5), place(2, 0, 5)], [place(1, 0, 5)], [place(2, 0, 5), place(9, 0, 5)]);
    expect(result).toMatchObject({ reported: 1, recall: 1, precision: 1, extra: [] });
  });

  test('nothing expected and nothing reported is perfect', () => {
    expect(compare([], [])).toMatchObject({ recall: 1, precision: 1 });
  });

  test('the same place under another name is told, unless one of several names is right', () => {
    const expected = place(1, 0, 5, 'eventlet.spawn');
    const other = place(1, 0, 5, 'eventlet.greenthread.spawn');
    expect(compare([expected], [other]).renamed).toEqual([{ expected, reported: other }]);
    expect(compare([expected], [other, expected]).renamed).toEqual([]);
  });

  test('people read one line per difference, counted from one', () => {
    const text = describeComparison('swift', compare([place(1, 0, 5)], [place(2, 4, 9)]));
    expect(text.split('\n').slice(0, 3)).toEqual([
      'swift: 1 uses, 1 reported, recall 0.00 %, precision 0.00 %',
      '  missed  a.py:2:1 eventlet.sleep',
      '  extra   a.py:3:5 eventlet.sleep',
    ]);
  });
});
