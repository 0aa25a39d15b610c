import { enclosing, type Node, type Tree } from '../syntax/node';
import { occurrence, type Occurrence } from './occurrences';
import { isBefore, shareLoop } from './reaching';
import { scopesSeenFrom, type Scope } from './scopes';
import { isGivenValue, nameOffsets } from './words';

/** One name in one scope: everything that is bound and read under it is the same variable. */
export interface Variable {
  readonly name: string;
  readonly scope: Scope;
  /** In text order; `del` counts, because it makes the name local. */
  readonly bindings: readonly Occurrence[];
  /** In text order, from this scope and from the ones inside that see it. */
  readonly reads: readonly Occurrence[];
  /** Those of the reads for which `matters` says so of the offset behind the name: nobody has to look into the functions that have none of them. */
  readsWhere(matters: (end: number) => boolean): readonly Occurrence[];
}

/**
 * What the mentions of one name in a file mean. In the bodies that a tree leaves out until somebody looks into them, they are understood body by body: what
 * a function does with a name matters outside only where it reads it without binding it, or says `global`.
 */
export class Spelling {
  private readonly byScope = new Map<number, Known>();
  private readonly byMention = new Map<number, Variable>();
  private readonly free: Occurrence[] = [];
  /** The scopes that bind it themselves. */
  private readonly binding = new Set<number>();
  /** The scopes of `global` and `nonlocal` statements, with the ones that these mean. */
  private readonly declared = new Map<number, Scope>();
  /** Where it is mentioned in bodies that nobody looked into, by the start of the body. */
  private readonly left = new Map<number, number[]>();
  /** The bodies of functions that have a parameter of this name, and so read nothing outside under it. */
  private readonly shadowed = new Set<number>();

  constructor(
    readonly name: string,
    private readonly text: string,
    private readonly tree: Tree,
    /** The bodies with a `global` statement, by their start. */
    globals: ReadonlySet<number>,
  ) {
    const outside: number[] = [];
    for (const start of nameOffsets(text, name)) {
      const body = tree.bodyAt(start)?.start;
      if (body === undefined || globals.has(body)) outside.push(start);
      else listOf(this.left, body).push(start);
    }
    this.understand(outside);
  }

  /** All variables of this name, in the order in which they are bound first. */
  get variables(): readonly Variable[] {
    this.lookInto(this.left.keys());
    return [...this.byScope.values()].sort((a, b) => inTextOrder(a.known.bindings[0], b.known.bindings[0]));
  }

  /** What binds a name of the module is never left out. */
  get isBoundByModule(): boolean {
    return [...this.byScope.values()].some(({ scope }) => scope.kind === 'module');
  }

  /** The reads that nothing in this file binds, in text order. */
  get unbound(): readonly Occurrence[] {
    this.lookFromOutside();
    return this.free.sort(inTextOrder);
  }

  variableOf(identifier: Node): Variable | undefined {
    this.lookAround(identifier);
    return this.byMention.get(identifier.id);
  }

  seenFrom(node: Node): Variable | undefined {
    this.lookAround(node);
    const only = this.onlyOfModule();
    if (only) return only;
    for (const { id } of this.byScope.size > 0 ? scopesSeenFrom(node) : []) {
      const found = this.byScope.get(id);
      if (found) return found;
    }
    return undefined;
  }

  /** Looks into the bodies that may bind or read the variable of a scope. A class is not seen from the functions in it. */
  lookFor({ kind, node }: Scope): void {
    if (kind === 'function') this.lookInto(this.tree.bodiesIn(node).map(({ start }) => start));
    if (kind === 'module') this.lookFromOutside();
  }

  /** Looks into the bodies that may read what is bound outside of them. */
  lookFromOutside(matters: (end: number) => boolean = () => true): void {
    this.lookInto([...this.left].flatMap(([body, offsets]) => (!this.shadowed.has(body) && offsets.some((start) => this.mayRead(start, matters)) ? [body] : [])));
  }

  private mayRead(start: number, matters: (end: number) => boolean): boolean {
    const end = start + this.name.length;
    return !isGivenValue(this.text, end) && matters(end);
  }

  private lookAround({ startIndex }: Node): void {
    const body = this.left.size > 0 ? this.tree.bodyAt(startIndex) : undefined;
    if (body) this.lookInto([body.start]);
  }

  private lookInto(bodies: Iterable<number>): void {
    for (const body of bodies) {
      const offsets = this.left.get(body);
      this.left.delete(body);
      if (offsets) this.understand(offsets);
    }
  }

  /** Sorts out mentions that belong together: all outside of bodies, or all of one body. */
  private understand(offsets: readonly number[]): void {
    const occurrences = offsets.flatMap((start) => this.occurrenceAt(start) ?? []);
    for (const { role, scope } of occurrences) if (role === 'bind') this.binding.add(scope.id);
    for (const mention of occurrences) this.declare(mention);
    for (const mention of occurrences) {
      if (mention.role === 'read' || mention.role === 'global' || mention.role === 'nonlocal') continue;
      this.note('bindings', mention, this.variable(this.meant(mention.scope)));
    }
    for (const mention of occurrences) {
      if (mention.role !== 'read' && mention.role !== 'readAndBind') continue;
      const home = this.homeOf(mention);
      if (home) this.note('reads', mention, home);
      else this.free.push(mention);
    }
  }

  private occurrenceAt(start: number): Occurrence | undefined {
    const end = start + this.name.length;
    const node = this.tree.rootNode.descendantForIndex(start, end);
    return node.type === 'identifier' && node.startIndex === start && node.endIndex === end ? occurrence(node) : undefined;
  }

  private note(kind: 'bindings' | 'reads', mention: Occurrence, variable: Known): void {
    variable.known[kind].push(mention);
    this.byMention.set(mention.node.id, variable);
  }

  private variable(scope: Scope): Known {
    const known = this.byScope.get(scope.id) ?? new Known(this, scope);
    this.byScope.set(scope.id, known);
    if (scope.kind === 'function') for (const { start } of this.tree.bodiesIn(scope.node)) this.shadowed.add(start);
    return known;
  }

  private homeOf(mention: Occurrence): Known | undefined {
    const only = this.onlyOfModule();
    if (only) return only;
    let own: Known | undefined;
    for (const scope of scopesSeenFrom(mention.node)) {
      const home = this.byScope.get(this.meant(scope).id);
      // `sleep = sleep` in the body of a class reads the name outside.
      if (home?.scope.kind === 'class' && !home.known.bindings.some((binding) => isBefore(binding, mention) || shareLoop(binding.node, mention.node))) own ??= home;
      else if (home) return home;
    }
    return own;
  }

  /** The variable of the module, where nothing else is bound under the name: it is seen from everywhere. */
  private onlyOfModule(): Known | undefined {
    if (this.byScope.size !== 1 || this.declared.size > 0) return undefined;
    const [only] = this.byScope.values();
    return only?.scope.kind === 'module' ? only : undefined;
  }

  private declare({ role, node, scope }: Occurrence): void {
    if (role !== 'global' && role !== 'nonlocal') return;
    const outer = role === 'global' ? moduleOf(node) : this.outerFunction(scope);
    if (outer) this.declared.set(scope.id, outer);
  }

  /** The scope that the `global` or `nonlocal` statement of a scope names. */
  private meant(scope: Scope): Scope {
    let at = scope;
    for (let next = this.declared.get(at.id); next && next.id !== at.id; next = this.declared.get(at.id)) at = next;
    return at;
  }

  /** The nearest function around a scope that binds the name itself. */
  private outerFunction(scope: Scope): Scope | undefined {
    for (const outer of scopesSeenFrom(scope.node)) if (outer.kind !== 'module' && this.binding.has(outer.id)) return outer;
    return undefined;
  }
}

class Known implements Variable {
  /** As far as somebody looked. */
  readonly known: { readonly bindings: Occurrence[]; readonly reads: Occurrence[] } = { bindings: [], reads: [] };
  private allReads: readonly Occurrence[] | undefined;

  constructor(
    private readonly spelling: Spelling,
    readonly scope: Scope,
  ) {}

  get name(): string {
    return this.spelling.name;
  }

  get bindings(): readonly Occurrence[] {
    if (this.scope.kind === 'function') this.spelling.lookFor(this.scope);
    return this.known.bindings;
  }

  get reads(): readonly Occurrence[] {
    if (!this.allReads) {
      this.spelling.lookFor(this.scope);
      this.allReads = this.known.reads.sort(inTextOrder);
    }
    return this.allReads;
  }

  readsWhere(matters: (end: number) => boolean): readonly Occurrence[] {
    if (this.scope.kind === 'module') this.spelling.lookFromOutside(matters);
    else this.spelling.lookFor(this.scope);
    return this.known.reads.filter(({ node }) => matters(node.endIndex)).sort(inTextOrder);
  }
}

function inTextOrder(a: Occurrence | undefined, b: Occurrence | undefined): number {
  return (a?.node.startIndex ?? 0) - (b?.node.startIndex ?? 0);
}

function listOf(lists: Map<number, number[]>, key: number): number[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function moduleOf(node: Node): Scope | undefined {
  const module = enclosing(node, 'module');
  return module && { kind: 'module', node: module, id: module.id };
}
