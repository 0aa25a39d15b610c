import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const project = {
  'pkg/__init__.py': '',
  'pkg/__main__.py': 'import eventlet\neventlet.monkey_patch()\n',
  'pkg/patch.py': 'from eventlet import monkey_patch\nmonkey_patch()\n',
  'pkg/worker.py': 'import eventlet\n\ndef run():\n    eventlet.sleep(1)\n',
};

/** Whether the sleep has a safe fix while the tests look like this. */
async function sleepIsSafe(tests: Readonly<Record<string, string>>): Promise<boolean> {
  const files = Object.entries({ ...project, ...tests }).map(([path, text]) => [`file:///p/${path}`, text] as const);
  const workspace = await Workspace.create(memoryHost(new Map(files)), { roots: ['file:///p'] });
  await workspace.scan();
  const finding = workspace.findings('file:///p/pkg/worker.py').find(({ rule }) => rule === 'sleep');
  workspace.dispose();
  return finding?.fixes.some(({ safety }) => safety === 'safe') ?? false;
}

it.each([
  ['no tests', {}, true],
  ['tests that patch', { 'tests/__init__.py': 'import eventlet\neventlet.monkey_patch()\n', 'tests/test_worker.py': 'from pkg import worker\n' }, true],
  ['tests that import what patches', { 'tests/test_worker.py': 'from pkg import worker\nimport pkg.patch\n' }, true],
  ['tests that import it through another module', { 'tests/test_worker.py': 'from tests import base\n', 'tests/base.py': 'from pkg import patch\n' }, true],
  ['tests that run unpatched', { 'tests/test_worker.py': 'from pkg import worker\n' }, false],
])('with %s the fix is safe: %s', async (_, tests, expected) => {
  expect(await sleepIsSafe(tests)).toBe(expected);
});
