import { promises as fs, readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import * as path from 'node:path';
import { URI } from 'vscode-uri';
import type { Files, FindOptions, FoundFile, ReadResult } from '../host';
import { IgnoreRules } from './ignoreRules';
import { nearestWith } from './nearest';
import { isMissing, reasonOf } from './systemErrors';

/**
 * The files of this machine's disk, by `file:` URIs as vscode-uri spells them. The calls wait for the disk, because for thousands
 * of small files a way through the thread pool costs several times the work; who goes through many gives others a turn in between.
 * Folders are walked depth first, in the order of
 * their names. A link to a place inside the walked folder is left out, because that place has a name of its own; one to a
 * place outside is followed, each place once.
 */
export const nodeFiles: Files = { find, read };

async function read(uri: string): Promise<ReadResult> {
  const { scheme, fsPath } = URI.parse(uri);
  if (scheme !== 'file') return { unreadable: 'not a file of this disk' };
  try {
    // Opening a pipe or a device might wait for ever.
    if (!statSync(fsPath).isFile()) return { unreadable: 'not a regular file' };
    return { bytes: readFileSync(fsPath) };
  } catch (error) {
    return isMissing(error) ? { missing: true } : { unreadable: reasonOf(error, 'read') };
  }
}

/** Also takes the URI of a file and then finds that one, ignored or not: somebody named it. */
async function* find(folder: string, options: FindOptions): AsyncIterable<FoundFile> {
  const root = URI.parse(folder).fsPath;
  try {
    const status = await fs.stat(root);
    if (status.isDirectory()) yield* new Walk(root, await fs.realpath(root), options).files();
    else yield { ...found(folder, status), ...(status.isFile() ? {} : { unreadable: 'not a regular file' }) };
  } catch (error) {
    yield { ...unreadable(root, error), uri: folder };
  }
}

/** Something whose turn comes later: a file to be handed out, a folder to be listed. */
type Place = Folder | File;

interface File {
  readonly file: FoundFile;
  /** Its path without links. */
  readonly real: string;
}

/** Of most names the part of a URI is the name itself. */
const plainName = /^[\w.-]+$/;

interface Folder {
  /** As the user spells it, perhaps through a link. */
  readonly path: string;
  readonly uri: string;
  readonly real: string;
  /** Relative to the walked folder, with forward slashes and one at the end; empty for that folder itself. */
  readonly relative: string;
  readonly rules: IgnoreRules;
}

class Walk {
  private readonly excludes: IgnoreRules;
  /** Real paths outside the walked folder that some link has led to. */
  private readonly outside = new Set<string>();
  /** The walked folder as the ignore files above it see it: relative to the repository, with a slash at the end. */
  private above = '';

  constructor(
    private readonly root: string,
    private readonly realRoot: string,
    private readonly options: FindOptions,
  ) {
    this.excludes = IgnoreRules.of(options.exclude);
  }

  async *files(): AsyncIterable<FoundFile> {
    const pending: Place[] = [{ path: this.root, uri: URI.file(this.root).toString(), real: this.realRoot, relative: '', rules: await this.rulesAbove() }];
    for (let place = pending.pop(); place && !this.options.isCancelled?.(); place = pending.pop()) {
      if (!this.isFirstVisit(place.real)) continue;
      if ('file' in place) yield place.file;
      else pending.push(...this.list(place).reverse());
    }
  }

  private list(folder: Folder): Place[] {
    try {
      const entries = readdirSync(folder.path, { withFileTypes: true });
      const names = new Set(entries.map((entry) => entry.name));
      if (folder.relative !== '' && environmentMarks.some((mark) => names.has(mark))) return [];

      const rules = this.rulesIn(folder, names);
      const wanted = entries.filter((entry) => !isSkipped(entry)).sort((a, b) => (a.name < b.name ? -1 : 1));
      const here = { ...folder, rules };
      return wanted.flatMap((entry) => this.look(here, entry) ?? []);
    } catch (error) {
      return [{ file: unreadable(folder.path + '/', error), real: folder.path }];
    }
  }

  private look(folder: Folder, entry: Dirent): Place | undefined {
    const file = joined(folder.path, entry.name);
    const relative = folder.relative + entry.name;
    try {
      const uri = plainName.test(entry.name) ? joined(folder.uri, entry.name, '/') : URI.file(file).toString();
      if (entry.isFile() && this.options.isWanted?.(uri) === false) return undefined;
      // What only a link leads to is a file or a folder by what stands at its end.
      const kind = entry.isSymbolicLink() ? statSync(file) : entry;
      if (!kind.isFile() && !kind.isDirectory()) return undefined;
      if (this.ignores(folder.rules, kind.isDirectory() ? relative + '/' : relative)) return undefined;

      const real = entry.isSymbolicLink() ? realpathSync(file) : joined(folder.real, entry.name);
      if (entry.isSymbolicLink() && this.isNear(real)) return undefined;
      if (kind.isDirectory()) return { path: file, uri, real, relative: relative + '/', rules: folder.rules };
      return { file: found(uri, statSync(file)), real };
    } catch (error) {
      // What is gone since its folder was listed is no loss, but a link that leads nowhere may be a mistake.
      const isGone = isMissing(error) && !entry.isSymbolicLink() && !hasStrangeName(file);
      return isGone || this.ignores(folder.rules, relative) ? undefined : { file: unreadable(file, error), real: file };
    }
  }

  private ignores(rules: IgnoreRules, relative: string): boolean {
    return rules.ignores(this.above + relative) || this.excludes.ignores(relative);
  }

  /** Inside the walked folder, or around it: entering it through a link would show files twice, or never end. */
  private isNear(real: string): boolean {
    return isWithin(this.realRoot, real) || isWithin(real, this.realRoot);
  }

  /** Inside there is no second way to a place. */
  private isFirstVisit(real: string): boolean {
    if (isWithin(this.realRoot, real)) return true;
    const isFirst = !this.outside.has(real);
    this.outside.add(real);
    return isFirst;
  }

  private rulesIn(folder: Folder, names: ReadonlySet<string>): IgnoreRules {
    let { rules } = folder;
    for (const name of ignoreFiles) {
      if (names.has(name)) rules = rules.and(this.above + folder.relative, content(path.join(folder.path, name)));
    }
    return rules;
  }

  /** The rules of the repository around the walked folder; none where they ignore that folder itself, which somebody named. */
  private async rulesAbove(): Promise<IgnoreRules> {
    const top = (await nearestWith('.git', this.realRoot)) ?? this.realRoot;
    let rules = IgnoreRules.of(content(path.join(top, '.git', 'info', 'exclude')).split('\n'));
    const steps = path.relative(top, this.realRoot).split(path.sep).filter((step) => step !== '');
    let above = '';
    for (const step of steps) {
      for (const name of ignoreFiles) rules = rules.and(above, content(path.join(top, above, name)));
      above += step + '/';
      if (rules.ignores(above)) return IgnoreRules.of([]);
    }
    this.above = above;
    return rules;
  }
}

/** `.ignore` has the form of `.gitignore` and is for tools that search. */
const ignoreFiles: readonly string[] = ['.gitignore', '.ignore'];

/** Folders with other people's or generated code, whatever the ignore files say. */
const skippedFolders: ReadonlySet<string> = new Set([
  '.git', '.hg', '.svn', 'node_modules', '.tox', '.nox', '.eggs', '__pycache__', 'site-packages',
]);

/** What a virtual environment and a conda environment have at their top, whatever their name. */
const environmentMarks: readonly string[] = ['pyvenv.cfg', 'conda-meta'];

function isSkipped(entry: Dirent): boolean {
  // Emacs marks an open file by a link `.#name` that leads nowhere.
  return skippedFolders.has(entry.name) || entry.name.startsWith('.#');
}

/** Of an ignore file. One that cannot be read ignores nothing. */
function content(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Milliseconds; what was written so shortly ago may be written again without another time. */
const restless = 2000;

function found(uri: string, status: Stats): FoundFile {
  const { size, mtimeMs, ctimeMs, ino } = status;
  return !status.isFile() || Date.now() - ctimeMs < restless ? { uri, size } : { uri, size, stamp: `${mtimeMs} ${ctimeMs} ${size} ${ino}` };
}

function unreadable(file: string, error: unknown): FoundFile {
  return { uri: URI.file(file).toString(), size: 0, unreadable: hasStrangeName(file) ? 'its name is not UTF-8' : reasonOf(error, 'read') };
}

/** Node puts U+FFFD where a name is not UTF-8, and then cannot find the file by it. */
function hasStrangeName(file: string): boolean {
  return file.includes('\uFFFD');
}

/** The name is one part of a path: nothing is to be made simpler. */
function joined(folder: string, name: string, separator: string = path.sep): string {
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

function isWithin(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}
