import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { run } from './run';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

const sleeper = 'import eventlet\n\n\ndef work():\n    eventlet.sleep(1)\n';

describe('baseline', () => {
  it('asks for a checklist file to be written first', async () => {
    const { code, err } = await run(project({ 'a.py': sleeper }), 'baseline', '.');
    expect(code).toBe(2);
    expect(err).toContain('`baseline --update` writes one');
  });

  it('lets git merge what two branches add, in a work tree of git, and keeps what is in .gitattributes', async () => {
    const folder = project({ 'a.py': sleeper, '.gitattributes': '*.png binary' });
    expect((await run(folder, 'baseline', '--update', '.')).err).not.toContain('.gitattributes');
    rmSync(path.join(folder, '.eventlet-migration.json'));
    execFileSync('git', ['init', '-q'], { cwd: folder });
    expect((await run(folder, 'baseline', '--update', '.')).err).toContain('Wrote .gitattributes: git takes both sides where two branches add to it.\n');
    const written = readFileSync(path.join(folder, '.gitattributes'), 'utf8');
    expect(written).toBe('*.png binary\n.eventlet-migration.json merge=union\n');
    rmSync(path.join(folder, '.eventlet-migration.json'));
    await run(folder, 'baseline', '--update', '.');
    expect(readFileSync(path.join(folder, '.gitattributes'), 'utf8')).toBe(written);
  });

  it('passes while nothing is new, also when lines move, functions and files are renamed', async () => {
    const folder = await started({ 'a.py': sleeper });
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 0, out: 'Nothing is new. 0 of 2 done, 2 open.\n' });
    writeFileSync(path.join(folder, 'a.py'), `# A comment.\n${sleeper.replace('work', 'labour')}`);
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 0 });
    await run(folder, 'baseline', '--update', '.');
    renameSync(path.join(folder, 'a.py'), path.join(folder, 'b.py'));
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 0 });
  });

  it('fails on a new use and names it, also when it comes through another module', async () => {
    const folder = await started({ 'a.py': 'from eventlet import sleep\n', 'c.py': '' });
    writeFileSync(path.join(folder, 'c.py'), 'from a import sleep\nsleep(1)\n');
    const { code, out } = await run(folder, 'baseline', '.');
    expect(code).toBe(1);
    expect(out).toContain('2 uses of eventlet are new since the checklist was written:\n  c.py:1:15: import: ');
    expect(out).toContain('c.py:2:1: sleep: ');
    expect(out).toContain('It comes through `a`.');
    await run(folder, 'baseline', '--update', '.');
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 0 });
  });

  it('counts what is done, and turns into a guard with the last use', async () => {
    const folder = await started({ 'a.py': sleeper, 'requirements.txt': 'eventlet\n' });
    writeFileSync(path.join(folder, 'a.py'), '');
    const { code, out } = await run(folder, 'baseline', '.');
    expect(code).toBe(0);
    expect(out).toContain('The last use of eventlet is gone from the code');
    expect(out).toContain('1 requirement names it still:\n  requirements.txt:1:1: ');
    expect(out).toContain('[tool.ruff.lint.flake8-tidy-imports.banned-api]');
    expect(out).toContain('2 of 3 done, 1 open. 2 of those done may come back unseen: `baseline --update` writes down that they are gone.');
    await run(folder, 'baseline', '--update', '.');
    expect((await run(folder, 'baseline', '.')).out).toMatch(/\n2 of 3 done, 1 open\.\n$/);
  });

  it('fails on a use that comes back after it was written down as done', async () => {
    const folder = await started({ 'a.py': sleeper });
    writeFileSync(path.join(folder, 'a.py'), '');
    await run(folder, 'baseline', '--update', '.');
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 0, out: expect.stringContaining('The last use of eventlet is gone from the code') });
    writeFileSync(path.join(folder, 'a.py'), sleeper);
    const { code, out } = await run(folder, 'baseline', '.');
    expect(code).toBe(1);
    expect(out).toContain('This project is off eventlet, and 2 uses of it are new:\n  a.py:1:8: import: ');
  });

  it('lets comments and pages speak of eventlet', async () => {
    const folder = await started({ 'a.py': sleeper });
    writeFileSync(path.join(folder, 'a.py'), '# This slept in eventlet once.\n');
    writeFileSync(path.join(folder, 'README.md'), 'No eventlet any more.\n');
    const { code, out } = await run(folder, 'baseline', '.');
    expect(code).toBe(0);
    expect(out).toContain('2 comments or pages speak of it:\n  README.md:1:4: ');
  });

  it('writes what makes the linters keep eventlet out, once it is gone', async () => {
    const folder = await started({ 'a.py': sleeper, 'tox.ini': '[flake8]\r\n# why\r\nenable-extensions = H106\r\n', 'test-requirements.txt': 'hacking>=8\n' });
    expect(await run(folder, 'baseline', '--guard', '.')).toEqual({ code: 2, out: '', err: 'error: the linters would complain now: the code still uses eventlet in 2 places, such as a.py:1:8\n' });
    writeFileSync(path.join(folder, 'a.py'), '');
    expect((await run(folder, 'baseline', '.')).out).toContain('flake8 with OpenStack’s hacking can keep it out, too: `baseline --guard` shows what to write into tox.ini');
    expect(await run(folder, 'baseline', '--guard', '.')).toMatchObject({ code: 0, out: expect.stringContaining('+enable-extensions = H106,H905\r\n'), err: expect.stringContaining('add --write to do so') });
    expect(await run(folder, 'baseline', '--guard', '--write', '.')).toEqual({ code: 0, out: '', err: 'flake8 with OpenStack’s hacking keeps eventlet out now, by tox.ini.\n' });
    expect(readFileSync(path.join(folder, 'tox.ini'), 'utf8')).toBe('[flake8]\r\n# why\r\nenable-extensions = H106,H905\r\n');
    expect((await run(folder, 'baseline', '.')).out).toContain('flake8 with OpenStack’s hacking keeps it out, by tox.ini.');
  });

  it('leaves alone what lies outside the named folders', async () => {
    const folder = await started({ 'a/a.py': sleeper, 'b/b.py': sleeper });
    const before = readFileSync(path.join(folder, '.eventlet-migration.json'), 'utf8');
    rmSync(path.join(folder, 'b/b.py'));
    expect(await run(folder, 'baseline', 'a')).toMatchObject({ code: 0, out: 'Nothing is new. 0 of 2 done, 2 open.\n' });
    await run(folder, 'baseline', '--update', 'a');
    expect(readFileSync(path.join(folder, '.eventlet-migration.json'), 'utf8')).toBe(before);
  });

  it('merges two branches that decided about neighbouring uses, without a conflict', async () => {
    const folder = await started({ 'a.py': sleeper, 'b.py': sleeper });
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    const decide = (entry: RegExp, decision: string) => {
      const file = path.join(folder, '.eventlet-migration.json');
      const text = readFileSync(file, 'utf8');
      expect(text).toMatch(entry);
      writeFileSync(file, text.replace(entry, `$1,"decision":"${decision}","reason":"because"}`));
    };
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'start');
    git('checkout', '-qb', 'other');
    decide(/("a\.py [^\n]*"eventlet",[^\n}]*)\}/, 'keep');
    git('commit', '-qam', 'one');
    git('checkout', '-q', 'main');
    decide(/("a\.py [^\n]*"eventlet\.sleep",[^\n}]*)\}/, 'later');
    git('commit', '-qam', 'two');
    git('merge', '-q', 'other');
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 0, out: 'Nothing is new. 0 of 4 done, 2 decided, 2 open.\n', err: '' });
  });

  it('tells of lines that it cannot read, and goes on', async () => {
    const folder = await started({ 'a.py': sleeper });
    const file = path.join(folder, '.eventlet-migration.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('{\n', '{\nnonsense\n'));
    const { code, err } = await run(folder, 'baseline', '.');
    expect({ code, err }).toEqual({ code: 0, err: '.eventlet-migration.json:2: this is no entry: `"path fingerprint": {"rule": …, "api": …}` on one line\n' });
  });
});

function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

/** A project whose checklist file has just been written. */
async function started(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = project(files);
  const { code, err } = await run(folder, 'baseline', '--update', '.');
  expect({ code, err }).toMatchObject({ code: 0, err: expect.stringMatching(/^Wrote \.eventlet-migration\.json: 0 of \d+ done/) });
  return folder;
}
