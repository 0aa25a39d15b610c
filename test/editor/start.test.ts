import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
  await build({ entryPoints: ['server/src/dev/start.ts'], bundle: true, platform: 'node', format: 'cjs', outfile: join(folder, 'start.js') });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('npm start with a path that cannot be opened says why and ends with 2:', () => {
  test('a folder that does not exist', () => {
    expect(start('nowhere')).toEqual({ status: 2, said: `${join(folder, 'nowhere')} does not exist; give the path of a project\n` });
  });

  test('a file', async () => {
    await writeFile(join(folder, 'module.py'), '');
    expect(start('module.py')).toEqual({ status: 2, said: `${join(folder, 'module.py')} is a file; give the folder of a project\n` });
  });

  test('two paths', () => {
    expect(start('a', 'b')).toEqual({ status: 2, said: 'usage: npm start -- [path of a project]\n' });
  });
});

/** Runs the launcher as npm does for a person who stands in `folder`. */
function start(...args: readonly string[]): { status: number | null; said: string } {
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'start.js'), ...args], {
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  });
  return { status, said: stderr };
}
