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

const spawning = 'import eventlet\nfrom pkg import worker\neventlet.spawn(worker.run)\n';

it.each([
  ['no tests', {}, true],
  ['tests that patch', { 'tests/__init__.py': 'import eventlet\neventlet.monkey_patch()\n', 'tests/test_worker.py': spawning }, true],
  ['tests that import what patches', { 'tests/test_worker.py': `import pkg.patch\n${spawning}` }, true],
  ['tests that import it through another module', { 'tests/test_worker.py': `from tests import base\n${spawning}`, 'tests/base.py': 'from pkg import patch\n' }, true],
  ['tests that start green threads unpatched', { 'tests/test_worker.py': spawning }, false],
  ['tests that load what starts green threads unpatched', { 'tests/test_worker.py': 'from pkg import worker, pool\n', 'pkg/pool.py': 'import eventlet\npool = eventlet.GreenPool()\n' }, false],
  ['unpatched tests without anybody who could be held up', { 'tests/test_worker.py': 'from pkg import worker\n' }, true],
  ['unpatched tests of something else', { 'tests/test_pool.py': 'import eventlet\neventlet.spawn(print)\n' }, true],
])('with %s the fix is safe: %s', async (_, tests, expected) => {
  expect(await sleepIsSafe(tests)).toBe(expected);
});
