import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { run, runForBytes } from './run';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

function project(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

const patched = 'import eventlet\neventlet.monkey_patch()\n';
const sleeper = 'import eventlet\n\n\ndef work():\n    eventlet.sleep(1)\n';
const awake = 'import time\n\n\ndef work():\n    time.sleep(1)\n';

describe('check', () => {
  it('exits with 1 where there are findings, and reports them on standard output', async () => {
    const { code, out, err } = await run(project({ 'pkg/a.py': sleeper }), 'check', '.');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('pkg/a.py:5:5: sleep ');
  });

  it('exits with 0 where nothing is left', async () => {
    expect(await run(project({ 'a.py': 'import time\n' }), 'check', '.')).toEqual({
      ...{ code: 0, err: '' },
      out: 'Looked at 1 file, 0 of which mention eventlet. Nothing to do.\n',
    });
  });

  it('tells of configuration, requirements and documentation, each of its kind', async () => {
    const files = { 'a.py': sleeper, 'requirements.txt': 'eventlet\n', 'tox.ini': '[testenv]\nsetenv =\n    EVENTLET_HUB=poll\n', 'doc/index.rst': 'On eventlet.\n', 'releasenotes/a.rst': 'eventlet\n' };
    const { out } = await run(project(files), 'check', '.', '--format', 'json');
    const { findings, files: counts } = JSON.parse(out) as { findings: { path: string; kind: string }[]; files: { found: number } };
    expect(findings.map(({ path: at, kind }) => `${at}: ${kind}`)).toEqual(['a.py: code', 'a.py: code', 'doc/index.rst: docs', 'requirements.txt: dependency', 'tox.ini: config']);
    expect(counts.found).toBe(1);
  });

  it('takes several paths, files and folders', async () => {
    const folder = project({ 'a.py': sleeper, 'b/c.py': sleeper, 'd.py': sleeper });
    const { out } = await run(folder, 'check', 'a.py', 'b', '--format', 'json');
    expect(pathsIn(out)).toEqual(['a.py', 'b/c.py']);
  });

  it('shows a file once that is named twice', async () => {
    const folder = project({ 'a.py': sleeper });
    const { out } = await run(folder, 'check', '.', 'a.py', './a.py', '--rule', 'sleep', '--format', 'json');
    expect(JSON.parse(out).findings).toHaveLength(1);
  });

  it('relates paths to the folder it is started in, else to what is named', async () => {
    const folder = project({ 'pkg/a.py': sleeper, 'other/b.py': sleeper });
    const report = async (...args: string[]) => JSON.parse((await run(path.join(folder, 'pkg'), 'check', '--format', 'json', ...args)).out);
    expect(await report('.')).toMatchObject({ root: '.', findings: [{ path: 'a.py' }, { path: 'a.py' }] });
    expect(await report('../other')).toMatchObject({ root: path.join(folder, 'other'), findings: [{ path: 'b.py' }, { path: 'b.py' }] });
    expect(await report('../other/b.py', '.')).toMatchObject({ root: folder, tool: '1.2.3' });
  });

  it('leaves out what is excluded', async () => {
    const folder = project({ 'a.py': sleeper, 'tests/b.py': sleeper, 'c_pb2.py': sleeper });
    const { out } = await run(folder, 'check', '.', '--exclude', 'tests/', '--exclude', '*_pb2.py', '--format', 'json');
    expect(pathsIn(out)).toEqual(['a.py']);
  });

  it('reports only the rules that are asked for', async () => {
    const { out } = await run(project({ 'a.py': patched + sleeper }), 'check', '.', '--rule', 'sleep', '--format', 'json');
    expect(JSON.parse(out).summary.byRule).toEqual({ sleep: 1 });
  });

  it('writes into a file', async () => {
    const folder = project({ 'a.py': sleeper });
    expect(await run(folder, 'check', '.', '--format', 'json', '--output', 'report.json')).toEqual({ code: 1, out: '', err: '' });
    expect(pathsIn(readFileSync(path.join(folder, 'report.json'), 'utf8'))).toEqual(['a.py']);
  });

  it('lists what it cannot analyse, and does not claim that nothing is left', async () => {
    const folder = project({ 'a.py': Buffer.from('eventlet = "\xe9"\n', 'latin1') });
    const { code, out } = await run(folder, 'check', '.');
    expect(code).toBe(2);
    expect(out).toBe(`\
Not analysed:
  a.py: line 1 is not utf-8, and no coding comment names another encoding

Looked at 1 file, 0 of which mention eventlet. No findings, but 1 file could not be analysed.
`);
  });

  it('exits with 2 where a named file cannot be analysed, whatever else is found', async () => {
    const folder = project({ 'a.py': sleeper, 'b.py': Buffer.from('eventlet = "\xe9"\n', 'latin1') });
    expect((await run(folder, 'check', 'a.py', 'b.py')).code).toBe(2);
    expect((await run(folder, 'check', '.')).code).toBe(1);
  });
});

describe('files that could not be analysed', () => {
  const unreadable = { 'nul.py': 'import eventlet\0\n', 'sub/latin.py': Buffer.from('import eventlet  # \xe9\n', 'latin1') };
  const commands = ['fix', 'fix --write', 'plan', 'plan --format json', 'baseline --update', 'route --through all.py', 'dual --through hub.py'];

  it.each(commands)('%s tells of them and why, and does not end as if all were well', async (command) => {
    const { code, err } = await run(project({ ...unreadable, 'hub.py': 'import eventlet\n' }), ...command.split(' '), '.', '--quiet');
    expect(code).toBe(2);
    expect(err).toContain('nul.py was not analysed: contains a NUL byte, so it is no Python source\nsub/latin.py was not analysed: line 1 is not utf-8, and no coding comment names another encoding\n');
  });

  it('are no reason to say that nothing is left, or new', async () => {
    const folder = project(unreadable);
    expect(await run(folder, 'plan', '.')).toMatchObject({ code: 2, out: 'Nothing was found that is left to do, but 2 files could not be analysed.\n' });
    expect((await run(folder, 'baseline', '--update', '.')).code).toBe(2);
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 2, out: 'Nothing is new. 0 of 0 done, 0 open.\n' });
  });

  it('count less than new uses, where nobody named them', async () => {
    const folder = project(unreadable);
    await run(folder, 'baseline', '--update', '.');
    writeFileSync(path.join(folder, 'a.py'), sleeper);
    expect((await run(folder, 'baseline', '.')).code).toBe(1);
    expect((await run(folder, 'baseline', '.', 'nul.py')).code).toBe(2);
  });
});

describe('wrong use', () => {
  it.each([
    [['check'], "error: missing required argument 'path'"],
    [['check', 'gone', 'a.py', 'away/b.py'], 'error: gone does not exist\naway/b.py does not exist'],
    [['check', '.', '--colour'], "error: unknown option '--colour'"],
    [['check', '.', '--format', 'xml'], 'Allowed choices are text, json, sarif, markdown, github, csv.'],
    [['check', '.', '--rule', 'slep'], 'There is no such rule. The rules are '],
    [['check', '.', '--target', 'gevent'], 'Allowed choices are threading, asyncio.'],
    [['check', '.', '--python', '2.7'], 'It has to look like 3.9.'],
    [['check', '.', '--output', 'no/such/folder/report'], 'error: no/such/folder/report: its folder does not exist'],
    [['fix', '.', '--format', 'json'], "error: unknown option '--format'"],
    [['lsp'], "error: required option '--stdio' not specified"],
    [['chekc', '.'], "error: unknown command 'chekc'"],
  ])('%j exits with 2, says why, and has no result', async (args, message) => {
    const { code, out, err } = await run(project({ 'a.py': '' }), ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('without anything shows the help', async () => {
    const { code, err } = await run(project({}));
    expect(code).toBe(2);
    expect(err).toContain('Usage: eventlet-migration');
  });

  it('does not meet those who ask for help or the version', async () => {
    expect(await run(project({}), '--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
    const help = await run(project({}), 'check', '--help');
    expect({ ...help, out: help.out.slice(0, 31) }).toEqual({ code: 0, out: 'Usage: eventlet-migration check', err: '' });
  });
});

describe('fix', () => {
  it('prints what git can apply, and changes nothing', async () => {
    const files = { 'main.py': patched, 'pkg/a.py': sleeper, 'pkg/é b.py': sleeper.replaceAll('\n', '\r\n'), 'c.py': sleeper.trimEnd(), 'd.py': `\uFEFF${sleeper}` };
    const folder = project(files);
    const { code, out } = await run(folder, 'fix', '.');
    expect(code).toBe(0);
    expect(read(folder, 'pkg/a.py')).toBe(sleeper);

    execFileSync('git', ['apply', '--check', '-'], { cwd: folder, input: out });
    execFileSync('git', ['apply', '-'], { cwd: folder, input: out });
    expect(read(folder, 'pkg/a.py')).toBe(awake);
    expect(read(folder, 'pkg/é b.py')).toBe(awake.replaceAll('\n', '\r\n'));
    expect(read(folder, 'c.py')).toBe(awake.trimEnd());
    expect(read(folder, 'd.py')).toBe(`\uFEFF${awake}`);
  });

  it('writes, and what it writes is what it printed', async () => {
    const files = { 'main.py': patched, 'a.py': sleeper, 'b.py': `# -*- coding: latin-1 -*-\n${sleeper}` };
    const [printed, written] = [project(files), project(files)];
    execFileSync('git', ['apply', '-'], { cwd: printed, input: (await run(printed, 'fix', '.')).out });
    expect(await run(written, 'fix', '.', '--write')).toMatchObject({ code: 0, out: '' });
    for (const name of Object.keys(files)) expect(read(written, name)).toBe(read(printed, name));
    expect(read(written, 'a.py')).toBe(awake);
  });

  it('keeps every byte outside the edits, whatever the encoding', async () => {
    const latin1 = (text: string): Buffer => Buffer.from(`# coding: latin-1\r\n# Andr\xe9\r\n${text}`, 'latin1');
    const folder = project({ 'main.py': patched, 'a.py': latin1(sleeper) });
    const { bytes } = await runForBytes(folder, 'fix', '.', '--write', '--diff');
    expect(readFileSync(path.join(folder, 'a.py'))).toEqual(latin1(awake));
    expect(bytes.includes(0xe9)).toBe(true);
  });

  it('keeps the rights of a file', async () => {
    const folder = project({ 'main.py': patched, 'a.py': sleeper });
    chmodSync(path.join(folder, 'a.py'), 0o755);
    await run(folder, 'fix', '.', '--write');
    expect(statSync(path.join(folder, 'a.py')).mode & 0o777).toBe(0o755);
  });

  it('changes code and its test doubles together, or leaves all of them alone', async () => {
    const double = "from unittest import mock\nimport a\n\n@mock.patch('a.eventlet.sleep')\ndef test(sleep): pass\n";
    const files = { 'main.py': patched, 'a.py': sleeper, 'tests/__init__.py': patched, 'tests/test_a.py': double };
    const folder = project(files);
    await run(folder, 'fix', '.', '--write');
    expect(readFileSync(path.join(folder, 'a.py'), 'utf8')).toBe(awake);
    expect(readFileSync(path.join(folder, 'tests/test_a.py'), 'utf8')).toBe(double.replace('eventlet', 'time'));
  });

  it('has nothing to do the second time', async () => {
    const folder = project({ 'main.py': patched, 'a.py': sleeper });
    await run(folder, 'fix', '.', '--write');
    expect(await run(folder, 'fix', '.')).toMatchObject({ code: 0, out: '' });
  });

  it('tells how many it fixes, and why the others stay', async () => {
    const folder = project({ 'a.py': sleeper });
    const { out, err } = await run(folder, 'fix', '.');
    expect(out).toBe('');
    expect(err).toMatch(/^Would fix 0 of 2 findings in 0 files; add --write to do so\.\n2 left:\n( +\d+ .+\n)+Some of them have a fix that wants a look; --review includes those\.\n$/);
    expect(await run(folder, 'fix', '.', '--quiet')).toMatchObject({ out: '', err: '' });
    expect((await run(folder, 'fix', '.', '--review')).out).toContain('+    time.sleep(1)');
  });

  it('joins reasons that differ only in names, and shows the most frequent ones', async () => {
    const names = ['kill', 'listen', 'Timeout'];
    const { err } = await run(project({ 'a.py': names.map((name) => `from eventlet import ${name}\nprint(${name})\n`).join('') }), 'fix', '.', '--rule', 'import');
    expect(err).toMatch(/^ {2}3 .*`…`/m);
  });

  it('fixes only the rules that are asked for', async () => {
    const folder = project({ 'main.py': patched, 'a.py': sleeper });
    expect((await run(folder, 'fix', '.', '--rule', 'unused-keep')).out).toBe('');
    expect((await run(folder, 'fix', '.', '--rule', 'sleep')).out).toContain('+    time.sleep(1)');
  });
});

// Starting a process takes its time where others work too.
describe('the built command', { timeout: 30_000 }, () => {
  const command = path.resolve('dist', 'cli.js');

  it('is a program of its own', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(execFileSync(command, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });

  it('ends quietly when nobody reads on', () => {
    const folder = project({ 'a.py': 'import eventlet\n' + 'eventlet.sleep(1)\n'.repeat(200) });
    const { stdout, stderr } = spawnSync('sh', ['-c', `"${command}" check a.py | head -n 1`], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toContain('a.py:1:8: ');
    expect(stderr).toBe('');
  });

  it('finds the same in threads, in as many as are asked for', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `m${index}.py`);
    const folder = project({ 'hub.py': 'from eventlet import sleep\n', ...Object.fromEntries(names.map((name) => [name, 'import hub\nhub.sleep(1)\n'])) });
    const { out } = await run(folder, 'check', '.', '--format', 'json', '--no-cache');
    const { stdout, stderr } = spawnSync(command, ['check', '.', '--format', 'json', '--no-cache', '--jobs', '3', '--quiet'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
    expect(JSON.parse(stdout).findings).toEqual(JSON.parse(out).findings);
    expect(pathsIn(stdout)).toHaveLength(61);
    expect(stderr).toBe('');
    expect(spawnSync(command, ['check', '.', '--jobs', 'many'], { cwd: folder, encoding: 'utf8' }).stderr).toContain('It has to be a number from 1 to 9999.');
  });

  it('prints large results wholly', () => {
    const folder = project({ 'a.py': 'import eventlet\n' + 'eventlet.sleep(1)\n'.repeat(200) });
    const { stdout, status } = spawnSync(command, ['check', 'a.py', '--format', 'json'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
    expect(JSON.parse(stdout).findings).toHaveLength(201);
    expect(status).toBe(1);
  });
});

function pathsIn(json: string): string[] {
  const { findings } = JSON.parse(json) as { findings: { path: string }[] };
  return [...new Set(findings.map(({ path }) => path))];
}

function read(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}
