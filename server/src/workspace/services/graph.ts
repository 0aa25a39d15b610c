import type { PatchGroup } from '../../rules/rule';
import type { ImportMention } from '../importMentions';
import { folderOf, isInit, moduleNames, withPackages } from '../moduleNames';
import { foldersAround } from '../roots';
import { earlyNames } from '../../rules/kit/earlyNames';
import type { Outline } from './outline';
import type { PatchCall } from './patchCalls';

/** A module of the project, as far as it matters for what runs when a process starts. */
export interface LoadFile {
  readonly uri: string;
  /** Below the root, with forward slashes. */
  readonly path: string;
  readonly imports: readonly ImportMention[];
  readonly outline: Outline;
  readonly patches: readonly PatchCall[];
  /** Whether it starts green threads by itself. */
  readonly startsGreenThreads: boolean;
}

/** Whether green threads may be about where a module is loaded: it starts them, or uses what does in a library. */
export function startsGreenThreads({ startsGreenThreads, outline }: LoadFile): boolean {
  return startsGreenThreads || outline.usesStarters;
}

/** A function of a module, known by its name. */
export interface Callable {
  readonly file: LoadFile;
  readonly name: string;
}

/** What a module does, in text order: while it is loaded, or in the function `within`. */
export type Step = { readonly within?: string; readonly conditions: readonly string[]; /** How many imports stand above. */ readonly after: number } & (
  | { readonly kind: 'load'; readonly files: readonly LoadFile[] }
  /** Binds a native function or class for good, whatever is patched later (catalogue R1). */
  | { readonly kind: 'bind'; readonly name: string; readonly group: PatchGroup }
  | { readonly kind: 'patch'; readonly call: PatchCall }
  | { readonly kind: 'call'; readonly name: string }
);

/** Who loads whom. Found by names and text alone; what is loaded by the value of a variable is known only as far as strings name it. */
export class LoadGraph {
  private readonly byName = new Map<string, LoadFile>();
  private readonly byUri = new Map<string, LoadFile>();
  /** The first parts of the names of all modules: most imports are of other people's and can be told by that. */
  private readonly roots = new Set<string>();
  private readonly known = new Map<LoadFile, readonly Step[]>();
  private readonly around = new Map<LoadFile, readonly LoadFile[]>();
  /** The names of functions that patch, or call one that does: other calls need not be followed. */
  private readonly wrappers: ReadonlySet<string>;

  constructor(readonly files: readonly LoadFile[]) {
    const packages = new Set(files.filter(({ path }) => isInit(path)).map(({ path }) => folderOf(path)));
    for (const file of files) {
      this.byUri.set(file.uri, file);
      for (const [index, name] of moduleNames(file.path, (folder) => packages.has(folder)).entries()) {
        if (index > 0 && this.byName.has(name)) continue;
        this.byName.set(name, file);
        this.roots.add(name.split('.')[0] ?? '');
      }
    }
    this.wrappers = wrappersIn(files);
  }

  /** The modules that call `monkey_patch` while they are loaded, by themselves or through a function. */
  get patching(): readonly LoadFile[] {
    return this.files.filter((file) => this.steps(file).some(({ kind, within }) => within === undefined && (kind === 'patch' || kind === 'call')));
  }

  file(uri: string): LoadFile | undefined {
    return this.byUri.get(uri);
  }

  /** The module of this name. */
  module(name: string): LoadFile | undefined {
    return this.byName.get(name);
  }

  /** The packages around a module, the outermost first: they are loaded before it. */
  packages(file: LoadFile): readonly LoadFile[] {
    const known = this.around.get(file);
    if (known) return known;
    const packages = foldersAround(file.uri).flatMap((folder) => this.byUri.get(`${folder}/__init__.py`) ?? []).filter((around) => around !== file).reverse();
    this.around.set(file, packages);
    return packages;
  }

  steps(file: LoadFile): readonly Step[] {
    const known = this.known.get(file);
    if (known) return known;
    const steps = [...this.stepsOf(file)];
    this.known.set(file, steps);
    return steps;
  }

  /** The function that a name means where it is called in a file; undefined for somebody else's. */
  callable(file: LoadFile, name: string): Callable | undefined {
    for (let at: Callable | undefined = { file, name }, hops = 0; at && hops < tooManyHops; hops++) {
      const [head = '', ...rest] = at.name.split('.');
      const { imports } = at.file;
      const plain = imports.find(({ dotted, bound }) => dotted === bound && head === dotted.split('.')[0] && name.startsWith(`${dotted}.`));
      const imported = imports.find(({ bound }) => bound === head);
      if (!plain && !imported) return rest.length === 0 ? at : undefined;
      at = this.definition(plain ? at.name : [imported?.dotted ?? '', ...rest].join('.'));
    }
    return undefined;
  }

  /** `pkg.mod.name` as a function of the module `pkg.mod`. */
  private definition(dotted: string): Callable | undefined {
    const dot = dotted.lastIndexOf('.');
    const file = dot < 0 ? undefined : this.byName.get(dotted.slice(0, dot));
    return file && { file, name: dotted.slice(dot + 1) };
  }

  /** Whether a newer version of a file does the same while it is loaded: imports of other people's modules do not count. */
  isSame(before: LoadFile, after: LoadFile): boolean {
    return before === after || this.signature(before) === this.signature(after);
  }

  private signature(file: LoadFile): string {
    const { path, imports, outline, patches } = file;
    const own = imports.filter(({ dotted, bound }) => (dotted !== bound && earlyNames.has(dotted)) || this.loadedBy(dotted).length > 0);
    const above = (index: number): number => imports.slice(0, index).filter((mention) => own.includes(mention)).length;
    const placed = <Placed extends { readonly after: number }>(all: readonly Placed[]) => all.map((each) => ({ ...each, after: above(each.after) }));
    return JSON.stringify([path, own, { ...outline, calls: placed(this.calls(file)) }, placed(patches), startsGreenThreads(file)]);
  }

  /** What a file imports, at whatever time, with the packages around it. */
  imported(file: LoadFile): readonly LoadFile[] {
    const loaded = this.steps(file).flatMap((step) => (step.kind === 'load' ? step.files : []));
    return [...this.packages(file), ...loaded];
  }

  /** The modules that strings of a file name: as such, or as what has the class, or the method, that is named. */
  named({ outline: { names } }: LoadFile): readonly LoadFile[] {
    return names.flatMap((name) => {
      const modules = withPackages(name).slice(1).slice(-3);
      const found = modules.findLast((module) => this.byName.has(module));
      return found === undefined ? [] : (this.byName.get(found) ?? []);
    });
  }

  private calls({ outline }: LoadFile): Outline['calls'] {
    return outline.calls.filter(({ name }) => this.wrappers.has(lastPart(name)));
  }

  private loadedBy(dotted: string): readonly LoadFile[] {
    const dot = dotted.indexOf('.');
    if (!this.roots.has(dot < 0 ? dotted : dotted.slice(0, dot))) return [];
    return withPackages(dotted).flatMap((name) => this.byName.get(name) ?? []);
  }

  private *stepsOf(file: LoadFile): Generator<Step> {
    const others = [...this.calls(file).map(({ after, name, ...place }) => ({ after, step: { kind: 'call', name, after, ...place } as const })), ...file.patches.map((call) => ({ after: call.after, step: patchStep(call) }))];
    for (const [index, mention] of file.imports.entries()) {
      for (const { after, step } of others) if (after === index) yield step;
      yield* this.importSteps(mention, index);
    }
    for (const { after, step } of others) if (after >= file.imports.length) yield step;
  }

  private *importSteps({ dotted, bound, within, conditions = [] }: ImportMention, after: number): Generator<Step> {
    if (conditions.some((condition) => /(^|\.)TYPE_CHECKING$/.test(condition))) return;
    const place = { after, conditions, ...(within === undefined ? {} : { within }) };
    const group = dotted === bound ? undefined : earlyNames.get(dotted);
    if (group) yield { kind: 'bind', name: dotted, group, ...place };
    const files = this.loadedBy(dotted);
    if (files.length > 0) yield { kind: 'load', files, ...place };
  }
}

/** By name alone: whose function a call means is found out when it is followed. */
function wrappersIn(files: readonly LoadFile[]): ReadonlySet<string> {
  const wrappers = new Set(files.flatMap(({ patches }) => patches.flatMap(({ within }) => within ?? [])));
  for (let size = -1; size < wrappers.size; ) {
    size = wrappers.size;
    for (const { outline } of files) for (const { name, within } of outline.calls) if (within !== undefined && wrappers.has(lastPart(name))) wrappers.add(within);
  }
  return wrappers;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Names are handed on from module to module; more hops than this would be a cycle. */
const tooManyHops = 8;

function patchStep(call: PatchCall): Step {
  return { kind: 'patch', call, after: call.after, conditions: call.conditions, ...(call.within === undefined ? {} : { within: call.within }) };
}
