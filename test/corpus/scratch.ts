import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A folder for one test, gone when `remove` is called. */
export interface Scratch {
  readonly folder: string;
  remove(): void;
}

/** An empty folder, outside any project. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'eventlet-migration-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A copy that may be written to. */
export function scratchCopy(tree: string): Scratch {
  const copy = scratch();
  cpSync(tree, copy.folder, { recursive: true, verbatimSymlinks: true, filter: (path) => !unwanted.has(basename(path)) });
  return copy;
}

/** The bytes of every regular file below a folder, by path with forward slashes; links are not followed. */
export function contents(folder: string): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const absolute = join(folder, path);
    if (lstatSync(absolute).isFile()) found.set(path.replaceAll('\\', '/'), readFileSync(absolute));
  }
  return found;
}

/** Paths that one side lacks or that differ by at least a byte. */
export function differing(before: ReadonlyMap<string, Buffer>, after: ReadonlyMap<string, Buffer>): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => {
    const old = before.get(path);
    const now = after.get(path);
    return !old || !now || !old.equals(now);
  });
}

const unwanted = new Set(['.git', 'node_modules', '__pycache__']);
