import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

/** How many findings a rule has in one file of a project. */
async function found(rule: string, path: string, files: Readonly<Record<string, string>>): Promise<number> {
  const all = Object.entries(files).map(([name, text]) => [`file:///p/${name}`, text] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'] });
  await workspace.scan();
  const count = workspace.findings(`file:///p/${path}`).filter((finding) => finding.rule === rule).length;
  workspace.dispose();
  return count;
}

const service = 'from nameko.rpc import rpc\nimport eventlet\n\neventlet.sleep(1)\n';
const library = { 'nameko/__init__.py': '', 'nameko/rpc.py': 'def rpc():\n    pass\n' };
const inFolder = (folder: string): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(library).map(([path, text]) => [`${folder}/${path}`, text]));

it.each([
  ['in the package itself', 'nameko/service.py', library],
  ['in its tests and examples', 'docs/examples/service.py', library],
  ['where the package is in `src`', 'test/test_rpc.py', inFolder('src')],
  ['where the project is a folder of another', 'parts/nameko/test/test_rpc.py', inFolder('parts/nameko')],
])('a project that makes a package is not told to leave it: %s', async (_, path, files) => {
  expect(await found('nameko', path, { ...files, [path]: service })).toBe(0);
  // What it has of eventlet is its own.
  expect(await found('sleep', path, { ...files, [path]: service })).toBe(1);
});

it.each([
  ['of another project', 'service.py', {}],
  ['beside a package that has a part of that name', 'shop/service.py', { 'shop/__init__.py': '', ...inFolder('shop') }],
  ['of another part of the folder', 'parts/shop/service.py', inFolder('parts/nameko')],
])('a service %s is', async (_, path, files) => {
  expect(await found('nameko', path, { ...files, [path]: service })).toBe(1);
});

it('what such a project hands on of eventlet is followed', async () => {
  const files = { ...library, 'nameko/concurrency.py': 'from eventlet import sleep\n', 'nameko/timer.py': 'from nameko.concurrency import sleep\n\nsleep(1)\n' };
  expect(await found('sleep', 'nameko/timer.py', files)).toBe(1);
});
