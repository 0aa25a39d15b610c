import { describe, expect, it } from 'vitest';
import type { Host } from '../../server/src/host';
import { connect, eventually } from '../kit/client';

const circle = {
  'app/__init__.py': '',
  'app/hub.py': 'import eventlet\n\nsleep = eventlet.sleep\n',
  'app/worker.py': 'from app.hub import sleep\n\nsleep(1)\n',
};

describe('files that follow from others', () => {
  it('lose a name together that they import from each other in a circle', async () => {
    const client = await (await connect({ files: circle })).ready();
    expect(await client.left()).toContain('app/worker.py: sleep(1)');
    client.write({ 'app/hub.py': 'from app.worker import sleep\n' });
    await eventually(() => client.left()).toEqual([]);
    client.write({ 'app/hub.py': circle['app/hub.py'] });
    await eventually(() => client.left()).toContain('app/worker.py: sleep(1)');
  });

  it('lose it in open files, too, and where a star hands it on', async () => {
    const client = await (await connect({ files: { ...circle, 'app/deep.py': circle['app/hub.py'], 'app/hub.py': 'from app.deep import sleep\n', 'app/worker.py': '' } })).ready();
    client.open('app/worker.py', '\nfrom .hub import *\n\nsleep(2)\n');
    await eventually(() => client.left()).toContain('app/worker.py: sleep(2)');
    client.open('app/hub.py', '\nfrom app.worker import sleep\n');
    await eventually(() => client.left()).toEqual(['app/deep.py: import eventlet', 'app/deep.py: sleep = eventlet.sleep']);
  });

  it('keep their findings when everything is looked at again and nothing has changed', async () => {
    const client = await (await connect({ files: circle })).ready();
    const before = await client.left();
    client.write({ '.gitignore': '*.log\n' });
    await eventually(() => client.logged.filter((line) => line.startsWith('looked at')).length).toBe(2);
    expect(await client.left()).toEqual(before);
  });

  it('find what an open file holds, as it is in the buffer', async () => {
    const client = await (await connect({ files: { ...circle, 'app/hub.py': 'sleep = None\n' } })).ready();
    expect(await client.left()).toEqual([]);
    client.open('app/hub.py', `\n${circle['app/hub.py']}`);
    await eventually(() => client.left()).toContain('app/worker.py: sleep(1)');
    client.close('app/hub.py');
    await eventually(() => client.left()).toEqual([]);
  });

  it('follow from no file that went while it was open and is closed now', async () => {
    const client = await (await connect({ files: { ...circle, 'app/deep.py': circle['app/hub.py'], 'app/hub.py': 'from app.deep import sleep\n' } })).ready();
    client.open('app/hub.py');
    client.write({ 'app/hub.py': undefined, 'app/heard.py': 'import eventlet\n' });
    await eventually(() => client.left()).toContain('app/heard.py: import eventlet');
    expect(await client.left()).toContain('app/worker.py: sleep(1)');
    client.close('app/hub.py');
    await eventually(() => client.left()).not.toContain('app/worker.py: sleep(1)');
  });

  it('are found in a file that changed on disk while it was open and is closed now', async () => {
    const worker = 'from app import hub\n\nhub.sleep(1)\n';
    const client = await (await connect({ files: { ...circle, 'app/worker.py': '' } })).ready();
    client.open('app/worker.py', `\n${worker}# more\n`);
    client.write({ 'app/worker.py': worker, 'app/heard.py': 'import eventlet\n' });
    await eventually(() => client.left()).toContain('app/heard.py: import eventlet');
    client.close('app/worker.py');
    await eventually(() => client.left()).toContain('app/worker.py: hub.sleep(1)');
  });
});

it('thousands of files that change at once cost one look', async () => {
  let finds = 0;
  const counting = (host: Host): Host => ({
    ...host,
    files: {
      ...host.files,
      find: (folder, options) => {
        finds++;
        return host.files.find(folder, options);
      },
    },
  });
  const client = await (await connect({ files: circle, host: counting })).ready();
  expect(finds).toBe(1);
  const before = await client.left();
  client.write(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`more/m${index}.py`, index % 100 === 0 ? 'from app.hub import sleep\n\nsleep(1)\n' : 'import os\n'])));
  await eventually(async () => Object.keys(await client.problemCounts()).filter((path) => path.startsWith('more/')).length).toBe(50);
  expect(finds).toBe(2);
  client.write({ more: undefined });
  await eventually(() => client.left()).toEqual(before);
  expect(finds).toBe(2);
}, 60_000);
