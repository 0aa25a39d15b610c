import { lineOfComment } from '../syntax/commentRuns';
import { field, isField, sameNode, withParentheses, type Node } from '../syntax/node';
import { attributeOf, ownAttribute, type Attribute } from './attributes';
import { argumentsOf, callOf } from './calls';
import { membersOf } from './definitions';
import { mayGoOn } from './goingOn';
import { importedNames, importStatements, type ImportedName } from './imports';
import type { Library } from './library';
import type { Names, Variable } from './names';
import type { Occurrence } from './occurrences';
import { annotated, handedTo } from './parameters';
import { reachingBindings } from './reaching';
import { scopeAt } from './scopes';
import { settingOf, type Setting } from './settings';
import { contentRange, plainString } from './strings';
import { memberNamedBeside, namedIn } from './stringTargets';
import { sameValue, stepsFrom, travelled, type Hop, type InstanceValue, type NameValue, type StandIn, type Value } from './values';
import { wordOffsets } from './words';

/** One mention of the library itself: what the user sees underlined, and what rules answer for. */
export type Use = ImportUse | NameUse | MemberUse | KeywordUse | StringUse | CommentUse;

interface AnyUse {
  /** Offsets of the smallest text that names it; UTF-16, half-open. */
  readonly start: number;
  readonly end: number;
  /** Canonical name; for a member `Class().member`. */
  readonly api: string;
  /** The module that the name was imported through, where that is not the library itself. */
  readonly via?: string;
  /** All modules that hand the name on, the one of `via` first. */
  readonly trail?: readonly Hop[];
}

/** An imported name. */
export interface ImportUse extends AnyUse {
  readonly form: 'import';
  readonly node: Node;
  readonly imported: ImportedName;
  /** What the name is bound to in this file; undefined for a star. */
  readonly variable: Variable | undefined;
}

/** A reference to a name: an identifier or an attribute chain such as `eventlet.green.socket.AF_INET`. */
export interface NameUse extends AnyUse {
  readonly form: 'name';
  readonly node: Node;
  /** The identifier that the chain begins with. */
  readonly root: Node;
  /** The variable of that identifier; undefined for a name that a star import brought in. */
  readonly variable: Variable | undefined;
  /** The call, if the name is called. */
  readonly call: Node | undefined;
  /** Whether the name can mean nothing else here: no other binding reaches it. */
  readonly isCertain: boolean;
  /** Whether the variable was bound by an assignment (`sleep = eventlet.sleep`), not by an import. */
  readonly isAlias: boolean;
  /**
   * The attribute of a module that is read whenever this runs: `eventlet.greenthread.sleep`, `pkg.hub.sleep`. Absent for a bare name
   * of the module: it holds what it was bound to, and who sets the attribute afterwards does not change that.
   */
  readonly attribute?: string;
}

/** A member of an object that the library made: `pool.waitall`. */
export interface MemberUse extends AnyUse {
  readonly form: 'member';
  /** The `attribute` node; the range is this node, or only the member's name where the receiver is no name. */
  readonly node: Node;
  readonly className: string;
  readonly member: string;
  readonly call: Node | undefined;
}

/** A keyword of a call that has to do with it: `setup(conf, fix_eventlet=True)`. */
export interface KeywordUse extends AnyUse {
  readonly form: 'keyword';
  /** The `keyword_argument` node; the range is the value where that is a string, without its quotes, else the keyword. */
  readonly node: Node;
  readonly name: string;
  readonly value: Node;
  readonly call: Node;
}

/** A string that names it: the target of a mock, the module of a dynamic import, a setting. */
export interface StringUse extends AnyUse {
  readonly form: 'string';
  /** The string literal; the range is what stands between its quotes. */
  readonly node: Node;
  readonly purpose: 'mock' | 'import' | Setting['purpose'];
  /** For a setting: what it is the value or the key of. */
  readonly setting?: Setting;
  /** The whole dotted text. */
  readonly text: string;
  /** For a mock: the attribute of a module that is replaced, `eventlet.greenthread.sleep` for `pkg.mod.eventlet.greenthread.sleep`. */
  readonly attribute?: string;
  /** For a mock that has the module as an object, `patch.object(mod, 'sleep')`: that expression. The string is only the last name then. */
  readonly owner?: Node;
}

/** The first comment or docstring of a file that names it; the range is the word. */
export interface CommentUse extends AnyUse {
  readonly form: 'comment';
  readonly node: Node;
  /** How often comments and docstrings of the file name it. */
  readonly count: number;
}

/**
 * A place where code of the project does what the library does, because it inherits from it, wraps it or holds it: the call of a
 * wrapper, an attribute, a subclass of one of the library's own classes that is made, raised or caught. It follows when that code
 * is changed.
 */
export interface StandInUse extends AnyUse {
  readonly form: 'stand-in';
  /** The expression; the range is this node, or only the member's name where the receiver is no name. */
  readonly node: Node;
  readonly call: Node | undefined;
  readonly standIn: StandIn;
}

/** A variable or attribute that holds what the library made. */
export interface Holder {
  readonly place: { readonly kind: 'variable'; readonly variable: Variable } | { readonly kind: 'attribute'; readonly attribute: Attribute };
  readonly values: readonly Value[];
}

/** How the dotted names of a file lead to the library: directly, or through modules of the project that hand its names on. */
export interface Reach {
  /** Whether the attributes of this dotted name may lead to the library. */
  isModule(dotted: string): boolean;
  /** What a dotted name stands for; undefined where it has nothing to do with the library. */
  resolve(dotted: string): Value | undefined;
  /** The attributes of a class of the project, or of its objects, that hold something of the library; none for anything else. */
  membersOf(dotted: string): readonly string[];
  /** The names that a star import of this module brings in, with the dotted name of each. */
  starNames(module: string): readonly (readonly [name: string, dotted: string])[];
}

export interface Uses {
  /** In text order. */
  readonly all: readonly Use[];
  /** What stands in for the library, in text order; none of these places is one of `all`. */
  readonly standIns: readonly StandInUse[];
  readonly holders: readonly Holder[];
  /** What other modules can get of the library here: the names at module level that hold something of it. */
  readonly exports: readonly Export[];
}

export interface Export {
  /** `sleep`, or `Helper.sleep` for what a class or its objects hold. */
  readonly name: string;
  readonly value: Value;
  /** Offset of the identifier that is bound, where it is known. */
  readonly at?: number;
}

/**
 * Finds every use of a library in a file: from the imports along assignments, `with`, loops and calls to the last method
 * of an object. `strings` are dotted texts that may name the library too, although they do not contain its name.
 */
export function findUses(names: Names, library: Library, reach: Reach = own(library), strings: readonly string[] = []): Uses {
  const finder = new UseFinder(names, library, reach);
  finder.followImports();
  for (const word of [library.root, ...strings]) finder.followStrings(word);
  finder.followSettings();
  return finder.result();
}

/** The library's own names and nothing else. */
export function own(library: Library): Reach {
  return {
    isModule: (dotted) => library.isModule(dotted),
    resolve: (dotted) => (library.owns(dotted) ? { kind: 'name', dotted } : undefined),
    membersOf: () => [],
    starNames: (module) => library.starNames(module),
  };
}

interface BoundValue {
  readonly value: Value;
  /** Undefined: the value is there whatever was bound (an `append`, a star import). */
  readonly binding: Occurrence | undefined;
  readonly isImport: boolean;
}

/** How a name came to be read: what a use says of it. */
type Reading = Pick<NameUse, 'variable' | 'isCertain' | 'isAlias' | 'attribute'>;

class UseFinder {
  private readonly uses = new Map<string, Use>();
  private readonly standIns = new Map<string, StandInUse>();
  private readonly bound = new Map<Variable, BoundValue[]>();
  /** The bindings that each read may see. */
  private readonly reaching = new Map<Occurrence, readonly Occurrence[]>();
  private readonly attributes = new Map<string, { attribute: Attribute; values: Value[] }>();
  /** What imports bind: all of it must be known before it can be told of a read whether its name is certain. */
  private readonly imported: [Variable, BoundValue][] = [];

  private knownPieces: ReadonlySet<string> | undefined;

  /** Objects that are given to calls, by the id of the argument. */
  private readonly passed = new Map<number, { readonly argument: Node; readonly value: InstanceValue }>();

  constructor(
    private readonly names: Names,
    private readonly library: Library,
    private readonly reach: Reach,
  ) {}

  followImports(): void {
    for (const statement of importStatements(this.names)) this.importStatement(statement);
    for (const [variable, bound] of this.imported) this.spread(variable, bound);
    this.followArguments();
  }

  /** Objects go on in parameters where every call of the file gives such an object. What a parameter holds may be given on, too. */
  private followArguments(): void {
    // The map grows while it is gone through, and is gone through to its new end.
    for (const { argument, value } of this.passed.values()) {
      const handed = handedTo(argument, this.names);
      const values = handed?.given.map((each) => (each.type === 'none' ? value : this.passed.get(each.id)?.value)) ?? [];
      const isObvious = handed && (!handed.fallback || handed.fallback.type === 'none') && values.every((each) => each !== undefined && sameValue(each, value));
      if (isObvious) this.bindTarget(handed.parameter, value);
    }
  }

  followStrings(word: string): void {
    const root = this.names.tree.rootNode;
    const { text } = this.names;
    // A literal in pieces is found by its first one: `'service.' 'engine.sleep'`.
    const piece = text.includes(word) ? word : prefixes(word).find((prefix) => this.firstPieces.has(prefix));
    let end = 0;
    for (const start of piece === undefined ? [] : wordOffsets(text, piece)) {
      // A string is looked at once, however often it has the word.
      if (start < end) continue;
      const node = root.descendantForIndex(start, start + 1);
      if (node.type !== 'string_content' && node.type !== 'string') continue;
      this.string(node.type === 'string' ? node : node.parent);
      end = node.endIndex;
    }
  }

  /** The literals that end with a dot, and so may be the first piece of a dotted name. */
  private get firstPieces(): ReadonlySet<string> {
    this.knownPieces ??= new Set(['"', "'"].flatMap((quote) => [...endingWithDot(this.names.text, quote)]));
    return this.knownPieces;
  }

  /** What strings say that are neither targets of mocks nor modules: values of options, keys, variables of the environment. */
  followSettings(): void {
    const root = this.names.tree.rootNode;
    const told: (Span & { readonly node: Node })[] = [];
    let last: { readonly node: Node; readonly end: number; readonly isForPeople: boolean } | undefined;
    for (const { index, 0: word } of this.names.text.matchAll(this.library.words)) {
      const end = index + word.length;
      // A string or a comment is looked at once, however often it has the word.
      const isAgain = last !== undefined && end <= last.end;
      const node: Node = isAgain && last ? last.node : root.descendantForIndex(index, end);
      if (!isAgain) {
        const line = node.type === 'comment' ? lineOfComment(node, this.names.text, index) : undefined;
        last = { node, end: line?.end ?? (node.type === 'string_content' ? node.endIndex : end), isForPeople: line ? !toolComment.test(this.names.text.slice(line.start, line.end)) : isDocstring(node) };
      }
      if (last?.isForPeople) told.push({ node, start: index, end });
      const string = isAgain ? undefined : node.type === 'string' ? node : node.type === 'string_content' ? node.parent : undefined;
      if (string) this.setting(string);
    }
    const [first] = told;
    if (first) this.add({ form: 'comment', ...first, api: this.library.root, count: told.length });
  }

  result(): Uses {
    const variables = [...this.bound].map(
      ([variable, values]): Holder => ({ place: { kind: 'variable', variable }, values: values.map(({ value }) => value) }),
    );
    const attributes = [...this.attributes.values()].map(
      ({ attribute, values }): Holder => ({ place: { kind: 'attribute', attribute }, values }),
    );
    const holders = [...variables, ...attributes].filter(({ values }) => values.some(isObject));
    const standIns = [...this.standIns].flatMap(([place, use]) => (this.uses.has(place) ? [] : [use]));
    return { all: inTextOrder(this.uses.values()), standIns: inTextOrder(standIns), holders, exports: [...this.exports()] };
  }

  private *exports(): Generator<Export> {
    for (const [{ scope, name }, values] of this.bound) {
      for (const { value, binding } of scope.kind === 'module' ? values : []) {
        if (this.leads(value)) yield { name, value, ...(binding ? { at: binding.node.startIndex } : {}) };
      }
    }
    for (const { attribute, values } of this.attributes.values()) {
      const name = scopeAt(attribute.classNode).kind === 'module' ? field(attribute.classNode, 'name')?.text : undefined;
      const at = boundAt(attribute, this.names);
      for (const value of name === undefined ? [] : values) {
        if (this.leads(value)) yield { name: `${name}.${attribute.name}`, value, ...(at === undefined ? {} : { at }) };
      }
    }
  }

  private leads(value: Value): boolean {
    return value.kind !== 'name' || this.reach.resolve(value.dotted) !== undefined;
  }

  private importStatement(statement: Node): void {
    for (const imported of importedNames(statement)) {
      const found = this.reach.resolve(imported.dotted);
      if (found?.kind === 'name' && !found.standIn) this.importUse(imported, found);
      if (imported.bound) this.bindImport(imported, imported.bound);
      else this.star(imported.dotted);
    }
  }

  private importUse(imported: ImportedName, value: NameValue): void {
    const { startIndex: start, endIndex: end } = imported.imported;
    const variable = imported.bound && this.names.variableOf(imported.bound);
    this.add({ form: 'import', node: imported.imported, start, end, api: this.library.canonical(value.dotted), imported, variable, ...way(value) });
  }

  /** `import a.b` binds `a`, which may lead further even where it is nothing of the library itself. */
  private bindImport({ meaning, statement }: ImportedName, bound: Node): void {
    const value = this.meaningOf(meaning);
    if (!value || !this.mayLeadOn(value, bound, statement)) return;
    const variable = this.names.variableOf(bound);
    if (!variable) return;
    const binding = variable.bindings.find(({ node }) => sameNode(node, bound));
    const known = { value, binding, isImport: true };
    if (this.learn(variable, known)) this.imported.push([variable, known]);
  }

  /**
   * Whether it can matter who reads what an import binds. Most modules of a project lead nowhere with the attributes that are read of them: the text shows
   * that, and then nobody has to look at each mention.
   */
  private mayLeadOn(value: Value, bound: Node, statement: Node): boolean {
    if (value.kind !== 'name' || this.reach.resolve(value.dotted) || scopeAt(statement).kind === 'class') return true;
    const { length } = bound.text;
    return this.names.isMentioned(bound.text, statement, (end) => this.leadsOn(value.dotted, end - length, end));
  }

  /** Whether an attribute that the text names behind a module leads to the library, or the module itself goes on. */
  private leadsOn(dotted: string, start: number, end: number): boolean {
    if (this.reach.resolve(dotted)) return true;
    if (!this.reach.isModule(dotted)) return false;
    const name = attributeBehind(this.names.text, end);
    return name === undefined ? mayGoOn(this.names.text, start, end) : this.leadsOn(`${dotted}.${name}`, start, end + 1 + name.length);
  }

  private meaningOf(dotted: string): Value | undefined {
    return this.reach.resolve(dotted) ?? (this.reach.isModule(dotted) ? { kind: 'name', dotted } : undefined);
  }

  private star(module: string): void {
    for (const [name, dotted] of this.reach.starNames(module)) {
      const value = this.meaningOf(dotted);
      for (const read of value ? this.names.unbound(name) : []) {
        if (value?.kind === 'name') this.nameRead(read.node, value, { variable: undefined, isCertain: true, isAlias: false });
        else if (value) this.flow(read.node, value);
      }
    }
  }

  private string(node: Node | null): void {
    const named = node && namedIn(node, this.library.root);
    const found = named && this.namedBy(named.text, named.purpose);
    if (!named || !found) return;
    const { node: literal, range, text, purpose } = named;
    this.add({ form: 'string', node: literal, ...range, api: this.library.canonical(found.dotted), purpose, text, attribute: this.attributeNamed(text, found), ...way(found) });
    const call = literal.parent?.parent;
    if (purpose !== 'import' || !call) return;
    // What `__import__('eventlet.wsgi')` gives is `eventlet`. Nothing is known of how else the module came to be there.
    const isBuiltin = field(call, 'function')?.text === '__import__';
    this.nameRead(call, { kind: 'name', dotted: isBuiltin ? this.library.root : found.dotted }, { variable: undefined, isCertain: false, isAlias: false });
  }

  /** `pkg.mod.sleep` is a name of that module, `pkg.mod.greenthread.sleep` one of the library's, whoever leads there. */
  private attributeNamed(text: string, { dotted, trail }: NameValue): string {
    const via = trail?.[0]?.module;
    const isOwn = (via !== undefined && text.startsWith(`${via}.`) && !text.slice(via.length + 1).includes('.')) || (dotted === this.library.root && text !== dotted);
    return isOwn ? text : dotted;
  }

  private setting(node: Node): void {
    const text = plainString(node);
    const range = contentRange(node);
    if (text === undefined || !range) return;
    if (namedIn(node, this.library.root)) return this.string(node);
    const setting = settingOf(node);
    if (setting) this.add({ form: 'string', node, start: range.start, end: range.end, api: this.library.canonical(this.wordOf(text)), purpose: setting.purpose, setting, text });
  }

  /** The dotted word of a text that names the library: `a.b` of `a.b=WARN`. */
  private wordOf(text: string): string {
    const [word = text] = new RegExp(`[\\w.]*(?:${this.library.words.source})[\\w.]*`, 'i').exec(text) ?? [];
    return word.replace(/\.+$/, '');
  }

  /** What a dotted string names: the library from its own name on, or what a module of the project holds of it. */
  private namedBy(text: string, purpose: StringUse['purpose']): NameValue | undefined {
    const parts = text.split('.');
    const index = parts.indexOf(this.library.root);
    if (index === 0 || (index > 0 && purpose === 'mock')) return { kind: 'name', dotted: parts.slice(index).join('.') };
    const found = purpose === 'mock' ? this.reach.resolve(text) : undefined;
    return found?.kind === 'name' && !found.standIn ? found : undefined;
  }

  private bindVariable(variable: Variable, bound: BoundValue): void {
    if (this.learn(variable, bound)) this.spread(variable, bound);
  }

  /** Whether that was news. */
  private learn(variable: Variable, bound: BoundValue): boolean {
    const values = this.bound.get(variable) ?? [];
    if (values.some((known) => known.binding === bound.binding && sameValue(known.value, bound.value))) return false;
    values.push(bound);
    this.bound.set(variable, values);
    return true;
  }

  private spread(variable: Variable, bound: BoundValue): void {
    for (const read of this.readsThatMatter(variable, bound)) this.variableRead(variable, read, bound);
    if (variable.scope.kind === 'class') this.bindAttribute(variable.scope.node, variable.name, bound.value);
  }

  /** Of a module that is nothing of the library itself, only what is read of it can lead there. */
  private readsThatMatter(variable: Variable, { value, isImport }: BoundValue): readonly Occurrence[] {
    if (!isImport || value.kind !== 'name' || this.reach.resolve(value.dotted)) return variable.reads;
    return variable.readsWhere((end) => this.leadsOn(value.dotted, end - variable.name.length, end));
  }

  private variableRead(variable: Variable, read: Occurrence, bound: BoundValue): void {
    const reaching = this.bindingsReaching(variable, read);
    if (bound.binding && !reaching.includes(bound.binding)) return;
    const isCertain = reaching.every((binding) => this.bound.get(variable)?.some((known) => known.binding === binding));
    if (bound.value.kind === 'name') {
      this.nameRead(read.node, bound.value, { variable, isCertain, isAlias: !bound.isImport });
    } else this.flow(read.node, bound.value);
  }

  /** Asked again for each value that the variable has. */
  private bindingsReaching(variable: Variable, read: Occurrence): readonly Occurrence[] {
    const known = this.reaching.get(read);
    if (known) return known;
    const reaching = reachingBindings(variable, read);
    this.reaching.set(read, reaching);
    return reaching;
  }

  /** `root` is the expression that has the value: an identifier, or an attribute of a class. */
  private nameRead(root: Node, value: NameValue, about: Reading): void {
    const { node, value: reached, attribute } = this.chain(root, value, about.variable);
    if (!reached) return;
    const found = this.reach.resolve(reached.dotted);
    // A call such as `import_module('eventlet')` is no name; its string is the use.
    if (found && node.type !== 'call') this.nameUse(node, root, reached, { ...about, ...(attribute === undefined ? {} : { attribute }) });
    if (!found) this.replaced(node, reached);
    const subclass = found ? undefined : classWithBase(node);
    if (subclass) this.inherit(subclass, reached);
    else if (found || this.reach.isModule(reached.dotted)) this.flow(node, reached);
  }

  /** `patch.object(mod, 'sleep')`, where `mod` is a module of the project that holds something of the library under that name. */
  private replaced(owner: Node, { dotted }: NameValue): void {
    const named = memberNamedBeside(owner);
    const found = typeof named === 'object' ? this.reach.resolve(`${dotted}.${named.text}`) : undefined;
    const module = found?.trail?.[0]?.module;
    if (typeof named !== 'object' || found?.kind !== 'name' || found.standIn || module === undefined) return;
    const { node, range, text } = named;
    this.add({ form: 'string', node, ...range, api: this.library.canonical(found.dotted), purpose: 'mock', text, attribute: `${module}.${text}`, owner, ...way(found) });
  }

  /** A class has what the classes of other modules hold that it inherits from. */
  private inherit(classNode: Node, { dotted }: NameValue): void {
    const own = membersOf(classNode);
    for (const name of this.reach.membersOf(dotted)) {
      const value = own.has(name) ? undefined : this.reach.resolve(`${dotted}.${name}`);
      if (value) this.bindAttribute(classNode, name, value);
    }
  }

  private nameUse(node: Node, root: Node, value: NameValue, about: Reading): void {
    const { standIn } = value;
    const place = { node, ...rangeOf(node), api: this.library.canonical(value.dotted), call: callOf(node), ...way(value) };
    if (!standIn) {
      this.add({ form: 'name', root, ...place, ...about });
      if (place.call) this.keywords(place.call, place.api, value);
    } else if (acts(node, standIn) && (standIn.kind !== 'subclass' || this.library.instanceOf(place.api))) this.addStandIn({ form: 'stand-in', standIn, ...place });
  }

  private keywords(call: Node, api: string, value: NameValue): void {
    const passed = argumentsOf(call).keywords;
    for (const name of this.library.keywords(api)) {
      const given = passed.get(name);
      const node = given?.parent;
      const range = given && node && (contentRange(given) ?? { start: node.startIndex, end: node.startIndex + name.length });
      if (range) this.add({ form: 'keyword', node, ...range, api: `${api}(${name})`, name, value: given, call, ...way(value) });
    }
  }

  /** Follows `.name` as long as the name so far is a module. */
  private chain(root: Node, start: NameValue, variable: Variable | undefined): { readonly node: Node; readonly value: NameValue | undefined; readonly attribute?: string | undefined } {
    if (root.parent?.type === 'dotted_name') return patternChain(root.parent, start);
    let node = root;
    let value = start;
    // What a function imports is read from its module each time the function runs.
    let attribute = variable?.scope.kind === 'function' ? start.dotted : undefined;
    while (this.reach.isModule(value.dotted)) {
      const parent = node.parent;
      const name = parent?.type === 'attribute' && isField(parent, 'object', node) ? field(parent, 'attribute') : undefined;
      if (!parent || !name) break;
      const dotted = `${value.dotted}.${name.text}`;
      const next = this.reach.resolve(dotted);
      if (next && next.kind !== 'name') {
        this.flow(parent, next);
        return { node: parent, value: undefined };
      }
      value = next ? { ...next, ...travelled(value), ...travelled(next) } : { ...value, dotted };
      attribute = dotted;
      node = parent;
    }
    return { node, value, attribute };
  }

  private flow(node: Node, value: Value): void {
    if (value.kind === 'instance' && !value.standIn) this.pass(node, value);
    if (value.kind === 'name' && !value.standIn) this.annotate(node, value);
    for (const step of stepsFrom(node, value, this.library)) {
      if (step.to === 'expression') this.flow(step.node, step.value);
      else if (step.to === 'target') this.bindTarget(step.target, step.value);
      else if (value.kind === 'instance') this.member(step.node, value, step.name);
    }
  }

  /** Remembers what is an argument. */
  private pass(node: Node, value: InstanceValue): void {
    const { parent } = node;
    // In `Thread(target=f, args=(a,))` the arguments are packed.
    const isArgument = (parent !== null && /^(argument_list|tuple|list|pair)$/.test(parent.type)) || (parent?.type === 'keyword_argument' && isField(parent, 'value', node));
    if (isArgument && !this.passed.has(node.id)) this.passed.set(node.id, { argument: node, value });
  }

  /** `def work(queue: Queue)`. */
  private annotate(node: Node, value: NameValue): void {
    const parameter = annotated(node);
    const api = this.library.canonical(value.dotted);
    if (parameter && this.library.instanceOf(api) === api) this.bindTarget(parameter, { kind: 'instance', className: api, ...travelled(value) });
  }

  private bindTarget(target: Node, value: Value): void {
    if (target.type === 'identifier') {
      const variable = this.names.variableOf(target);
      const binding = variable?.bindings.find(({ node }) => sameNode(node, target));
      if (variable) this.bindVariable(variable, { value, binding, isImport: false });
      return;
    }
    const own = ownAttribute(target);
    if (own) this.bindAttribute(own.classNode, own.name, value);
  }

  /** What holds a function, a class or a module of the library stands in for it; a constant is a value like others. */
  private bindAttribute(classNode: Node, name: string, value: Value): void {
    if (value.kind === 'name' && isConstant(value.dotted)) return;
    const kept: Value = value.kind === 'name' && !value.standIn ? { ...value, standIn: { kind: 'attribute', name: `${field(classNode, 'name')?.text ?? ''}.${name}` } } : value;
    const key = `${classNode.id}.${name}`;
    const entry = this.attributes.get(key) ?? { attribute: attributeOf(this.names, classNode, name), values: [] };
    if (entry.values.some((known) => sameValue(known, kept))) return;
    entry.values.push(kept);
    this.attributes.set(key, entry);
    for (const place of entry.attribute.places) {
      if (isAssigned(place)) continue;
      if (kept.kind === 'name') this.nameRead(place, kept, { variable: undefined, isCertain: false, isAlias: true });
      else this.flow(place, kept);
    }
  }

  private member(node: Node, value: InstanceValue, name: string): void {
    const { className, standIn } = value;
    const member = standIn?.kind === 'subclass' && standIn.own.includes(name) ? undefined : this.library.member(className, name);
    if (!member) return;
    const call = callOf(node);
    const place = { node, ...rangeOf(node), api: `${className}().${name}`, call, ...way(value) };
    if (standIn && standIn.kind !== 'subclass') this.addStandIn({ form: 'stand-in', standIn, ...place });
    else this.add({ form: 'member', className, member: name, ...place });
    if (!member.gives) return;
    const kind = member.many ? 'many' : 'instance';
    const { standIn: _, ...own } = travelled(value);
    this.flow(call ?? node, { kind, className: member.gives, ...(standIn?.kind === 'subclass' ? own : travelled(value)) });
  }

  /** A place is one use, whatever the ways that lead there; where they lead to different names, none of them is certain. */
  private add(use: Use): void {
    const key = `${use.start}:${use.end}`;
    const known = this.uses.get(key);
    if (!known) this.uses.set(key, use);
    else if (known.form === 'name' && known.api !== use.api) this.uses.set(key, { ...known, isCertain: false });
  }

  private addStandIn(use: StandInUse): void {
    const key = `${use.start}:${use.end}`;
    if (!this.standIns.has(key)) this.standIns.set(key, use);
  }
}

/**
 * Whether a stand-in does something of the library at its place: a wrapper where it is called, a subclass where it is made,
 * raised or caught. An attribute is only another name.
 */
function acts(node: Node, { kind }: StandIn): boolean {
  if (kind === 'attribute' || callOf(node)) return true;
  if (kind === 'wrapper') return false;
  const outer = withParentheses(node);
  const item = outer.parent?.type === 'tuple' ? withParentheses(outer.parent) : outer;
  const caught = item.parent?.type === 'as_pattern' ? item.parent : item;
  return caught.parent?.type === 'except_clause' || outer.parent?.type === 'raise_statement';
}

/** The smallest text that names it: the whole chain, or only the last name behind something that is no name. */
function rangeOf(node: Node): { readonly start: number; readonly end: number } {
  const last = field(node, 'attribute');
  return { start: last && !isNameLike(field(node, 'object')) ? last.startIndex : node.startIndex, end: node.endIndex };
}

/** The class that an expression is a base of. */
function classWithBase(node: Node): Node | undefined {
  const definition = node.parent?.type === 'argument_list' ? node.parent.parent : undefined;
  return definition?.type === 'class_definition' ? definition : undefined;
}

/** Where a class or a method of it binds an attribute. */
function boundAt({ name, classNode, places }: Attribute, names: Names): number | undefined {
  const inBody = names.of(name).find(({ scope }) => scope.id === classNode.id)?.bindings[0]?.node;
  const place = inBody ?? places.find(isAssigned);
  return place && (field(place, 'attribute') ?? place).startIndex;
}

/** By its spelling: `eventlet.green.socket.AF_INET`. */
function isConstant(dotted: string): boolean {
  return !/[a-z]/.test(dotted.slice(dotted.lastIndexOf('.') + 1));
}

/** The attribute whose name stands directly behind an offset; undefined where the text goes on in another way. */
function attributeBehind(text: string, end: number): string | undefined {
  const attribute = /\.([A-Za-z_]\w*)(?![\w\u0080-\uffff])/y;
  attribute.lastIndex = end;
  return attribute.exec(text)?.[1];
}

/** What stands between two quotes, with a dot at its end. */
function* endingWithDot(text: string, quote: string): Generator<string> {
  for (let end = text.indexOf(`.${quote}`); end > 0; end = text.indexOf(`.${quote}`, end + 1)) {
    const literal = text.slice(text.lastIndexOf(quote, end) + 1, end + 1);
    if (/^[\w.]+$/.test(literal)) yield literal;
  }
}

/** `a.b.c` begins with `a.b.` and `a.`, the longest first. */
function prefixes(dotted: string): readonly string[] {
  return [...dotted.matchAll(/\./g)].map(({ index }) => dotted.slice(0, index + 1)).reverse();
}

function way({ trail }: Value): Pick<AnyUse, 'via' | 'trail'> {
  const first = trail?.[0];
  return first ? { via: first.module, trail } : {};
}

function isObject({ kind, standIn }: Value): boolean {
  return kind !== 'name' && (!standIn || standIn.kind === 'subclass');
}

function inTextOrder<Item extends AnyUse>(uses: Iterable<Item>): readonly Item[] {
  return [...uses].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** In `case eventlet.Queue():` a chain is a dotted name, not nested attributes. */
function patternChain(name: Node, start: NameValue): { readonly node: Node; readonly value: NameValue } {
  const [, ...rest] = name.namedChildren.map((child) => child?.text ?? '');
  return { node: name, value: { ...start, dotted: [start.dotted, ...rest].join('.') } };
}

/** A name, or an attribute of a name: `pool`, `self.pool`, `self.a.pool`. */
function isNameLike(node: Node | undefined): boolean {
  if (node?.type === 'attribute') return isNameLike(field(node, 'object'));
  return node?.type === 'identifier';
}

/** A comment for a tool, which people do not read. */
const toolComment = /^#\s*(type|noqa|pylint|flake8|[\w-]+):/i;

/** Whether a node is part of a docstring. */
function isDocstring(node: Node): boolean {
  const string = node.type === 'string_content' ? node.parent : node;
  return string?.type === 'string' && string.parent?.type === 'expression_statement';
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function isAssigned(place: Node): boolean {
  const parent = place.parent;
  if (parent?.type === 'pattern_list' || parent?.type === 'tuple_pattern') return isAssigned(parent);
  return (parent?.type === 'assignment' || parent?.type === 'augmented_assignment') && isField(parent, 'left', place);
}
