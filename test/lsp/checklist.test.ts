import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connect, eventually } from '../kit/client';

const main = 'import eventlet\neventlet.monkey_patch()\n';
const poll = 'import eventlet\n\n\ndef poll():\n    eventlet.sleep(1)\n';

describe('the checklist', () => {
  it('has every use that nobody keeps, file by file', async () => {
    const client = await (await connect({ files: { 'b.py': poll, 'a.py': 'import eventlet  # eventlet: keep[import]\n' } })).ready();
    const { items, kept, files, state, patterns } = await client.checklist();
    expect(items.map(({ uri, rule, line, highlight: [start, end] }) => [uri, rule, line.slice(start, end)])).toEqual([
      ['file:///w/b.py', 'import', 'eventlet'],
      ['file:///w/b.py', 'sleep', 'eventlet.sleep'],
    ]);
    expect({ kept, files, state }).toEqual({ kept: 1, files: { found: 2, mentioning: 2, analysed: 2, skipped: [] }, state: 'ready' });
    expect(patterns.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('says how far each use can be trusted, with its fix or the reason', async () => {
    const client = await (await connect({ files: { 'a.py': poll, 'main.py': main } })).ready();
    const { items } = await client.checklist();
    expect(items.filter(({ uri }) => uri.endsWith('a.py')).map(({ trust, fix, reason }) => [trust, fix, reason])).toEqual([
      ['safe', 'Replace the only use of `eventlet` in this file', undefined],
      ['safe', 'Use `time.sleep`', undefined],
    ]);
  });

  it('follows what is typed, before it is saved', async () => {
    const client = await (await connect({ files: { 'a.py': poll } })).ready();
    client.open('a.py');
    const before = client.checklistChanges;
    client.type('a.py', 'eventlet.sleep(1)', 'pass');
    await eventually(() => client.checklistChanges).toBe(before + 1);
    expect(await client.left()).toEqual(['a.py: import eventlet']);
    client.close('a.py');
    await eventually(() => client.left()).toEqual(['a.py: import eventlet', 'a.py: eventlet.sleep(1)']);
  });

  it('is announced once for a burst of changes', async () => {
    const client = await (await connect({ files: { 'a.py': poll } })).ready();
    client.open('a.py');
    const before = client.checklistChanges;
    for (let count = 0; count < 20; count++) client.type('a.py', 'eventlet.sleep', '# more\n    eventlet.sleep');
    client.write({ 'b.py': poll, 'c.py': poll });
    await eventually(() => client.left()).toHaveLength(6);
    expect(client.checklistChanges - before).toBeLessThanOrEqual(2);
  });

  it('is not announced where nothing in it has changed', async () => {
    const client = await (await connect({ files: { 'a.py': poll, 'b.py': poll } })).ready();
    client.open('a.py');
    const before = client.checklistChanges;
    client.type('a.py', 'def poll():', 'def poll(): ');
    client.write({ 'b.py': poll });
    client.type('a.py', 'eventlet.sleep(1)', 'eventlet.sleep(12)');
    await eventually(() => client.checklistChanges).toBe(before + 1);
  });
});

describe('fixes before they are made', () => {
  const files = { 'main.py': main, 'a.py': poll, 'b.py': 'from eventlet import sleep\n\npause = sleep\nsleep(3)\n' };

  it('are those of the whole workspace, and what stays has its reason', async () => {
    const client = await (await connect({ files })).ready();
    const { edit, fixed, left } = await client.preview({ rule: 'sleep' });
    expect(fixed).toBe(2);
    expect(left).toEqual([{ uri: 'file:///w/b.py', range: { start: { line: 2, character: 8 }, end: { line: 2, character: 13 } }, reason: expect.stringContaining('must call it with') }]);
    client.apply(edit ?? {});
    expect(client.text('a.py')).toBe('import time\n\n\ndef poll():\n    time.sleep(1)\n');
    expect(client.text('b.py')).toContain('pause = sleep\ntime.sleep(3)\n');
    await eventually(async () => (await client.preview({ rule: 'sleep' })).edit).toBeUndefined();
  });

  it('are those of one file or one use where asked so', async () => {
    const client = await (await connect({ files })).ready();
    expect(await client.preview({ uri: 'a.py' })).toMatchObject({ fixed: 2, left: [], edit: { documentChanges: { length: 1 } } });
    const item = (await client.checklist()).items.find(({ line }) => line === 'pause = sleep')?.id ?? '';
    expect(await client.preview({ uri: 'b.py', item })).toMatchObject({ fixed: 0, left: { length: 1 } });
    const { edit, fixed } = await client.preview({ uri: 'b.py', item, review: true });
    expect(fixed).toBe(1);
    client.apply(edit ?? {});
    expect(client.text('b.py')).toContain('pause = time.sleep\nsleep(3)\n');
  });

  it('are for another target where asked so', async () => {
    const client = await (await connect({ files: { 'a.py': 'import eventlet\n\nasync def poll():\n    eventlet.sleep(1)\n' } })).ready();
    client.apply((await client.preview({ target: 'asyncio', review: true })).edit ?? {});
    expect(client.text('a.py')).toBe('import asyncio\n\nasync def poll():\n    await asyncio.sleep(1)\n');
  });

  it('are nothing for wishes that make no sense', async () => {
    const client = await (await connect({ files })).ready();
    expect(await client.preview({ rule: 'no-such-rule' })).toEqual({ fixed: 0, left: [] });
    expect(await client.preview({ uri: 'none.py' })).toEqual({ fixed: 0, left: [] });
  });
});

describe('what it takes to commit a fix', () => {
  const files = {
    'lamp/__init__.py': '',
    'lamp/main.py': 'import eventlet\n\neventlet.monkey_patch()\n\nfrom lamp import light\n\n\nif __name__ == "__main__":\n    light.poll()\n',
    'lamp/light.py': 'import eventlet\n\n\ndef poll():\n    eventlet.sleep(1)\n    eventlet.sleep(2)\n    eventlet.spawn(print)\n    with eventlet.Timeout(3):\n        print()\n',
    'lamp/tests/__init__.py': '',
    'lamp/tests/test_light.py': 'import unittest\n',
    'lamp/tests/test_all.py': 'from lamp import main\nfrom lamp.light import poll\n',
    'lamp/tests/test_main.py': 'from lamp import main\n',
  };

  it('is told with the message and the tests that belong to the changed files', async () => {
    const client = await (await connect({ files })).ready();
    const { commit } = await client.preview({ rule: 'sleep', commit: true });
    expect(commit?.tests).toEqual(['file:///w/lamp/tests/test_all.py', 'file:///w/lamp/tests/test_light.py']);
    expect(commit?.review).toBe(0);
    expect(commit?.digests).toEqual([{ uri: 'file:///w/lamp/light.py', digest: createHash('sha1').update(files['lamp/light.py']).digest('hex') }]);
    expect(commit?.message).toBe(`\
Replace eventlet.sleep in lamp/light.py

What changes:
- \`eventlet.sleep\`: use \`time.sleep\` (2 places)

Why it is safe:
- \`time\` is monkey-patched in every process that loads this module
  (lamp/main.py, tests in lamp/tests)`);
  });

  it('names what a person has to look at, and what stays', async () => {
    const client = await (await connect({ files })).ready();
    const { items } = await client.checklist();
    const wanted = items.filter(({ rule }) => rule === 'spawn' || rule === 'timeout').map(({ uri, id }) => ({ uri, id }));
    const { commit, left } = await client.preview({ items: wanted, review: true, commit: true });
    expect(commit?.review).toBe(1);
    expect(commit?.differences.length).toBeGreaterThan(0);
    expect(commit?.message).toMatch(/^Replace eventlet\.spawn in lamp\/light\.py\n\nWhat changes:\n- `eventlet\.spawn`: .*\n[^]*\nTo look at:\n- [^]*\n\nStill open:\n- lamp\/light\.py:8: /);
    expect(commit?.message.split('\n').filter(({ length }) => length > 72)).toEqual([]);
    expect(left).toHaveLength(1);
  });

  it('has one line for an object and what is done with it', async () => {
    const lock = 'import eventlet\nfrom eventlet import semaphore\n\neventlet.monkey_patch()\n\nlock = semaphore.Semaphore()\nlock.acquire()\nlock.release()\n';
    const client = await (await connect({ files: { 'lock.py': lock } })).ready();
    const { commit } = await client.preview({ rule: 'semaphore', review: true, commit: true });
    expect(commit?.message).toMatch(/^Replace eventlet\.Semaphore in lock\.py\n\nWhat changes:\n- `eventlet\.Semaphore`: use `threading\.Semaphore` \(3 places\)\n\n/);
  });

  it('is left out where nobody asked, and where there is nothing to do', async () => {
    const client = await (await connect({ files })).ready();
    expect((await client.preview({ rule: 'sleep' })).commit).toBeUndefined();
    expect((await client.preview({ rule: 'timeout', commit: true })).commit).toBeUndefined();
  });
});
