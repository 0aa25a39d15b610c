import type { Library } from '../python/library';
import { own, type Export, type Reach } from '../python/uses';
import type { Hop, Value } from '../python/values';
import type { Concern, ModuleFile } from './modules';

/**
 * What dotted names mean to the files of one root, if they lead to the library. Names are followed from module to module by what the
 * analysis of a file found, else by what its text imports.
 */
export class NameSpace {
  private readonly byName = new Map<string, ModuleFile>();
  private readonly names = new Map<ModuleFile, string>();
  private readonly prefixes = new Set<string>();
  /** The first parts of all names: most imports are of other people's modules and can be told by that. */
  private readonly tops = new Set<string>();
  private readonly bindings = new Map<ModuleFile, Bindings>();
  private readonly resolved = new Map<string, Remembered<Value | undefined>>();
  private readonly asking = new Set<string>();
  /** Whether a question came back to one that is still open; then "nothing" may be said too early. */
  private isCircular = false;
  /** By how they are written: many files import the same. */
  private readonly concerns = new Map<string, Remembered<Concern | undefined>>();
  private readonly concernsOfFiles = new WeakMap<object, Remembered<readonly Concern[]>>();
  private readonly leads = new Map<ModuleFile, Remembered<readonly Lead[]>>();
  private readonly offers = new Map<string, Remembered<ReadonlySet<string>>>();
  private readonly held = new Map<ModuleFile, Held>();
  /** Grows whenever a file holds something else; `changes` has when that was. */
  private time = 0;
  private readonly changes = new Map<ModuleFile, number>();
  /** What the answer follows from that is being worked out. */
  private grounds: Set<Ground> | undefined;
  private readonly base: Reach;

  /** The first of several files of one name counts, and a file's likeliest name goes before another one's second. */
  constructor(
    private readonly library: Library,
    files: readonly { readonly file: ModuleFile; readonly names: readonly string[] }[],
  ) {
    this.base = own(library);
    for (const { file, names } of files) if (names[0] !== undefined) this.place(names[0], file);
    for (const { file, names } of files) for (const name of names.slice(1)) this.place(name, file);
    for (const [module, exports] of library.handedOn) this.place(module, foreign(module, exports));
  }

  /** A file holds something else now: what followed from that is worked out again when somebody asks. */
  forget(file: ModuleFile): void {
    this.held.delete(file);
    this.changes.set(file, ++this.time);
  }

  /** The likeliest name of a file. */
  nameOf(file: ModuleFile): string {
    return this.names.get(file) ?? '';
  }

  /** Whether a dotted name may lead into a module that is known here. */
  mayKnow(dotted: string): boolean {
    return this.tops.has(topOf(dotted));
  }

  fileOf(module: string): ModuleFile | undefined {
    return this.byName.get(module);
  }

  /** Whether the attributes of this dotted name may lead to the library: a module, or a class that holds something of it. */
  isModule(dotted: string, below = 0): boolean {
    if (this.library.isModule(dotted) || this.byName.has(dotted) || this.prefixes.has(dotted)) return true;
    if (below > longestTrail) return false;
    if (this.heldIn(dotted)) return true;
    return this.meanings(dotted).some(({ value }) => value.kind === 'name' && !value.standIn && value.dotted !== dotted && this.isModule(value.dotted, below + 1));
  }

  resolve(dotted: string): Value | undefined {
    const direct = this.base.resolve(dotted);
    if (direct && !this.isOurs(dotted)) return direct;
    if (!direct && !this.mayKnow(dotted)) return undefined;
    if (this.asking.has(dotted)) {
      this.isCircular = true;
      return undefined;
    }
    const isSure = (found: Value | undefined): boolean => found !== undefined || !this.isCircular;
    return this.remember(this.resolved, dotted, () => this.ask(dotted) ?? direct, isSure);
  }

  private ask(dotted: string): Value | undefined {
    this.asking.add(dotted);
    const found = this.follow(dotted);
    this.asking.delete(dotted);
    if (this.asking.size === 0) this.isCircular = false;
    return found;
  }

  /** The attributes of a class that hold something of the library. */
  membersOf(dotted: string): readonly string[] {
    if (this.byName.has(dotted)) return [];
    return this.leadsBelow(dotted).flatMap(({ name }) => (name.includes('.') ? [] : [name]));
  }

  /** The names that a star import of this module brings in and that lead to the library, with the dotted name of each. */
  starNames(module: string): readonly (readonly [name: string, dotted: string])[] {
    return [...this.offered(module)].flatMap((name) => (this.resolve(`${module}.${name}`) || this.isModule(`${module}.${name}`) ? [[name, `${module}.${name}`] as const] : []));
  }

  /** What an import or a string of a file has to do with the library through the project. `bound` is undefined for a string. */
  concern(dotted: string, spelled: string, bound: string | undefined): Concern | undefined {
    if (!this.mayKnow(dotted)) return undefined;
    return this.remember(this.concerns, `${dotted} ${spelled} ${bound ?? ''}`, () => this.concernOf(dotted, spelled, bound));
  }

  /** All that a file has to do with it: what was worked out for what it mentions, as long as that stands. */
  concernsOf(mentioned: object, work: () => readonly Concern[]): readonly Concern[] {
    return this.remember(this.concernsOfFiles, mentioned, work);
  }

  private concernOf(dotted: string, spelled: string, bound: string | undefined): Concern | undefined {
    if (this.base.resolve(dotted) && !this.isOurs(dotted)) return undefined;
    const found = bound === '*' ? undefined : this.resolve(dotted);
    if (found) return { dotted: spelled, key: `${spelled}=${keyOf(found)}` };
    const leads = bound === undefined ? [] : this.leadsBelow(dotted);
    if (leads.length === 0) return undefined;
    const key = `${spelled}=${leads.map((lead) => `${lead.name}:${lead.key}`).join()}`;
    // A class is written down by its own name where somebody inherits from it.
    const isClass = !this.byName.has(dotted) && this.heldIn(dotted);
    const names = [...new Set(leads.map(({ name }) => name.split('.')[0] ?? name))];
    if (isClass) return { dotted: spelled, key };
    const spellings = names.map((name) => (bound === '*' ? name : `${bound}.${name}`));
    return bound === undefined || bound === '*' ? { dotted: spelled, key, spellings } : { dotted: spelled, key, spellings, replacing: replacing(bound, names) };
  }

  /** Whether a dotted name is in a package of the project, although the library knows that package: then what its modules say goes first. */
  private isOurs(dotted: string): boolean {
    const [top = ''] = dotted.split('.');
    const file = top === this.library.root ? undefined : this.byName.get(top);
    return file !== undefined && file.path !== '';
  }

  /** Whether a dotted name is a class that holds something of the library. */
  private heldIn(dotted: string): boolean {
    const { file, rest } = this.split(dotted);
    return file !== undefined && this.heldBy(file).classes.has(rest);
  }

  private place(name: string, file: ModuleFile): void {
    if (!this.names.has(file)) this.names.set(file, name);
    if (this.byName.has(name)) return;
    this.byName.set(name, file);
    this.tops.add(topOf(name));
    for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) this.prefixes.add(name.slice(0, end));
  }

  private follow(dotted: string): Value | undefined {
    for (const { value, hop } of this.meanings(dotted)) {
      if (value.kind !== 'name') return along(value, hop, undefined);
      const further = value.dotted === dotted ? undefined : this.resolve(value.dotted);
      if (further) return along(value, hop, further);
    }
    return undefined;
  }

  /** The longest module in front of a dotted name, and what stands behind it. */
  private split(dotted: string): { readonly file: ModuleFile | undefined; readonly rest: string } {
    for (let end = dotted.lastIndexOf('.'); end > 0; end = dotted.lastIndexOf('.', end - 1)) {
      const file = this.byName.get(dotted.slice(0, end));
      if (file) return { file, rest: dotted.slice(end + 1) };
    }
    return { file: undefined, rest: '' };
  }

  /** What a dotted name may stand for in the module in front of it: by the module's analysis, and by its imports. */
  private meanings(dotted: string): readonly Meaning[] {
    const { file, rest } = this.split(dotted);
    if (!file) return [];
    const module = this.nameOf(file);
    const { byName } = this.heldBy(file);
    const found: Meaning[] = [];
    for (let end = byName.size > 0 ? rest.length : 0; end > 0; end = rest.lastIndexOf('.', end - 1)) {
      const name = rest.slice(0, end);
      const after = rest.slice(end);
      for (const { value } of byName.get(name) ?? []) {
        if (after === '') found.push({ value, hop: { module, name } });
        else if (value.kind === 'name' && !value.standIn) found.push({ value: { ...value, dotted: value.dotted + after }, hop: { module, name } });
      }
    }
    const name = topOf(rest);
    for (const imported of this.imported(file, name)) found.push({ value: { kind: 'name', dotted: imported + rest.slice(name.length) }, hop: { module, name } });
    return found;
  }

  private imported(file: ModuleFile, name: string): readonly string[] {
    const { byName, stars } = this.bindingsOf(file);
    const own = byName.get(name) ?? [];
    if (stars.length === 0) return own;
    return [...own, ...stars.flatMap((dotted) => (this.offered(dotted).has(name) ? [`${dotted}.${name}`] : []))];
  }

  /** What a file imports is always the same here. */
  private bindingsOf(file: ModuleFile): Bindings {
    const known = this.bindings.get(file);
    if (known) return known;
    const byName = new Map<string, string[]>();
    for (const { dotted, bound, isTopLevel } of file.imports) {
      if (!isTopLevel) continue;
      const names = byName.get(bound);
      if (names) names.push(dotted);
      else byName.set(bound, [dotted]);
    }
    const made: Bindings = { byName, stars: file.imports.flatMap(({ dotted, bound }) => (bound === '*' ? [dotted] : [])) };
    this.bindings.set(file, made);
    return made;
  }

  /** The names that `from module import *` asks for: what `__all__` says, else all without an underscore. */
  private offered(module: string): ReadonlySet<string> {
    return this.remember(this.offers, module, () => this.offeredWithin(module, []));
  }

  private offeredWithin(module: string, around: readonly string[]): ReadonlySet<string> {
    if (this.library.isModule(module)) return new Set(this.library.starNames(module).map(([name]) => name));
    const file = this.byName.get(module);
    if (!file || around.includes(module)) return new Set();
    const inner = [...around, module];
    if (file.offer) {
      const others = file.offer.others.flatMap((other) => [...this.offeredWithin(file.imports.find(({ bound }) => bound === other)?.dotted ?? other, inner)]);
      return new Set([...file.offer.names, ...others]);
    }
    const plain = file.imports.filter(({ isTopLevel, bound }) => isTopLevel && bound !== '*').map(({ bound }) => bound);
    const stars = file.imports.filter(({ bound }) => bound === '*').flatMap(({ dotted }) => [...this.offeredWithin(dotted, inner)]);
    return new Set([...this.heldBy(file).byName.keys(), ...plain, ...stars].filter((name) => !name.startsWith('_') && !name.includes('.')));
  }

  /** The names below a module or a class that lead to the library. */
  private leadsBelow(dotted: string, below = 0): readonly Lead[] {
    const module = this.byName.get(dotted);
    if (module) return this.leadsOf(module);
    if (this.heldIn(dotted)) {
      const { file, rest } = this.split(dotted);
      const prefix = `${rest}.`;
      return (file ? this.leadsOf(file) : []).flatMap((lead) => (lead.name.startsWith(prefix) ? [{ ...lead, name: lead.name.slice(prefix.length) }] : []));
    }
    if (below > longestTrail) return [];
    for (const { value } of this.meanings(dotted)) {
      if (value.kind === 'name' && !value.standIn && value.dotted !== dotted && this.isModule(value.dotted)) return this.leadsBelow(value.dotted, below + 1);
    }
    return [];
  }

  private leadsOf(file: ModuleFile): readonly Lead[] {
    return this.remember(this.leads, file, () => {
      const module = this.nameOf(file);
      this.grounds?.add(file);
      const held = file.exports.map(({ name, value }): Lead => ({ name, key: keyOf(value) }));
      const names = new Set(file.imports.flatMap(({ isTopLevel, bound, dotted }) => (bound === '*' ? [...this.offered(dotted)] : isTopLevel ? [bound] : [])));
      for (const { name } of held) names.delete(name);
      const through = [...names].flatMap((name): readonly Lead[] => {
        const value = this.resolve(`${module}.${name}`);
        return value ? [{ name, key: keyOf(value) }] : [];
      });
      return [...held, ...through];
    });
  }

  /** Whoever asks for what a file holds follows from it. */
  private heldBy(file: ModuleFile): Held {
    this.grounds?.add(file);
    if (file.exports.length === 0) return nothingHeld;
    const known = this.held.get(file);
    if (known) return known;
    const byName = new Map<string, readonly Export[]>();
    for (const each of file.exports) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
    const classes = new Set(file.exports.flatMap(({ name }) => (name.includes('.') ? [name.slice(0, name.lastIndexOf('.'))] : [])));
    const made: Held = { byName, classes };
    this.held.set(file, made);
    return made;
  }

  /** The answer to a question, worked out again only when something has changed that it followed from, and kept only where it is sure. */
  private remember<Key, Answer>(known: Answers<Key, Answer>, key: Key, work: () => Answer, isSure: (answer: Answer) => boolean = () => true): Answer {
    const before = known.get(key);
    if (before && this.stands(before)) {
      this.follows(before);
      return before.answer;
    }
    const outer = this.grounds;
    const grounds = new Set<Ground>();
    this.grounds = grounds;
    const answer = work();
    this.grounds = outer;
    const made: Remembered<Answer> = { answer, grounds: this.isCircular ? undefined : [...grounds], at: this.time };
    if (isSure(answer)) known.set(key, made);
    this.follows(made);
    return answer;
  }

  /** What is being worked out follows from an answer; where that has few grounds, from those. */
  private follows(answer: Remembered<unknown>): void {
    const { grounds } = answer;
    if (grounds && grounds.length <= few) for (const ground of grounds) this.grounds?.add(ground);
    else this.grounds?.add(answer);
  }

  private stands(known: Remembered<unknown>): boolean {
    if (known.at === this.time) return true;
    const { grounds } = known;
    // What does not stand once never stands again: it will be made anew.
    if (!grounds?.every((ground) => ('at' in ground ? this.stands(ground) : (this.changes.get(ground) ?? 0) <= known.at))) {
      known.grounds = undefined;
      return false;
    }
    known.at = this.time;
    return true;
  }
}

const few = 2;

/** Answers by their question. */
interface Answers<Key, Answer> {
  get(key: Key): Remembered<Answer> | undefined;
  set(key: Key, answer: Remembered<Answer>): unknown;
}

/** What an answer follows from: what a file holds, and other answers. */
type Ground = ModuleFile | Remembered<unknown>;

/** An answer, and when it was last known to be right. */
interface Remembered<Answer> {
  readonly answer: Answer;
  /** Undefined for what was answered in a circle: that is right until anything changes. */
  grounds: readonly Ground[] | undefined;
  at: number;
}

/** Modules that rename a module for each other could go on for ever. */
const longestTrail = 20;

interface Meaning {
  readonly value: Value;
  readonly hop: Hop;
}

interface Held {
  readonly byName: ReadonlyMap<string, readonly Export[]>;
  /** Classes whose bodies bind something of the library. */
  readonly classes: ReadonlySet<string>;
}

const nothingHeld: Held = { byName: new Map(), classes: new Set() };

interface Bindings {
  /** What the names of the module are imported from. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  readonly stars: readonly string[];
}

interface Lead {
  readonly name: string;
  readonly key: string;
}

/** `mod, 'sleep'`, as arguments of a call. */
function replacing(bound: string, names: readonly string[]): RegExp {
  return new RegExp(`\\b${bound.replaceAll('.', '\\.')},\\s*(?:attribute=)?['"](?:${names.join('|')})['"]`);
}

function along(value: Value, hop: Hop, further: Value | undefined): Value {
  const { trail: below = [], ...standIn } = value.standIn ?? further?.standIn ?? {};
  const trail = [hop, ...(value.trail ?? []), ...below, ...(further?.trail ?? [])];
  return { ...(further ?? value), trail, ...('kind' in standIn ? { standIn } : {}) };
}

function topOf(dotted: string): string {
  const dot = dotted.indexOf('.');
  return dot < 0 ? dotted : dotted.slice(0, dot);
}

/** A module of another package, as far as it hands the library on. */
function foreign(module: string, names: readonly (readonly [name: string, dotted: string])[]): ModuleFile {
  const exports = names.map(([name, dotted]): Export => ({ name, value: { kind: 'name', dotted, standIn: { kind: 'package', name: `${module}.${name}`, module } } }));
  return { path: '', imports: [], exports };
}

function keyOf(value: Value): string {
  const trail = (value.trail ?? []).map(({ module, name }) => `${module}.${name}`).join('<');
  const standIn = value.standIn ? ` ${JSON.stringify(value.standIn)}` : '';
  return `${value.kind} ${value.kind === 'name' ? value.dotted : value.className}${standIn} ${trail}`;
}
