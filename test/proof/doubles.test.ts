import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../cli/run';
import { temporaryFolder } from '../files/tree';
import { pythonWithEventlet } from './python';

const patched = 'import eventlet\neventlet.monkey_patch()\n';

const test = `
import unittest
from unittest import mock

from pkg import attribute, bare, green, local


class TestDoubles(unittest.TestCase):
    @mock.patch('eventlet.sleep')
    def test_of_eventlet_itself(self, sleep):
        attribute.poll()
        sleep.assert_called_once_with(3600)

    @mock.patch('pkg.attribute.eventlet.sleep', side_effect=RuntimeError)
    def test_through_the_module(self, sleep):
        self.assertRaises(RuntimeError, attribute.poll)

    def test_of_an_object(self):
        with mock.patch.object(attribute.eventlet, 'sleep', new=print) as sleep:
            self.assertIs(sleep, print)
            attribute.poll()

    @mock.patch('pkg.bare.sleep')
    def test_of_a_name_of_the_module(self, sleep):
        bare.poll()
        self.assertEqual([mock.call(3600), mock.call(3601)], sleep.mock_calls)

    @mock.patch('eventlet.green.socket.getaddrinfo', return_value=['here'])
    def test_of_a_green_module(self, getaddrinfo):
        self.assertEqual(['here'], green.find('example.org'))
        getaddrinfo.assert_called_once_with('example.org', 80)

    @mock.patch('pkg.local.eventlet.Semaphore')
    def test_of_a_class(self, semaphore):
        self.assertIs(semaphore.return_value, local.lock(2))
        semaphore.assert_called_once_with(2)


if __name__ == '__main__':
    unittest.main()
`.trimStart();

const files = {
  'pkg/__init__.py': '',
  'pkg/main.py': `${patched}from pkg import attribute, bare, green, local\n`,
  'pkg/attribute.py': 'import eventlet\n\n\ndef poll():\n    eventlet.sleep(3600)\n',
  'pkg/bare.py': 'from eventlet import sleep\n\n\ndef poll():\n    sleep(3600)\n    sleep(3601)\n',
  'pkg/green.py': 'from eventlet.green import socket\n\n\ndef find(name):\n    return socket.getaddrinfo(name, 80)\n',
  'pkg/local.py': 'import eventlet\n\n\ndef lock(count):\n    return eventlet.Semaphore(count)\n',
  'tests/__init__.py': patched,
  'tests/test_doubles.py': test,
};

/** Unit tests whose doubles hide an hour of sleep: they pass before and after the code and its doubles have moved, or take that hour. */
describe('the unit tests of a project pass', () => {
  const python = pythonWithEventlet();
  const folder = temporaryFolder(files);
  afterAll(() => folder.remove());
  const outcomes = new Map<string, { readonly status: number | null; readonly stderr: string }>();

  beforeAll(async () => {
    if ('reason' in python) return;
    const runTests = (path: string) => spawnSync(python.executable, ['-W', 'ignore', '-m', 'unittest', 'tests.test_doubles'], { cwd: folder.path, encoding: 'utf8', timeout: 60_000, env: { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: path } });
    outcomes.set('before', runTests(python.path));
    const { err } = await run(folder.path, 'fix', '.', '--write', '--review', '--rule', 'sleep', '--rule', 'semaphore', '--rule', 'green-import');
    outcomes.set('after, still under eventlet', runTests(python.path));
    writeFileSync(join(folder.path, 'tests/__init__.py'), 'import sys\nsys.modules["eventlet"] = None\n');
    outcomes.set('after, natively', runTests(''));
    expect(err).toContain('Fixed');
  }, 200_000);

  it.skipIf('reason' in python && !process.env['CI']).each(['before', 'after, still under eventlet', 'after, natively'])('%s', (when) => {
    if ('reason' in python) throw new Error(python.reason);
    expect(outcomes.get(when)?.stderr).toMatch(/\nRan 6 tests in [\s\S]*\nOK\n$/);
    expect(outcomes.get(when)?.status).toBe(0);
  });

  it.skipIf('reason' in python && !process.env['CI'])('and no double names eventlet any more', () => {
    expect(readFileSync(join(folder.path, 'tests/test_doubles.py'), 'utf8')).not.toMatch(/eventlet\.(?!itself)/);
  });
});
