import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filledOnce, locked } from '../../server/src/dev/editor/cache';

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'cache-'));
});

afterEach(() => rm(cache, { recursive: true, force: true }));

describe('a folder of the cache', () => {
  test('is filled by one of two runs that want it at once', async () => {
    const fillers: string[] = [];
    const fill = (name: string) => async (folder: string): Promise<void> => {
      fillers.push(name);
      await writeFile(join(folder, 'file'), name);
    };
    const [first, second] = await Promise.all([filledOnce(cache, 'tool', fill('a')), filledOnce(cache, 'tool', fill('b'))]);
    expect(first).toBe(second);
    expect(fillers).toHaveLength(1);
    expect(await readFile(join(first, 'file'), 'utf8')).toBe(fillers[0]);
  });

  test('is made anew after a run that failed', async () => {
    const failing = filledOnce(cache, 'tool', async (folder) => {
      await writeFile(join(folder, 'half'), '');
      throw new Error('no network');
    });
    await expect(failing).rejects.toThrow('no network');
    const folder = await filledOnce(cache, 'tool', async (folder) => writeFile(join(folder, 'whole'), ''));
    expect(existsSync(join(folder, 'half'))).toBe(false);
    expect(existsSync(join(folder, 'whole'))).toBe(true);
  });
});

describe('a lock', () => {
  test('of a process that was killed is taken over', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(cache, 'tool.lock'), String(pid));
    expect(await locked(cache, 'tool', async () => 'done')).toBe('done');
    expect(existsSync(join(cache, 'tool.lock'))).toBe(false);
  });
});
