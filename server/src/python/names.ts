import { ancestors, enclosing, statementOf, type Node, type Tree } from '../syntax/node';
import { attributePlace, inheritances, type AttributePlace, type Inheritance } from './attributes';
import { occurrence, type Occurrence } from './occurrences';
import { scopesSeenFrom, type Scope } from './scopes';
import { wordOffsets } from './words';

/** One name in one scope: everything that is bound and read under it is the same variable. */
export interface Variable {
  readonly name: string;
  readonly scope: Scope;
  /** In text order; `del` counts, because it makes the name local. */
  readonly bindings: readonly Occurrence[];
  /** In text order, from this scope and from the ones inside that see it. */
  readonly reads: readonly Occurrence[];
}

/**
 * The names of one version of one file. A name is looked for in the text first and understood in the tree second, so
 * the work grows with the mentions of the names that somebody asks for and not with the file.
 */
export class Names {
  private readonly spellings = new Map<string, Spelling>();
  private readonly mentions = new Map<string, readonly Node[]>();
  private readonly places = new Map<string, readonly AttributePlace[]>();
  private knownClasses: readonly Inheritance[] | undefined;

  constructor(
    readonly text: string,
    readonly tree: Tree,
  ) {}

  /** All variables of this name, one for each scope that binds it. */
  of(name: string): readonly Variable[] {
    return this.spelling(name).variables;
  }

  /** The reads of a name that nothing in this file binds: a builtin, or what a star import brought in. */
  unbound(name: string): readonly Occurrence[] {
    return this.spelling(name).unbound;
  }

  /** The variable that an identifier belongs to; undefined for builtins, attributes and names that nobody binds. */
  variableOf(identifier: Node): Variable | undefined {
    return this.spelling(identifier.text).byMention.get(identifier.id);
  }

  /** The variable that a name would mean if it were read at this node. */
  seenFrom(node: Node, name: string): Variable | undefined {
    const { byScope } = this.spelling(name);
    for (const { id } of byScope.size > 0 ? scopesSeenFrom(node) : []) {
      const found = byScope.get(id);
      if (found) return found;
    }
    return undefined;
  }

  private spelling(name: string): Spelling {
    const known = this.spellings.get(name);
    if (known) return known;
    const made = sortOut(occurrencesOf(this, name), name);
    this.spellings.set(name, made);
    return made;
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

  /** The classes that inherit by name, in text order. */
  get classes(): readonly Inheritance[] {
    this.knownClasses ??= inheritances(this.text, this.tree);
    return this.knownClasses;
  }

  /** Whether a name is bound or read outside of a node where `matters` says so of the offset behind it. The tree is asked only about those places. */
  isMentioned(name: string, except: Node, matters: (end: number) => boolean): boolean {
    const root = this.tree.rootNode;
    for (const start of wordOffsets(this.text, name)) {
      const end = start + name.length;
      if ((except.startIndex <= start && end <= except.endIndex) || this.text.charAt(start - 1) === '.' || !matters(end)) continue;
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

/**
 * The bindings that may have given the value which is read: the last one before it in the same function, and the ones
 * of branches and loops on the way. A read from an inner scope may see any of them.
 */
export function reachingBindings(variable: Variable, read: Occurrence): readonly Occurrence[] {
  const bindings = variable.bindings.filter(({ role }) => role !== 'declare' && role !== 'delete');
  if (read.scope.id !== variable.scope.id || bindings.length < 2) return bindings;
  const at = read.node.startIndex;
  const reaching: Occurrence[] = [];
  for (const binding of bindings.toReversed()) {
    if (isBefore(binding, read)) {
      reaching.unshift(binding);
      if (dominates(binding.node, read.node)) break;
    } else if (binding.node.startIndex > at && shareLoop(binding.node, read.node)) reaching.unshift(binding);
  }
  return reaching.length ? reaching : bindings;
}

function occurrencesOf(names: Names, name: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const node of names.identifiers(name)) {
    const made = occurrence(node);
    if (made) found.push(made);
  }
  return found;
}

interface Spelling {
  readonly variables: readonly Variable[];
  readonly unbound: readonly Occurrence[];
  /** By the id of a scope. */
  readonly byScope: ReadonlyMap<number, Variable>;
  /** By the id of an identifier that binds or reads it. */
  readonly byMention: ReadonlyMap<number, Variable>;
}

function sortOut(occurrences: readonly Occurrence[], name: string): Spelling {
  const unbound: Occurrence[] = [];
  const elsewhere = declarations(occurrences);
  const variables = new Map<number, { name: string; scope: Scope; bindings: Occurrence[]; reads: Occurrence[] }>();
  const variable = (scope: Scope) => {
    const known = variables.get(scope.id) ?? { name, scope, bindings: [], reads: [] };
    variables.set(scope.id, known);
    return known;
  };
  const homeOf = (mention: Occurrence) => {
    let own: ReturnType<typeof variable> | undefined;
    for (const scope of scopesSeenFrom(mention.node)) {
      const home = variables.get(elsewhere(scope).id);
      // `sleep = sleep` in the body of a class reads the name outside.
      if (home?.scope.kind === 'class' && !home.bindings.some((binding) => isBefore(binding, mention) || shareLoop(binding.node, mention.node))) own ??= home;
      else if (home) return home;
    }
    return own;
  };
  for (const mention of occurrences) {
    if (mention.role === 'read' || mention.role === 'global' || mention.role === 'nonlocal') continue;
    variable(elsewhere(mention.scope)).bindings.push(mention);
  }
  for (const mention of occurrences) {
    if (mention.role !== 'read' && mention.role !== 'readAndBind') continue;
    const home = homeOf(mention);
    if (home) home.reads.push(mention);
    else unbound.push(mention);
  }
  const all = [...variables.values()];
  const byMention = new Map(all.flatMap((each) => [...each.bindings, ...each.reads].map(({ node }) => [node.id, each] as const)));
  return { variables: all, unbound, byScope: variables, byMention };
}

/** Maps a scope to the one that its `global` or `nonlocal` statement names. */
function declarations(occurrences: readonly Occurrence[]): (scope: Scope) => Scope {
  const declared = new Map<number, Scope>();
  for (const { role, node, scope } of occurrences) {
    if (role !== 'global' && role !== 'nonlocal') continue;
    const outer = role === 'global' ? moduleOf(node) : outerFunction(scope, occurrences);
    if (outer) declared.set(scope.id, outer);
  }
  return (scope) => {
    let at = scope;
    for (let next = declared.get(at.id); next && next.id !== at.id; next = declared.get(at.id)) at = next;
    return at;
  };
}

function moduleOf(node: Node): Scope | undefined {
  const module = enclosing(node, 'module');
  return module && { kind: 'module', node: module, id: module.id };
}

/** The nearest function around a scope that binds the name itself. */
function outerFunction(scope: Scope, occurrences: readonly Occurrence[]): Scope | undefined {
  const binding = new Set(occurrences.filter(({ role }) => role === 'bind').map((mention) => mention.scope.id));
  for (const outer of scopesSeenFrom(scope.node)) if (outer.kind !== 'module' && binding.has(outer.id)) return outer;
  return undefined;
}

/** A binding happens when its statement is done: `x = f(x)` reads the older value. */
function isBefore(binding: Occurrence, read: Occurrence): boolean {
  if (binding.node.startIndex >= read.node.startIndex) return false;
  const assignment = enclosing(binding.node, 'assignment', 'augmented_assignment', 'named_expression');
  const isItsOwnValue = assignment && assignment.startIndex <= read.node.startIndex && read.node.endIndex <= assignment.endIndex;
  return !isItsOwnValue;
}

/** Whether every way to `later` goes through the statement of `earlier`: they share a block, or its block lies around. */
function dominates(earlier: Node, later: Node): boolean {
  const block = bodyOf(earlier);
  return !!block && block.startIndex <= later.startIndex && later.endIndex <= block.endIndex;
}

/** What is executed after the binding: the block of its statement, or the body of the `with`, `for` or `except` that binds. */
function bodyOf(binding: Node): Node | undefined {
  const statement = statementOf(binding);
  if (statement.type === 'for_statement' || statement.type === 'try_statement' || statement.type === 'match_statement') {
    return enclosing(binding, 'except_clause', 'for_statement', 'case_clause');
  }
  return statement.parent ?? undefined;
}

function shareLoop(a: Node, b: Node): boolean {
  for (const at of ancestors(a)) {
    if (at.type === 'function_definition' || at.type === 'module') return false;
    if ((at.type === 'for_statement' || at.type === 'while_statement') && at.startIndex <= b.startIndex && b.endIndex <= at.endIndex) {
      return true;
    }
  }
  return false;
}
