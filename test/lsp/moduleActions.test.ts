import { describe, expect, it } from 'vitest';
import { connect } from '../kit/client';

const rewrite = ['refactor.rewrite.eventlet'];

describe('code actions about one concurrency module', () => {
  it('route eventlet through the module that is there, or through one in the package, by an edit that is computed when it is chosen', async () => {
    const client = await (await connect({ files: { 'pkg/__init__.py': '', 'pkg/sub/__init__.py': '', 'b.py': 'from eventlet import spawn\nspawn(print)\n' } })).ready();
    const place = client.open('pkg/sub/a.py', `
from eventlet import sleep
                     #^^^^ here

sleep(1)
`);
    const [action] = (await client.actions(place, rewrite)).filter(({ title }) => title.startsWith('Route'));
    expect(action).toMatchObject({ title: 'Route eventlet through `pkg.concurrency`', kind: 'refactor.rewrite.eventlet' });
    expect(action).not.toHaveProperty('edit');
    await client.choose(place, 'Route eventlet', rewrite);
    expect(client.text('pkg/sub/a.py')).toContain('from pkg.concurrency import sleep\n');
    expect(client.text('b.py')).toBe('from pkg.concurrency import spawn\nspawn(print)\n');
    expect(client.text('pkg/concurrency.py')).toContain('from eventlet import sleep\n');
  });

  it('make the module optional, and take that down again', async () => {
    const client = await (await connect({ files: { 'a.py': 'from concurrency import sleep\n\nsleep(1)\n' } })).ready();
    await client.choose(client.open('concurrency.py', `
from eventlet import sleep
                     #^^^^ here
`), 'Make this module optional', rewrite);
    expect(client.text('concurrency.py')).toContain('if uses_eventlet():\n');
    const decided = client.open('other/concurrency.py', `
import os

if os.environ.get('EVENTLET'):
    from eventlet import sleep
                         #^^^^ here
else:
    from time import sleep
`);
    expect(await client.titles(decided, rewrite)).toEqual(['Remove the dual mode']);
    await client.choose(decided, 'Remove the dual mode', rewrite);
    expect(client.text('other/concurrency.py')).toBe('import os\n\nfrom time import sleep\n');
  });

  it('are not offered to those who cannot make and remove files, and not at other names', async () => {
    const client = await (await connect({ files: {}, capabilities: { textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, dataSupport: true, resolveSupport: { properties: ['edit'] } } }, workspace: { workspaceEdit: { documentChanges: true } } } })).ready();
    const place = client.open('a.py', `
import eventlet
      #^^^^^^^^ here
`);
    expect(await client.titles(place, rewrite)).toEqual([]);
    const able = await (await connect({ files: {} })).ready();
    expect(await able.titles(able.open('a.py', `
import eventlet

eventlet.sleep(1)
#^^^^^^^^^^^^^^ here
`), rewrite)).toEqual([]);
  });
});
