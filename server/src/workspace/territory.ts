import type { FoundFile, Host } from '../host';
import { defaultSettings, type Settings } from '../protocol';
import { isTextFile } from '../rules/texts/index';
import { Projects, type ProjectProblem, type ProjectSettings } from './projects';
import { foldersAround, Roots } from './roots';
import { isPython, survey, type Survey } from './survey';

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
    /** What need not be looked for the first time. */
    private known?: Survey,
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

  /** Whether a file lies in one of the folders. */
  contains(uri: string): boolean {
    return this.roots.of(uri) !== undefined;
  }

  /** Whether a file lies in none of the folders, where there are any. Without one, whatever is open is what it is about. */
  isOutside(uri: string): boolean {
    return this.uris.length > 0 && !this.contains(uri);
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
    await this.loadProjects(this.projects.uris);
    const { found, projectFiles } = this.known ?? (await survey(this.host, this.roots.uris, { exclude: (root) => this.settings(root).exclude, isText: (uri) => this.isText(uri), isCancelled }));
    this.known = undefined;
    await this.loadProjects(projectFiles.map(({ uri }) => uri));
    return found;
  }

  /** What is left out of each folder, by its settings and by the project files in and above it. */
  async excluded(): Promise<ReadonlyMap<string, readonly string[]>> {
    await this.loadProjects([]);
    return new Map(this.roots.uris.map((root) => [root, this.settings(root).exclude]));
  }

  private loadProjects(below: readonly string[]): Promise<void> {
    return this.projects.load(this.host, this.roots.uris, below);
  }
}
