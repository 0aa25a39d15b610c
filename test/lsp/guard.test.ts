import { describe, expect, it } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { guardRequest, type GuardParams, type GuardResult } from '../../server/src/protocol';
import { connect, uriOf, type Client } from '../kit/client';

const tox = '[flake8]\nenable-extensions = H106\n';

describe('eventlet/guard', () => {
  it('gives the settings of the linters as an edit that is shown first, for what the editor shows', async () => {
    const client = await connect({ files: { 'tox.ini': '[flake8]\n', 'test-requirements.txt': 'hacking>=6.1.0\n' } });
    client.open('tox.ini', tox);
    const { edit, notes } = await guard(client);
    // By its contract.
    const { documentChanges = [], changeAnnotations = {} } = edit as WorkspaceEdit;
    expect(documentChanges).toEqual([{ textDocument: { uri: uriOf('tox.ini'), version: 1 }, edits: [expect.objectContaining({ newText: ',H905', range: { start: { line: 1, character: 24 }, end: { line: 1, character: 24 } } })] }]);
    expect(Object.values(changeAnnotations)).toEqual([expect.objectContaining({ label: 'Keep eventlet out', needsConfirmation: true })]);
    expect(notes).toEqual(['`H905` came with hacking 8.0.0, and test-requirements.txt asks for `hacking>=6.1.0`.']);
  });

  it('is for the text that it was made of, where somebody types meanwhile', async () => {
    let typing = async (): Promise<void> => undefined;
    const client = await connect({
      files: { 'test-requirements.txt': 'hacking>=8\n' },
      host: (host) => ({
        ...host,
        files: {
          ...host.files,
          async read(uri) {
            if (uri.endsWith('/requirements.txt')) await typing();
            return host.files.read(uri);
          },
        },
      }),
    });
    await client.ready();
    client.open('tox.ini', tox);
    typing = async () => {
      client.type('tox.ini', '[flake8]', '# mine\n[flake8]');
      // What is asked after it is answered after it.
      await client.checklist();
    };
    const { edit } = await guard(client);
    expect(() => client.apply(edit as WorkspaceEdit)).toThrow('an edit for version 1, but file:///w/tox.ini has 2');
  });

  it('says so where nothing is to be written', async () => {
    expect(await guard(await connect({ files: { 'tox.ini': '[flake8]\nenable-extensions = H905\n', 'test-requirements.txt': 'hacking>=8\n' } }))).toEqual({ notes: ['flake8 with OpenStack’s hacking keeps eventlet out already, by tox.ini.'] });
    expect((await guard(await connect())).notes[0]).toContain('No linter was found here');
  });
});

function guard({ connection }: Client): Promise<GuardResult> {
  const params: GuardParams = { folder: uriOf('.') };
  return connection.sendRequest(guardRequest, params);
}
