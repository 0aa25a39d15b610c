import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { run } from './run';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

const service = { 'pkg/__main__.py': 'import eventlet\neventlet.monkey_patch()\n', 'pkg/a.py': 'import eventlet\n\n\ndef rest():\n    eventlet.sleep(1)\n' };

describe('plan', () => {
  it('prints the steps, and to have some left is no failure', async () => {
    const { code, out, err } = await run(project(service), 'plan', '.');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^4 uses of eventlet in 2 files: 3 steps/);
  });

  it('has JSON with every use in one of its steps', async () => {
    const { out } = await run(project(service), 'plan', '.', '--format', 'json');
    const { steps, summary } = JSON.parse(out) as { steps: { number: number; findings: { path: string; rule: string }[] }[]; summary: { findings: number } };
    expect(steps.map(({ number, findings }) => [number, ...findings.map(({ path: at, rule }) => `${at} ${rule}`)])).toEqual([
      [1, 'pkg/a.py sleep', 'pkg/a.py import'],
      [2, 'pkg/__main__.py monkey-patch', 'pkg/__main__.py import'],
      [3],
    ]);
    expect(summary.findings).toBe(4);
  });

  it('writes into a file, and names paths as they are named to it', async () => {
    const folder = project(service);
    expect(await run(folder, 'plan', 'pkg', '--format', 'markdown', '--output', 'plan.md')).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(path.join(folder, 'plan.md'), 'utf8')).toContain('`pkg/a.py`');
  });

  it('is about the rules that are asked for', async () => {
    const { out } = await run(project(service), 'plan', '.', '--rule', 'sleep', '--format', 'json');
    expect(JSON.parse(out).summary).toMatchObject({ findings: 1, safe: 1 });
  });

  it('exits with 2 where a named file cannot be analysed', async () => {
    const { code, out } = await run(project({ 'a.py': 'import eventlet\ndef (:\n' }), 'plan', 'a.py');
    expect(code).toBe(2);
    expect(out).toContain('1 use of eventlet');
  });

  it('tells of one process, and of what it loads', async () => {
    const setup = '[entry_points]\nconsole_scripts =\n    one = pkg.one\n';
    const folder = project({ ...service, 'setup.cfg': setup, 'pkg/__init__.py': '', 'pkg/one.py': 'import eventlet\neventlet.monkey_patch()\n\nfrom pkg import a\n', 'pkg/b.py': 'import eventlet\n\neventlet.spawn(print)\n' });
    const { out } = await run(folder, 'plan', '.', '--service', 'one');
    expect(out).toContain('one starts in pkg/one.py and loads 3 modules of the project.\nMay it drop monkey patching now? No: 1 use in the way (sleep 1).');
    expect(out).toContain('pkg/one.py:2');
    expect(out).not.toContain('Threads and pools');
    expect((await run(folder, 'plan', '.')).out).toMatch(/May they drop monkey patching now\?\n {2}pkg\/__main__\.py  perhaps: .*, but it may load 1 other file with uses\n {2}one +no: 1 use in the way \(sleep 1\)/);
    expect(await run(folder, 'plan', '.', '--service', 'two')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('there is no process two; those that are known are one') });
  });

  it('exits with 2 where a path is not there', async () => {
    expect(await run(project({}), 'plan', 'nowhere')).toMatchObject({ code: 2, out: '', err: 'error: nowhere does not exist\n' });
  });
});
