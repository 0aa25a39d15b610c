import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { painter } from '../../server/src/doors/picture';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { drawn, run } from './run';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

describe('history', () => {
  it('counts what was left at each commit, without touching the work tree', async () => {
    const folder = threeCommits();
    writeFileSync(path.join(folder, 'a.py'), 'import eventlet\neventlet.sleep(7)\n');
    const { code, out, err } = await run(folder, 'history', '.');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [head, ...rows] = out.trimEnd().split('\n').map((line) => line.split(/ +/));
    expect(head).toEqual(['date', 'commit', 'uses', 'files', 'safe', 'review', 'guidance']);
    expect(rows.map(([date, , uses, files]) => [date, uses, files])).toEqual([
      ['2024-01-01', '6', '2'],
      ['2024-02-01', '4', '2'],
      ['2024-03-01', '2', '1'],
    ]);
    for (const [, , uses, , ...trusts] of rows) expect(trusts.reduce((sum, count) => sum + Number(count), 0)).toBe(Number(uses));
    expect(readFileSync(path.join(folder, 'a.py'), 'utf8')).toContain('sleep(7)');
  });

  it('looks at as many commits as are wanted, from a day on, below a folder', async () => {
    const folder = threeCommits();
    const points = async (...args: string[]) => (JSON.parse((await run(folder, 'history', '--format', 'json', ...args)).out) as { points: { date: string; findings: number; byRule: object }[] }).points;
    expect((await points('.', '--points', '2')).map(({ date }) => date)).toEqual(['2024-01-01', '2024-03-01']);
    expect((await points('.', '--since', '2024-01-15')).map(({ findings }) => findings)).toEqual([4, 2]);
    expect((await points('pkg')).map(({ findings, byRule }) => ({ findings, byRule }))).toEqual([
      { findings: 3, byRule: { sleep: 2, import: 1 } },
      { findings: 3, byRule: { sleep: 2, import: 1 } },
      { findings: 2, byRule: { import: 1, sleep: 1 } },
    ]);
  });

  it.each([
    ['the repository', '.', 'link', [6, 4, 2]],
    ['a folder of it', 'pkg', 'link', [3, 3, 2]],
    ['the repository, below which a folder is asked for', '.', 'link/pkg', [3, 3, 2]],
  ])('follows a symbolic link to %s', async (_, target, asked, counts) => {
    const folder = threeCommits();
    const around = temporaryFolder({});
    folders.push(around);
    around.link('link', path.join(folder, target));
    const { out } = await run(around.path, 'history', '--format', 'json', asked);
    expect((JSON.parse(out) as { points: { findings: number }[] }).points.map(({ findings }) => findings)).toEqual(counts);
  });

  it('heeds the project file of the repository through a link to it', async () => {
    const folder = threeCommits();
    writeFileSync(path.join(folder, '.eventlet-migration.toml'), '[severity]\nsleep = "off"\n');
    commit(folder, '2024-04-01');
    const around = temporaryFolder({});
    folders.push(around);
    around.link('link', folder);
    const { out } = await run(around.path, 'history', '--format', 'json', '--since', '2024-03-15', 'link/pkg');
    expect((JSON.parse(out) as { points: { findings: number }[] }).points.at(-1)?.findings).toBe(1);
  });

  it.each(['2024-02-30', '2024-13-01', '2024-1-1', 'soon'])('begins on no day that there is not: %s', async (since) => {
    expect(await run('.', 'history', '--since', since)).toMatchObject({ code: 2, err: expect.stringContaining('It has to be a day such as 2024-01-01.') });
  });

  it('draws a burn-down chart', async () => {
    const folder = threeCommits();
    const { code } = await run(folder, 'history', '.', '--format', 'svg', '--output', 'chart.svg');
    const chart = readFileSync(path.join(folder, 'chart.svg'), 'utf8');
    expect(code).toBe(0);
    expect(chart).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img"/);
    expect(chart.match(/<polygon /g)).toHaveLength(3);
    expect(chart).toContain('>2024-01<');
    expect(chart).toMatch(/fix to review: \d/);
  });

  it('draws a single day from side to side', async () => {
    const { out } = await run(threeCommits(), 'history', '.', '--format', 'svg', '--since', '2024-02-15');
    const [, from, to] = /<polyline points="\d+,([\d.]+) \d+,([\d.]+)"/.exec(out) ?? [];
    expect(from).toBeDefined();
    expect(to).toBe(from);
    expect(out.match(/>2024-03</g)).toHaveLength(1);
  });

  // The renderer is compiled first.
  it('draws it as PNG, with its words', { timeout: 60_000 }, async () => {
    const folder = threeCommits();
    expect(await run(folder, 'history', '.', '--format', 'png', '--output', 'chart.png')).toMatchObject({ code: 0, out: '' });
    const chart = readFileSync(path.join(folder, 'chart.png'));
    expect(chart.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect([chart.readUInt32BE(16), chart.readUInt32BE(20)]).toEqual([1720, 800]);
    const [words, others, none] = await Promise.all(['one', 'two', ''].map((text) => drawn(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" font-family="sans-serif"><text y="15">${text}</text></svg>`)));
    expect(words).not.toEqual(none);
    expect(words).not.toEqual(others);
  });

  it('says what is missing where the renderer is not installed', async () => {
    const folder = temporaryFolder({});
    folders.push(folder);
    expect(await painter(folder.path, path.join(folder.path, 'cli.js'))('<svg/>')).toEqual({ missing: expect.stringContaining('`npm install @resvg/resvg-wasm`') });
  });

  it('says so where there is no repository', async () => {
    const folder = temporaryFolder({ 'a.py': '' });
    folders.push(folder);
    expect(await run(folder.path, 'history', '.')).toEqual({ code: 2, out: '', err: 'error: .: it is in no git repository\n' });
  });
});

function threeCommits(): string {
  const temporary = temporaryFolder({ 'a.py': sleeps(2), 'b.py': sleeps(2) });
  folders.push(temporary);
  const folder = temporary.path;
  git(folder, '2024-01-01', 'init', '-q', '-b', 'main');
  mkdirSync(path.join(folder, 'pkg'));
  renameSync(path.join(folder, 'b.py'), path.join(folder, 'pkg/b.py'));
  commit(folder, '2024-01-01');
  writeFileSync(path.join(folder, 'a.py'), 'import eventlet\n');
  commit(folder, '2024-02-01');
  rmSync(path.join(folder, 'a.py'));
  writeFileSync(path.join(folder, 'pkg/b.py'), sleeps(1));
  commit(folder, '2024-03-01');
  return folder;
}

function sleeps(times: number): string {
  return `import eventlet\n${'eventlet.sleep(1)\n'.repeat(times)}`;
}

function commit(folder: string, day: string): void {
  git(folder, day, 'add', '-A');
  git(folder, day, 'commit', '-qm', day);
}

function git(folder: string, day: string, ...args: string[]): void {
  const date = `${day}T12:00:00+00:00`;
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder, env, stdio: 'pipe' });
}
