import { expect, it } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import { ChangeSet } from '../../server/src/workspace/changeSet';

it('a file that is changed twice has one set of edits, of the text that it had first', () => {
  const made = new ChangeSet();
  made.add('a.py', 'sleep(1)\n', [{ start: 0, end: 0, newText: 'import time\n' }]);
  made.add('a.py', made.textOf('a.py'), [{ start: 12, end: 12, newText: 'time.' }]);
  const [change] = made.all;
  expect(change).toMatchObject({ before: 'sleep(1)\n', after: 'import time\ntime.sleep(1)\n' });
  expect(apply('sleep(1)\n', change?.edits ?? [])).toBe(change?.after);
});

it('a file that is not there yet is new, and stays so however often it is changed', () => {
  const made = new ChangeSet();
  made.add('helpers.py', undefined, [{ start: 0, end: 0, newText: 'a = 1\n' }]);
  made.add('helpers.py', made.textOf('helpers.py'), [{ start: 6, end: 6, newText: 'b = 2\n' }]);
  expect(made.all).toEqual([{ uri: 'helpers.py', isNew: true, before: '', after: 'a = 1\nb = 2\n', edits: [{ start: 0, end: 0, newText: 'a = 1\nb = 2\n' }] }]);
});

it('files that one fix changes belong together, and so do those that are tied to one of them', () => {
  const made = new ChangeSet();
  for (const uri of ['a', 'b', 'c', 'd']) made.add(uri, '', [{ start: 0, end: 0, newText: uri }]);
  made.tie(['a', 'b']);
  made.tie(['b', 'c', 'unchanged']);
  expect(made.all.map(({ uri, together }) => [uri, together])).toEqual([['a', ['b', 'c']], ['b', ['a', 'c']], ['c', ['b', 'a']], ['d', undefined]]);
});
