import { spawnSync } from 'node:child_process';
import { run, type Run } from '../cli';
import { beside } from './environment';

/** What a file imports of eventlet: `imports.py` documents it. */
interface Imports {
  readonly lines: readonly number[];
  readonly names: readonly string[];
}

/** By path. */
export type ImportsByFile = ReadonlyMap<string, Imports>;

/** Who imports eventlet in a tree, asked of Python and not of us. `module` is the dotted name of the one that stands between. */
export function imports(tree: string, module: string): ImportsByFile {
  const child = spawnSync('python3', [beside('imports.py'), tree, module], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (child.status !== 0) throw new Error(`imports.py failed: ${child.error?.message ?? child.stderr}`);
  return new Map(Object.entries(JSON.parse(child.stdout) as Readonly<Record<string, Imports>>));
}

/** How many statements import eventlet, but for those of a file. */
export function importCount(all: ImportsByFile, except = ''): number {
  return [...all].reduce((sum, [path, { lines }]) => (path === except ? sum : sum + lines.length), 0);
}

/** Runs our command, and throws with what it said where it did not do its work. */
export function command(tree: string, ...options: readonly string[]): Run {
  const ended = run(tree, ...options);
  if (ended.status !== 0) throw new Error(`\`eventlet-migration ${options.join(' ')}\` ended with ${ended.status}: ${ended.stderr || ended.stdout.slice(0, 2000)}`);
  return ended;
}
