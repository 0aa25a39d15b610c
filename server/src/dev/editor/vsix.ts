import { existsSync } from 'node:fs';
import { readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { locked, type Log } from './cache';
import { run } from './run';

/**
 * The extension as a user gets it: a VSIX made by `vsce package`, which builds first. Made again only when a file that
 * may go into it is younger.
 */
export async function vsix(root: string, log: Log): Promise<string> {
  const cache = join(root, '.cache');
  return locked(cache, 'vsix', async () => {
    const file = join(cache, 'eventlet-migration.vsix');
    if (existsSync(file) && (await stat(file)).mtimeMs > (await youngest(root))) return file;
    log('Building the extension.');
    const started = performance.now();
    const unfinished = `${file}.part`;
    await run(process.execPath, [join(root, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--out', unfinished], { cwd: root });
    await rename(unfinished, file);
    log(`The extension is built (${((performance.now() - started) / 1000).toFixed(0)} s).`);
    return file;
  });
}

const notPackaged: readonly string[] = ['.cache', '.git', 'coverage', 'dist', 'node_modules', 'test'];

/** When the youngest source changed, in milliseconds since 1970. */
async function youngest(root: string): Promise<number> {
  let latest = 0;
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (notPackaged.includes(entry.name) || entry.name.endsWith('.vsix')) continue;
    const path = join(root, entry.name);
    const files = entry.isDirectory() ? await readdir(path, { recursive: true }) : [''];
    for (const file of files) latest = Math.max(latest, (await stat(join(path, file))).mtimeMs);
  }
  return latest;
}
