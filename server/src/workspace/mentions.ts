import { attributeMentionsOf } from './attributeMentions';
import { placedImports } from './importMentions';
import { offerOf } from './offers';
import { isModuleName } from './moduleNames';
import type { Mentioned } from './modules';
import { noPrivateNames, PrivateNameIndex, privateNamesIn } from './privateNames';
import { isSameData } from './sameData';
import { noOutline, outlineOf } from './services/outline';

/** What the text of a file says of others: its imports, what it runs while it is loaded, and in a file with mocks each string that looks like a dotted name. */
export function mentionedIn(text: string, path: string): Mentioned {
  const strings = new Set<string>();
  if (/\b(mock|patch|setattr|stub)/i.test(text)) {
    for (const [literals] of text.matchAll(/(?:(['"])[\w.]+\1[\s\\]*)+/g)) {
      const text = literals.replace(/['"\s\\]+/g, '');
      if (/^[A-Za-z_]\w*(?:\.\w+)+$/.test(text)) strings.add(text);
    }
  }
  const placed = placedImports(text, path);
  const imports = placed.map(({ mention }) => mention);
  return { imports, offer: offerOf(text, path), strings: [...strings], attributes: attributeMentionsOf(text, imports), privates: privateNamesIn(text), outline: outlineOf(text, placed, path) };
}

/** Module name of a file by its path below the root; packages are named by their folder. */
export function moduleName(path: string): string {
  return path
    .replace(/\.pyi?w?$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
}

/**
 * Who names what of whom. A module is known by the end of its path, because the folder that Python's search path
 * starts in is not known: `src/pkg/mod.py` answers to `pkg.mod`.
 */
export class Mentions {
  private readonly byFile = new Map<string, Mentioned>();
  /** How many files mention a dotted name. */
  private readonly counts = new Map<string, number>();
  /** Last part of a module's name → the dotted names `module.name` → how many of those that are mentioned start so. */
  private readonly byEnd = new Map<string, Map<string, number>>();
  /** Each part of a name → the dotted names up to it → how many of those that are mentioned start so. */
  private readonly byPart = new Map<string, Map<string, number>>();
  private readonly known = new Map<string, ReadonlySet<string>>();
  private readonly privates: PrivateNameIndex;
  /** Modules of which stars take all names → the files of those stars. */
  private readonly stars = new Map<string, Set<string>>();

  /** Grows with every change of what is mentioned. */
  revision = 0;

  /** The name of a module by the URI of its file. */
  constructor(moduleOf: (uri: string) => string) {
    this.privates = new PrivateNameIndex((uri) => this.from(uri), moduleOf);
  }

  /** What one file mentions, as it is now. */
  set(uri: string, mentioned: Mentioned): void {
    const before = this.byFile.get(uri) ?? nothing;
    if (before === mentioned || (before !== nothing && isSameData(before, mentioned))) return;
    this.byFile.set(uri, mentioned);
    const isHeard = this.privates.change(uri, before.privates, mentioned.privates);
    if (!isHeard && before !== nothing && isSameData({ ...before, privates: mentioned.privates }, mentioned)) return;
    this.count(before, -1);
    this.count(mentioned, 1);
    for (const dotted of starsIn(before)) this.stars.get(dotted)?.delete(uri);
    for (const dotted of starsIn(mentioned)) this.stars.set(dotted, (this.stars.get(dotted) ?? new Set()).add(uri));
    this.known.clear();
    this.revision++;
  }

  /** What a file mentions. */
  from(uri: string): Mentioned {
    return this.byFile.get(uri) ?? nothing;
  }

  delete(uri: string): void {
    if (!this.byFile.has(uri)) return;
    this.set(uri, nothing);
    this.byFile.delete(uri);
  }

  /** The names of a module that somebody mentions. */
  of(module: string): ReadonlySet<string> {
    const known = this.known.get(module);
    if (known) return known;
    const names = new Set<string>();
    for (const dotted of this.byEnd.get(lastPart(module))?.keys() ?? []) {
      const dot = dotted.lastIndexOf('.');
      const prefix = dotted.slice(0, dot);
      if (isModuleName(prefix, module)) names.add(dotted.slice(dot + 1));
    }
    this.known.set(module, names);
    return names;
  }

  /** Whether another file imports the module of this one, or names something in it. */
  isNamedByOthers(module: string, uri: string): boolean {
    return this.isNamedBeside([uri], this.byPart.get(lastPart(module)), (dotted) => isModuleName(dotted, module));
  }

  /** Whether a file takes all names of a module with a star; `instead` as above. */
  isStarred(module: string, instead: ReadonlyMap<string, Mentioned> = new Map()): boolean {
    for (const [dotted, uris] of this.stars) if (isModuleName(dotted, module) && [...uris].some((uri) => !instead.has(uri))) return true;
    return [...instead.values()].some((mentioned) => starsIn(mentioned).some((dotted) => isModuleName(dotted, module)));
  }

  /** Whether another file may mean what this one has under a name with an underscore; see `PrivateNameIndex`. */
  isPrivateElsewhere(name: string, uri: string, instead?: ReadonlyMap<string, Mentioned>): boolean {
    return this.privates.isElsewhere(name, uri, instead);
  }

  /** Whether a file names this name of a module; `instead` has what some files would mention after a change. */
  isNamed(module: string, name: string, instead: ReadonlyMap<string, Mentioned>): boolean {
    const isMeant = (dotted: string): boolean => dotted.endsWith(`.${name}`) && isModuleName(dotted.slice(0, -1 - name.length), module);
    const namesIt = (mentioned: Mentioned): boolean => [...namesIn(mentioned)].some((dotted) => partsOf(dotted).some(({ upTo }) => isMeant(upTo)));
    return this.isNamedBeside([...instead.keys()], this.byEnd.get(lastPart(module)), isMeant) || [...instead.values()].some(namesIt);
  }

  /** Whether other files than these mention a dotted name that starts with one that is meant. `starts` has those that may be, as in `byEnd`. */
  private isNamedBeside(uris: readonly string[], starts: ReadonlyMap<string, number> = new Map(), isMeant: (dotted: string) => boolean): boolean {
    let named = 0;
    for (const [dotted, count] of starts) if (isMeant(dotted)) named += count;
    if (named === 0) return false;
    const own = new Map<string, number>();
    for (const dotted of uris.flatMap((uri) => [...namesIn(this.from(uri))])) own.set(dotted, (own.get(dotted) ?? 0) + 1);
    for (const [dotted, times] of own) {
      if (this.counts.get(dotted) === times) for (const { upTo } of partsOf(dotted)) if (isMeant(upTo)) named--;
    }
    return named > 0;
  }

  private count(mentioned: Mentioned, step: 1 | -1): void {
    for (const dotted of namesIn(mentioned)) this.countName(dotted, step);
  }

  /** Most names are mentioned by many files, and are taken apart only once. */
  private countName(dotted: string, step: 1 | -1): void {
    const next = (this.counts.get(dotted) ?? 0) + step;
    if (next > 0) this.counts.set(dotted, next);
    else this.counts.delete(dotted);
    if (next !== (step === 1 ? 1 : 0)) return;
    let before: string | undefined;
    for (const { part, upTo } of partsOf(dotted)) {
      if (before !== undefined) countIn(this.byEnd, before, upTo, step);
      countIn(this.byPart, part, upTo, step);
      before = part;
    }
  }
}

function* namesIn({ imports, strings, attributes }: Mentioned): Generator<string> {
  for (const { dotted } of imports) yield dotted;
  yield* strings;
  yield* attributes;
}

/** The modules of which a file takes all names. */
function starsIn({ imports }: Mentioned): readonly string[] {
  return imports.flatMap(({ dotted, bound }) => (bound === '*' ? [dotted] : []));
}

/** The parts of a dotted name, each with the name up to its end. */
function partsOf(dotted: string): readonly { readonly part: string; readonly upTo: string }[] {
  const parts: { readonly part: string; readonly upTo: string }[] = [];
  let start = 0;
  for (let dot = dotted.indexOf('.'); dot >= 0; dot = dotted.indexOf('.', start)) {
    parts.push({ part: dotted.slice(start, dot), upTo: dotted.slice(0, dot) });
    start = dot + 1;
  }
  parts.push({ part: dotted.slice(start), upTo: dotted });
  return parts;
}

function countIn(all: Map<string, Map<string, number>>, key: string, name: string, step: 1 | -1): void {
  const counts = all.get(key) ?? new Map<string, number>();
  const next = (counts.get(name) ?? 0) + step;
  if (next > 0) counts.set(name, next);
  else counts.delete(name);
  all.set(key, counts);
}

/** What a file says of others that is no Python. */
export const nothing: Mentioned = { imports: [], strings: [], attributes: [], privates: noPrivateNames, outline: noOutline };

function lastPart(module: string): string {
  return module.split('.').at(-1) ?? module;
}
