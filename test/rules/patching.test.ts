import { expect, it } from 'vitest';
import { patchedGroups } from '../../server/src/rules/kit/patching';
import { parser } from '../kit/host';

/** Catalogue R3, verified by running both eventlet 0.33.1 and 0.41.1. */
it.each([
  ['monkey_patch()', 'os select socket subprocess thread time'],
  ['monkey_patch(all=True)', 'os select socket subprocess thread time'],
  ['monkey_patch(time=True)', 'time'],
  ['monkey_patch(os=False)', 'select socket subprocess thread time'],
  ['monkey_patch(all=True, os=False)', 'select socket subprocess thread time'],
  ['monkey_patch(all=False, socket=True)', 'socket'],
  ['monkey_patch(socket=True, thread=False)', 'socket'],
  ['monkey_patch(all=False)', ''],
  ['monkey_patch(builtins=True)', 'builtins'],
  ['monkey_patch(__builtin__=True, MySQLdb=True)', 'MySQLdb builtins'],
  ['monkey_patch(time=True, thread=not debug)', 'time'],
  ['monkey_patch(thread=not debug)', ''],
  ['monkey_patch(all=True, thread=not debug)', 'os select socket subprocess time'],
  ['monkey_patch(**options)', undefined],
])('%s', async (python, expected) => {
  const tree = (await parser()).parse(python);
  const [call] = tree.rootNode.descendantsOfType('call');
  expect(call && patchedGroups(call)?.join(' ')).toBe(expected);
  tree.delete();
});
