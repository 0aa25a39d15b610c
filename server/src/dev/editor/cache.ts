import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** Writes one line for the person who waits. */
export type Log = (line: string) => void;

/** The folder of this repository: the nearest one above `start` whose package.json is ours. */
export function repositoryRoot(start: string): string {
  const file = join(start, 'package.json');
  if (existsSync(file) && readFileSync(file, 'utf8').includes('"name": "eventlet-migration"')) return start;
  if (dirname(start) === start) throw new Error('run this inside the repository of eventlet-migration');
  return repositoryRoot(dirname(start));
}

/** Where downloads are kept between runs: `EVENTLET_MIGRATION_CACHE`, else `.cache/editor` in the repository. */
export function cacheFolder(root: string): string {
  const chosen = process.env['EVENTLET_MIGRATION_CACHE'];
  return chosen ? resolve(chosen) : join(root, '.cache', 'editor');
}

/**
 * The folder `name` in the cache, filled by `fill` if no earlier run finished that. A second run that wants the same
 * waits for the first; what a killed run left behind is thrown away.
 */
export async function filledOnce(cache: string, name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name);
  const marker = join(folder, '.complete');
  if (existsSync(marker)) return folder;
  return locked(cache, name, async () => {
    if (existsSync(marker)) return folder;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await fill(folder);
    await writeFile(marker, '');
    return folder;
  });
}

/** Runs `work` while no other process runs work under the same name. */
export async function locked<T>(cache: string, name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(cache, `${name}.lock`);
  await mkdir(cache, { recursive: true });
  while (!(await take(lock))) await after(500);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Tries to make the lock ours and tells whether it is. Creating a file that must not exist is atomic on every file system we meet. */
async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  // The file is empty for a moment between its creation and the first byte, so only a number is somebody to ask.
  if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true });
  return false;
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
