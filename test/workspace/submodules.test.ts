import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const waiting = 'import eventlet\n\ndef wait():\n    eventlet.sleep(1)\n';
const patched = { 'main.py': 'import eventlet\neventlet.monkey_patch()\nimport app\n' };

/** A file after the safe fixes of its sleep. */
async function fixed(path: string, others: Readonly<Record<string, string>>): Promise<string | undefined> {
  const all = Object.entries({ ...patched, ...others, [path]: waiting }).map(([name, its]) => [`file:///p/${name}`, its] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'] });
  await workspace.scan();
  const changes = await workspace.fix({ rules: ['sleep'], review: false });
  workspace.dispose();
  return changes.find(({ uri }) => uri === `file:///p/${path}`)?.after;
}

it.each([
  ['a module of the package becomes its attribute', 'app/__init__.py', { 'app/time.py': '' }, 'time_module.sleep(1)'],
  ['so does a package in it', 'app/__init__.py', { 'app/time/__init__.py': '' }, 'time_module.sleep(1)'],
  ['a module beside another one does not', 'app/work.py', { 'app/__init__.py': '', 'app/time.py': '' }, ' time.sleep(1)'],
  ['nor does one of another package', 'app/__init__.py', { 'lib/__init__.py': '', 'lib/time.py': '' }, ' time.sleep(1)'],
])('%s', async (_, path, others, expected) => {
  expect(await fixed(path, others)).toContain(expected);
});
