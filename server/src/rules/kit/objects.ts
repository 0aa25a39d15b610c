import type { Attribute } from '../../python/attributes';
import type { Variable } from '../../python/names';
import { givenTo, type Handed } from '../../python/parameters';
import type { Holder, MemberUse, NameUse, Use } from '../../python/uses';
import { functionAround } from '../../python/scopes';
import { stringContent } from '../../python/strings';
import { wordOffsets } from '../../python/words';
import { enclosing, field, isField, sameNode, statementOf, withoutParentheses, withParentheses, type Node } from '../../syntax/node';
import type { FileView } from './view';

/**
 * An object of eventlet and everybody who touches it in this file: one fix rewrites all of it, or nothing
 * (catalogue R2: the unit of rewriting is the object).
 */
export interface TrackedObject {
  /** Canonical name of its class. */
  readonly className: string;
  /** How it is called where it lives: `pool`, `self._pool`. */
  readonly name: string;
  /** The uses that make it: `eventlet.GreenPool` in `eventlet.GreenPool(10)`. */
  readonly makers: readonly NameUse[];
  /** Its members in use, in text order. */
  readonly members: readonly MemberUse[];
  /** Where it goes out of sight: passed on, returned, stored elsewhere. Expressions that read it without naming a member of the class. */
  readonly escapes: readonly Node[];
  /** The `with` items that enter the object itself: `with lock:`. */
  readonly entered: readonly Node[];
  /** Attributes that may be this object without being known as such: `peer._lock` beside `self._lock`. */
  readonly lookalikes: readonly Node[];
  /** Other things that the same name is bound to; `None` does not count. */
  readonly strangers: readonly Node[];
  /** Whether nobody outside this file knows it: a local variable, a name with an underscore that no other file uses, or what a test has for itself. */
  readonly isPrivate: boolean;
  /** The function of which it is a parameter, where other modules may call it, with another one: a public one, or one that they name. */
  readonly openFunction: string | undefined;
}

/** The object that a use makes or names a member of; undefined where it has no name (`spawn(f).wait()`, an argument). */
export function objectOf(use: Use, view: FileView): TrackedObject | undefined {
  const { byReader, byMaker } = view.memory.recall('homes of objects', () => homes(view));
  const home = use.form === 'member' ? byReader.get(receiverId(use)) : use.form === 'name' && use.call ? byMaker.get(use.call.id) : undefined;
  return home && view.memory.recall(`object ${home.number}`, () => tracked(home, view));
}

/** In words, why an object cannot be moved as a whole; undefined where every use of it is in sight. */
export function whatHides(object: TrackedObject): string | undefined {
  const [escape] = object.escapes;
  const [stranger] = object.strangers;
  const [lookalike] = object.lookalikes;
  if (escape) return `\`${object.name}\` is passed on in \`${shortened(escape)}\`, and what happens to it there is not known`;
  if (stranger) return `\`${object.name}\` is also bound to \`${shortened(stranger)}\``;
  if (lookalike) return `\`${lookalike.text}\` may be the same object as \`${object.name}\``;
  if (object.isPrivate) return undefined;
  return object.openFunction === undefined ? `${openness(object.name)}: other modules may use it` : `${openness(object.openFunction)}: other modules may call it with an object of their own`;
}

/** Whether everything that makes the object is one of these names itself. */
export function isMadeBy({ makers }: TrackedObject, names: ReadonlySet<string>): boolean {
  return makers.length > 0 && makers.every(({ api }) => names.has(api));
}

interface Homes {
  /** By the id of an expression that reads the object. */
  readonly byReader: ReadonlyMap<number, NumberedHome>;
  /** By the id of a call that makes it. */
  readonly byMaker: ReadonlyMap<number, NumberedHome>;
}

type NumberedHome = Home & { readonly number: number };

/** Where all objects of the file live; of several homes the first one counts. */
function homes(view: FileView): Homes {
  const byReader = new Map<number, NumberedHome>();
  const byMaker = new Map<number, NumberedHome>();
  const note = (map: Map<number, NumberedHome>, id: number | undefined, home: NumberedHome): void => {
    if (id !== undefined && !map.has(id)) map.set(id, home);
  };
  for (const [number, parts] of families(view.holders.map((holder) => partOf(holder, view))).entries()) {
    const home = { parts, number };
    for (const place of reads(home)) note(byReader, place.id, home);
    for (const value of valuesOf(home)) note(byMaker, value.id, home);
  }
  return { byReader, byMaker };
}

/** Where an object lives: one place, or several where it is handed on to parameters. */
interface Home {
  readonly parts: readonly Part[];
}

/** What a class body binds is a variable there and an attribute everywhere else. */
interface Part extends Holder {
  readonly variable: Variable | undefined;
  readonly attribute: Attribute | undefined;
  /** Of a parameter, what all calls give to it. */
  readonly handed: Handed | undefined;
}

function partOf(holder: Holder, view: FileView): Part {
  const { place } = holder;
  if (place.kind === 'attribute') {
    const { name, classNode } = place.attribute;
    const variable = view.names.of(name).find(({ scope }) => scope.id === classNode.id);
    return { ...holder, variable, attribute: place.attribute, handed: undefined };
  }
  const { variable } = place;
  const twin = variable.scope.kind === 'class' ? view.holders.find((other) => isAttributeOf(other, variable)) : undefined;
  const [binding] = variable.bindings;
  return { ...holder, variable, attribute: twin?.place.kind === 'attribute' ? twin.place.attribute : undefined, handed: binding && givenTo(binding.node, view.names) };
}

function isAttributeOf({ place }: Holder, { name, scope }: Variable): boolean {
  return place.kind === 'attribute' && place.attribute.name === name && place.attribute.classNode.id === scope.id;
}

/** The parts that hold one object: a parameter goes with what is given to it. */
function families(parts: readonly Part[]): readonly (readonly Part[])[] {
  const family = new Map(parts.map((part) => [part, [part]]));
  for (const part of parts.filter(({ handed }) => handed !== undefined)) {
    const given = new Set(part.handed?.given.map((node) => withoutParentheses(node).id));
    for (const other of parts) {
      const [own, joined] = [family.get(part) ?? [], family.get(other) ?? []];
      if (own === joined || !readsOf(other).some(({ id }) => given.has(id))) continue;
      joined.push(...own);
      for (const each of own) family.set(each, joined);
    }
  }
  return [...new Set(family.values())];
}

function tracked(home: Home, view: FileView): TrackedObject | undefined {
  const value = home.parts.flatMap(({ values }) => values).find(({ kind }) => kind === 'instance');
  if (value?.kind !== 'instance') return undefined;
  const places = reads(home);
  const ids = new Set(places.map(({ id }) => id));
  const members = view.uses.filter((use): use is MemberUse => use.form === 'member' && ids.has(receiverId(use)));
  const known = new Set(members.map(receiverId));
  const makers = makersOf(home, view);
  const given = new Set(home.parts.flatMap(({ handed }) => handed?.given.map((node) => withoutParentheses(node).id) ?? []));
  const others = places.filter((place) => !known.has(place.id) && !given.has(place.id) && !isHarmless(place));
  const [first] = home.parts;
  const [openFunction] = home.parts.flatMap(({ handed }) => (handed ? (openName(handed, view) ?? []) : []));
  return {
    className: value.className,
    name: (places[0] ?? bindings(home)[0])?.text ?? first?.attribute?.name ?? first?.variable?.name ?? '',
    makers,
    members,
    escapes: [...others.filter((place) => !isEntered(place)).map(surroundings), ...makers.flatMap(sharedBy)],
    entered: others.filter(isEntered).map(surroundings),
    strangers: strangersOf(home, makers, ids),
    lookalikes: home.parts.flatMap((part) => lookalikes(part, view)),
    isPrivate: view.isUnshared === true || (openFunction === undefined && home.parts.every((part) => isPrivate(part, view))),
    openFunction,
  };
}

/** The expressions that read the object. */
function reads({ parts }: Home): readonly Node[] {
  return parts.length === 1 ? parts.flatMap(readsOf) : parts.flatMap(readsOf).sort((a, b) => a.startIndex - b.startIndex);
}

function readsOf({ variable, attribute }: Part): readonly Node[] {
  return [...(variable?.reads.map(({ node }) => node) ?? []), ...(attribute?.places.filter((place) => !isTarget(place)) ?? [])];
}

/** The names or attributes that are assigned to; parameters are none. */
function bindings({ parts }: Home): readonly Node[] {
  return parts.filter(({ handed }) => !handed).flatMap(({ variable, attribute }) => [...(variable?.bindings.map(({ node }) => node) ?? []), ...(attribute?.places.filter(isTarget) ?? [])]);
}

/** What is assigned, or given to a parameter. */
function valuesOf(home: Home): readonly Node[] {
  const given = home.parts.flatMap(({ handed }) => handed?.given.map(withoutParentheses) ?? []);
  return [...bindings(home).flatMap((target) => valueOf(target) ?? []), ...given];
}

function makersOf(home: Home, view: FileView): readonly NameUse[] {
  const values = valuesOf(home);
  return view.uses.filter((use): use is NameUse => use.form === 'name' && use.call !== undefined && values.some((value) => sameNode(value, use.call)));
}

/** What the name is bound to besides what the library made and `None`; `own` are the expressions that read the object itself. */
function strangersOf(home: Home, makers: readonly NameUse[], own: ReadonlySet<number>): readonly Node[] {
  const isKnown = (value: Node): boolean => value.type === 'none' || own.has(value.id) || makers.some(({ call }) => sameNode(call, value));
  const unclear = bindings(home).flatMap((target) => (valueOf(target) ? [] : [target.parent ?? target]));
  const fallbacks = home.parts.flatMap(({ handed }) => handed?.fallback ?? []);
  return [...unclear, ...[...valuesOf(home), ...fallbacks].filter((value) => !isKnown(value))];
}

/** The name of a function that other modules may call; undefined for one inside of another, and one with an underscore that nobody else names. */
function openName({ definition }: Handed, view: FileView): string | undefined {
  const name = field(definition, 'name')?.text ?? '';
  return functionAround(definition) || (hasUnderscore(name) && !isUsedElsewhere(name, view)) ? undefined : name;
}

/** `a = b = Event()` and `f(x := Event())` give one object to two places. */
function sharedBy({ call }: NameUse): readonly Node[] {
  const parent = call?.parent;
  const outer = parent?.parent;
  if (parent?.type === 'named_expression') return [parent];
  return parent?.type === 'assignment' && outer?.type === 'assignment' ? [outer] : [];
}

/** Attributes of that name of other objects, and of classes that read it from themselves and never set it. */
export function lookalikes({ attribute }: Pick<Part, 'attribute'>, view: FileView): readonly Node[] {
  if (!attribute) return [];
  const { name } = attribute;
  const own = new Set(attribute.places.map(({ id }) => id));
  const setters = view.memory.recall(`setters of ${name}`, () => new Set(view.names.attributes(name).flatMap(({ node, classNode }) => (classNode && isTarget(node) ? [classNode.id] : []))));
  const others = view.names.attributes(name).filter(({ node, classNode }) => !own.has(node.id) && !(classNode && setters.has(classNode.id)));
  return [...others.map(({ node }) => node), ...(hasUnderscore(name) ? stringsOf(name, view) : [])];
}

/** Strings that name an attribute: `getattr(self, '_done')`, `vars(self)['_done']`; what `__slots__` has takes nothing out. */
function stringsOf(name: string, { text, tree }: FileView): readonly Node[] {
  const found = [...wordOffsets(text, name)].filter((at) => /['"]/.test(text.charAt(at - 1)) && /['"]/.test(text.charAt(at + name.length)));
  const strings = found.flatMap((at) => enclosing(tree.rootNode.descendantForIndex(at, at + name.length), 'string') ?? []);
  return strings.filter((string) => stringContent(string) === name && !statementOf(string).text.startsWith('__slots__')).map(surroundings);
}

/** The expression that a target is assigned, `with X as target` included; undefined for parameters, loops and unpacking. */
export function valueOf(target: Node): Node | undefined {
  const parent = target.parent;
  if (parent?.type === 'assignment' && isField(parent, 'left', target)) {
    const right = field(parent, 'right');
    return right?.type === 'assignment' ? valueOf(field(right, 'left') ?? right) : right;
  }
  if (parent?.type === 'named_expression') return field(parent, 'value');
  if (parent?.type === 'as_pattern_target') return parent.parent?.namedChild(0) ?? undefined;
  return undefined;
}

function isTarget(place: Node): boolean {
  const parent = place.parent;
  return parent?.type === 'assignment' && isField(parent, 'left', place);
}

function receiverId({ node }: MemberUse): number {
  return field(node, 'object')?.id ?? -1;
}

/** Whether other files import a name of this module, or may mean it by `thing._name`: the underscore asks them not to, and no more. */
function isUsedElsewhere(name: string, view: FileView): boolean {
  return view.namedElsewhere.has(name) || view.namedElsewhere.has(`.${name}`);
}

function hasUnderscore(name: string): boolean {
  return /(?:^|\.)_\w*$/.test(name);
}

/** In words, why a name is not for this file alone. */
export function openness(name: string): string {
  return hasUnderscore(name) ? `\`${name.slice(name.lastIndexOf('.') + 1)}\` is named in other files, too` : `\`${name}\` is public`;
}

/** Tests for truth or for `None`, and `del`, do not let the object out. */
function isHarmless(place: Node): boolean {
  const node = withParentheses(place);
  const parent = node.parent;
  switch (parent?.type) {
    case 'if_statement':
    case 'while_statement':
    case 'elif_clause':
      return isField(parent, 'condition', node);
    case 'not_operator':
    case 'delete_statement':
    case 'expression_statement':
      return true;
    case 'comparison_operator':
      return parent.namedChildren.some((child) => child?.type === 'none');
    default:
      return false;
  }
}

/** The smallest expression that shows where an object goes: the call it is an argument of, the statement that returns it. */
export function surroundings(place: Node): Node {
  return enclosing(place, 'call', 'return_statement', 'assignment', 'with_item', 'expression_statement') ?? place;
}

/** Whether the object is what a `with` statement enters: `with lock:`, `with lock as entered:`. */
function isEntered(place: Node): boolean {
  const node = withParentheses(place);
  const item = node.parent?.type === 'as_pattern' ? node.parent : node;
  return item.parent?.type === 'with_item';
}

/** Whether nobody outside this file knows what a holder holds. */
export function isPrivate({ place }: Pick<Holder, 'place'>, view: FileView): boolean {
  if (place.kind === 'attribute') return hasUnderscore(place.attribute.name) && !isUsedElsewhere(place.attribute.name, view);
  const { scope, name } = place.variable;
  return scope.kind === 'function' || scope.kind === 'lambda' || scope.kind === 'comprehension' || (hasUnderscore(name) && !isUsedElsewhere(name, view));
}

export function shortened(node: Node): string {
  const text = node.text.replace(/\s+/g, ' ');
  return text.length > 50 ? `${text.slice(0, 47)}…` : text;
}

