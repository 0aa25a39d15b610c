import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from '../cli/run';
import { leaveOut } from '../corpus/packages';
import { pythonWithEventlet } from './python';

const files = {
  'pkg/__init__.py': '',
  'pkg/work.py': `import os
import eventlet
from eventlet import sleep, GreenPool as Pool
from eventlet.green import socket, subprocess
from eventlet.queue import Empty, LightQueue


def double(number):
    sleep(0.001)
    return 2 * number


def total():
    return sum(Pool(4).imap(double, range(10)))


def speak(word):
    return subprocess.check_output(['echo', word])


def first(queue=None):
    queue = queue or LightQueue()
    try:
        return queue.get(block=False)
    except Empty:
        return socket.AF_INET, os.sep, eventlet.Timeout(None).pending
`,
  'tests/__init__.py': '',
  'tests/test_work.py': `import unittest
from unittest import mock

from pkg import work


class TestWork(unittest.TestCase):
    def test_total(self):
        with mock.patch('pkg.work.sleep') as sleep:
            self.assertEqual(90, work.total())
        self.assertEqual(10, sleep.call_count)

    @mock.patch('eventlet.green.subprocess.check_output', return_value=b'no')
    def test_speak(self, _):
        self.assertEqual(b'no', work.speak('yes'))

    def test_first(self):
        self.assertEqual((work.socket.AF_INET, '/', False), work.first())
`,
};

/** A project's own tests, before everything, behind one module, in dual mode both ways, and after each step down without eventlet. */
it('from the first route to the last step down, the tests of a project hold', async ({ skip }) => {
  const python = pythonWithEventlet();
  if ('reason' in python) return leaveOut(python.reason, skip);
  const folder = mkdtempSync(join(tmpdir(), 'taking-down-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const through = ['.', '--through', 'pkg/concurrency.py', '--write'];
  const tests = (environment: Readonly<Record<string, string>>): string => {
    const { stderr } = spawnSync(python.executable, ['-W', 'ignore', '-m', 'unittest', 'discover', '-t', '.', '-s', 'tests'], { cwd: folder, encoding: 'utf8', env: { ...process.env, PYTHONPATH: python.path, PYTHONDONTWRITEBYTECODE: '1', ...environment } });
    return /\nOK\n$/.test(stderr) ? 'OK' : stderr;
  };

  expect(tests({})).toBe('OK');
  await run(folder, 'route', ...through);
  expect(tests({})).toBe('OK');
  await run(folder, 'dual', ...through, '--tests', 'tests/test_concurrency.py');
  for (const USE_EVENTLET of ['1', '0']) expect(tests({ USE_EVENTLET })).toBe('OK');

  // From here on the file below makes every import of eventlet fail.
  mkdirSync(join(folder, 'eventlet'));
  writeFileSync(join(folder, 'eventlet', '__init__.py'), 'raise ImportError("eventlet is gone")\n');
  for (const step of [1, 2, 3]) {
    expect((await run(folder, 'dual', ...through, '--remove', '--exclude', 'eventlet')).err).toContain(`Step ${step} of 3`);
    expect(tests({})).toBe('OK');
  }
  expect(readdirSync(join(folder, 'pkg')).sort()).toEqual(['__init__.py', 'concurrency_native.py', 'work.py']);
});
