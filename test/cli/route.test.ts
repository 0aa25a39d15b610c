import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { run } from './run';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

const files = { 'pkg/__init__.py': '', 'pkg/a.py': 'from eventlet import sleep\n\nsleep(1)\n', 'b.py': 'from eventlet import *\n' };

describe('route', () => {
  it('prints what it would change, and says what it leaves', async () => {
    const folder = project();
    const { code, out, err } = await run(folder, 'route', '.', '--through', 'pkg/concurrency.py');
    expect(code).toBe(0);
    expect(out).toContain('--- /dev/null\n+++ b/pkg/concurrency.py\n');
    expect(out).toContain('-from eventlet import sleep\n+from pkg.concurrency import sleep\n');
    expect(err).toBe('1 file would import from `pkg.concurrency`; add --write to do so.\nb.py:1: left as it is: a star import does not say what it brings in; name what is needed first\n');
    expect(existsSync(path.join(folder, 'pkg/concurrency.py'))).toBe(false);
  });

  it('writes it, and has nothing to do the second time', async () => {
    const folder = project();
    expect(await run(folder, 'route', '.', '--through', 'pkg/concurrency.py', '--write')).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(path.join(folder, 'pkg/a.py'), 'utf8')).toBe('from pkg.concurrency import sleep\n\nsleep(1)\n');
    expect(readFileSync(path.join(folder, 'pkg/concurrency.py'), 'utf8')).toContain('from eventlet import sleep\n');
    expect((await run(folder, 'route', '.', '--through', 'pkg/concurrency.py')).out).toBe('');
    // The checklist counts through the module.
    expect((await run(folder, 'check', '.', '--rule', 'sleep')).out).toContain('pkg/a.py:3:1: sleep ');
  });

  it('leaves everything alone where the module has syntax errors, or cannot be read', async () => {
    for (const [text, reason] of [['import eventlet\ndef (:\n', 'the file has syntax errors; nothing in it is rewritten before they are gone'], ['import eventlet\0\n', 'contains a NUL byte, so it is no Python source']] as const) {
      const folder = project({ ...files, 'pkg/concurrency.py': text });
      expect(await run(folder, 'route', '.', '--through', 'pkg/concurrency.py', '--write')).toEqual({ code: 2, out: '', err: `0 files now import from \`pkg.concurrency\`.\npkg/concurrency.py:1: left as it is: ${reason}\n` });
      expect(readFileSync(path.join(folder, 'pkg/a.py'), 'utf8')).toBe(files['pkg/a.py']);
    }
  });

  it.each([
    ['pkg/concurrency', 'is no Python file'],
    ['../concurrency.py', 'is in none of the folders that are named'],
  ])('refuses %s', async (through, reason) => {
    expect(await run(project(), 'route', '.', '--through', through)).toMatchObject({ code: 2, err: `error: ${through} ${reason}\n` });
  });
});

function project(content: Readonly<Record<string, string>> = files): string {
  const folder = temporaryFolder(content);
  folders.push(folder);
  return folder.path;
}
