import type { Files, FoundFile, Host } from '../host';
import { defaultSettings, type Settings } from '../protocol';
import { isTextFile } from '../rules/texts/index';
import { tooLarge } from './buffer';
import { isProjectFile } from './projectFile';
import { Projects, type ProjectProblem, type ProjectSettings } from './projects';
import { foldersAround, Roots } from './roots';

/** How long work may go on before others have a turn, in milliseconds: so short that typing does not feel it. */
export const slice = 12;

/** The folders of a workspace: which files are there, how they are called, and what is set for each. */
export class Territory {
  private roots: Roots;
  private readonly projects: Projects;
  /** The files beside Python that are looked at, as far as somebody asked; it is asked again and again. */
  private readonly texts = new Set<string>();

  constructor(
    private readonly host: Host,
    uris: readonly string[],
    settings: Partial<Settings> = {},
    explicit: Partial<Settings> = {},
  ) {
    this.roots = new Roots(uris, { ...defaultSettings, ...settings });
    this.projects = new Projects(explicit);
  }

  configure(settings: Settings, ofRoots: ReadonlyMap<string, Settings>): void {
    this.roots = this.roots.withSettings(settings, ofRoots);
  }

  moveTo(uris: readonly string[]): void {
    this.roots = this.roots.withUris(uris);
    this.texts.clear();
  }

  get uris(): readonly string[] {
    return this.roots.uris;
  }

  /** The same object as long as nothing changes. */
  settings(uri: string): ProjectSettings {
    return this.projects.settings(uri, this.roots.settings(uri));
  }

  /** What is wrong in the project files. */
  get problems(): readonly ProjectProblem[] {
    return this.projects.problems;
  }

  /** All that is set, by settings and project files, as one text. */
  get said(): string {
    return JSON.stringify([this.roots.uris.map((uri) => [uri, this.settings(uri)]), this.projects.said]);
  }

  /** Whether a file lies in one of the folders. */
  contains(uri: string): boolean {
    return this.roots.of(uri) !== undefined;
  }

  /** The folder that a file belongs to; its own where it lies in none of them. */
  rootOf(uri: string): string {
    const root = this.roots.of(uri);
    return root === undefined || root === uri ? (foldersAround(uri)[0] ?? uri) : root;
  }

  /** Path below the root that contains the file, with forward slashes; its last part where none does. */
  pathOf(uri: string): string {
    return this.roots.path(uri);
  }

  /** The same, with the name of the root in front where there are several. */
  fullPathOf(uri: string): string {
    return this.roots.fullPath(uri);
  }

  /** Whether a file is one of those beside Python that are looked at. */
  isText(uri: string): boolean {
    if (isPython(uri)) return false;
    if (this.texts.has(uri)) return true;
    const isText = isTextFile(this.pathOf(uri));
    if (isText) this.texts.add(uri);
    return isText;
  }

  /** Every file that is to be looked at; reads the project files on the way. */
  async find(isCancelled?: () => boolean): Promise<readonly FoundFile[]> {
    const found: FoundFile[] = [];
    const projectFiles: string[] = [];
    let since = this.host.now();
    await this.projects.load(this.host, this.roots.uris, this.projects.uris);
    for (const root of this.roots.uris) {
      const options: Parameters<Files['find']>[1] = { exclude: this.settings(root).exclude, isWanted: (uri) => isPython(uri) || isProjectFile(uri) || this.isText(uri), ...(isCancelled ? { isCancelled } : {}) };
      for await (const file of this.host.files.find(root, options)) {
        if (isPython(file.uri) || this.isReadable(file) || this.roots.uris.includes(file.uri) || (file.unreadable !== undefined && file.uri.endsWith('/'))) found.push(file);
        if (isProjectFile(file.uri)) projectFiles.push(file.uri);
        if (this.host.now() - since <= slice) continue;
        await this.host.pause();
        since = this.host.now();
      }
    }
    await this.projects.load(this.host, this.roots.uris, projectFiles);
    return found;
  }

  /** What a file is known by, as long as its content stays: a stamp, or why it cannot be read; undefined where only reading it would tell. */
  async stampOf(uri: string): Promise<string | undefined> {
    for await (const { stamp, unreadable } of this.host.files.find(uri, { exclude: [] })) return stamp ?? unreadable;
    return undefined;
  }

  /** Whether a file is no Python, looked at and of a size that somebody wrote; a link that leads nowhere is no loss. */
  private isReadable({ uri, size, unreadable }: FoundFile): boolean {
    return unreadable === undefined && size <= tooLarge && this.isText(uri);
  }
}

export function isPython(uri: string): boolean {
  return /\.pyw?$/.test(uri);
}
