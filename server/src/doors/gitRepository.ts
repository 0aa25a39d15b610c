import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { URI } from 'vscode-uri';
import type { Commit, Files, FoundFile, ReadResult, Repository } from '../host';
import { IgnoreRules } from './ignoreRules';

/** The repository around a folder, named by URI, for whoever wants to look at its past. */
export async function repositoryAt(folder: string): Promise<Repository | { readonly missing: string }> {
  try {
    const repository = await GitRepository.around(URI.parse(folder).fsPath);
    if (!repository) return { missing: 'it is in no git repository' };
    const files = new GitFiles(repository);
    return { files, mainLine: (since) => repository.mainLine(since), goTo: (commit) => files.goTo(commit), close: () => repository.close() };
  } catch (error) {
    if (isNoGit(error)) return { missing: '`git` is needed for the history and was not found' };
    throw error;
  }
}

/** A repository read through `git` itself, without checking anything out; works on bare ones as well. */
export class GitRepository {
  private reader: BlobReader | undefined;

  private constructor(
    /** Absolute, as whoever asks spells it: the way to it may lead through symbolic links. */
    private readonly folder: string,
    /** Absolute; where the files of a commit would be if it were checked out. */
    readonly top: string,
    /** What the names of the files in the folder begin with, `pkg/`; empty for the top itself. */
    private readonly prefix: string,
  ) {}

  /** undefined where the folder is in no repository. Rejects where there is no `git`. */
  static async around(named: string): Promise<GitRepository | undefined> {
    const folder = path.resolve(named);
    try {
      const [top = '', prefix = ''] = (await git(folder, ['rev-parse', '--show-toplevel', '--show-prefix'])).split('\n');
      return new GitRepository(folder, await spelledTop(folder, path.resolve(top), prefix), prefix);
    } catch (error) {
      if (isNoGit(error)) throw error;
    }
    const isBare = await git(folder, ['rev-parse', '--is-bare-repository']).then(
      (answer) => answer.trim() === 'true',
      () => false,
    );
    return isBare ? new GitRepository(folder, folder, '') : undefined;
  }

  /** The first-parent line up to `HEAD`, oldest first. `since` is a day. */
  async mainLine(since?: string): Promise<readonly Commit[]> {
    const lines = await git(this.folder, ['log', '--first-parent', '--reverse', '--format=%H %cs', ...(since === undefined ? [] : [`--since=${since}T00:00:00`])]);
    return lines.split('\n').flatMap((line) => {
      const [id, date] = line.split(' ');
      return id && date ? [{ id, date }] : [];
    });
  }

  /** The files of a commit by their path below the top. */
  async tree(commit: string): Promise<ReadonlyMap<string, TreeFile>> {
    const files = new Map<string, TreeFile>();
    const list = await git(this.folder, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit]);
    for (const line of list.split('\0')) {
      const [, mode, id, size, name] = /^(\d+) blob (\S+) +(\d+)\t([\s\S]+)$/.exec(line) ?? [];
      // A symbolic link is a blob, too, and its content a path.
      if (mode !== undefined && mode !== '120000' && id && name) files.set(name, { id, size: Number(size) });
    }
    return files;
  }

  /** What changed between two commits, with renamed files followed, as `git diff` prints it without context. */
  async diff(before: string, after: string): Promise<string> {
    return git(this.folder, ['-c', 'core.quotePath=off', 'diff', '-M', '--unified=0', '--no-prefix', '--no-color', '--no-ext-diff', before, after]);
  }

  async content(id: string): Promise<Uint8Array | undefined> {
    this.reader ??= new BlobReader(this.folder);
    return this.reader.read(id);
  }

  /** Where the file of a name is, or would be. */
  pathOf(name: string): string {
    return name.startsWith(this.prefix) ? path.join(this.folder, name.slice(this.prefix.length)) : path.join(this.top, name);
  }

  /** The name of a file or folder below the top; empty for the top itself, and of no file for what is not below it. */
  nameOf(file: string): string {
    const below = path.relative(this.folder, file);
    const isElsewhere = below.split(path.sep)[0] === '..' || path.isAbsolute(below);
    const name = isElsewhere ? path.relative(this.top, file) : this.prefix + below;
    return name.split(path.sep).join('/').replace(/\/$/, '');
  }

  close(): void {
    this.reader?.close();
    this.reader = undefined;
  }
}

/** The top as the folder spells it, where it does: git gives the real path, and the folder may be a link into the repository, or below one. */
async function spelledTop(folder: string, top: string, prefix: string): Promise<string> {
  const above = path.resolve(folder, ...prefix.split('/').filter((part) => part !== '').map(() => '..'));
  const real = await realpath(above).catch(() => undefined);
  return real === top ? above : top;
}

/** One file of a commit. */
export interface TreeFile {
  /** Hash of its content. */
  readonly id: string;
  /** Bytes. */
  readonly size: number;
}

/** The files of one commit after another, as if each were checked out. */
export class GitFiles implements Files {
  private current: ReadonlyMap<string, TreeFile> = new Map();

  constructor(private readonly repository: GitRepository) {}

  /** Goes to another commit. Gives the URIs of the files that are not the same there, those that are gone included. */
  async goTo(commit: string): Promise<readonly string[]> {
    const before = this.current;
    const after = await this.repository.tree(commit);
    this.current = after;
    const changed = [...after].filter(([name, { id }]) => before.get(name)?.id !== id).map(([name]) => name);
    const gone = [...before.keys()].filter((name) => !after.has(name));
    return [...changed, ...gone].map((name) => this.uriOf(name));
  }

  async *find(folder: string, { exclude, isCancelled }: Parameters<Files['find']>[1]): AsyncIterable<FoundFile> {
    const excluded = IgnoreRules.of(exclude);
    const prefix = this.nameOf(folder);
    for (const [name, { size }] of this.current) {
      if (isCancelled?.()) return;
      if (prefix !== '' && name !== prefix && !name.startsWith(`${prefix}/`)) continue;
      const below = name.slice(prefix === '' ? 0 : prefix.length + 1);
      if (below === '' || !excluded.ignores(below)) yield { uri: this.uriOf(name), size };
    }
  }

  async read(uri: string): Promise<ReadResult> {
    const file = this.current.get(this.nameOf(uri));
    if (!file) return { missing: true };
    const bytes = await this.repository.content(file.id);
    return bytes ? { bytes } : { unreadable: 'the repository lacks its content' };
  }

  private uriOf(name: string): string {
    return URI.file(this.repository.pathOf(name)).toString();
  }

  private nameOf(uri: string): string {
    return this.repository.nameOf(URI.parse(uri).fsPath);
  }
}

/** `git cat-file --batch`: one process for all contents; the answers come in the order of the questions. */
class BlobReader {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly waiting: ((content: Uint8Array | undefined) => void)[] = [];
  private pending: Buffer[] = [];

  constructor(folder: string) {
    this.process = spawn('git', ['cat-file', '--batch'], { cwd: folder });
    this.process.stdout.on('data', (piece: Buffer) => this.take(piece));
    this.process.on('close', () => this.waiting.splice(0).forEach((answer) => answer(undefined)));
  }

  read(id: string): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.process.stdin.write(`${id}\n`);
    });
  }

  close(): void {
    this.process.stdin.end();
  }

  private take(piece: Buffer): void {
    this.pending.push(piece);
    for (let answer = this.next(); answer; answer = this.next()) this.waiting.shift()?.(answer.content);
  }

  /** The first whole answer: `<id> blob <size>`, the content and a line end; or `<id> missing`. */
  private next(): { readonly content: Uint8Array | undefined } | undefined {
    const all = this.pending.length === 1 ? this.pending[0] : Buffer.concat(this.pending);
    if (!all) return undefined;
    this.pending = [all];
    const end = all.indexOf('\n');
    if (end < 0) return undefined;
    const size = /^\S+ \S+ (\d+)$/.exec(all.toString('latin1', 0, end))?.[1];
    const after = size === undefined ? end + 1 : end + 1 + Number(size) + 1;
    if (all.length < after) return undefined;
    this.pending = after < all.length ? [all.subarray(after)] : [];
    return { content: size === undefined ? undefined : all.subarray(end + 1, after - 1) };
  }
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: folder, maxBuffer: 1 << 30 });
  return stdout;
}

/** Whether the reason is that `git` is not there, rather than something that `git` said. */
export function isNoGit(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
