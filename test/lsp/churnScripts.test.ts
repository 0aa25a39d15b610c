import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../edits/random';
import { connect, eventually, uriOf, type Client } from '../kit/client';

/** What each file may hold; what is found in one of them follows from the others. */
const texts: Readonly<Record<string, readonly string[]>> = {
  'app/__init__.py': ['', 'from app.hub import sleep\n'],
  'app/deep.py': ['from eventlet import sleep\n', 'import eventlet\n\nsleep = eventlet.spawn\n', 'sleep = None\n'],
  'app/hub.py': ['import eventlet\n\nsleep = eventlet.sleep\n', 'from app.deep import sleep\n', 'from app.deep import *\n', 'import time\n\nsleep = time.sleep\n', 'from app.worker import sleep\n'],
  'app/worker.py': ['from app.hub import sleep\n\nsleep(1)\n', 'from app import hub\n\nhub.sleep(1)\n', 'from .hub import *\n\nsleep(2)\n', 'from app import sleep\n\nsleep(3)\n', 'import eventlet\n\npool = eventlet.GreenPool()\npool.spawn(print)\n'],
  'app/sub/other.py': ['from app.worker import pool\n\npool.waitall()\n', 'from app.hub import sleep as nap\n\nnap(1)\n', 'import eventlet  # eventlet: keep[import] for now\n'],
  'app/main.py': ['import eventlet\n\neventlet.monkey_patch()\n', 'import eventlet\n\neventlet.monkey_patch(thread=True)\n', 'import app.worker\n', 'import eventlet\n\ndef broken(:\n'],
  'tests/test_worker.py': ["from unittest import mock\n\n\n@mock.patch('app.hub.sleep')\ndef test(sleep):\n    pass\n", "from unittest import mock\n\nmock.patch('eventlet.sleep')\n", 'import app.main\n'],
  'requirements.txt': ['eventlet\n', 'requests\n'],
};

describe('whatever happens to the files', () => {
  it.each([3, 12, 20])('leads to what a fresh look finds (script %i)', async (seed) => {
    const random = randomNumbers(seed);
    const client = await (await connect({ files: drawn(random) })).ready();
    const done: string[] = [];
    for (let step = 0; step < 30; step++) {
      done.push(act(client, random));
      const fresh = await fresher(client);
      const expected = await everything(fresh);
      await eventually(() => everything(client), `after: ${done.slice(-4).join('; ')}`).toEqual(expected);
    }
    expect(new Set(done.map((what) => what.split(' ')[0])).size).toBeGreaterThan(5);
  }, 120_000);
});

function drawn(random: (below: number) => number): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([path, all]) => [path, all[random(all.length)] ?? '']));
}

/** Does one thing, and says what. */
function act(client: Client, random: (below: number) => number): string {
  const paths = Object.keys(texts);
  const path = paths[random(paths.length)] ?? '';
  const text = texts[path]?.[random(texts[path]?.length ?? 1)] ?? '';
  const isOpen = client.documents.has(path);
  switch (random(8)) {
    case 0:
      client.write({ [path]: undefined });
      return `delete ${path}`;
    case 1:
      for (const [old, now] of random(2) === 0 ? [['app/sub', 'app/moved']] : [['app/moved', 'app/sub']]) client.renameFolder(old ?? '', now ?? '');
      return 'rename app/sub';
    case 2:
      client.write(drawn(random));
      return 'switch branches';
    case 3:
    case 4:
      if (isOpen) client.close(path);
      else client.open(path, `\n${text}`);
      return `${isOpen ? 'close' : 'open'} ${path}`;
    case 5:
      if (!isOpen) client.open(path);
      if (random(2) === 0) client.replace(path, text);
      else client.edit(path, [{ start: 0, end: 0, newText: 'import eventlet\n' }]);
      return `edit ${path}`;
    default:
      client.write({ [path]: text });
      return `write ${path}`;
  }
}

/** Another client, on whose disk everything is as this one sees it: nothing is open there, so that nothing is still to come once it is ready. */
async function fresher(client: Client): Promise<Client> {
  const files = [...client.disk].map(([uri, text]): [string, string] => [uri.slice(uriOf('').length), text]);
  const open = [...client.documents].map(([path, { text }]): [string, string] => [path, text]);
  return (await connect({ files: Object.fromEntries([...files, ...open]) })).ready();
}

/** All problems of all files, with their fixes’ words. */
async function everything(client: Client): Promise<unknown> {
  const { items } = await client.pullAll();
  const found = items.flatMap((item) => (item.kind === 'full' && item.items.length > 0 ? [{ uri: item.uri, items: item.items }] : []));
  return { found: found.sort((a, b) => (a.uri < b.uri ? -1 : 1)), left: (await client.checklist()).items };
}
