import type { Library } from '../python/library';
import { own, type Export, type Reach, type Resolved } from '../python/uses';
import { absoluteName, type ImportMention } from './importMentions';
import type { Outline } from './services/outline';

/** A Python file of the project, as far as the import of its names goes. */
export interface ModuleFile {
  /** Below the root, with forward slashes. */
  readonly path: string;
  /** What its text imports; enough to follow names through it without parsing it. */
  readonly imports: readonly ImportMention[];
  /** What it was found to hold of the library, where it has been analysed; it may change. */
  exports: readonly Export[];
}

/** What the text of a file says of others. */
export interface Mentioned {
  readonly imports: readonly ImportMention[];
  /** Dotted strings in files with mocks. */
  readonly strings: readonly string[];
  readonly outline: Outline;
}

/** A dotted name in a file that leads to the library through the project. */
export interface Concern {
  readonly dotted: string;
  /** What it leads to; equal texts mean the same. */
  readonly key: string;
  /** For a module: how its names that lead there are spelled in the file. Who writes none of them is not concerned. */
  readonly spellings?: readonly string[];
}

/**
 * The modules of a project and how names of the library are handed on through them. A module is found as Python finds it: by
 * the packages above its file, and for namespace packages and other search paths by the path below the root.
 */
export class Modules {
  private readonly byName = new Map<string, ModuleFile>();
  private readonly byPath = new Map<string, ModuleFile>();
  private readonly prefixes = new Set<string>();
  private readonly resolved = new Map<string, Resolved | undefined>();
  private readonly leading = new Map<ModuleFile, readonly Lead[]>();
  private readonly nameOf = new Map<ModuleFile, string>();
  private readonly base: Reach;

  constructor(
    private readonly library: Library,
    files: readonly ModuleFile[],
  ) {
    this.base = own(library);
    const packages = new Set(files.filter(({ path }) => isInit(path)).map(({ path }) => folderOf(path)));
    for (const file of files) {
      this.byPath.set(file.path, file);
      for (const [index, name] of moduleNames(file.path, packages).entries()) {
        if (index > 0 && this.byName.has(name)) continue;
        this.byName.set(name, file);
        if (index === 0) this.nameOf.set(file, name);
        for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) this.prefixes.add(name.slice(0, end));
      }
    }
  }

  /** Some files hold something else now; which files there are and what they import is as before. */
  forget(): void {
    this.resolved.clear();
    this.leading.clear();
  }

  /** How the names of a file reach the library. */
  reach(path: string): Reach {
    // A module beside the file that is called like the library is not the library.
    const absolute = (dotted: string) => {
      const name = absoluteName(dotted, path);
      return dotted.startsWith('.') && this.isNamesake(name) ? `.${name}` : name;
    };
    return {
      isModule: (dotted) => this.isModule(absolute(dotted)),
      resolve: (dotted) => this.resolve(absolute(dotted)),
      starNames: (module) => this.starNames(absolute(module)),
    };
  }

  /** The paths of the files that are loaded when these are: what they import, the packages around that, and so on. */
  loadedBy(paths: readonly string[]): ReadonlySet<string> {
    const loaded = new Set<string>();
    const queue = paths.flatMap((path) => this.byPath.get(path) ?? []);
    for (let file = queue.pop(); file; file = queue.pop()) {
      if (loaded.has(file.path)) continue;
      loaded.add(file.path);
      const names = [this.nameOf.get(file) ?? '', ...file.imports.map(({ dotted }) => dotted)];
      for (const name of names.flatMap(withPackages)) {
        const next = this.byName.get(name);
        if (next && !loaded.has(next.path)) queue.push(next);
      }
    }
    return loaded;
  }

  /** Those of the imports and dotted strings of a file that lead to the library through the project. */
  concerns({ imports, strings }: Pick<Mentioned, 'imports' | 'strings'>): readonly Concern[] {
    const byImport = imports.flatMap((mention) => this.concern(mention) ?? []);
    const byString = strings.flatMap((dotted): readonly Concern[] => {
      const found = this.base.resolve(dotted) ? undefined : this.resolve(dotted);
      return found ? [{ dotted, key: `${dotted}=${keyOf(found)}` }] : [];
    });
    return [...byImport, ...byString];
  }

  private concern({ dotted, bound }: ImportMention): Concern | undefined {
    if (this.base.resolve(dotted)) return undefined;
    const found = bound === '*' ? undefined : this.resolve(dotted);
    if (found) return { dotted, key: `${dotted}=${keyOf(found)}` };
    const module = this.byName.get(dotted);
    const leads = module ? this.leadsTo(module) : [];
    if (leads.length === 0) return undefined;
    const key = `${dotted}=${leads.map((lead) => `${lead.name}:${lead.key}`).join()}`;
    return { dotted, key, spellings: leads.map(({ name }) => (bound === '*' ? name : `${bound}.${name}`)) };
  }

  private isNamesake(dotted: string): boolean {
    return dotted === this.library.root || dotted.startsWith(`${this.library.root}.`);
  }

  private isModule(dotted: string): boolean {
    if (this.library.isModule(dotted) || this.byName.has(dotted) || this.prefixes.has(dotted)) return true;
    const alias = this.exported(dotted)?.value;
    return alias?.kind === 'name' && alias.dotted !== dotted && (this.library.isModule(alias.dotted) || this.byName.has(alias.dotted));
  }

  private resolve(dotted: string): Resolved | undefined {
    const direct = this.base.resolve(dotted);
    if (direct) return direct;
    if (this.resolved.has(dotted)) return this.resolved.get(dotted);
    // While the answer is looked for it is "nothing": that ends cycles of imports.
    this.resolved.set(dotted, undefined);
    const found = this.follow(dotted);
    this.resolved.set(dotted, found);
    return found;
  }

  private follow(dotted: string): Resolved | undefined {
    const found = this.exported(dotted);
    if (!found || found.value.kind !== 'name') return found;
    const { isSubclass } = found.value;
    const further = found.value.dotted === dotted ? undefined : this.resolve(found.value.dotted);
    if (!further) return undefined;
    const value = isSubclass && further.value.kind === 'name' ? { ...further.value, isSubclass } : further.value;
    return { value, ...(found.via === undefined ? {} : { via: found.via }) };
  }

  /** What the longest module in front of a dotted name holds under the rest of it: by its analysis, else by its imports. */
  private exported(dotted: string): Resolved | undefined {
    for (let end = dotted.lastIndexOf('.'); end > 0; end = dotted.lastIndexOf('.', end - 1)) {
      const via = dotted.slice(0, end);
      const file = this.byName.get(via);
      if (!file) continue;
      const [name = '', ...rest] = dotted.slice(end + 1).split('.');
      const value = file.exports.find((candidate) => candidate.name === name)?.value;
      if (value) return rest.length === 0 ? { value, via } : value.kind === 'name' ? { value: { ...value, dotted: [value.dotted, ...rest].join('.') }, via } : undefined;
      const imported = this.imported(file, name);
      if (imported !== undefined) return { value: { kind: 'name', dotted: [imported, ...rest].join('.') }, via };
    }
    return undefined;
  }

  private imported(file: ModuleFile, name: string): string | undefined {
    const plain = file.imports.find(({ bound, isTopLevel }) => isTopLevel && bound === name);
    if (plain) return plain.dotted;
    const star = file.imports.find(({ bound, dotted }) => bound === '*' && this.resolve(`${dotted}.${name}`));
    return star && `${star.dotted}.${name}`;
  }

  private starNames(module: string): readonly (readonly [name: string, dotted: string])[] {
    if (this.library.isModule(module)) return this.library.starNames(module);
    const file = this.byName.get(module);
    if (!file) return [];
    const names = [...file.exports.map(({ name }) => name), ...file.imports.filter(({ isTopLevel }) => isTopLevel).map(({ bound }) => bound)];
    return [...new Set(names)].filter((name) => !name.startsWith('_') && name !== '*' && this.resolve(`${module}.${name}`)).map((name) => [name, `${module}.${name}`]);
  }

  /** The names of a module that lead to the library. */
  private leadsTo(file: ModuleFile): readonly Lead[] {
    const known = this.leading.get(file);
    if (known) return known;
    this.leading.set(file, []);
    const module = this.nameOf.get(file) ?? '';
    const own = file.exports.map(({ name, value }): Lead => ({ name, key: keyOf({ value }) }));
    const top = file.imports.filter(({ isTopLevel, bound }) => isTopLevel && bound !== '*');
    const through = top.map(({ bound }): Lead => ({ name: bound, key: keyOf(this.resolve(`${module}.${bound}`)) })).filter(({ key }) => key !== '');
    const leads = [...own, ...through];
    this.leading.set(file, leads);
    return leads;
  }
}

interface Lead {
  readonly name: string;
  readonly key: string;
}

/**
 * The names under which a file can be imported, the likeliest first: counted from the topmost package above it, and below the
 * root as a whole (a namespace package, or a search path that starts there).
 */
export function moduleNames(path: string, packages: ReadonlySet<string>): readonly string[] {
  const parts = path.replace(/\.pyi?w?$/, '').split('/');
  if (parts.at(-1) === '__init__') parts.pop();
  const folders = path.split('/').slice(0, -1);
  let top = folders.length;
  while (top > 0 && packages.has(folders.slice(0, top).join('/'))) top--;
  const names = [parts.slice(top).join('.'), parts.join('.')].filter((name) => name !== '');
  return [...new Set(names)];
}

/** `a.b.c`, `a.b` and `a`: importing a module loads the packages around it. */
export function withPackages(dotted: string): readonly string[] {
  const parts = dotted.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

export function isInit(path: string): boolean {
  return /(^|\/)__init__\.py$/.test(path);
}

export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

function keyOf(found: Resolved | undefined): string {
  if (!found) return '';
  const { value } = found;
  return value.kind === 'name' ? `${value.dotted}${value.isSubclass ? '!' : ''}` : `${value.kind} ${value.className}`;
}
