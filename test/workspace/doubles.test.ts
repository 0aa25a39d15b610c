import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const service = ['file:///p/pkg/service.py', 'import eventlet\neventlet.monkey_patch()\n'] as const;
const tests = ['file:///p/tests/__init__.py', 'import eventlet\neventlet.monkey_patch()\n'] as const;
const worker = ['file:///p/pkg/worker.py', 'import eventlet\n\ndef run():\n    eventlet.sleep(1)\n'] as const;

/** Whether the sleep in `pkg/worker.py` has a safe fix while a test contains this line. */
async function sleepIsSafe(line: string): Promise<boolean> {
  const test = ['file:///p/tests/test_worker.py', `from unittest import mock\n${line}\ndef test(m): pass\n`] as const;
  const workspace = await Workspace.create(memoryHost(new Map([service, tests, worker, test])), { roots: ['file:///p'] });
  await workspace.scan();
  const finding = workspace.findings(worker[0]).find(({ rule }) => rule === 'sleep');
  workspace.dispose();
  return finding?.fixes.some(({ safety }) => safety === 'safe') ?? false;
}

it.each([
  ['', true],
  ["@mock.patch('eventlet.sleep')", false],
  ["@mock.patch('pkg.worker.eventlet.sleep')", false],
  ["@mock.patch('pkg.other.eventlet.sleep')", true],
  ["@mock.patch('eventlet.spawn')", true],
])('a test with %j leaves the fix safe: %s', async (line, expected) => {
  expect(await sleepIsSafe(line)).toBe(expected);
});

it('what is rewritten together is as safe as its weakest name', async () => {
  const timer = ['file:///p/pkg/timer.py', 'import eventlet\n\ndef run(f):\n    timer = eventlet.spawn_after(1, f)\n    timer.cancel()\n'] as const;
  const test = ['file:///p/tests/test_timer.py', "from unittest import mock\n@mock.patch('eventlet.spawn_after')\ndef test(m): pass\n"] as const;
  const workspace = await Workspace.create(memoryHost(new Map([service, tests, timer, test])), { roots: ['file:///p'] });
  await workspace.scan();
  expect(workspace.findings(timer[0]).flatMap(({ fixes }) => fixes).filter(({ safety }) => safety === 'safe')).toEqual([]);
  expect(await workspace.fix({ review: false })).toEqual([]);
  workspace.dispose();
});
