import { describe, expect, it } from 'vitest';
import { connect } from '../kit/client';

const main = 'import eventlet\neventlet.monkey_patch()\n';
const poll = 'import eventlet\n\n\ndef poll():\n    eventlet.sleep(1)\n    eventlet.sleep(2)\n';

describe('a review', () => {
  it('lists what can be changed, each with its trust, and no import whose uses are listed', async () => {
    const client = await (await connect({ files: { 'main.py': main, 'a.py': poll, 'b.py': 'from eventlet import sleep\n\npause = sleep\nsleep(3)\n' } })).ready();
    const { changes, left } = await client.review('a.py', 'b.py');
    expect(changes.map(({ title, trust, items: [first], files }) => [files.map((uri) => uri.slice(-4)).join(), first.line, title, trust])).toEqual([
      ['a.py', 'eventlet.sleep(1)', 'Use `time.sleep`', 'safe'],
      ['a.py', 'eventlet.sleep(2)', 'Use `time.sleep`', 'safe'],
      ['b.py', 'pause = sleep', expect.any(String), 'review'],
      ['b.py', 'sleep(3)', 'Use `time.sleep`', 'safe'],
    ]);
    expect(changes.find(({ trust }) => trust === 'review')?.why).toContain('must call it with');
    expect(left).toBe(0);
  });

  it('has one change for what moves together', async () => {
    const pool = 'import eventlet\n\n\ndef run(jobs):\n    pool = eventlet.GreenPool(4)\n    for job in jobs:\n        pool.spawn_n(job)\n    pool.waitall()\n';
    const client = await (await connect({ files: { 'main.py': main, 'a.py': pool } })).ready();
    const { changes } = await client.review('a.py');
    expect(changes.map(({ items }) => items.map(({ line }) => line))).toEqual([['pool = eventlet.GreenPool(4)', 'pool.spawn_n(job)', 'pool.waitall()']]);
  });

  it('has one change for code and the test doubles that follow it, listed where the code is', async () => {
    const double = "from unittest import mock\n\nfrom pkg import mod\n\n\n@mock.patch('pkg.mod.eventlet.sleep')\ndef test_rest(sleep):\n    mod.rest()\n";
    const client = await (await connect({ files: { 'main.py': main, 'pkg/__init__.py': '', 'pkg/mod.py': 'import eventlet\n\n\ndef rest():\n    eventlet.sleep(1)\n', 'atests/test_mod.py': double } })).ready();
    const { changes, texts } = await client.review('pkg/mod.py', 'atests/test_mod.py');
    expect(changes.map(({ items: [first], files }) => [first.line, ...files])).toEqual([['eventlet.sleep(1)', 'file:///w/pkg/mod.py', 'file:///w/atests/test_mod.py']]);
    const { edit } = await client.reviewEdit({ items: changes[0]?.items ?? [], texts });
    client.apply(edit ?? {});
    expect(client.text('pkg/mod.py')).toBe('import time\n\n\ndef rest():\n    time.sleep(1)\n');
    expect(client.text('atests/test_mod.py')).toContain("@mock.patch('pkg.mod.time.sleep')");
  });

  it('counts the uses that have no fix', async () => {
    const client = await (await connect({ files: { 'a.py': 'import eventlet\nfrom eventlet import backdoor\n\neventlet.spawn(backdoor.backdoor_server, sock)\n' } })).ready();
    const { items } = await client.checklist();
    const { changes, left } = await client.review('a.py');
    expect(left).toBe(items.filter(({ trust }) => trust === 'guidance').length);
    expect(left).toBeGreaterThan(0);
    expect(changes.flatMap((change) => change.items).some(({ trust }) => trust === 'guidance')).toBe(false);
  });
});

describe('the edit of a review', () => {
  it('makes what was ticked and nothing else, though two uses look the same', async () => {
    const client = await (await connect({ files: { 'main.py': main, 'a.py': poll } })).ready();
    const { changes, texts } = await client.review('a.py');
    const { edit, fixed, left, changed } = await client.reviewEdit({ items: changes[0]?.items ?? [], texts });
    expect({ fixed, left, changed }).toEqual({ fixed: 1, left: [], changed: [] });
    client.apply(edit ?? {});
    expect(client.text('a.py')).toBe('import time\n\nimport eventlet\n\n\ndef poll():\n    time.sleep(1)\n    eventlet.sleep(2)\n');
  });

  it('settles the imports once for all that was ticked', async () => {
    const client = await (await connect({ files: { 'main.py': main, 'a.py': poll } })).ready();
    const { changes, texts } = await client.review('a.py');
    const { edit } = await client.reviewEdit({ items: changes.flatMap(({ items }) => items), texts });
    client.apply(edit ?? {});
    expect(client.text('a.py')).toBe('import time\n\n\ndef poll():\n    time.sleep(1)\n    time.sleep(2)\n');
  });

  it('makes one use inside of another, and both', async () => {
    const nested = 'import eventlet\n\n\ndef run(job):\n    eventlet.spawn_n(job, eventlet.sleep(0))\n';
    const client = await (await connect({ files: { 'main.py': main, 'a.py': nested } })).ready();
    const { changes, texts } = await client.review('a.py');
    expect(changes.map(({ items: [{ api }] }) => api)).toEqual(['eventlet.spawn_n', 'eventlet.sleep']);
    const { edit, fixed } = await client.reviewEdit({ items: changes.flatMap(({ items }) => items), texts });
    expect(fixed).toBe(2);
    client.apply(edit ?? {});
    expect(client.text('a.py')).not.toContain('eventlet');
  });

  it('asks nobody again about what was looked at', async () => {
    const client = await (await connect({ files: { 'main.py': main, 'a.py': 'from eventlet import sleep\n\npause = sleep\n' } })).ready();
    const { changes, texts } = await client.review('a.py');
    const { edit } = await client.reviewEdit({ items: changes.flatMap(({ items }) => items), texts });
    expect(edit?.changeAnnotations).toBeUndefined();
    client.apply(edit ?? {});
    expect(client.text('a.py')).toContain('pause = time.sleep');
  });

  it('is refused where a text is another one by now: in a buffer, on disk, or gone', async () => {
    const client = await (await connect({ files: { 'main.py': main, 'a.py': poll, 'b.py': poll, 'c.py': poll, 'd.py': poll } })).ready();
    const { changes, texts } = await client.review('a.py', 'b.py', 'c.py', 'd.py');
    const ask = () => client.reviewEdit({ items: changes.flatMap(({ items }) => items), texts });
    client.open('a.py');
    client.type('a.py', 'sleep(1)', 'sleep(3)');
    client.write({ 'b.py': `${poll}# more\n`, 'c.py': undefined });
    expect(await ask()).toEqual({ fixed: 0, left: [], changed: ['file:///w/a.py', 'file:///w/b.py', 'file:///w/c.py'] });
    client.type('a.py', 'sleep(3)', 'sleep(1)');
    client.write({ 'b.py': poll, 'c.py': poll });
    expect(await ask()).toMatchObject({ changed: [], edit: { documentChanges: { length: 4 } } });
  });

  it('is for the versions of open documents', async () => {
    const client = await (await connect({ files: { 'main.py': main, 'a.py': poll } })).ready();
    client.open('a.py');
    client.type('a.py', 'sleep(1)', 'sleep(3)');
    const { changes, texts } = await client.review('a.py');
    const { edit } = await client.reviewEdit({ items: changes.flatMap(({ items }) => items), texts });
    expect(edit?.documentChanges).toMatchObject([{ textDocument: { version: 2 } }]);
  });
});
