import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

/** A copy that may be written to, in a folder of that name where one is given. */
export function scratchCopy(tree: string, name = ''): Scratch {
  const copy = scratch();
  cpSync(tree, join(copy.folder, name), { recursive: true, verbatimSymlinks: true, filter: (path) => !unwanted.has(basename(path)) });
  return copy;
}

/** The bytes of every regular file below a folder, by path with forward slashes; links are not followed. */
export function contents(folder: string): ReadonlyMap<string, Buffer> {
  return new Map(filesIn(folder, '').map((path) => [path, readFileSync(join(folder, path))]));
}

// `readdirSync` with `recursive` would follow links, and never end where they make a circle.
function filesIn(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return filesIn(folder, path);
    return entry.isFile() ? [path] : [];
  });
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
