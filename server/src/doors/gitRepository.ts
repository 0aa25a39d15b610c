import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
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
    private readonly folder: string,
    /** Absolute; where the files of a commit would be if it were checked out. */
    readonly top: string,
  ) {}

  /** undefined where the folder is in no repository. Rejects where there is no `git`. */
  static async around(folder: string): Promise<GitRepository | undefined> {
    try {
      const top = (await git(folder, ['rev-parse', '--show-toplevel'])).trim();
      return new GitRepository(folder, top);
    } catch (error) {
      if (isNoGit(error)) throw error;
    }
    const isBare = await git(folder, ['rev-parse', '--is-bare-repository']).then(
      (answer) => answer.trim() === 'true',
      () => false,
    );
    return isBare ? new GitRepository(folder, folder) : undefined;
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

  close(): void {
    this.reader?.close();
    this.reader = undefined;
  }
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
    return URI.file(path.join(this.repository.top, name)).toString();
  }

  private nameOf(uri: string): string {
    return path.relative(this.repository.top, URI.parse(uri).fsPath).split(path.sep).join('/');
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
