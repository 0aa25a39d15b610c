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
    if (!status.isDirectory()) yield { ...found(folder, status), ...(status.isFile() ? {} : { unreadable: 'not a regular file' }) };
    else for (const file of (await Walk.in(root, options)).files()) yield file;
  } catch (error) {
    yield { ...unreadable(root, error), uri: folder };
  }
}

/** Something whose turn comes later: a file to be handed out, a folder to be listed. */
type Place = Folder | File;

interface File {
  readonly file: FoundFile;
  /** Its path without links, where it lies outside the walked folder. */
  readonly outside?: string | undefined;
}

/** Of most names the part of a URI is the name itself. */
const plainName = /^[\w.-]+$/;

interface Folder {
  /** As the user spells it, perhaps through a link. */
  readonly path: string;
  readonly uri: string;
  readonly outside?: string | undefined;
  /** Relative to the walked folder, with forward slashes and one at the end; empty for that folder itself. */
  readonly relative: string;
  readonly rules: IgnoreRules;
}

/** What the entries of a folder have in common; path and URI end with a separator. */
interface Listed extends Folder {
  readonly isSuspect: (name: string) => boolean;
}

class Walk {
  private readonly excludes: IgnoreRules;
  /** Real paths outside the walked folder that some link has led to. */
  private readonly outside = new Set<string>();

  private constructor(
    private readonly root: string,
    private readonly realRoot: string,
    private readonly options: FindOptions,
    private readonly surroundings: Surroundings,
  ) {
    this.excludes = IgnoreRules.of(options.exclude);
  }

  static async in(root: string, options: FindOptions): Promise<Walk> {
    const realRoot = await fs.realpath(root);
    return new Walk(root, realRoot, options, await surroundingsOf(realRoot));
  }

  *files(): Iterable<FoundFile> {
    const pending: Place[] = [{ path: this.root, uri: URI.file(this.root).toString(), relative: '', rules: this.surroundings.rules }];
    for (let place = pending.pop(); place && !this.options.isCancelled?.(); place = pending.pop()) {
      if (!this.isFirstVisit(place)) continue;
      if ('file' in place) yield place.file;
      else this.list(place, pending);
    }
  }

  /** Puts what is in a folder onto the places whose turn comes later, the first one on top. */
  private list(folder: Folder, pending: Place[]): void {
    try {
      const entries = readdirSync(folder.path, { withFileTypes: true });
      if (folder.relative !== '' && entries.some(({ name }) => environmentMarks.has(name))) return;

      const rules = this.rulesIn(folder, entries);
      const isIgnored = rules.suspectsIn(this.surroundings.above + folder.relative);
      const isExcluded = this.excludes.suspectsIn(folder.relative);
      const listed: Listed = { ...folder, path: joined(folder.path, ''), uri: joined(folder.uri, '', '/'), rules, isSuspect: (name) => isIgnored(name) || isExcluded(name) };
      for (const entry of entries.sort((a, b) => (a.name < b.name ? 1 : -1))) {
        const place = isSkipped(entry) ? undefined : this.look(listed, entry);
        if (place) pending.push(place);
      }
    } catch (error) {
      pending.push({ file: unreadable(folder.path + '/', error) });
    }
  }

  private look(folder: Listed, entry: Dirent): Place | undefined {
    const { name } = entry;
    const file = folder.path + name;
    const isLink = entry.isSymbolicLink();
    try {
      const uri = plainName.test(name) ? folder.uri + name : URI.file(file).toString();
      if (entry.isFile() && this.options.isWanted?.(uri) === false) return undefined;
      // What only a link leads to is a file or a folder by what stands at its end.
      const kind = isLink ? statSync(file) : entry;
      const isFolder = kind.isDirectory();
      if (!isFolder && !kind.isFile()) return undefined;
      if (this.ignores(folder, name, isFolder ? '/' : '')) return undefined;

      const outside = isLink ? realpathSync(file) : folder.outside && joined(folder.outside, name);
      if (isLink && outside !== undefined && this.isNear(outside)) return undefined;
      if (isFolder) return { path: file, uri, outside, relative: `${folder.relative}${name}/`, rules: folder.rules };
      return { file: found(uri, statSync(file)), outside };
    } catch (error) {
      // What is gone since its folder was listed is no loss, but a link that leads nowhere may be a mistake.
      const isGone = isMissing(error) && !isLink && !hasStrangeName(file);
      return isGone || this.ignores(folder, name, '') ? undefined : { file: unreadable(file, error) };
    }
  }

  private ignores({ relative, rules, isSuspect }: Listed, name: string, end: '/' | ''): boolean {
    return isSuspect(name) && (rules.ignores(this.surroundings.above + relative + name + end) || this.excludes.ignores(relative + name + end));
  }

  /** Inside the walked folder, or around it: entering it through a link would show files twice, or never end. */
  private isNear(real: string): boolean {
    return isWithin(this.realRoot, real) || isWithin(real, this.realRoot);
  }

  /** Inside there is no second way to a place. */
  private isFirstVisit({ outside }: Place): boolean {
    if (outside === undefined) return true;
    const isFirst = !this.outside.has(outside);
    this.outside.add(outside);
    return isFirst;
  }

  private rulesIn(folder: Folder, entries: readonly Dirent[]): IgnoreRules {
    let { rules } = folder;
    for (const name of ignoreFiles) {
      if (entries.some((entry) => entry.name === name)) rules = rules.and(this.surroundings.above + folder.relative, content(path.join(folder.path, name)));
    }
    return rules;
  }
}

/** The repository around a walked folder. */
interface Surroundings {
  /** None where they ignore the walked folder itself, which somebody named. */
  readonly rules: IgnoreRules;
  /** The walked folder as these rules see it: relative to the repository, with a slash at the end. */
  readonly above: string;
}

async function surroundingsOf(realRoot: string): Promise<Surroundings> {
  const top = (await nearestWith('.git', realRoot)) ?? realRoot;
  let rules = IgnoreRules.of(content(path.join(top, '.git', 'info', 'exclude')).split('\n'));
  const steps = path.relative(top, realRoot).split(path.sep).filter((step) => step !== '');
  let above = '';
  for (const step of steps) {
    for (const name of ignoreFiles) rules = rules.and(above, content(path.join(top, above, name)));
    above += step + '/';
    if (rules.ignores(above)) return { rules: IgnoreRules.of([]), above: '' };
  }
  return { rules, above };
}

/** `.ignore` has the form of `.gitignore` and is for tools that search. */
const ignoreFiles: readonly string[] = ['.gitignore', '.ignore'];

/** Folders with other people's or generated code, whatever the ignore files say. */
const skippedFolders: ReadonlySet<string> = new Set([
  '.git', '.hg', '.svn', 'node_modules', '.tox', '.nox', '.eggs', '__pycache__', 'site-packages',
]);

/** What a virtual environment and a conda environment have at their top, whatever their name. */
const environmentMarks: ReadonlySet<string> = new Set(['pyvenv.cfg', 'conda-meta']);

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
