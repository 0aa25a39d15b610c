import { describe, expect, it } from 'vitest';
import { connect, eventually, modest } from '../kit/client';

const one = 'import eventlet\neventlet.sleep(1)\n';

describe('a server', () => {
  it('says what it can do, and in which units it counts', async () => {
    const client = await connect();
    expect(client.initialized?.capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2 },
      diagnosticProvider: { identifier: 'eventlet', interFileDependencies: true, workspaceDiagnostics: true },
      codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite.eventlet', 'source.fixAll.eventlet'], resolveProvider: true },
      hoverProvider: true,
      workspace: { workspaceFolders: { supported: true } },
    });
    expect(client.initialized?.serverInfo?.name).toBe('eventlet-migration');
  });

  it('claims nothing that the client has no way to use', async () => {
    const client = await connect({ capabilities: modest });
    expect(client.initialized?.capabilities).not.toHaveProperty('diagnosticProvider');
    expect(client.initialized?.capabilities.codeActionProvider).toMatchObject({ resolveProvider: false });
  });

  it('works without any folder', async () => {
    const client = await (await connect({ folders: [] })).ready();
    client.open('a.py', one);
    expect(await client.diagnostics('a.py')).toHaveLength(2);
  });

  it('goes on after a mistake of its own, and logs it', async () => {
    const client = await connect({
      files: { 'a.py': one },
      host: (host) => ({
        ...host,
        text: {
          ...host.text,
          digest(text) {
            if (text.startsWith('[')) throw new Error('a mistake');
            return host.text.digest(text);
          },
        },
      }),
    });
    client.open('a.py');
    expect(await client.diagnostics('a.py')).toEqual([]);
    expect(client.logged.join()).toContain('Error: a mistake');
    expect(await client.hover({ path: 'a.py', range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } } })).toContain('sleep');
  });

  it('answers requests about files that it does not know', async () => {
    const client = await connect();
    const nowhere = { path: 'none.py', range: { start: { line: 7, character: 0 }, end: { line: 7, character: 9 } } };
    expect(await client.diagnostics('none.py')).toEqual([]);
    expect(await client.actions(nowhere)).toEqual([]);
    expect(await client.hover(nowhere)).toBe('');
    expect(await client.resolve({ title: 'somebody else’s', data: { uri: 7 } })).toEqual({ title: 'somebody else’s', data: { uri: 7 } });
  });

  it('stops what nobody waits for any more', async () => {
    const client = await (await connect({ files: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`m${index}.py`, one])) })).ready();
    await expect(client.cancelled()).rejects.toThrow('the request was cancelled');
  });
});

describe('settings', () => {
  it('come with the first message', async () => {
    const client = await connect({ capabilities: modest, settings: { severity: { sleep: 'error', import: 'off' } } });
    client.open('a.py', one);
    await eventually(() => client.published.get('a.py')?.diagnostics).toMatchObject([{ code: 'sleep', severity: 1 }]);
  });

  it('are asked for when they change, without a new look at the files', async () => {
    const client = await (await connect({ files: { 'a.py': one } })).ready();
    await eventually(() => client.registrations.map(({ method }) => method)).toContain('workspace/didChangeConfiguration');
    await eventually(() => client.refreshes).toBe(1);
    client.configure({ severity: { sleep: 'hint' } });
    await eventually(() => client.refreshes).toBe(2);
    expect((await client.diagnostics('a.py')).map(({ severity }) => severity)).toEqual([2, 4]);
    expect(client.logged.filter((line) => line.startsWith('looked at'))).toHaveLength(1);
  });

  it('are taken as they are sent from a client that cannot be asked', async () => {
    const client = await connect({ capabilities: modest });
    client.open('a.py', one);
    client.configure({ severity: { sleep: 'off' } });
    await eventually(() => client.published.get('a.py')?.diagnostics).toMatchObject([{ code: 'import' }]);
  });

  it('stay as they were sent first where the client answers that it knows none', async () => {
    const client = await (await connect({ files: { 'a.py': one }, settings: { severity: { sleep: 'hint' } }, settingsOf: () => null })).ready();
    client.open('a.py');
    expect((await client.diagnostics('a.py')).map(({ severity }) => severity)).toEqual([2, 4]);
    client.configure({ severity: { sleep: 'error' } });
    await eventually(async () => (await client.diagnostics('a.py')).map(({ severity }) => severity)).toEqual([2, 1]);
  });

  it('stay as they were answered last where there is no answer any more', async () => {
    const client = await (await connect({ folders: ['x', 'y'], files: { 'x/a.py': one, 'y/a.py': one }, settingsOf: (folder) => (folder === 'y' ? { severity: { sleep: 'off' } } : null) })).ready();
    client.settingsOf = () => null;
    client.changeFolders(['z'], []);
    await eventually(() => client.logged.filter((line) => line.startsWith('looked at')).length).toBe(2);
    expect(await client.problemCounts()).toEqual({ 'x/a.py': 2, 'y/a.py': 1 });
  });

  it('are asked for in vain of a client that refuses: that is logged once, and the server goes on', async () => {
    const settingsOf = () => {
      throw new Error('no settings here');
    };
    const client = await (await connect({ files: { 'a.py': one }, settings: { severity: { sleep: 'off' } }, settingsOf })).ready();
    expect(await client.left()).toEqual(['a.py: import eventlet']);
    await eventually(() => client.registrations.map(({ method }) => method)).toContain('workspace/didChangeWatchedFiles');
    client.configure({ severity: { import: 'off', sleep: 'off' } });
    await eventually(() => client.left()).toEqual([]);
    expect(client.logged.filter((line) => line.includes('no settings here'))).toHaveLength(1);
  });

  it('that decide what is found lead to a new look', async () => {
    const client = await (await connect({ files: { 'a.py': one } })).ready();
    client.configure({ pythonVersion: '3.12' });
    await eventually(() => client.logged.filter((line) => line.startsWith('looked at')).length).toBe(2);
  });

  it('may be wrong in part', async () => {
    const client = await connect({ settings: { target: 'gevent', exclude: 7, severity: { sleep: 'loud', import: 'hint' } } as object });
    client.open('a.py', one);
    expect((await client.diagnostics('a.py')).map(({ severity }) => severity)).toEqual([4, 2]);
  });

  it('may differ from folder to folder', async () => {
    const client = await connect({ folders: ['x', 'y'], files: { 'x/a.py': one, 'y/a.py': one } });
    client.settingsOf = (folder) => ({ severity: { sleep: folder === 'y' ? 'off' : 'warning' } });
    await client.ready();
    await eventually(() => client.problemCounts()).toEqual({ 'x/a.py': 2, 'y/a.py': 1 });
  });
});
