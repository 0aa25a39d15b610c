import { describe, expect, it } from 'vitest';
import { clientFiles } from '../../server/src/doors/workerHost';
import type { Files } from '../../server/src/host';
import { findFilesRequest, readFileRequest } from '../../server/src/protocol';

/** Files of a client that answers every request in the same way. */
function filesOf(answers: Readonly<Record<string, unknown>>, asked: unknown[] = []): Files {
  const sendRequest = (method: string, params: unknown): Promise<unknown> => {
    asked.push(params);
    return Promise.resolve(answers[method]);
  };
  // The overloads of a connection's method cannot be written down in one function.
  return clientFiles({ sendRequest } as Parameters<typeof clientFiles>[0]);
}

describe('files that the client lends', () => {
  it('are found by a request', async () => {
    const asked: unknown[] = [];
    const files = [{ uri: 'vscode-vfs://github/a.py', size: 3 }, { uri: 'vscode-vfs://github/b.py', size: 0, unreadable: 'offline' }];
    const found = [];
    for await (const file of filesOf({ [findFilesRequest]: { files } }, asked).find('vscode-vfs://github', { exclude: ['x/'] })) found.push(file);
    expect(found).toEqual(files);
    expect(asked).toEqual([{ folder: 'vscode-vfs://github', exclude: ['x/'] }]);
  });

  it('are no longer handed out when nobody wants them', async () => {
    const files = [{ uri: 'a:1', size: 0 }, { uri: 'a:2', size: 0 }];
    const found = [];
    for await (const file of filesOf({ [findFilesRequest]: { files } }).find('a:', { exclude: [], isCancelled: () => found.length > 0 })) found.push(file);
    expect(found).toHaveLength(1);
  });

  it('come as bytes, whatever is in them', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const base64 = Buffer.from(bytes).toString('base64');
    expect(await filesOf({ [readFileRequest]: { base64 } }).read('a:1')).toEqual({ bytes });
    expect(await filesOf({ [readFileRequest]: { base64: '' } }).read('a:1')).toEqual({ bytes: new Uint8Array() });
  });

  it('may be missing or unreadable', async () => {
    expect(await filesOf({ [readFileRequest]: { missing: true } }).read('a:1')).toEqual({ missing: true });
    expect(await filesOf({ [readFileRequest]: { unreadable: 'offline' } }).read('a:1')).toEqual({ unreadable: 'offline' });
  });
});
