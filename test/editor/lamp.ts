/** A small project with tests, in a repository of its own, for journeys that go through *Next Step*. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const light = 'import eventlet\n\n\ndef blink(times):\n    for _ in range(times):\n        eventlet.sleep(0.01)\n    return times\n';
export const lightTest = 'import unittest\n\nfrom lamp import light\n\n\nclass BlinkTest(unittest.TestCase):\n    def test_counts(self):\n        self.assertEqual(2, light.blink(2))\n';

export const project = {
  'setup.cfg': '[entry_points]\nconsole_scripts =\n    lamp = lamp.main:run\n',
  'lamp/__init__.py': '',
  'lamp/main.py': 'import eventlet\n\neventlet.monkey_patch()\n\nfrom lamp import light\n\n\ndef run():\n    light.blink(3)\n',
  'lamp/light.py': light,
  'lamp/tests/__init__.py': '',
  'lamp/tests/test_light.py': lightTest,
};

export const settings = { '.vscode/settings.json': '{ "eventletMigration.test.command": "python3 -m unittest {modules}" }\n' };

/** As people on Windows write it: what is taken back must have its mark and its line ends again. */
export const windows = `\ufeff${light.replaceAll('\n', '\r\n')}`;

/** The one test fails, whatever is changed. */
export const failing = { ...project, ...settings, 'lamp/light.py': windows, 'lamp/tests/test_light.py': lightTest.replace('assertEqual(2', 'assertEqual(3') };

/** Makes the folder a repository with all of it in one commit. */
export async function makeRepository(folder: string): Promise<void> {
  await writeFile(join(folder, '.gitignore'), '__pycache__/\n/begun\n/go\n');
  await git(folder, 'init', '--quiet');
  await git(folder, 'add', '.');
  await git(folder, '-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'start');
}

/** What git says. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)('git', args, { cwd: folder })).stdout;
}

/** What `lamp/light.py` holds. */
export function lightIn(folder: string): Promise<string> {
  return readFile(join(folder, 'lamp/light.py'), 'utf8');
}
