import { describe, expect, it } from 'vitest';
import { connect, eventually, modern } from '../kit/client';

const path = '.eventlet-migration.toml';

describe('a project file in the editor', () => {
  it('is completed', async () => {
    const client = await connect();
    const place = client.open(path, 'target = ""\n          #| here\n');
    expect(await client.completions(place)).toEqual([
      { label: 'threading', newText: 'threading' },
      { label: 'asyncio', newText: 'asyncio' },
    ]);
  });

  it('is explained', async () => {
    const client = await connect();
    expect(await client.hover(client.open(path, 'forbid = ["asyncio"]\n#^^^^^ here\n'))).toContain('**forbid**');
  });

  it('is completed without asking in other files, where the client can be told so', async () => {
    const client = await (await connect({ capabilities: { ...modern, textDocument: { ...modern.textDocument, completion: { dynamicRegistration: true } } } })).ready();
    const registered = client.registrations.find(({ method }) => method === 'textDocument/completion');
    expect(registered?.registerOptions).toMatchObject({ documentSelector: [{ pattern: '**/{pyproject.toml,.eventlet-migration.toml}' }] });
  });

  it('and others beside Python have their findings and fixes when they are open', async () => {
    const client = await connect();
    const place = client.open('requirements.txt', 'eventlet>=0.33\n#^^^^^^^ here\nrequests\n');
    expect(await client.titles(place)).toContain('Remove the requirement of `eventlet` (review)');
  });

  it('leave a text alone that is none of them', async () => {
    const client = await connect();
    client.open('notes.txt', 'import eventlet\neventlet.sleep(1)\n');
    expect(await client.diagnostics('notes.txt')).toEqual([]);
  });
});

describe('a project file that changes', () => {
  it('changes what is offered in files that are open', async () => {
    const client = await (await connect({ files: { 'a.py': 'import eventlet\neventlet.spawn(print)\n' } })).ready();
    const place = client.open('a.py', 'import eventlet\neventlet.spawn(print)\n#^^^^^^^^^^^^^ here\n');
    expect(await client.titles(place)).not.toContain('Use `own.threads.spawn` (review)');
    client.write({ '.eventlet-migration.toml': 'helpers = { spawn = "own.threads.spawn" }\n' });
    await eventually(() => client.titles(place)).toContain('Use `own.threads.spawn` (review)');
  });
});
