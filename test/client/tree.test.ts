import { describe, expect, test } from 'vitest';
import { excerpt } from '../../client/src/checklist/excerpt';
import { stateOf } from '../../client/src/checklist/state';
import { filtered, groupings, noFilter, optionsFrom, usualOptions, type Filter, type Grouping } from '../../client/src/checklist/options';
import { remainingTree, type Group } from '../../client/src/checklist/tree';
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

  test('folders come by path', () => {
    expect(drawn(checklist(project), 'folder')).toEqual(['.', '  a.py:1', '  a.py:7', 'b', '  b/z.py:2', '  b/z.py:9', '  b/z.py:11']);
  });

  test('a use stands under each process that loads it, and what none loads comes last', () => {
    const list = { ...checklist('a.py:1 sleep pattern=4 safe\n b.py:1 sleep pattern=4 safe'), services: { 'file:///project/b.py': ['web', 'api'] } };
    expect(drawn(list, 'service')).toEqual(['api', 'service:api/use:b.py:1', 'web', 'service:web/use:b.py:1', 'unloaded', 'unloaded/use:a.py:1']);
  });

  test.each(groupings)('no use is lost, and no group is empty, grouped by %s', (grouping) => {
    const groups = remainingTree(checklist(project), { grouping, showsDone: false }, pathOf);
    expect(groups.flatMap(({ children }) => [...children])).toHaveLength(5);
    expect(groups.every(({ children }) => children.length > 0)).toBe(true);
  });

  test('a pattern that the server does not explain is shown all the same', () => {
    expect(drawn(checklist('a.py:1 sleep pattern=8 safe'), 'pattern')).toEqual(['8 ', '  a.py:1']);
  });

  test('files that were not analysed stand at the end, with the reason', () => {
    const skipped = [{ uri: 'file:///project/y.py', reason: 'too large' }, { uri: 'file:///project/x.py', reason: 'not UTF-8' }];
    const groups = remainingTree(checklist(project, skipped), { grouping: 'file', showsDone: false }, pathOf);
    expect(groups.at(-1)).toMatchObject({ kind: 'skipped', children: [{ reason: 'not UTF-8' }, { reason: 'too large' }] });
  });

  test('an empty checklist is an empty tree', () => {
    for (const grouping of groupings) expect(remainingTree(checklist(''), { grouping, showsDone: true }, pathOf)).toEqual([]);
  });
});

describe('what is done and what was decided', () => {
  const list = advanced();

  test('is counted in its group, and what is gone is listed only where that is wanted', () => {
    const counts = (showsDone: boolean) => remainingTree(list, { grouping: 'pattern', showsDone }, pathOf).map((group) => [name(group), 'count' in group ? group.count : undefined, group.children.map(({ kind }) => kind)]);
    expect(counts(false)).toEqual([['4 Green Threads and GreenPool', { done: 1, total: 3 }, ['use', 'use']]]);
    expect(counts(true)).toEqual([
      ['1 Importing Eventlet', { done: 1, total: 1 }, ['done']],
      ['4 Green Threads and GreenPool', { done: 1, total: 3 }, ['use', 'use', 'done']],
    ]);
  });

  test('stands in its place with the mark that it is settled', () => {
    const [group] = remainingTree(list, { grouping: 'file', showsDone: false }, pathOf);
    expect(group?.children.map((child) => child.kind === 'use' && child.isSettled === true)).toEqual([true, false]);
  });

  test('what nobody wrote down to be safe or not has a group of its own', () => {
    expect(drawn(list, 'safety', true)).toEqual(['safe', '  a.py:1', '  a.py:5', 'done:d1', 'unknown', 'done:d2']);
  });
});

describe('a filter', () => {
  const list = advanced();
  const shown = (filter: Partial<Filter>) => {
    const { items, settled, done } = filtered(list, { ...noFilter, ...filter }, pathOf);
    return [...items.map(({ id }) => id), ...settled.map(({ id }) => id), ...done.map(({ id }) => id)];
  };

  test('lets everything through where it names nothing', () => expect(shown({})).toEqual(['a.py:5', 'a.py:1', 'd1', 'd2']));
  test('by rule or pattern takes both together', () => expect(shown({ rules: ['import'], patterns: [4] })).toEqual(['a.py:5', 'a.py:1', 'd1', 'd2']));
  test('by pattern', () => expect(shown({ patterns: [1] })).toEqual(['d2']));
  test('by safety', () => expect(shown({ safety: ['safe'] })).toEqual(['a.py:5', 'a.py:1', 'd1']));
  test('by folder takes what lies below', () => expect(shown({ folders: ['lib'] })).toEqual(['d2']));
  test('by decision leaves out what is gone', () => {
    expect(shown({ decisions: ['later'] })).toEqual(['a.py:1']);
    expect(shown({ decisions: ['open'] })).toEqual(['a.py:5']);
    expect(shown({ decisions: ['keep'] })).toEqual([]);
  });

  test('that an older version remembered is taken as far as it is understood', () => {
    expect(optionsFrom(undefined)).toEqual(usualOptions);
    expect(optionsFrom({ grouping: 'moon', showsDone: 1, filter: { safety: ['safe', 'perhaps'], rules: [3, 'sleep'], folders: 'lib' } })).toEqual({ ...usualOptions, filter: { ...noFilter, safety: ['safe'], rules: ['sleep'] } });
    const options = { grouping: 'service', showsDone: true, filter: { ...noFilter, decisions: ['open', 'later'] } } as const;
    expect(optionsFrom(JSON.parse(JSON.stringify(options)))).toEqual(options);
  });
});

describe('ids of the tree', () => {
  test('stay when other uses go, come and move', () => {
    const before = checklist('a.py:1 sleep pattern=4 safe id=one\n a.py:5 spawn pattern=4 review id=two');
    const after = checklist('a.py:2 spawn pattern=4 review id=two\n a.py:9 sleep pattern=4 safe id=three');
    for (const grouping of groupings) {
      const kept = ids(before, grouping).filter((id) => ids(after, grouping).includes(id));
      expect(kept.some((id) => id.endsWith('use:two'))).toBe(true);
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
  test('is stopped where somebody cancelled that, whatever was found before', () => {
    for (const known of [nothing, checklist(project)]) expect(stateOf({ ...known, state: 'stopped' }, false)).toBe('stopped');
  });
  test('is none, where eventlet never was', () => expect(stateOf(nothing, false)).toBe('none'));
  test('is done, once the last use is gone', () => expect(stateOf(nothing, true)).toBe('done'));
  test('is done, where the rest is kept on purpose', () => expect(stateOf({ ...nothing, kept: 2 }, false)).toBe('done'));
});

/** One use left, one to be migrated later, two gone. */
function advanced(): Checklist {
  const list = checklist('a.py:1 sleep pattern=4 safe\n a.py:5 sleep pattern=4 safe');
  const done: Checklist['done'] = [
    { id: 'd1', uri: 'file:///project/a.py', rule: 'sleep', api: 'eventlet.sleep', pattern: 4, trust: 'safe' },
    { id: 'd2', uri: 'file:///project/lib/deep/b.py', rule: 'import', api: 'eventlet', pattern: 1 },
  ];
  const [first, ...items] = list.items;
  return { ...list, items, settled: first ? [{ ...first, decision: { kind: 'later', reason: 'soon' } }] : [], done };
}

/** The tree as text: groups by name, uses indented, by place. */
function drawn(list: Checklist, grouping: Grouping, showsDone = false): string[] {
  return remainingTree(list, { grouping, showsDone }, pathOf).flatMap((group) => [name(group), ...group.children.map(({ id }) => id.replace(/^use:/, '  '))]);
}

function name(group: Group): string {
  switch (group.kind) {
    case 'pattern':
      return `${group.number} ${group.title}`;
    case 'file':
      return pathOf(group.uri);
    case 'folder':
      return group.path === '' ? '.' : group.path;
    case 'service':
      return group.name ?? 'unloaded';
    case 'safety':
      return group.trust ?? 'unknown';
    case 'skipped':
      return 'skipped';
  }
}

function ids(list: Checklist, grouping: Grouping): string[] {
  return remainingTree(list, { grouping, showsDone: true }, pathOf).flatMap((group) => [group.id, ...group.children.map(({ id }) => id)]);
}
