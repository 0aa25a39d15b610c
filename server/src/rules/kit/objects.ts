import type { Holder, MemberUse, NameUse, Use } from '../../python/uses';
import { enclosing, field, isField, sameNode, withParentheses, type Node } from '../../syntax/node';
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
  /** Other things that the same name is bound to; `None` does not count. */
  readonly strangers: readonly Node[];
  /** Whether nobody outside this file should know it: a local variable, or a name with an underscore. */
  readonly isPrivate: boolean;
}

/** The object that a use makes or names a member of; undefined where it has no name (`spawn(f).wait()`, an argument). */
export function objectOf(use: Use, view: FileView): TrackedObject | undefined {
  const holder = view.holders.find((candidate) => reads(candidate).some((node) => isReceiver(node, use)) || makerNodes(candidate, view).some((maker) => maker === use));
  return holder && tracked(holder, view);
}

/** In words, why an object cannot be moved as a whole; undefined where every use of it is in sight. */
export function whatHides(object: TrackedObject): string | undefined {
  const [escape] = object.escapes;
  const [stranger] = object.strangers;
  if (escape) return `\`${object.name}\` is passed on in \`${shortened(escape)}\`, and what happens to it there is not known`;
  if (stranger) return `\`${object.name}\` is also bound to \`${shortened(stranger)}\``;
  if (!object.isPrivate) return `\`${object.name}\` is public: other modules may use it`;
  return undefined;
}

function tracked(holder: Holder, view: FileView): TrackedObject | undefined {
  const value = holder.values.find(({ kind }) => kind === 'instance');
  if (value?.kind !== 'instance') return undefined;
  const places = reads(holder);
  const members = view.uses.filter((use): use is MemberUse => use.form === 'member' && places.some((place) => isReceiver(place, use)));
  const known = new Set(members.map(({ node }) => field(node, 'object')?.id));
  const makers = makerNodes(holder, view);
  return {
    className: value.className,
    name: holder.place.kind === 'variable' ? holder.place.variable.name : (places[0] ?? bindings(holder)[0])?.text ?? holder.place.attribute.name,
    makers,
    members,
    escapes: places.filter((place) => !known.has(place.id) && !isHarmless(place)).map(surroundings),
    strangers: strangersOf(holder, makers),
    isPrivate: isPrivate(holder),
  };
}

/** The expressions that read the holder. */
function reads(holder: Holder): readonly Node[] {
  if (holder.place.kind === 'variable') return holder.place.variable.reads.map(({ node }) => node);
  return holder.place.attribute.places.filter((place) => !isTarget(place));
}

/** The names or attributes that are assigned to. */
function bindings(holder: Holder): readonly Node[] {
  if (holder.place.kind === 'variable') return holder.place.variable.bindings.map(({ node }) => node);
  return holder.place.attribute.places.filter(isTarget);
}

function makerNodes(holder: Holder, view: FileView): readonly NameUse[] {
  const values = bindings(holder).flatMap((target) => valueOf(target) ?? []);
  return view.uses.filter((use): use is NameUse => use.form === 'name' && use.call !== undefined && values.some((value) => sameNode(value, use.call)));
}

/** What the name is bound to besides what the library made and `None`. */
function strangersOf(holder: Holder, makers: readonly NameUse[]): readonly Node[] {
  return bindings(holder).flatMap((target) => {
    const value = valueOf(target);
    if (!value) return [target.parent ?? target];
    const isKnown = value.type === 'none' || makers.some(({ call }) => sameNode(call, value));
    return isKnown ? [] : [value];
  });
}

/** The expression that a target is assigned, `with X as target` included; undefined for parameters, loops and unpacking. */
function valueOf(target: Node): Node | undefined {
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

function isReceiver(place: Node, use: Use): boolean {
  return use.form === 'member' && sameNode(field(use.node, 'object'), place);
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
function surroundings(place: Node): Node {
  return enclosing(place, 'call', 'return_statement', 'assignment', 'with_item', 'expression_statement') ?? place;
}

function isPrivate(holder: Holder): boolean {
  if (holder.place.kind === 'attribute') return holder.place.attribute.name.startsWith('_');
  const { scope, name } = holder.place.variable;
  return scope.kind === 'function' || scope.kind === 'lambda' || scope.kind === 'comprehension' || name.startsWith('_');
}

function shortened(node: Node): string {
  const text = node.text.replace(/\s+/g, ' ');
  return text.length > 50 ? `${text.slice(0, 47)}…` : text;
}

