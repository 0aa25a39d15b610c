/**
 * What name resolution must know about the library whose uses are looked for. The one implementation is
 * `eventlet.ts`; everything else on this floor is about Python in general.
 */
export interface Library {
  /** Top-level package: `eventlet`. */
  readonly root: string;
  /** Whether a dotted name belongs to it: to the package itself, or to what other packages build on it. */
  owns(dotted: string): boolean;
  /** Whether a text can have to do with it at all: a quick look, before anything is parsed. */
  isNamedIn(text: string): boolean;
  /** The keywords of a call of this canonical name that have to do with it. */
  keywords(canonical: string): readonly string[];
  /** Words by which strings may name it; global. */
  readonly words: RegExp;
  /** Whether a dotted name is a module or package of the library: `eventlet.green.socket`. Historical modules count. */
  isModule(dotted: string): boolean;
  /**
   * The shortest public spelling of a dotted name: `eventlet.greenthread.sleep` is `eventlet.sleep`. Names that the
   * library does not have come back unchanged.
   */
  canonical(dotted: string): string;
  /** Canonical name of the class of what a call of this canonical name gives: `eventlet.spawn` gives an `eventlet.GreenThread`. */
  instanceOf(canonical: string): string | undefined;
  /** The member of an instance of this class; undefined where the class has no public member of that name. */
  member(className: string, name: string): Member | undefined;
  /** Whether entering an instance of this class gives the instance itself: `with Timeout(5) as timeout`. */
  givesItself(className: string): boolean;
  /** The names that `from <module> import *` brings in; each with the dotted name it stands for. */
  starNames(module: string): readonly (readonly [name: string, dotted: string])[];
  /** The names that its modules have, but for those of its green modules, which are called as in the standard library. */
  readonly exportedNames: ReadonlySet<string>;
  /** The public members that its classes have. */
  readonly memberNames: ReadonlySet<string>;
  /** Modules of other packages that hand the library on, and what their names stand for. A module of the project with that name goes before. */
  readonly handedOn: ReadonlyMap<string, readonly (readonly [name: string, dotted: string])[]>;
}

export interface Member {
  /** Canonical name of a class: what calling the member gives, or what the attribute is. */
  readonly gives?: string;
  /** A member that gives an iterable of such instances rather than one. */
  readonly many?: boolean;
}
