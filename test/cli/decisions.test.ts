import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Decision } from '../../server/src/protocol';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { run } from './run';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

/** Three uses that could be fixed, and the import. */
const sleeper = 'import eventlet\neventlet.monkey_patch()\n\n\ndef work():\n    one()\n    eventlet.sleep(1)\n    two()\n    eventlet.sleep(2)\n    three()\n    eventlet.sleep(3)\n';
const file = '.eventlet-migration.json';

describe('a use that somebody decided about in the checklist file', () => {
  it('is not counted as left, but told apart', async () => {
    const folder = await decided({ 7: { kind: 'keep', reason: 'a demo' }, 9: { kind: 'later', reason: 'after the release', until: '9999-01-01' }, 11: { kind: 'elsewhere', reason: 'the plugin’s' } });
    const { code, out } = await run(folder, 'check', '.');
    expect(code).toBe(1);
    expect(out).not.toContain('sleep(');
    expect(out).toContain('2 findings in 1 file, 1 more kept on purpose, 1 for later, 1 not ours:');
    const { findings, summary } = JSON.parse((await run(folder, 'check', '--format', 'json', '.')).out);
    expect(summary).toMatchObject({ findings: 2, kept: 0, settled: { keep: 1, later: 1, elsewhere: 1 } });
    expect(findings.flatMap(({ decision, settled }: { decision?: Decision; settled?: true }) => (decision ? [[decision.kind, settled]] : []))).toEqual([['keep', true], ['later', true], ['elsewhere', true]]);
    expect((await run(folder, 'check', '--format', 'github', '.')).out.match(/eventlet%3A sleep/g)).toBeNull();
  });

  it('is on the page with the reason, and is suppressed for code scanning', async () => {
    const folder = await decided({ 9: { kind: 'later', reason: 'after the release', until: '9999-01-01' } });
    const { out } = await run(folder, 'check', '--format', 'markdown', '.');
    expect(out).toContain('## Decided\n\n| File | Line | Use | What was decided |\n| --- | ---: | --- | --- |\n| `a.py` | 9 | `eventlet.sleep` | *Later*: after the release, until 9999-01-01 |\n');
    const { results } = JSON.parse((await run(folder, 'check', '--format', 'sarif', '.')).out).runs[0];
    expect(results.map(({ suppressions }: { suppressions: readonly object[] }) => suppressions.length)).toEqual([0, 0, 0, 1, 0]);
  });

  it('is left again on its day', async () => {
    const folder = await decided({ 9: { kind: 'later', reason: 'after the release', until: '2024-01-01' } });
    expect(JSON.parse((await run(folder, 'check', '--format', 'json', '.')).out).summary).toMatchObject({ findings: 5, settled: { later: 0 } });
    expect((await run(folder, 'check', '--format', 'markdown', '.')).out).toContain('| *Later*: after the release, until 2024-01-01: that day has come. ');
  });

  it('lets the check pass where nothing else is left', async () => {
    const folder = await decided(Object.fromEntries([1, 2, 7, 9, 11].map((line) => [line, { kind: 'keep', reason: 'a demo' } as const])));
    expect(await run(folder, 'check', '.')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do, 5 uses are kept on purpose.') });
  });

  it('is left alone by fixing, of equal uses too', async () => {
    const folder = await decided({ 9: { kind: 'keep', reason: 'a demo' } });
    const { err } = await run(folder, 'fix', '--write', '.');
    expect(err).toContain('Left alone, as .eventlet-migration.json says: 1 kept on purpose.');
    const text = readFileSync(path.join(folder, 'a.py'), 'utf8');
    expect(text).toContain('one()\n    time.sleep(1)\n    two()\n    eventlet.sleep(2)\n    three()\n    time.sleep(3)\n');
    expect(await run(folder, 'fix', '.')).toMatchObject({ out: '' });
  });

  it('is in no step of the plan', async () => {
    const folder = await decided({ 9: { kind: 'later', reason: 'after the release', until: '9999-01-01' } });
    const { steps } = JSON.parse((await run(folder, 'plan', '--format', 'json', '.')).out);
    const lines = steps.flatMap(({ findings }: { findings: readonly { rule: string; range: { start: { line: number } } }[] }) => findings.filter(({ rule }) => rule === 'sleep').map(({ range }) => range.start.line + 1));
    expect(lines).toEqual([7, 11]);
  });

  it('counts where the file lies above or below the folder of the command', async () => {
    const folder = await decided({ 9: { kind: 'keep', reason: 'a demo' } });
    const above = JSON.parse((await run(folder, 'check', '--format', 'json', 'a.py')).out);
    const below = JSON.parse((await run(path.dirname(folder), 'check', '--format', 'json', folder)).out);
    expect([above, below].map(({ summary }) => summary.settled.keep)).toEqual([1, 1]);
  });
});

describe('a use that a comment keeps', () => {
  it('is there for the checklist: neither done nor new', async () => {
    const folder = await decided({});
    writeFileSync(path.join(folder, 'a.py'), sleeper.replace('sleep(2)', 'sleep(2)  # eventlet: keep[sleep] a demo'));
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 0, out: 'Nothing is new. 0 of 5 done, 1 decided, 4 open.\n' });
    writeFileSync(path.join(folder, 'b.py'), 'import eventlet  # eventlet: keep[import] a demo\neventlet.spawn(print)  # eventlet: keep[spawn] a demo\n');
    expect(await run(folder, 'baseline', '.')).toMatchObject({ code: 0, out: 'Nothing is new. 0 of 7 done, 3 decided, 4 open.\n' });
    expect((await run(folder, 'baseline', '--update', '.')).err).toBe('Wrote .eventlet-migration.json: 0 of 7 done, 3 decided, 4 open.\n');
  });
});

/** A project with `sleeper` in `a.py`, where somebody decided about uses by their line, counted from one. */
async function decided(decisions: Readonly<Record<number, Decision>>): Promise<string> {
  const folder = temporaryFolder({ 'a.py': sleeper });
  folders.push(folder);
  await run(folder.path, 'baseline', '--update', '.');
  const { findings } = JSON.parse((await run(folder.path, 'check', '--format', 'json', '.')).out);
  let text = readFileSync(path.join(folder.path, file), 'utf8');
  for (const [line, { kind, reason, until }] of Object.entries(decisions)) {
    const { fingerprint } = findings.find((finding: { range: { start: { line: number } } }) => finding.range.start.line + 1 === Number(line));
    text = text.replace(new RegExp(`("a\\.py ${fingerprint}": \\{.*)\\},`), (_, begin: string) => `${begin},${JSON.stringify({ decision: kind, reason, until }).slice(1)},`);
  }
  writeFileSync(path.join(folder.path, file), text);
  return folder.path;
}
