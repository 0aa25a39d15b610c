import { expect, test } from 'vitest';
import { patchedGroups } from '../../server/src/rules/kit/patching';
import { parser } from '../kit/host';

const all = 'os select socket subprocess thread time';

/** The table of catalogue R3, compared with eventlet 0.33.1 and 0.41.1. */
test.each([
  ['monkey_patch()', all],
  ['monkey_patch(all=True)', all],
  ['monkey_patch(socket=True)', 'socket'],
  ['monkey_patch(os=False)', 'select socket subprocess thread time'],
  ['monkey_patch(all=True, thread=False)', 'os select socket subprocess time'],
  ['monkey_patch(all=False, socket=True, time=True)', 'socket time'],
  ['monkey_patch(socket=True, os=False)', 'socket'],
  ['monkey_patch(builtins=True)', 'builtins'],
  ['monkey_patch(all=True, __builtin__=True)', `${all} builtins`],
  ['monkey_patch(all=False)', ''],
  ['monkey_patch(time=True, thread=not debugging)', 'time'],
  ['monkey_patch(all=True, thread=not debugging)', 'os select socket subprocess time'],
])('%s patches %j', async (code, groups) => expect(await groupsOf(code)).toEqual(groups.split(' ').filter(Boolean)));

test.each(['monkey_patch(thread=not debugging)', 'monkey_patch(os=False, thread=debugging)', 'monkey_patch(**options)', 'monkey_patch(True)'])('what %s patches is not known', async (code) =>
  expect(await groupsOf(code)).toBeUndefined(),
);

async function groupsOf(code: string): Promise<readonly string[] | undefined> {
  const tree = (await parser()).parse(code);
  try {
    const [call] = tree.rootNode.descendantsOfType('call');
    return call ? patchedGroups(call) : [];
  } finally {
    tree.delete();
  }
}
