import { describe, expect, test } from 'vitest';
import { excerpt } from '../../client/src/checklist/excerpt';
import { stateOf } from '../../client/src/checklist/state';
import { groupings, remainingTree, type Group, type Grouping } from '../../client/src/checklist/tree';
import type { Checklist } from '../../server/src/protocol';
import { checklist, pathOf } from './kit';

const project = `
  b/z.py:9  sleep pattern=4 safe
  b/z.py:2  Timeout pattern=3 guidance
  a.py:7    spawn pattern=4 review
  a.py:1    eventlet pattern=1 review
  b/z.py:11 sleep pattern=4 safe
`.replaceAll(/ {2,}(?=\w+ pattern)/g, ' ');

describe('the tree of what is left', () => {
  test('patterns come in the order of the wiki, whatever order the server has', () => {
    expect(drawn(checklist(project), 'pattern')).toEqual([
      '1 Importing Eventlet', '  a.py:1',
      '3 Timeout and Deadline Management', '  b/z.py:2',
      '4 Green Threads and GreenPool', '  a.py:7', '  b/z.py:9', '  b/z.py:11',
    ]);
  });

  test('files come by path, their uses from top to bottom', () => {
    expect(drawn(checklist(project), 'file')).toEqual(['a.py', '  a.py:1', '  a.py:7', 'b/z.py', '  b/z.py:2', '  b/z.py:9', '  b/z.py:11']);
  });

  test('what is safe comes first, what has no fix comes last', () => {
    expect(drawn(checklist(project), 'safety')).toEqual([
      'safe', '  b/z.py:9', '  b/z.py:11',
      'review', '  a.py:1', '  a.py:7',
      'guidance', '  b/z.py:2',
    ]);
  });

  test.each(groupings)('no use is lost, and no group is empty, grouped by %s', (grouping) => {
    const groups = remainingTree(checklist(project), grouping, pathOf);
    expect(groups.flatMap(({ children }) => [...children])).toHaveLength(5);
    expect(groups.every(({ children }) => children.length > 0)).toBe(true);
  });

  test('a pattern that the server does not explain is shown all the same', () => {
    expect(drawn(checklist('a.py:1 sleep pattern=8 safe'), 'pattern')).toEqual(['8 ', '  a.py:1']);
  });

  test('files that were not analysed stand at the end, with the reason', () => {
    const skipped = [{ uri: 'file:///project/y.py', reason: 'too large' }, { uri: 'file:///project/x.py', reason: 'not UTF-8' }];
    const groups = remainingTree(checklist(project, skipped), 'file', pathOf);
    expect(groups.at(-1)).toMatchObject({ kind: 'skipped', children: [{ reason: 'not UTF-8' }, { reason: 'too large' }] });
  });

  test('an empty checklist is an empty tree', () => {
    for (const grouping of groupings) expect(remainingTree(checklist(''), grouping, pathOf)).toEqual([]);
  });
});

describe('ids of the tree', () => {
  test('stay when other uses go, come and move', () => {
    const before = checklist('a.py:1 sleep pattern=4 safe id=one\n a.py:5 spawn pattern=4 review id=two');
    const after = checklist('a.py:2 spawn pattern=4 review id=two\n a.py:9 sleep pattern=4 safe id=three');
    for (const grouping of groupings) {
      const kept = ids(before, grouping).filter((id) => ids(after, grouping).includes(id));
      expect(kept).toContain('use:two');
    }
    expect(ids(before, 'pattern')[0]).toBe(ids(after, 'pattern')[0]);
  });

  test('are different even where two uses have one fingerprint', () => {
    const twins = checklist('a.py:1 sleep pattern=4 safe id=same\n a.py:2 sleep pattern=4 safe id=same');
    for (const grouping of groupings) expect(new Set(ids(twins, grouping)).size).toBe(3);
  });
});

describe('the text of a use', () => {
  test('is its line, where the name can be seen', () => {
    for (const [line, start, end] of [['eventlet.sleep(0)', 0, 14], ['from eventlet.green import socket', 27, 33]] as const) {
      expect(excerpt(line, [start, end])).toEqual({ text: line, highlight: [start, end] });
    }
  });

  test('begins shortly before the name, where that comes late, and at a word', () => {
    const line = 'self.assertRaises(ValueError, self.manager.run_task, eventlet.sleep)';
    const start = line.indexOf('eventlet');
    const { text, highlight } = excerpt(line, [start, start + 14]);
    expect(text).toBe('…manager.run_task, eventlet.sleep)');
    expect(text.slice(...highlight)).toBe('eventlet.sleep');
  });

  test('begins at the name, where what stands before is one long word', () => {
    const { text, highlight } = excerpt(`${'x'.repeat(80)}=sleep()`, [81, 86]);
    expect(text).toBe('…sleep()');
    expect(text.slice(...highlight)).toBe('sleep');
  });
});

describe('the state of the whole', () => {
  const nothing: Checklist = { ...checklist(''), files: { found: 10, mentioning: 0, analysed: 0, skipped: [] } };

  test('is left, while something is', () => expect(stateOf(checklist(project), false)).toBe('left'));
  test('is scanning until everything was looked at', () => expect(stateOf({ ...checklist(project), state: 'scanning' }, false)).toBe('scanning'));
  test('is none, where eventlet never was', () => expect(stateOf(nothing, false)).toBe('none'));
  test('is done, once the last use is gone', () => expect(stateOf(nothing, true)).toBe('done'));
  test('is done, where the rest is kept on purpose', () => expect(stateOf({ ...nothing, kept: 2 }, false)).toBe('done'));
});

/** The tree as text: groups by name, uses indented, by place. */
function drawn(list: Checklist, grouping: Grouping): string[] {
  return remainingTree(list, grouping, pathOf).flatMap((group) => [name(group), ...group.children.map(({ id }) => id.replace(/^use:/, '  '))]);
}

function name(group: Group): string {
  switch (group.kind) {
    case 'pattern':
      return `${group.number} ${group.title}`;
    case 'file':
      return pathOf(group.uri);
    case 'safety':
      return group.trust;
    case 'skipped':
      return 'skipped';
  }
}

function ids(list: Checklist, grouping: Grouping): string[] {
  return remainingTree(list, grouping, pathOf).flatMap((group) => [group.id, ...group.children.map(({ id }) => id)]);
}
