import type { Node, Tree } from '../syntax/node';
import { attributePlace, inheritances, type AttributePlace, type Inheritance } from './attributes';
import { occurrence, type Occurrence } from './occurrences';
import { Spelling, type Variable } from './spelling';
import { nameOffsets, wordOffsets } from './words';

export type { Variable } from './spelling';

/**
 * The names of one version of one file. A name is looked for in the text first and understood in the tree second, so
 * the work grows with the mentions of the names that somebody asks for and not with the file.
 */
export class Names {
  private readonly spellings = new Map<string, Spelling>();
  private readonly mentions = new Map<string, readonly Node[]>();
  private readonly places = new Map<string, readonly AttributePlace[]>();
  private knownGlobals: ReadonlySet<number> | undefined;
  private knownClasses: ReadonlyMap<string, readonly Inheritance[]> | undefined;

  constructor(
    readonly text: string,
    readonly tree: Tree,
  ) {}

  /** All variables of this name, one for each scope that binds it. */
  of(name: string): readonly Variable[] {
    return this.spelling(name).variables;
  }

  /** Whether the module itself binds a name, or a function does it for the module. */
  isBoundByModule(name: string): boolean {
    return this.spelling(name).isBoundByModule;
  }

  /** The reads of a name that nothing in this file binds: a builtin, or what a star import brought in. */
  unbound(name: string): readonly Occurrence[] {
    return this.spelling(name).unbound;
  }

  /** The variable that an identifier belongs to; undefined for builtins, attributes and names that nobody binds. */
  variableOf(identifier: Node): Variable | undefined {
    return this.spelling(identifier.text).variableOf(identifier);
  }

  /** The variable that a name would mean if it were read at this node. */
  seenFrom(node: Node, name: string): Variable | undefined {
    return this.spelling(name).seenFrom(node);
  }

  private spelling(name: string): Spelling {
    const known = this.spellings.get(name);
    if (known) return known;
    const made = new Spelling(name, this.text, this.tree, this.globals);
    this.spellings.set(name, made);
    return made;
  }

  /** The bodies with a `global` statement, by their start: they bind names of the module. */
  private get globals(): ReadonlySet<number> {
    this.knownGlobals ??= new Set([...wordOffsets(this.text, 'global')].flatMap((offset) => this.tree.bodyAt(offset)?.start ?? []));
    return this.knownGlobals;
  }

  /** The identifiers of this spelling, in text order: names and attributes, not the inside of strings and comments. */
  identifiers(word: string, within?: Node): readonly Node[] {
    const known = this.mentions.get(word) ?? [...this.search(word)];
    this.mentions.set(word, known);
    return within ? known.filter(({ startIndex, endIndex }) => within.startIndex <= startIndex && endIndex <= within.endIndex) : known;
  }

  /** The attributes of this name, of whatever object, in text order. */
  attributes(name: string): readonly AttributePlace[] {
    const known = this.places.get(name) ?? this.identifiers(name).flatMap((identifier) => attributePlace(identifier) ?? []);
    this.places.set(name, known);
    return known;
  }

  /** The classes that inherit by this name, in text order. */
  classesOn(base: string): readonly Inheritance[] {
    this.knownClasses ??= byBase(inheritances(this.text, this.tree));
    return this.knownClasses.get(base) ?? [];
  }

  /** Whether a name is bound or read outside of a node where `matters` says so of the offset behind it. The tree is asked only about those places. */
  isMentioned(name: string, except: Node, matters: (end: number) => boolean): boolean {
    const root = this.tree.rootNode;
    for (const start of nameOffsets(this.text, name)) {
      const end = start + name.length;
      if ((except.startIndex <= start && end <= except.endIndex) || !matters(end)) continue;
      const node = root.descendantForIndex(start, end);
      if (node.type === 'identifier' && occurrence(node)) return true;
    }
    return false;
  }

  private *search(word: string): Generator<Node> {
    const root = this.tree.rootNode;
    for (const start of wordOffsets(this.text, word)) {
      const node = root.descendantForIndex(start, start + word.length);
      if (node.type === 'identifier' && node.startIndex === start && node.endIndex === start + word.length) yield node;
    }
  }
}

function byBase(all: readonly Inheritance[]): ReadonlyMap<string, readonly Inheritance[]> {
  const found = new Map<string, Inheritance[]>();
  for (const each of all) {
    for (const name of new Set(each.bases.map(({ text }) => text))) {
      const known = found.get(name);
      if (known) known.push(each);
      else found.set(name, [each]);
    }
  }
  return found;
}
