import { field, isField, sameNode, type Node } from '../syntax/node';
import { attributeOf, ownAttribute, type Attribute } from './attributes';
import { argumentsOf, callOf } from './calls';
import { importedNames, importStatements, type ImportedName } from './imports';
import type { Library } from './library';
import { reachingBindings, type Names, type Variable } from './names';
import type { Occurrence } from './occurrences';
import { settingOf, type Setting } from './settings';
import { contentRange, plainString } from './strings';
import { sameValue, stepsFrom, through, type Value } from './values';
import { wordOffsets } from './words';

/** One mention of the library: what the user sees underlined. */
export type Use = ImportUse | NameUse | MemberUse | KeywordUse | StringUse | CommentUse;

interface AnyUse {
  /** Offsets of the smallest text that names it; UTF-16, half-open. */
  readonly start: number;
  readonly end: number;
  /** Canonical name; for a member `Class().member`. */
  readonly api: string;
  /** The module that the name was imported through, where that is not the library itself. */
  readonly via?: string;
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
}

/** The first comment or docstring of a file that names it; the range is the word. */
export interface CommentUse extends AnyUse {
  readonly form: 'comment';
  readonly node: Node;
  /** How often comments and docstrings of the file name it. */
  readonly count: number;
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
  resolve(dotted: string): Resolved | undefined;
  /** The names that a star import of this module brings in, with the dotted name of each. */
  starNames(module: string): readonly (readonly [name: string, dotted: string])[];
}

export interface Resolved {
  readonly value: Value;
  /** The module that it came through. */
  readonly via?: string;
}

export interface Uses {
  /** In text order. */
  readonly all: readonly Use[];
  readonly holders: readonly Holder[];
  /** What other modules can get of the library here: the names at module level that hold something of it. */
  readonly exports: readonly Export[];
}

export interface Export {
  readonly name: string;
  readonly value: Value;
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
    resolve: (dotted) => (library.owns(dotted) ? { value: { kind: 'name', dotted } } : undefined),
    starNames: (module) => library.starNames(module),
  };
}

interface BoundValue {
  readonly value: Value;
  /** Undefined: the value is there whatever was bound (an `append`, a star import). */
  readonly binding: Occurrence | undefined;
  readonly isImport: boolean;
}

type NameValue = Value & { readonly kind: 'name' };

class UseFinder {
  private readonly uses = new Map<string, Use>();
  private readonly bound = new Map<Variable, BoundValue[]>();
  private readonly attributes = new Map<string, { attribute: Attribute; values: Value[] }>();
  /** What imports bind: all of it must be known before it can be told of a read whether its name is certain. */
  private readonly imported: [Variable, BoundValue][] = [];

  constructor(
    private readonly names: Names,
    private readonly library: Library,
    private readonly reach: Reach,
  ) {}

  followImports(): void {
    for (const statement of importStatements(this.names)) this.importStatement(statement);
    for (const [variable, bound] of this.imported) this.spread(variable, bound);
  }

  followStrings(word: string): void {
    const root = this.names.tree.rootNode;
    for (const start of wordOffsets(this.names.text, word)) {
      const node = root.descendantForIndex(start, start + word.length);
      if (node?.type === 'string_content' || node?.type === 'string') this.string(node.type === 'string' ? node : node.parent);
    }
  }

  /** What strings say that are neither targets of mocks nor modules: values of options, keys, variables of the environment. */
  followSettings(): void {
    const root = this.names.tree.rootNode;
    const told: (Span & { readonly node: Node })[] = [];
    for (const { index, 0: word } of this.names.text.matchAll(this.library.words)) {
      const node = root.descendantForIndex(index, index + word.length);
      if (isForPeople(node)) told.push({ node, start: index, end: index + word.length });
      const string = node.type === 'string' ? node : node.type === 'string_content' ? node.parent : undefined;
      if (string) this.setting(string);
    }
    const [first] = told;
    if (first) this.add({ form: 'comment', ...first, api: this.library.root, count: told.length });
  }

  result(): Uses {
    const all = [...this.uses.values()].sort((a, b) => a.start - b.start || a.end - b.end);
    const variables = [...this.bound].map(
      ([variable, values]): Holder => ({ place: { kind: 'variable', variable }, values: values.map(({ value }) => value) }),
    );
    const attributes = [...this.attributes.values()].map(
      ({ attribute, values }): Holder => ({ place: { kind: 'attribute', attribute }, values }),
    );
    const holders = [...variables, ...attributes].filter(({ values }) => values.some(({ kind }) => kind !== 'name'));
    const exports = [...this.bound].flatMap(([{ scope, name }, values]) => (scope.kind === 'module' ? values.filter(({ value }) => this.leads(value)).map(({ value }): Export => ({ name, value })) : []));
    return { all, holders, exports };
  }

  private leads(value: Value): boolean {
    return value.kind !== 'name' || this.reach.resolve(value.dotted) !== undefined;
  }

  private importStatement(statement: Node): void {
    for (const imported of importedNames(statement)) {
      const found = this.reach.resolve(imported.dotted);
      if (found?.value.kind === 'name' && !found.value.isSubclass) this.importUse(imported, found.value, found.via);
      if (imported.bound) this.bindImport(imported, imported.bound);
      else this.star(imported.dotted);
    }
  }

  private importUse(imported: ImportedName, value: NameValue, via: string | undefined): void {
    const { startIndex: start, endIndex: end } = imported.imported;
    const variable = imported.bound && this.names.variableOf(imported.bound);
    const api = this.library.canonical(value.dotted);
    this.add({ form: 'import', node: imported.imported, start, end, api, imported, variable, ...(via === undefined ? {} : { via }) });
  }

  /** `import a.b` binds `a`, which may lead further even where it is nothing of the library itself. */
  private bindImport({ meaning }: ImportedName, bound: Node): void {
    const found = this.reach.resolve(meaning) ?? (this.reach.isModule(meaning) ? { value: { kind: 'name', dotted: meaning } as const } : undefined);
    const variable = found && this.names.variableOf(bound);
    if (!variable) return;
    const binding = variable.bindings.find(({ node }) => sameNode(node, bound));
    const known = { value: cameThrough(found.value, found.via), binding, isImport: true };
    if (this.learn(variable, known)) this.imported.push([variable, known]);
  }

  private star(module: string): void {
    for (const [name, dotted] of this.reach.starNames(module)) {
      const found = this.reach.resolve(dotted);
      for (const read of found ? this.names.unbound(name) : []) {
        if (found?.value.kind === 'name') this.nameRead(read.node, cameThrough(found.value, found.via), { variable: undefined, isCertain: true, isAlias: false });
        else if (found) this.flow(read.node, cameThrough(found.value, found.via));
      }
    }
  }

  private string(node: Node | null): void {
    const text = node && plainString(node);
    const range = node && contentRange(node);
    if (!node || !text || !range || !/^[\w.]+$/.test(text)) return;
    const purpose = purposeOf(node);
    const found = purpose && this.namedBy(text, purpose);
    if (!purpose || !found) return;
    const { dotted, via } = found;
    const api = this.library.canonical(dotted);
    this.add({ form: 'string', node, start: range.start, end: range.end, api, purpose, text, ...(via === undefined ? {} : { via }) });
    const call = node.parent?.parent;
    const isBuiltin = call && field(call, 'function')?.text === '__import__';
    if (purpose === 'import' && call) this.flow(call, { kind: 'name', dotted: isBuiltin ? this.library.root : dotted });
  }

  private setting(node: Node): void {
    const text = plainString(node);
    const range = contentRange(node);
    if (text === undefined || !range) return;
    if (purposeOf(node)) return this.string(node);
    const setting = settingOf(node);
    if (setting) this.add({ form: 'string', node, start: range.start, end: range.end, api: this.library.canonical(this.wordOf(text)), purpose: setting.purpose, setting, text });
  }

  /** The dotted word of a text that names the library: `a.b` of `a.b=WARN`. */
  private wordOf(text: string): string {
    const [word = text] = new RegExp(`[\\w.]*(?:${this.library.words.source})[\\w.]*`, 'i').exec(text) ?? [];
    return word.replace(/\.+$/, '');
  }

  /** What a dotted string names: the library from its own name on, or what a module of the project holds of it. */
  private namedBy(text: string, purpose: StringUse['purpose']): { readonly dotted: string; readonly via?: string | undefined } | undefined {
    const parts = text.split('.');
    const index = parts.indexOf(this.library.root);
    if (index === 0 || (index > 0 && purpose === 'mock')) return { dotted: parts.slice(index).join('.') };
    const found = purpose === 'mock' ? this.reach.resolve(text) : undefined;
    return found?.value.kind === 'name' && !found.value.isSubclass ? { dotted: found.value.dotted, via: found.via } : undefined;
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
    for (const read of variable.reads) this.variableRead(variable, read, bound);
    if (variable.scope.kind === 'class') this.bindAttribute(variable.scope.node, variable.name, bound.value);
  }

  private variableRead(variable: Variable, read: Occurrence, bound: BoundValue): void {
    const reaching = reachingBindings(variable, read);
    if (bound.binding && !reaching.includes(bound.binding)) return;
    const isCertain = reaching.every((binding) => this.bound.get(variable)?.some((known) => known.binding === binding));
    if (bound.value.kind === 'name') {
      this.nameRead(read.node, bound.value, { variable, isCertain, isAlias: !bound.isImport });
    } else this.flow(read.node, bound.value);
  }

  private nameRead(root: Node, value: NameValue, about: Pick<NameUse, 'variable' | 'isCertain' | 'isAlias'>): void {
    const { node, value: reached } = this.chain(root, value);
    const found = this.reach.resolve(reached.dotted);
    if (found && !reached.isSubclass) {
      const api = this.library.canonical(reached.dotted);
      const call = callOf(node);
      this.add({ form: 'name', node, start: node.startIndex, end: node.endIndex, api, root, call, ...about, ...through(reached) });
      if (call) this.keywords(call, api, reached);
    }
    // The name of a derived class is the project's own, but what it makes is an object of the library.
    if (found || this.reach.isModule(reached.dotted)) this.flow(node, reached);
  }

  private keywords(call: Node, api: string, value: NameValue): void {
    const passed = argumentsOf(call).keywords;
    for (const name of this.library.keywords(api)) {
      const given = passed.get(name);
      const node = given?.parent;
      const range = given && node && (contentRange(given) ?? { start: node.startIndex, end: node.startIndex + name.length });
      if (range) this.add({ form: 'keyword', node, start: range.start, end: range.end, api: `${api}(${name})`, name, value: given, call, ...through(value) });
    }
  }

  /** Follows `.name` as long as the name so far is a module. */
  private chain(root: Node, start: NameValue): { readonly node: Node; readonly value: NameValue } {
    if (root.parent?.type === 'dotted_name') return patternChain(root.parent, start);
    let node = root;
    let value = start;
    while (this.reach.isModule(value.dotted)) {
      const parent = node.parent;
      const name = parent?.type === 'attribute' && isField(parent, 'object', node) ? field(parent, 'attribute') : undefined;
      if (!parent || !name) break;
      const dotted = `${value.dotted}.${name.text}`;
      const found = this.reach.resolve(dotted);
      const next = found && cameThrough(found.value, found.via ?? value.via);
      if (next && next.kind !== 'name') {
        this.flow(parent, next);
        break;
      }
      value = next ?? { kind: 'name', dotted, ...through(value) };
      node = parent;
    }
    return { node, value };
  }

  private flow(node: Node, value: Value): void {
    for (const step of stepsFrom(node, value, this.library)) {
      if (step.to === 'expression') this.flow(step.node, step.value);
      else if (step.to === 'target') this.bindTarget(step.target, step.value);
      else if (value.kind === 'instance') this.member(step.node, value, step.name);
    }
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

  /** An attribute holds objects; a function or class that is kept in one is not followed. */
  private bindAttribute(classNode: Node, name: string, value: Value): void {
    if (value.kind === 'name') return;
    const key = `${classNode.id}.${name}`;
    const entry = this.attributes.get(key) ?? { attribute: attributeOf(this.names, classNode, name), values: [] };
    if (entry.values.some((known) => sameValue(known, value))) return;
    entry.values.push(value);
    this.attributes.set(key, entry);
    for (const place of entry.attribute.places) {
      if (!isAssigned(place)) this.flow(place, value);
    }
  }

  private member(node: Node, value: Value & { readonly kind: 'instance' }, name: string): void {
    const { className } = value;
    const member = this.library.member(className, name);
    const identifier = field(node, 'attribute');
    if (!member || !identifier) return;
    const start = isNameLike(field(node, 'object')) ? node.startIndex : identifier.startIndex;
    const call = callOf(node);
    this.add({ form: 'member', node, start, end: node.endIndex, api: `${className}().${name}`, className, member: name, call, ...through(value) });
    if (!member.gives) return;
    const kind = member.many ? 'many' : 'instance';
    this.flow(call ?? node, { kind, className: member.gives, ...through(value) });
  }

  /** A place is one use, whatever the ways that lead there; where they lead to different names, none of them is certain. */
  private add(use: Use): void {
    const key = `${use.start}:${use.end}`;
    const known = this.uses.get(key);
    if (!known) this.uses.set(key, use);
    else if (known.form === 'name' && known.api !== use.api) this.uses.set(key, { ...known, isCertain: false });
  }
}

/** In `case eventlet.Queue():` a chain is a dotted name, not nested attributes. */
function patternChain(name: Node, start: NameValue): { readonly node: Node; readonly value: NameValue } {
  const [, ...rest] = name.namedChildren.map((child) => child?.text ?? '');
  return { node: name, value: { kind: 'name', dotted: [start.dotted, ...rest].join('.'), ...through(start) } };
}

function cameThrough<Known extends Value>(value: Known, via: string | undefined): Known {
  return via === undefined ? value : { ...value, via };
}

/** A name, or an attribute of a name: `pool`, `self.pool`, `self.a.pool`. */
function isNameLike(node: Node | undefined): boolean {
  if (node?.type === 'attribute') return isNameLike(field(node, 'object'));
  return node?.type === 'identifier';
}

/** Whether a node is a comment, other than one for a tool, or part of a docstring. */
function isForPeople(node: Node): boolean {
  if (node.type === 'comment') return !/^#\s*(type|noqa|pylint|flake8|[\w-]+):/i.test(node.text);
  const string = node.type === 'string_content' ? node.parent : node;
  return string?.type === 'string' && string.parent?.type === 'expression_statement';
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function isAssigned(place: Node): boolean {
  const parent = place.parent;
  return (parent?.type === 'assignment' || parent?.type === 'augmented_assignment') && isField(parent, 'left', place);
}

const importers = new Set(['import_module', 'try_import', '__import__', 'import_class', 'import_object']);
const patchers = new Set(['patch', 'object', 'dict', 'multiple', 'setattr', 'delattr', 'Set', 'MonkeyPatch', 'MockPatch', 'MockPatchObject', 'stub_out', 'SmartSet', 'spy', 'stub', 'create_patch', 'mock_patch', 'patch_object']);

/** What a call does with the string that is its argument (catalogue I05 and I09); undefined where it is just a string. */
function purposeOf(string: Node): 'mock' | 'import' | undefined {
  const list = string.parent;
  const call = list?.type === 'keyword_argument' ? list.parent?.parent : list?.parent;
  if (call?.type !== 'call' || list?.type === 'keyword_argument') return undefined;
  const callee = field(call, 'function');
  const name = callee?.type === 'attribute' ? field(callee, 'attribute')?.text : callee?.text;
  const isFirst = sameNode(argumentsOf(call).positional[0], string);
  if (!name || !isFirst) return undefined;
  if (importers.has(name)) return 'import';
  return patchers.has(name) || name.endsWith('patch') ? 'mock' : undefined;
}
