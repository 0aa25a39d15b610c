import { describe, expect, it } from 'vitest';
import { connect, eventually, modern, modest } from '../kit/client';

const service = `
import eventlet
eventlet.monkey_patch()

def poll():
    eventlet.sleep(1)
`.slice(1);

describe('problems that a client asks for', () => {
  it('are underlined, each with its rule', async () => {
    const client = await connect();
    client.open('a.py', 'import eventlet\neventlet.sleep(1)\n');
    expect(await client.problems('a.py')).toBe(`
import eventlet
       #^^^^^^^ import
eventlet.sleep(1)
#^^^^^^^^^^^^^ sleep
`.slice(1));
  });

  it('say what, why there is no safe fix, how loud, and where to read on', async () => {
    const client = await connect();
    client.open('a.py', 'import eventlet\neventlet.sleep(1)\n');
    const [, sleep] = await client.diagnostics('a.py');
    expect(sleep).toEqual({
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 14 } },
      severity: 2,
      code: 'sleep',
      codeDescription: { href: expect.stringMatching(/^https:.*\/sleep\.md$/) },
      source: 'eventlet',
      message: expect.stringMatching(/^`eventlet\.sleep` pauses a green thread.*\nNo safe fix: the process may run without .*\.$/),
      data: { fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
  });

  it('are not looked for where syntax errors are all over a file, but where somebody types', async () => {
    const client = await connect();
    const broken = 'def f(:\n  eventlet.sleep(1)\n)))\n';
    client.open('broken.py', `import eventlet\n${broken.repeat(2000)}`);
    client.open('typing.py', `import eventlet\n${broken}`);
    expect(await client.diagnostics('broken.py')).toEqual([]);
    expect((await client.diagnostics('typing.py')).map(({ code }) => code)).toEqual(['import', 'sleep']);
  });

  it('know the whole project as soon as it was looked at', async () => {
    const client = await connect({ files: { 'main.py': 'import eventlet\neventlet.monkey_patch()\n' } });
    client.open('a.py', 'import eventlet\neventlet.sleep(1)\n');
    await client.ready();
    const sleep = (await client.diagnostics('a.py')).find(({ code }) => code === 'sleep');
    expect(sleep?.message).not.toContain('No safe fix');
  });

  it('leave out what a comment keeps, and fade a comment that keeps nothing', async () => {
    const client = await connect();
    client.open('a.py', `
from eventlet import sleep  # eventlet: keep[import]
sleep(1)  # eventlet: keep[sleep] measured
x = 1  # eventlet: keep[sleep]
`.slice(1));
    expect(await client.problems('a.py')).toBe(`
from eventlet import sleep  # eventlet: keep[import]
sleep(1)  # eventlet: keep[sleep] measured
x = 1  # eventlet: keep[sleep]
                        #^^^^ unused-keep
`.slice(1));
    expect((await client.diagnostics('a.py')).map(({ tags }) => tags)).toEqual([[1]]);
  });

  it('show the way that a name came', async () => {
    const client = await connect({ files: { 'low.py': 'from eventlet import sleep\n', 'high.py': 'from low import sleep as nap\n', 'a.py': 'from high import nap\n' } });
    await client.ready();
    const [finding] = await client.diagnostics('a.py');
    expect(finding?.relatedInformation).toEqual([
      { location: { uri: expect.stringMatching(/\/high\.py$/), range: { start: { line: 0, character: 25 }, end: { line: 0, character: 28 } } }, message: '`high` has `nap` from here' },
      { location: { uri: expect.stringMatching(/\/low\.py$/), range: { start: { line: 0, character: 21 }, end: { line: 0, character: 26 } } }, message: '`low` has `sleep` from here' },
    ]);
  });

  it('are not sent again where they are the same', async () => {
    const client = await connect({ files: { 'a.py': service } });
    await client.ready();
    client.open('a.py');
    const first = await client.pull('a.py');
    client.type('a.py', 'sleep(1)', 'sleep(2)');
    expect(await client.pull('a.py', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.type('a.py', 'import', '\nimport');
    expect(await client.pull('a.py', first.resultId)).toMatchObject({ kind: 'full', items: { length: 3 } });
  });

  it('count UTF-16, and take any line ending', async () => {
    const client = await connect();
    client.open('a.py', 'import eventlet\r\nx = "😀é"; eventlet.sleep(1)\r\n');
    const sleep = (await client.diagnostics('a.py')).find(({ code }) => code === 'sleep');
    expect(sleep?.range).toEqual({ start: { line: 1, character: 11 }, end: { line: 1, character: 25 } });
  });

  it('are found in what is left of broken Python', async () => {
    const client = await connect();
    client.open('a.py', 'import eventlet\ndef f(:\n    eventlet.sleep(1)\n');
    const messages = (await client.diagnostics('a.py')).map(({ message }) => message);
    expect(messages.join()).toContain('syntax errors');
  });

  it('are none in a file that is far too large', async () => {
    const client = await connect({ files: { 'a.py': `import eventlet\n# ${'x'.repeat(4_000_000)}\n` } });
    await client.ready();
    client.open('a.py');
    expect(await client.diagnostics('a.py')).toEqual([]);
    expect((await client.checklist()).files.skipped).toEqual([{ uri: 'file:///w/a.py', reason: expect.stringContaining('too large') }]);
  });
});

describe('problems of the whole workspace', () => {
  const files = { 'a.py': service, 'lib/b.py': 'import eventlet\n', 'lib/c.py': 'import os\n' };

  it('are those of closed files too', async () => {
    const client = await (await connect({ files })).ready();
    expect(await client.problemCounts()).toEqual({ 'a.py': 3, 'lib/b.py': 1 });
  });

  it('name the version of what is open', async () => {
    const client = await (await connect({ files })).ready();
    client.open('a.py');
    client.type('a.py', '1', '2');
    expect((await client.pullAll()).items.map(({ version }) => version)).toEqual([2, null]);
  });

  it('are sent once, and taken back when they have gone', async () => {
    const client = await (await connect({ files })).ready();
    const { items } = await client.pullAll();
    const [a, b] = items.map(({ resultId }) => resultId ?? '');
    client.write({ 'a.py': 'import os\n' });
    await eventually(() => client.pullAll({ 'a.py': a ?? '', 'lib/b.py': b ?? '' })).toMatchObject({
      items: [
        { uri: 'file:///w/lib/b.py', kind: 'unchanged' },
        { uri: 'file:///w/a.py', kind: 'full', items: [] },
      ],
    });
  });

  it('are only those of open files where the settings say so', async () => {
    const client = await (await connect({ files, settings: { diagnosticMode: 'openFiles' } })).ready();
    expect(await client.problemCounts()).toEqual({});
    client.open('a.py');
    expect(await client.problemCounts()).toEqual({ 'a.py': 3 });
  });

  it('come in parts where the client wants them so', async () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`m${index}.py`, 'import eventlet\n']));
    const client = await (await connect({ files: many })).ready();
    const { parts, rest } = await client.pullAllInParts();
    expect(parts).toEqual([50, 50]);
    expect(rest).toBe(20);
  });

  it('make the client ask again when they have changed', async () => {
    const client = await (await connect({ files })).ready();
    await eventually(() => client.refreshes).toBe(1);
    client.write({ 'lib/c.py': 'import eventlet\n' });
    await eventually(() => client.refreshes).toBe(2);
  });

  it('do not make the client ask again for what it edits itself, but for what follows from it', async () => {
    const client = await (await connect({ files: { 'main.py': service, 'b.py': 'import eventlet\neventlet.sleep(1)\n' } })).ready();
    await eventually(() => client.refreshes).toBe(1);
    client.open('main.py');
    client.type('main.py', 'sleep(1)', 'sleep()\n    eventlet.sleep(2)');
    await eventually(() => client.checklistChanges).toBeGreaterThan(1);
    expect(client.refreshes).toBe(1);
    client.type('main.py', 'eventlet.monkey_patch()', '');
    await eventually(() => client.refreshes).toBe(2);
    expect((await client.diagnostics('b.py')).at(-1)?.message).toContain('No safe fix');
  });
});

describe('problems for a client that never asks', () => {
  const capabilities = { ...modest, textDocument: { ...modest.textDocument, publishDiagnostics: modern.textDocument?.publishDiagnostics ?? {} } };

  it('are published for open and closed files, and taken back', async () => {
    const client = await connect({ files: { 'a.py': service, 'b.py': 'import eventlet\n' }, capabilities });
    client.open('b.py');
    await eventually(() => client.published.get('b.py')).toMatchObject({ version: 1, diagnostics: [{ code: 'import' }] });
    await eventually(() => client.published.get('a.py')?.diagnostics.length).toBe(3);
    expect(client.published.get('a.py')?.version).toBeUndefined();
    client.type('b.py', 'import eventlet', 'import os');
    await eventually(() => client.published.get('b.py')).toMatchObject({ version: 2, diagnostics: [] });
    client.write({ 'a.py': undefined });
    await eventually(() => client.published.get('a.py')?.diagnostics).toEqual([]);
  });
});
