import type { Library } from '../python/library';
import { isStandardLibrary } from '../python/stdlib';
import type { Export, Reach } from '../python/uses';
import { absoluteName, type ImportMention } from './importMentions';
import { folderOf, isInit, moduleNames, withPackages } from './moduleNames';
import { NameSpace } from './nameSpace';
import type { Offer } from './offers';
import type { PrivateNames } from './privateNames';
import type { Outline } from './services/outline';

/** A Python file of the project, as far as the import of its names goes. */
export interface ModuleFile {
  /** Under which it is asked for. */
  readonly uri?: string;
  /** Below the root, with forward slashes. */
  readonly path: string;
  /** URI of the root; files of one root find each other first. */
  readonly root?: string;
  /** What its text imports; enough to follow names through it without parsing it. */
  readonly imports: readonly ImportMention[];
  /** Its `__all__`, where it has one. */
  readonly offer?: Offer | undefined;
  /** What it was found to hold of the library, where it has been analysed; it may change. */
  exports: readonly Export[];
}

/** What the text of a file says of others. */
export interface Mentioned {
  readonly imports: readonly ImportMention[];
  readonly offer?: Offer | undefined;
  /** Dotted strings in files with mocks. */
  readonly strings: readonly string[];
  /** Names of other modules that it reads or exchanges as their attributes, dotted; see `attributeMentionsOf`. */
  readonly attributes: readonly string[];
  readonly privates: PrivateNames;
  readonly outline: Outline;
}

/** A dotted name in a file that leads to the library through the project. */
export interface Concern {
  readonly dotted: string;
  /** What it leads to; equal texts mean the same. */
  readonly key: string;
  /** For a module: how its names that lead there are spelled in the file. Who writes none of them is not concerned. */
  readonly spellings?: readonly string[];
  /** For a module, besides: how a test replaces one of those names in it, `patch.object(mod, 'sleep')`. */
  readonly replacing?: RegExp;
}

/**
 * The modules of a project and how names of the library are handed on through them. A module is found as Python finds it: beside
 * a script, by the packages above its file, and for namespace packages and other search paths by the path below the root.
 */
export class Modules {
  private readonly byPath = new Map<string, ModuleFile>();
  private readonly packages: ReadonlySet<string>;
  /** By the key of a folder. */
  private readonly nativeNames: ReadonlyMap<string, readonly string[]>;
  private readonly spaces = new Map<string, NameSpace>();
  private readonly names = new Map<ModuleFile, readonly string[]>();
  private readonly loading = new Map<ModuleFile, readonly ModuleFile[]>();
  private loadersOf: ReadonlyMap<ModuleFile, readonly ModuleFile[]> | undefined;

  constructor(
    private readonly library: Library,
    private readonly files: readonly ModuleFile[],
  ) {
    this.packages = new Set(files.filter(({ path }) => isInit(path)).map(({ root, path }) => keyOf(root, folderOf(path))));
    for (const file of files) this.byPath.set(keyOf(file.root, file.path), file);
    this.nativeNames = nativeNames(files);
  }

  /** A file holds something else now; which files there are and what they import is as before. */
  forget(file: ModuleFile): void {
    for (const space of this.spaces.values()) space.forget(file);
  }

  /** How the names of a file reach the library. */
  reach(path: string, root?: string): Reach {
    const space = this.space(root);
    const absolute = (dotted: string): string => this.absolute(dotted, path, root);
    return {
      isModule: (dotted) => space.isModule(absolute(dotted)),
      resolve: (dotted) => space.resolve(absolute(dotted)),
      membersOf: (dotted) => space.membersOf(absolute(dotted)),
      starNames: (module) => space.starNames(absolute(module)),
    };
  }

  /** The file of a module, as a file of this root would import it. */
  fileOf(module: string, root?: string): ModuleFile | undefined {
    return this.space(root).fileOf(module);
  }

  /**
   * The files that are loaded together with this one, by URI: by whoever loads it, and with the modules of these names. What runs in
   * a test may be loaded by the test or, where the file is a base of tests, by each of those.
   */
  loadedWith(path: string, root: string | undefined, names: readonly string[]): ReadonlySet<string> {
    const file = this.byPath.get(keyOf(root, path));
    if (!file) return new Set();
    const named = names.flatMap(withPackages).flatMap((name) => this.fileOf(name, root) ?? []);
    const all = closure([...closure([file], (each) => this.loaders(each)), ...named], (each) => this.loads(each));
    return new Set([...all].flatMap(({ uri }) => uri ?? []));
  }

  /** Whether a dotted name leads to the library; undefined where no module of the project is in front of it. */
  leads(dotted: string, root?: string): boolean | undefined {
    const isOurs = withPackages(dotted).slice(0, -1).some((name) => this.fileOf(name, root) !== undefined);
    return isOurs ? this.space(root).resolve(dotted) !== undefined : undefined;
  }

  /**
   * Whether a module of the project has something of its own under a name that the library has elsewhere: it imports that from the project,
   * or others import it from there, and it does not lead to the library.
   */
  hasOwn(module: string, name: string, root?: string): boolean {
    const space = this.space(root);
    const file = space.fileOf(module);
    if (!file || space.resolve(`${module}.${name}`)) return false;
    const isOurs = (dotted: string): boolean => space.fileOf(dotted.slice(0, dotted.lastIndexOf('.'))) !== undefined;
    const dotted = `${space.nameOf(file)}.${name}`;
    return file.imports.some((each) => each.isTopLevel && each.bound === name && isOurs(each.dotted)) || this.files.some(({ imports }) => imports.some((each) => each.dotted === dotted));
  }

  /** Whether a file belongs to the project whose package this is: it is the package, or beside it. `src` may be between, as it is in many projects. */
  isBesidePackage(name: string, path: string, root?: string): boolean {
    const isPackage = (folder: string): boolean => this.packages.has(keyOf(root, folder));
    if (this.packageName(root) === name) return true;
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const below = folder === '' ? '' : `${folder}/`;
      if (!isPackage(folder) && (isPackage(`${below}${name}`) || isPackage(`${below}src/${name}`))) return true;
      if (folder === '') return false;
    }
  }

  /** The modules of a package, by the path of its `__init__.py`, that are called like one of the standard library; undefined where there are none. */
  nativeNamesIn(path: string, root?: string): readonly string[] | undefined {
    return isInit(path) ? this.nativeNames.get(keyOf(root, folderOf(path))) : undefined;
  }

  /** Those of the imports and dotted strings of a file that lead to the library through the project. */
  concerns(mentioned: Pick<Mentioned, 'imports' | 'strings'>, path = '', root?: string): readonly Concern[] {
    const space = this.space(root);
    return space.concernsOf(mentioned, () => {
      const isScript = this.isBesideNoPackage(path, root);
      const byImport = mentioned.imports.flatMap(({ dotted, bound }) => space.concern(isScript ? this.besideScript(dotted, path, root) : dotted, dotted, bound) ?? []);
      const byString = mentioned.strings.flatMap((dotted) => space.concern(dotted, dotted, undefined) ?? []);
      return [...byImport, ...byString];
    });
  }

  /** What a file imports, with the packages around that and around itself. */
  private loads(file: ModuleFile): readonly ModuleFile[] {
    const known = this.loading.get(file);
    if (known) return known;
    const space = this.space(file.root);
    const names = [space.nameOf(file), ...file.imports.map(({ dotted }) => dotted)];
    const files = [...new Set(names.filter((name) => space.mayKnow(name)).flatMap(withPackages).flatMap((name) => space.fileOf(name) ?? []))];
    this.loading.set(file, files);
    return files;
  }

  private loaders(file: ModuleFile): readonly ModuleFile[] {
    if (!this.loadersOf) {
      const loaders = new Map<ModuleFile, ModuleFile[]>();
      for (const each of this.files) {
        for (const other of this.loads(each)) {
          const known = loaders.get(other);
          if (known) known.push(each);
          else loaders.set(other, [each]);
        }
      }
      this.loadersOf = loaders;
    }
    return this.loadersOf.get(file) ?? [];
  }

  /** A module beside the file that is called like the library is not the library. */
  private absolute(dotted: string, path: string, root: string | undefined): string {
    if (!dotted.startsWith('.')) return this.besideScript(dotted, path, root);
    const name = absoluteName(dotted, path);
    return name === this.library.root || name.startsWith(`${this.library.root}.`) ? `.${name}` : name;
  }

  /** Whether names in a file may mean something beside it. */
  private isBesideNoPackage(path: string, root: string | undefined): boolean {
    const folder = folderOf(path);
    return this.packageName(root) !== undefined || (folder !== '' && !this.packages.has(keyOf(root, folder)));
  }

  /** The folder of a script comes first on the search path: `helper` in `tools/run.py` is `tools/helper.py`. */
  private besideScript(dotted: string, path: string, root: string | undefined): string {
    const around = this.packageName(root);
    const at = around === undefined ? -1 : dotted.split('.').indexOf(around);
    if (at >= 0) return dotted.split('.').slice(at).join('.');
    const folder = folderOf(path);
    if (folder === '' || this.packages.has(keyOf(root, folder))) return dotted;
    const [top = ''] = dotted.split('.');
    const isThere = [`${folder}/${top}.py`, `${folder}/${top}/__init__.py`].some((file) => this.byPath.has(keyOf(root, file)));
    return isThere ? `${folder.replaceAll('/', '.')}.${dotted}` : dotted;
  }

  /** In a root that is a package itself, all names begin with the name of its folder. */
  private namesOf(file: ModuleFile): readonly string[] {
    const known = this.names.get(file);
    if (known) return known;
    const { path, root } = file;
    const names = moduleNames(path, (folder) => this.packages.has(keyOf(root, folder)));
    const around = this.packageName(root);
    const all = around === undefined ? names : [...(isInit(path) && folderOf(path) === '' ? [around] : names.map((name) => `${around}.${name}`)), ...names];
    this.names.set(file, all);
    return all;
  }

  /** The name of the root's folder, where that is a package; what is around it is not seen. */
  private packageName(root: string | undefined): string | undefined {
    return root !== undefined && this.packages.has(keyOf(root, '')) ? decodeURIComponent(root.slice(root.lastIndexOf('/') + 1)) : undefined;
  }

  /** The files of the root itself come before those of the others. */
  private space(root = ''): NameSpace {
    const known = this.spaces.get(root);
    if (known) return known;
    const own = this.files.filter((file) => (file.root ?? '') === root);
    const ordered = own.length === this.files.length ? own : [...own, ...this.files.filter((file) => (file.root ?? '') !== root)];
    const made = new NameSpace(this.library, ordered.map((file) => ({ file, names: this.namesOf(file) })));
    this.spaces.set(root, made);
    return made;
  }
}

function closure(files: readonly ModuleFile[], next: (file: ModuleFile) => readonly ModuleFile[]): ReadonlySet<ModuleFile> {
  const found = new Set(files);
  for (const file of found) for (const other of next(file)) found.add(other);
  return found;
}

function keyOf(root: string | undefined, path: string): string {
  return root === undefined ? path : `${root}\n${path}`;
}

/** The modules below each folder that are called like one of the standard library, by the key of the folder. */
function nativeNames(files: readonly ModuleFile[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { root, path } of files) {
    const module = isInit(path) ? folderOf(path) : path.replace(/\.pyw?$/, '');
    const folder = folderOf(module);
    const name = module.slice(folder === '' ? 0 : folder.length + 1);
    if (!isStandardLibrary(name)) continue;
    const names = found.get(keyOf(root, folder)) ?? new Set();
    found.set(keyOf(root, folder), names.add(name));
  }
  return new Map([...found].map(([key, names]) => [key, [...names].sort()]));
}
