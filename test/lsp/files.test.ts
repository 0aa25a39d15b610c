import { describe, expect, it } from 'vitest';
import type { Host } from '../../server/src/host';
import { reportRequest, reviewRequest, type ReportParams } from '../../server/src/protocol';
import { connect, eventually, modest } from '../kit/client';

const one = 'import eventlet\n';

describe('files on disk', () => {
  it('are looked at again when they change, appear or go', async () => {
    const client = await (await connect({ files: { 'a.py': one, 'b.py': one } })).ready();
    client.write({ 'a.py': undefined, 'b.py': 'from eventlet import wsgi\n', 'c.py': one });
    await eventually(() => client.left()).toEqual(['b.py: from eventlet import wsgi', 'c.py: import eventlet']);
    expect((await client.checklist()).files.found).toBe(2);
  });

  it('that are renamed take their uses along, with the same identity', async () => {
    const client = await (await connect({ files: { 'a.py': one } })).ready();
    const before = (await client.checklist()).items;
    client.write({ 'a.py': undefined, 'lib/b.py': one });
    await eventually(() => client.left()).toEqual(['lib/b.py: import eventlet']);
    expect((await client.checklist()).items[0]?.id).toBe(before[0]?.id);
  });

  it('go with their folder', async () => {
    const client = await (await connect({ files: { 'lib/a.py': one, 'lib/deep/b.py': one, 'library.py': one } })).ready();
    client.write({ lib: undefined });
    await eventually(() => client.left()).toEqual(['library.py: import eventlet']);
  });

  it('appear with a folder that is renamed in the editor', async () => {
    const client = await (await connect({ files: { 'old/a.py': one } })).ready();
    client.renameFolder('old', 'new');
    await eventually(() => client.left()).toEqual(['new/a.py: import eventlet']);
  });

  it('count less than what is in the editor', async () => {
    const client = await (await connect({ files: { 'a.py': one } })).ready();
    client.open('a.py', 'import eventlet\neventlet.sleep(1)\n');
    client.write({ 'a.py': 'import os\n' });
    await eventually(() => client.checklistChanges).toBeGreaterThan(1);
    expect(await client.left()).toEqual(['a.py: import eventlet', 'a.py: eventlet.sleep(1)']);
    client.close('a.py');
    await eventually(() => client.left()).toEqual([]);
  });

  it('are known to be the same however the client spells them', async () => {
    const client = await (await connect({ files: { 'a%20%2B.py': one } })).ready();
    client.open('a +.py', one);
    expect((await client.checklist()).items).toMatchObject([{ uri: 'file:///w/a +.py' }]);
    expect((await client.pullAll()).items.map(({ uri }) => uri)).toEqual(['file:///w/a +.py']);
  });

  it('that the project ignores are not reported on, open or not', async () => {
    const client = await (await connect({ files: { 'venv/a.py': one, 'b.py': one }, host: ignoring('/venv/') })).ready();
    client.open('venv/a.py');
    client.write({ 'venv/new.py': one });
    await eventually(() => client.diagnostics('venv/a.py')).toEqual([]);
    expect(await client.left()).toEqual(['b.py: import eventlet']);
  });

  it('that are not on disk yet are reported on while they are open', async () => {
    const client = await (await connect({ folders: ['pkg'] })).ready();
    client.open('pkg/new.py', one);
    await eventually(() => client.left()).toEqual(['pkg/new.py: import eventlet']);
    client.close('pkg/new.py');
    await eventually(() => client.left()).toEqual([]);
  });

  it('that cannot be read are named with the reason', async () => {
    const client = await connect({ files: { 'a.py': one, 'b.py': 'import eventlet\0' } });
    await client.ready();
    expect((await client.checklist()).files.skipped).toEqual([{ uri: 'file:///w/b.py', reason: expect.stringContaining('NUL') }]);
  });

  it('that change by the hundred, as when the branch is switched, are found once and read once', async () => {
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`m${index}.py`, one]));
    const work = { finds: 0, reads: 0 };
    const client = await (await connect({ files, host: counting(work) })).ready();
    // What has to be parsed is read once more, and all of these say the same.
    expect(work).toEqual({ finds: 1, reads: 401 });
    const branch = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`n${index}.py`, one]));
    client.write({ ...Object.fromEntries(Object.keys(files).map((path) => [path, undefined])), ...branch });
    await eventually(async () => (await client.checklist()).items[0]?.uri).toBe('file:///w/n0.py');
    expect((await client.checklist()).files.found).toBe(400);
    expect(work).toEqual({ finds: 2, reads: 1201 });
  });

  it('are watched where the client can', async () => {
    const client = await (await connect()).ready();
    await eventually(() => client.registrations.find(({ method }) => method === 'workspace/didChangeWatchedFiles')?.registerOptions).toEqual({
      watchers: expect.arrayContaining([{ globPattern: '**/*.{py,pyw}' }, { globPattern: '**/.{gitignore,ignore}' }, { globPattern: '**/{pyproject.toml,.eventlet-migration.toml}' }, { globPattern: '**', kind: 4 }]),
    });
    const old = await (await connect({ capabilities: modest })).ready();
    expect(old.registrations).toEqual([]);
  });
});

describe('a file that is opened from outside of all folders', () => {
  const patching = 'import eventlet\neventlet.monkey_patch()\n';
  const waiting = 'import eventlet\neventlet.sleep(1)\n#^^^^^^^^^^^^^ here\n';
  const files = { 'pkg/main.py': patching, 'pkg/a.py': one, 'lib/wait.py': waiting.split('\n').slice(0, 2).join('\n'), 'lib/app.py': `${patching}if __name__ == '__main__':\n    eventlet.sleep(1)\n` };

  it('has problems, hovers and quick fixes while it is open', async () => {
    const client = await (await connect({ folders: ['pkg'], files })).ready();
    const sleep = client.open('lib/wait.py', waiting);
    expect(await client.diagnostics('lib/wait.py')).toHaveLength(2);
    expect(Object.keys(await client.problemCounts())).toContain('lib/wait.py');
    expect(await client.hover(sleep)).toContain('✗ not shown: `time` is monkey-patched in every process that loads this file (it lies outside of the workspace, so they are not known)');
    await client.choose(sleep, 'Use `time.sleep`');
    expect(client.text('lib/wait.py')).toContain('time.sleep(1)');
    client.close('lib/wait.py');
    expect(await client.diagnostics('lib/wait.py')).toEqual([]);
  });

  it('tells its problems to a client that does not ask, also later', async () => {
    const client = await (await connect({ folders: ['pkg'], files, capabilities: modest })).ready();
    client.open('lib/wait.py');
    await eventually(() => client.published.get('lib/wait.py')?.diagnostics.length).toBe(2);
    client.configure({ severity: { sleep: 'off' } });
    await eventually(() => client.published.get('lib/wait.py')?.diagnostics.length).toBe(1);
    client.close('lib/wait.py');
    await eventually(() => client.published.get('lib/wait.py')?.diagnostics.length).toBe(0);
  });

  it('is no part of what is said and done about the whole project', async () => {
    const client = await (await connect({ folders: ['pkg'], files })).ready();
    const all = async () => ({ checklist: await client.checklist(), plan: await client.plan(), services: await client.services(), fixes: await client.preview({ review: true, commit: true }), report: await client.connection.sendRequest(reportRequest, { format: 'csv', tool: '' }) });
    const before = await all();
    client.open('lib/wait.py');
    client.open('lib/app.py');
    expect(await client.diagnostics('lib/app.py')).not.toEqual([]);
    expect(await all()).toEqual(before);
  });

  it('is not reviewed, is in no commit message and offers no change of the project', async () => {
    const client = await (await connect({ folders: ['pkg'], files })).ready();
    client.open('lib/wait.py');
    const items = (await (await connect({ folders: ['lib'], files })).ready().then((other) => other.checklist())).items;
    expect(items).not.toEqual([]);
    expect(await client.connection.sendRequest(reviewRequest, { items })).toEqual({ changes: [], texts: [], left: 0 });
    const preview = await client.preview({ uri: 'lib/wait.py', review: true, commit: true });
    expect(preview.edit).toBeDefined();
    expect(preview.commit).toBeUndefined();
    expect(await client.titles({ path: 'lib/wait.py', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }, ['refactor.rewrite.eventlet'])).toEqual([]);
  });

  it('has not to be one that is on disk', async () => {
    const client = await (await connect({ folders: ['pkg'], files })).ready();
    client.open('untitled:Untitled-1', one);
    expect(await client.diagnostics('untitled:Untitled-1')).toHaveLength(1);
    expect(await client.left()).toEqual(['pkg/a.py: import eventlet', 'pkg/main.py: import eventlet', 'pkg/main.py: eventlet.monkey_patch()']);
  });

  it('is counted once where it is a file of the project by another way', async () => {
    const client = await (await connect({ folders: ['pkg'], files: { 'pkg/a.py': one, 'link/a.py': one } })).ready();
    client.open('link/a.py');
    client.open('pkg/a.py');
    expect(await client.diagnostics('link/a.py')).toHaveLength(1);
    expect(await client.left()).toEqual(['pkg/a.py: import eventlet']);
  });

  it('belongs to the project as soon as its folder is opened, and only so long', async () => {
    const client = await (await connect({ folders: ['pkg'], files: { 'lib/a.py': one } })).ready();
    client.open('lib/a.py', `${one}# typed\n`);
    expect(await client.left()).toEqual([]);
    client.changeFolders(['lib'], []);
    await eventually(() => client.left()).toEqual(['lib/a.py: import eventlet']);
    client.changeFolders([], ['lib']);
    await eventually(() => client.left()).toEqual([]);
    expect(await client.diagnostics('lib/a.py')).toHaveLength(1);
  });

  it('is what everything is about where no folder is open', async () => {
    const client = await (await connect({ folders: [] })).ready();
    client.open('a.py', one);
    await eventually(() => client.left()).toEqual(['a.py: import eventlet']);
  });
});

describe('a look at the workspace', () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`m${index}.py`, one]));

  it('shows how far it is, and can be cancelled', async () => {
    const client = await connect({ files, host: slow });
    await eventually(() => client.progress.at(-1)?.kind).toBe('report');
    client.cancelProgress();
    await eventually(async () => (await client.checklist()).state).toBe('stopped');
    await eventually(() => client.progress.at(-1)?.kind).toBe('end');
    expect(client.progress[0]).toMatchObject({ kind: 'begin', title: 'Looking for eventlet', cancellable: true, message: expect.stringMatching(/^\d+ of 40 files$/) });
    expect((await client.checklist()).files.found).toBeLessThan(40);
  });

  it('that was cancelled is not taken for a whole one, until everything is looked at again', async () => {
    const client = await connect({ files: { ...files, '.eventlet-migration.json': '{\n"gone.py f1": {"rule":"sleep","api":"eventlet.sleep"},\n\n"version": 1\n}\n' }, host: slow });
    expect((await client.checklist()).state).toBe('scanning');
    await eventually(() => client.progress.at(-1)?.kind).toBe('report');
    client.cancelProgress();
    await eventually(() => client.checklistChanges).toBeGreaterThan(0);
    expect(await client.checklist()).toMatchObject({ state: 'stopped', done: [] });
    expect(await client.checklist()).not.toHaveProperty('progress');
    expect((await client.plan()).state).toBe('stopped');

    // An open file is looked at as always.
    client.open('a.py', one);
    await eventually(() => client.left()).toContain('a.py: import eventlet');
    const params: ReportParams = { format: 'csv', tool: '1.2.3' };
    expect(await client.connection.sendRequest(reportRequest, params)).toEqual({});
    const uses = (await client.checklist()).items;
    expect(await client.decide(uses, { kind: 'keep', reason: 'a demo' })).toEqual({ files: [], inventory: 0, problem: expect.stringContaining('not all files') });
    expect((await client.checklist()).state).toBe('stopped');

    const { checklistChanges } = client;
    client.write({ '.gitignore': '' });
    await eventually(async () => (await client.checklist()).state).not.toBe('stopped');
    await client.ready();
    await eventually(() => client.checklistChanges).toBeGreaterThan(checklistChanges);
    const { state, files: { found }, done } = await client.checklist();
    expect({ state, found, done: done.length }).toEqual({ state: 'ready', found: 40, done: 1 });
  });

  it('shows nothing where it is short, or the client shows nothing', async () => {
    const short = await (await connect({ files })).ready();
    const old = await (await connect({ files, host: slow, capabilities: modest })).ready();
    expect([...short.progress, ...old.progress]).toEqual([]);
  });

  it('does not keep open files waiting', async () => {
    const client = await connect({ files, host: slow });
    client.open('a.py', one);
    expect(await client.diagnostics('a.py')).toHaveLength(1);
    expect((await client.checklist()).state).toBe('scanning');
  });

  it('starts anew when folders come and go', async () => {
    const client = await (await connect({ folders: ['x'], files: { 'x/a.py': one, 'y/b.py': one } })).ready();
    expect(await client.left()).toEqual(['x/a.py: import eventlet']);
    client.changeFolders(['y'], ['x']);
    await eventually(() => client.left()).toEqual(['y/b.py: import eventlet']);
    client.changeFolders(['x'], []);
    await eventually(() => client.left()).toEqual(['x/a.py: import eventlet', 'y/b.py: import eventlet']);
  });
});

function ignoring(part: string): (host: Host) => Host {
  return (host) => ({
    ...host,
    files: {
      ...host.files,
      async *find(folder, options) {
        for await (const file of host.files.find(folder, options)) if (!file.uri.includes(part)) yield file;
      },
    },
  });
}

function counting(work: { finds: number; reads: number }): (host: Host) => Host {
  return (host) => ({
    ...host,
    files: {
      find(folder, options) {
        work.finds++;
        return host.files.find(folder, options);
      },
      read(uri) {
        if (uri.endsWith('.py')) work.reads++;
        return host.files.read(uri);
      },
    },
  });
}

/** A world in which every look at the clock finds it a good deal later. */
function slow(host: Host): Host {
  let now = 0;
  return { ...host, now: () => (now += 100) };
}
