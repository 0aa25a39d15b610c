import { spawnSync } from 'node:child_process';
import type { Files } from '../../host';

/** Lines that a commit took out of a file and put in instead; they count from 1, and the end is not included. */
export interface Hunk {
  readonly old: readonly [start: number, end: number];
  readonly now: readonly [start: number, end: number];
}

/** What a commit did to one file, as it was called before and is called now; `now` is missing where the file went. */
export interface Changed {
  readonly path: string;
  readonly now?: string;
  readonly hunks: readonly Hunk[];
}

/** A git repository on disk, bare or not. It is only read. */
export class Clone {
  constructor(readonly folder: string) {}

  /** Of the commits, those that are here with their parents. */
  commits(shas: readonly string[]): readonly string[] {
    const lines = this.git(['cat-file', '--batch-check'], shas.map((sha) => `${sha}^1\n`).join('')).toString().split('\n');
    return shas.filter((_, index) => / commit \d+$/.test(lines[index] ?? ''));
  }

  /** The same commits, the oldest first. */
  inOrder(shas: readonly string[]): readonly string[] {
    if (shas.length === 0) return [];
    return this.git(['log', '--no-walk=sorted', '--reverse', '--format=%H', '--stdin'], `${shas.join('\n')}\n`).toString().trim().split('\n');
  }

  /** The regular files of a revision, with the names of their contents. */
  tree(revision: string): ReadonlyMap<string, string> {
    const entries = this.git(['ls-tree', '-r', '-z', revision]).toString().split('\0');
    return new Map(entries.flatMap((entry): [string, string][] => {
      const [, mode, oid, path] = /^(\d+) blob ([0-9a-f]+)\t([^]*)$/.exec(entry) ?? [];
      return mode?.startsWith('100') && oid !== undefined && path !== undefined ? [[path, oid]] : [];
    }));
  }

  /** The contents of that name. */
  contents(oids: readonly string[]): ReadonlyMap<string, Uint8Array> {
    const all = new Map<string, Uint8Array>();
    if (oids.length === 0) return all;
    const output = this.git(['cat-file', '--batch'], `${oids.join('\n')}\n`);
    for (let at = 0; at < output.length; ) {
      const end = output.indexOf('\n', at);
      const [oid = '', , size] = output.toString('latin1', at, end).split(' ');
      all.set(oid, output.subarray(end + 1, end + 1 + Number(size)));
      at = end + 1 + Number(size) + 1;
    }
    return all;
  }

  /** The text of a file in a revision. */
  text(revision: string, path: string): string {
    return this.git(['show', `${revision}:${path}`]).toString();
  }

  /** What a commit did to the Python files that its first parent has. */
  changes(sha: string): readonly Changed[] {
    const diff = this.git(['-c', 'core.quotePath=false', 'diff', '-U0', '-M', '--no-color', '--no-ext-diff', `${sha}^1`, sha, '--', '*.py']).toString();
    return diff.split(/^diff --git /m).slice(1).flatMap((part) => {
      const path = /^rename from (.+)$/m.exec(part)?.[1] ?? /^--- a\/(.+)$/m.exec(part)?.[1];
      const now = /^rename to (.+)$/m.exec(part)?.[1] ?? /^\+\+\+ b\/(.+)$/m.exec(part)?.[1];
      if (path === undefined) return [];
      return [{ path, ...(now === undefined ? {} : { now }), hunks: hunksOf(part) }];
    });
  }

  /** The modules of the `from` imports that a commit adds, once for each line. */
  addedImports(sha: string): readonly string[] {
    const diff = this.git(['diff', '-U0', '--no-color', '--no-ext-diff', `${sha}^1`, sha, '--', '*.py']).toString();
    return [...diff.matchAll(/^\+\s*from (\S+) import /gm)].map(([, module]) => module ?? '');
  }

  private git(options: readonly string[], input = ''): Buffer {
    const child = spawnSync('git', ['-C', this.folder, ...options], { input, maxBuffer: 1 << 30 });
    if (child.status !== 0) throw new Error(`git ${options[0]} in ${this.folder}: ${child.error?.message ?? child.stderr.toString().trim()}`);
    return child.stdout;
  }
}

/** The files of one revision at a time, below one folder; what stays the same from one to the next is read once. */
export class Checkout implements Files {
  private tree: ReadonlyMap<string, string> = new Map();
  private contents = new Map<string, Uint8Array>();

  constructor(
    private readonly clone: Clone,
    private readonly folder: string,
  ) {}

  /** Gives the URIs of the files that are new, different or gone. Where paths are named, there are no other files. */
  moveTo(revision: string, only?: readonly string[]): readonly string[] {
    const before = this.tree;
    this.tree = new Map([...this.clone.tree(revision)].filter(([path]) => only?.includes(path) ?? isRead(path)));
    const oids = new Set(this.tree.values());
    const known = [...this.contents].filter(([oid]) => oids.has(oid));
    const fresh = this.clone.contents([...oids].filter((oid) => !this.contents.has(oid)));
    this.contents = new Map([...known, ...fresh]);
    return [...new Set([...before.keys(), ...this.tree.keys()])].filter((path) => before.get(path) !== this.tree.get(path)).map((path) => this.uri(path));
  }

  uri(path: string): string {
    return `${this.folder}/${encodeURI(path)}`;
  }

  async *find(): AsyncIterable<{ readonly uri: string; readonly size: number }> {
    for (const [path, oid] of this.tree) yield { uri: this.uri(path), size: this.contents.get(oid)?.length ?? 0 };
  }

  async read(uri: string): Promise<{ readonly bytes: Uint8Array } | { readonly missing: true }> {
    const bytes = this.contents.get(this.tree.get(decodeURI(uri.slice(this.folder.length + 1))) ?? '');
    return bytes ? { bytes } : { missing: true };
  }
}

/** Python, and the files that say how Python is to be read here. */
function isRead(path: string): boolean {
  return path.endsWith('.py') || /(^|\/)(pyproject|\.eventlet-migration)\.toml$/.test(path);
}

function hunksOf(part: string): readonly Hunk[] {
  return [...part.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map(([, oldStart, oldCount, nowStart, nowCount]) => ({ old: lines(oldStart, oldCount), now: lines(nowStart, nowCount) }));
}

/** Git names the line before where there is none. */
function lines(start: string | undefined, count = '1'): readonly [number, number] {
  const first = Number(start) + (count === '0' ? 1 : 0);
  return [first, first + Number(count)];
}
