import { createHash, randomUUID } from 'node:crypto';
import { promises as fs, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import type { CacheStore, Host } from '../host';
import { isMissing, reasonOf } from './systemErrors';

/** Bytes that all files of a cache folder may have together; the ones that nobody read for the longest time go first. */
const most = 256e6;

/**
 * Keeps each text in a file of its own. Several processes may share the folder: a file is written beside its place and then takes
 * it, so whoever reads it finds the old one or the new one. `program` are the scripts that run; others read nothing of it.
 */
export function nodeCache(folder: string, program: readonly string[], log: Host['log']): CacheStore {
  const said = new Set<string>();
  return { version: digestOf(program), read, write };

  /** What goes wrong with one text goes wrong with the next one, too. */
  function sayOnce(line: string): void {
    if (!said.has(line)) log(line);
    said.add(line);
  }

  async function read(name: string): Promise<string | undefined> {
    const file = path.join(folder, name);
    try {
      const text = await fs.readFile(file, 'utf8');
      // What counts when the folder is full is when it was used last. Where that cannot be noted, it was read all the same.
      await fs.utimes(file, new Date(), new Date()).catch(() => undefined);
      return text;
    } catch (error) {
      if (!isMissing(error)) log(`the cache ${file} is not used: ${reasonOf(error, 'read')}`);
      return undefined;
    }
  }

  async function write(name: string, text: Iterable<string>): Promise<void> {
    const part = path.join(folder, `${name}.${randomUUID()}.part`);
    try {
      await fs.mkdir(folder, { recursive: true });
      await fs.writeFile(part, text);
      await fs.rename(part, path.join(folder, name));
      await tidy(folder, name);
    } catch (error) {
      sayOnce(`nothing is kept for the next start in ${folder}: ${reasonOf(error, 'write')}`);
      await fs.rm(part, { force: true }).catch(() => undefined);
    }
  }
}

/** The folder that the system has for what programs keep and users may delete: XDG's, Apple's or Windows' own. */
export function userCacheFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = homedir();
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (platform === 'win32') return path.join(local ?? path.join(home, 'AppData', 'Local'), 'eventlet-migration', 'Cache');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'eventlet-migration');
  // The specification wants a relative path ignored.
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache'), 'eventlet-migration');
}

/** Deletes what is too much, and what a process left behind that died while it wrote. */
async function tidy(folder: string, newest: string): Promise<void> {
  const names = (await fs.readdir(folder)).filter((name) => name !== newest);
  const files = await Promise.all(names.map(async (name) => ({ file: path.join(folder, name), ...(await sizeAndTime(path.join(folder, name))) })));
  let left = most - (await sizeAndTime(path.join(folder, newest))).size;
  for (const { file, size, time } of files.sort((a, b) => b.time - a.time)) {
    left -= size;
    const isLost = file.endsWith('.part') && Date.now() - time > 3_600_000;
    if (left < 0 || isLost) await fs.rm(file, { force: true });
  }
}

/** Of a file that another process may have deleted by now. */
function sizeAndTime(file: string): Promise<{ readonly size: number; readonly time: number }> {
  return fs.stat(file).then(
    ({ size, mtimeMs }) => ({ size, time: mtimeMs }),
    () => ({ size: 0, time: 0 }),
  );
}

function digestOf(program: readonly string[]): string {
  const hash = createHash('sha1');
  for (const file of program) hash.update(readFileSync(file));
  return hash.digest('hex');
}
