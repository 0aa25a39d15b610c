import { field, isField, sameNode, type Node } from '../syntax/node';
import { callOf } from './calls';
import { membersOf, returnsItself, wrapperAround } from './definitions';
import type { Library } from './library';

/** What is known of an expression: as much as it takes to find the uses of one library. */
export type Value = NameValue | InstanceValue | ManyValue;

/** A module, function, class or constant of the library, or a module of the project that leads to one. */
export interface NameValue extends Travelled {
  readonly kind: 'name';
  readonly dotted: string;
}

/** What calling something of the library gave. */
export interface InstanceValue extends Travelled {
  readonly kind: 'instance';
  /** Canonical. */
  readonly className: string;
}

/** A list, set, tuple or generator of such instances. */
export interface ManyValue extends Travelled {
  readonly kind: 'many';
  readonly className: string;
}

interface Travelled {
  /** Where it is handed on, from the module that this file names to the one that has it from the library. */
  readonly trail?: readonly Hop[];
  /** What of the project it is, or was made by. */
  readonly standIn?: StandIn;
}

/** A name of a module of the project that stands for a name of the library. */
export interface Hop {
  /** Dotted name of the module. */
  readonly module: string;
  /** As seen from the module: `sleep`, `Helper.sleep`. */
  readonly name: string;
}

/**
 * Code of the project that stands between a place and the library: it is changed once, and the places that name it follow. `trail` is
 * the way of what a class or a function of this file builds on.
 */
export type StandIn = { readonly trail?: readonly Hop[] } & Kinds;

type Kinds =
  /** A class that inherits from one of the library. */
  | { readonly kind: 'subclass'; readonly name: string; /** The members that it defines itself. */ readonly own: readonly string[]; /** Whether `with` gives the object itself. */ readonly givesItself?: boolean }
  /** A function that only calls one of the library. */
  | { readonly kind: 'wrapper'; readonly name: string; readonly returns: boolean }
  /** A name of another package that stands for one of the library, as that package decides. */
  | { readonly kind: 'package'; readonly name: string; readonly module: string }
  /** A class attribute, or one of the instances. */
  | { readonly kind: 'attribute'; readonly name: string };

export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'name' || b.kind === 'name') return a.kind === 'name' && b.kind === 'name' && a.dotted === b.dotted && a.standIn?.kind === b.standIn?.kind && a.standIn?.name === b.standIn?.name;
  return a.kind === b.kind && a.className === b.className;
}

/** Where the value of an expression goes next. */
export type Step =
  /** The surrounding expression has this value. */
  | { readonly to: 'expression'; readonly node: Node; readonly value: Value }
  /** A name or attribute is bound to it; `target` is an identifier or an `attribute` node. */
  | { readonly to: 'target'; readonly target: Node; readonly value: Value }
  /** A member of the instance is named; `node` is the `attribute` node. */
  | { readonly to: 'member'; readonly node: Node; readonly name: string };

/** The steps that a value takes from an expression. What is not listed here escapes: an argument, a `return`, a dictionary. */
export function stepsFrom(node: Node, value: Value, library: Library): readonly Step[] {
  const parent = node.parent;
  if (!parent) return [];
  switch (parent.type) {
    case 'parenthesized_expression':
      return [{ to: 'expression', node: parent, value }];
    case 'conditional_expression':
      return sameNode(parent.namedChild(1), node) ? [] : [{ to: 'expression', node: parent, value }];
    case 'boolean_operator':
      return [{ to: 'expression', node: parent, value }];
    case 'assignment':
      return isField(parent, 'right', node) ? assigned(parent, value) : [];
    case 'named_expression':
      return isField(parent, 'value', node) ? [...targets(field(parent, 'name'), value), { to: 'expression', node: parent, value }] : [];
    case 'as_pattern':
      return entered(parent, node, value, library);
    case 'attribute':
      return isField(parent, 'object', node) ? fromReceiver(parent, value) : [];
    case 'call':
      return isField(parent, 'function', node) ? called(parent, value, library) : [];
    case 'subscript':
      return value.kind === 'many' && isField(parent, 'value', node) ? [{ to: 'expression', node: parent, value: one(value) }] : [];
    case 'for_statement':
    case 'for_in_clause':
      return value.kind === 'many' && isField(parent, 'right', node) ? targets(field(parent, 'left'), one(value)) : [];
    case 'list':
    case 'set':
    case 'tuple':
    case 'expression_list':
      return collected(parent, node, value);
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
      return value.kind === 'instance' && isField(parent, 'body', node) ? [{ to: 'expression', node: parent, value: many(value) }] : [];
    case 'argument_list':
      return parent.parent?.type === 'class_definition' ? inherited(parent.parent, value) : appended(parent, value);
    default:
      return [];
  }
}

/** `a = b = value`: the inner assignment is the right side of the outer one. */
function assigned(assignment: Node, value: Value): readonly Step[] {
  return [...targets(field(assignment, 'left'), value), { to: 'expression', node: assignment, value }];
}

function targets(target: Node | undefined, value: Value): readonly Step[] {
  return target?.type === 'identifier' || target?.type === 'attribute' ? [{ to: 'target', target, value }] : [];
}

/** `with Timeout(5) as t`: entering a timeout or a socket gives the object itself; of the other classes nothing useful comes out. */
function entered(pattern: Node, node: Node, value: Value, library: Library): readonly Step[] {
  const isManaged = pattern.parent?.type === 'with_item' && sameNode(pattern.namedChild(0), node);
  if (!isManaged || value.kind !== 'instance') return [];
  const { standIn } = value;
  const isRedefined = standIn?.kind === 'subclass' && standIn.own.includes('__enter__');
  const givesItself = isRedefined ? standIn.givesItself : library.givesItself(value.className);
  return givesItself ? targets(field(pattern, 'alias')?.namedChild(0) ?? undefined, value) : [];
}

function fromReceiver(attribute: Node, value: Value): readonly Step[] {
  const name = field(attribute, 'attribute');
  return value.kind === 'instance' && name ? [{ to: 'member', node: attribute, name: name.text }] : [];
}

function called(call: Node, value: Value, library: Library): readonly Step[] {
  if (value.kind !== 'name') return [];
  const className = value.standIn?.kind === 'wrapper' && !value.standIn.returns ? undefined : library.instanceOf(library.canonical(value.dotted));
  const made: readonly Step[] = className ? [{ to: 'expression', node: call, value: { kind: 'instance', className, ...travelled(value) } }] : [];
  return [...made, ...wrapped(call, value)];
}

// def spawn(function, *args): return eventlet.spawn(function, *args)
function wrapped(call: Node, value: NameValue): readonly Step[] {
  const wrapper = wrapperAround(call);
  const name = wrapper && field(wrapper.definition, 'name');
  if (!wrapper || !name) return [];
  return targets(name, defined(value, { kind: 'wrapper', name: name.text, returns: wrapper.returns }));
}

/** `a, b = f(), g()` pairs the values with the targets; any other list is a collection. */
function collected(list: Node, node: Node, value: Value): readonly Step[] {
  const assignment = list.parent;
  const left = assignment?.type === 'assignment' && isField(assignment, 'right', list) ? field(assignment, 'left') : undefined;
  if (left?.type === 'pattern_list' || left?.type === 'tuple_pattern') {
    const index = list.namedChildren.findIndex((child) => sameNode(child, node));
    return left.namedChildCount === list.namedChildCount ? targets(left.namedChild(index) ?? undefined, value) : [];
  }
  return value.kind === 'instance' ? [{ to: 'expression', node: list, value: many(value) }] : [];
}

/** `class ChunkReadTimeout(Timeout)`: its name stands for the library's class. */
function inherited(classNode: Node, value: Value): readonly Step[] {
  const name = field(classNode, 'name');
  if (value.kind !== 'name' || !name || value.standIn?.kind === 'wrapper') return [];
  const methods = membersOf(classNode);
  const above = value.standIn?.kind === 'subclass' ? value.standIn : undefined;
  const enter = methods.get('__enter__');
  const givesItself = enter ? returnsItself(enter) : above?.givesItself;
  const own = [...new Set([...methods.keys(), ...(above?.own ?? [])])];
  return targets(name, defined(value, { kind: 'subclass', name: name.text, own, ...(givesItself ? { givesItself } : {}) }));
}

/** What a file defines itself came through no other module, though what it builds on may have. */
function defined({ dotted, ...value }: NameValue, standIn: Kinds): NameValue {
  const trail = value.trail ?? value.standIn?.trail;
  return { kind: 'name', dotted, standIn: { ...standIn, ...(trail ? { trail } : {}) } };
}

/** `threads.append(eventlet.spawn(f))` makes `threads` a collection. */
function appended(list: Node, value: Value): readonly Step[] {
  const call = list.parent;
  const callee = call?.type === 'call' ? field(call, 'function') : undefined;
  if (value.kind !== 'instance' || callee?.type !== 'attribute' || !callOf(callee)) return [];
  const method = field(callee, 'attribute')?.text;
  const collection = field(callee, 'object');
  return method === 'append' || method === 'add' || method === 'appendleft' ? targets(collection, many(value)) : [];
}

function one(value: ManyValue): Value {
  return { kind: 'instance', className: value.className, ...travelled(value) };
}

function many(value: InstanceValue): Value {
  return { kind: 'many', className: value.className, ...travelled(value) };
}

/** The way that a value came goes with what is made of it. */
export function travelled({ trail, standIn }: Value): Travelled {
  return { ...(trail ? { trail } : {}), ...(standIn ? { standIn } : {}) };
}
