import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const project = ['file:///p/pyproject.toml', '[tool.eventlet-migration]\nhelper-module = "pkg.concurrency"\n'] as const;
const init = ['file:///p/pkg/__init__.py', ''] as const;
const fetching = ['file:///p/pkg/fetch.py', 'import eventlet\n\ndef fetch(load):\n    job = eventlet.spawn(load)\n    return job.wait()\n'] as const;
const pooling = ['file:///p/pkg/pool.py', 'import eventlet\n\ndef load_all(load, keys):\n    pool = eventlet.GreenPool(8)\n    return list(pool.imap(load, keys))\n'] as const;

async function fixed(...files: readonly (readonly [string, string])[]): Promise<ReadonlyMap<string, string>> {
  const workspace = await Workspace.create(memoryHost(new Map(files)), { roots: ['file:///p'] });
  await workspace.scan();
  const changes = await workspace.fix({ review: true });
  workspace.dispose();
  return new Map(changes.map(({ uri, after }) => [uri.replace('file:///p/', ''), after]));
}

it('helper code is written once, with exactly what is used', async () => {
  const files = await fixed(project, init, fetching, pooling);
  expect(files.get('pkg/fetch.py')).toBe('from pkg import concurrency\n\ndef fetch(load):\n    job = concurrency.spawn_future(load)\n    return job.result()\n');
  expect(files.get('pkg/pool.py')).toContain('pool = concurrency.BoundedExecutor(8)\n    return list(pool.map(load, keys))\n');
  expect(files.get('pkg/concurrency.py')?.match(/^(def|class) \w+/gm)).toEqual(['def log_exception', 'def resolve', 'def spawn_future', 'class BoundedExecutor']);
});

it('a module that is there is extended', async () => {
  const files = await fixed(project, init, pooling, ['file:///p/pkg/concurrency.py', 'import logging\n\n\ndef log_exception(future):\n    logging.error(future)\n']);
  expect(files.get('pkg/concurrency.py')).toMatch(/^import collections\nimport concurrent\.futures\nimport logging\nimport threading\n\n\ndef log_exception\(future\):\n {4}logging\.error\(future\)\n\n\nclass BoundedExecutor:/);
});

it('without a module that the user named there is no helper code', async () => {
  const files = await fixed(init, fetching, pooling);
  expect([...files.keys()].sort()).toEqual(['pkg/fetch.py', 'pkg/pool.py']);
  expect([...files.values()].join('')).not.toContain('concurrency');
});
