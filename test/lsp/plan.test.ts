import { describe, expect, it } from 'vitest';
import { connect, eventually } from '../kit/client';

const setup = '[entry_points]\nconsole_scripts =\n    lamp = pkg.main:run\n';
const main = 'import eventlet\neventlet.monkey_patch()\n\nfrom pkg import a\n\n\ndef run():\n    a.rest()\n';
const rest = 'import eventlet\n\n\ndef rest():\n    eventlet.sleep(1)\n    eventlet.sleep(2)\n';
const files = { 'setup.cfg': setup, 'pkg/__init__.py': '', 'pkg/main.py': main, 'pkg/a.py': rest, 'pkg/b.py': 'import eventlet\n\n\ndef start(job):\n    eventlet.spawn(job)\n' };

describe('the plan', () => {
  it('has the steps in their order, each with its places', async () => {
    const client = await (await connect({ files })).ready();
    const { steps, state } = await client.plan();
    expect(state).toBe('ready');
    expect(steps.map(({ stage, where, items }) => [stage.id, where, ...items.map(({ line }) => line)])).toEqual([
      ['safe', 'pkg/a.py', 'eventlet.sleep(1)', 'eventlet.sleep(2)', 'import eventlet'],
      ['spawn', 'pkg/b.py', 'eventlet.spawn(job)', 'import eventlet'],
      ['patching', 'pkg/main.py', 'eventlet.monkey_patch()', 'import eventlet'],
      ['guard', ''],
    ]);
  });

  it('follows what is typed, before it is saved', async () => {
    const client = await (await connect({ files })).ready();
    await client.plan();
    client.open('pkg/b.py');
    const before = client.checklistChanges;
    client.type('pkg/b.py', 'eventlet.spawn(job)', 'job()');
    await eventually(() => client.checklistChanges).toBeGreaterThan(before);
    await eventually(async () => (await client.plan()).steps.map(({ stage }) => stage.id)).not.toContain('spawn');
  });

  it('leaves out what somebody decided to leave, as long as that holds', async () => {
    const client = await (await connect({ files })).ready();
    const spawns = (await client.checklist()).items.filter(({ uri }) => uri.endsWith('/b.py'));
    const stages = async () => (await client.plan()).steps.map(({ stage }) => stage.id);
    client.apply((await client.decide(spawns, { kind: 'later', reason: 'with the pools' })).edit ?? {});
    await eventually(stages).toEqual(['safe', 'patching', 'guard']);
    client.apply((await client.decide(spawns, { kind: 'later', reason: 'with the pools', until: '2026-11-21' })).edit ?? {});
    await eventually(stages).toEqual(['safe', 'spawn', 'patching', 'guard']);
  });

  it('knows which process may drop monkey patching, and what is in its way', async () => {
    const client = await (await connect({ files: { ...files, 'pkg/b.py': '' } })).ready();
    const lamp = async () => (await client.plan()).services.services.map(({ name, mayDrop, blockers }) => [name, mayDrop, ...blockers.map(({ rule, count }) => `${rule} ${count}`)]);
    expect(await lamp()).toEqual([['lamp', 'no', 'sleep 2']]);
    client.write({ 'pkg/a.py': 'import time\n\n\ndef rest():\n    time.sleep(1)\n' });
    await eventually(lamp).toEqual([['lamp', 'yes']]);
  });

  it('is carried out step by step, and a step leaves the others alone', async () => {
    const client = await (await connect({ files })).ready();
    const { steps } = await client.plan();
    const { edit, fixed } = await client.preview({ items: steps[0]?.items ?? [], review: true });
    expect(fixed).toBe(3);
    client.apply(edit ?? {});
    expect(client.text('pkg/a.py')).toBe('import time\n\n\ndef rest():\n    time.sleep(1)\n    time.sleep(2)\n');
    expect(client.text('pkg/b.py')).toContain('eventlet.spawn(job)');
  });
});
