import { field, isField, sameNode, type Node } from '../syntax/node';
import { callOf } from './calls';
import type { Library } from './library';

/** What is known of an expression: as much as it takes to find the uses of one library. */
export type Value =
  /** A module, function, class or constant of the library, or a module of the project that leads to one. */
  | { readonly kind: 'name'; readonly dotted: string; readonly isSubclass?: true; readonly via?: string }
  /** What calling something of the library gave; `className` is canonical. */
  | { readonly kind: 'instance'; readonly className: string; readonly via?: string }
  /** A list, set, tuple or generator of such instances. */
  | { readonly kind: 'many'; readonly className: string; readonly via?: string };

export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'name' || b.kind === 'name') return a.kind === b.kind && 'dotted' in a && 'dotted' in b && a.dotted === b.dotted && a.isSubclass === b.isSubclass;
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
      return entered(parent, node, value);
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

/** `with Timeout(5) as t`: entering a timeout gives the timeout itself; of the other classes nothing useful comes out. */
function entered(pattern: Node, node: Node, value: Value): readonly Step[] {
  const isManaged = pattern.parent?.type === 'with_item' && sameNode(pattern.namedChild(0), node);
  if (!isManaged || value.kind !== 'instance') return [];
  return targets(field(pattern, 'alias')?.namedChild(0) ?? undefined, value);
}

function fromReceiver(attribute: Node, value: Value): readonly Step[] {
  const name = field(attribute, 'attribute');
  return value.kind === 'instance' && name ? [{ to: 'member', node: attribute, name: name.text }] : [];
}

function called(call: Node, value: Value, library: Library): readonly Step[] {
  const className = value.kind === 'name' ? library.instanceOf(library.canonical(value.dotted)) : undefined;
  return className ? [{ to: 'expression', node: call, value: { kind: 'instance', className, ...through(value) } }] : [];
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
  if (value.kind !== 'name') return [];
  return targets(field(classNode, 'name'), { ...value, isSubclass: true });
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

function one(value: Value & { readonly kind: 'many' }): Value {
  return { kind: 'instance', className: value.className, ...through(value) };
}

function many(value: Value & { readonly kind: 'instance' }): Value {
  return { kind: 'many', className: value.className, ...through(value) };
}

/** The module that a value came through goes with it. */
export function through({ via }: Value): { readonly via?: string } {
  return via === undefined ? {} : { via };
}
