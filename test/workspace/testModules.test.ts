import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const queue = 'from eventlet import queue\n\nclass QueueTest:\n    def setUp(self):\n        self.queue = queue.Queue()\n\n    def test(self):\n        self.queue.put(1)\n';
const lock = 'from eventlet import semaphore\n\nLOCK = semaphore.Semaphore(1)\n\ndef test():\n    with LOCK:\n        pass\n';
const patched = { 'pkg/tests/__init__.py': 'import eventlet\neventlet.monkey_patch()\n' };

/** How safe the fixes of the objects are that a module makes. */
async function safety(path: string, text: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  const all = Object.entries({ ...patched, ...others, [path]: text }).map(([name, its]) => [`file:///p/${name}`, its] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'] });
  await workspace.scan();
  const found = workspace.findings(`file:///p/${path}`).filter(({ rule }) => rule === 'queue' || rule === 'semaphore');
  workspace.dispose();
  return [...new Set(found.flatMap(({ fixes }) => fixes.filter(({ target }) => target === 'threading').map((fix) => `${fix.safety}${fix.why === undefined ? '' : `: ${fix.why}`}`)))].join('; ');
}

it.each([
  ['what a test has on itself is its own', 'pkg/tests/test_a.py', queue, {}, /^safe$/],
  ['so is a variable of its module', 'pkg/tests/test_a.py', lock, {}, /^safe$/],
  ['a test may name its own module', 'pkg/tests/test_a.py', `from unittest import mock\n${queue}\n@mock.patch('pkg.tests.test_a.QueueTest')\ndef test(double):\n    pass\n`, {}, /^safe$/],
  ['not where another module takes the class', 'pkg/tests/test_a.py', queue, { 'pkg/tests/test_b.py': 'from pkg.tests.test_a import QueueTest\n' }, /^review: `self.queue` is public/],
  ['not where another module loads all of it', 'pkg/tests/test_a.py', queue, { 'pkg/tests/test_b.py': 'from pkg.tests import test_a\n' }, /^review: `self.queue` is public/],
  ['not where a module beside it does', 'pkg/tests/test_a.py', queue, { 'pkg/tests/test_b.py': 'import test_a\n' }, /^review: `self.queue` is public/],
  ['not where another module takes the variable', 'pkg/tests/test_a.py', lock, { 'pkg/tests/test_b.py': 'from pkg.tests.test_a import LOCK\n' }, /^review: `LOCK` is public/],
  ['what helpers of tests have is for others', 'pkg/tests/base.py', queue, { 'pkg/tests/test_b.py': 'from pkg.tests import base\n' }, /^review: `self.queue` is public/],
])('%s', async (_, path, text, others, expected) => {
  expect(await safety(path, text, others)).toMatch(expected);
});
