import { enclosing, field, isField, type Node } from '../syntax/node';
import type { Names } from './names';
import { scopesAt } from './scopes';

/**
 * An attribute of the instances of a class, as seen from the class and its subclasses in the same file: every `self.x`,
 * `cls.x` and `Class.x` is a place of the same attribute.
 */
export interface Attribute {
  readonly name: string;
  readonly classNode: Node;
  /** The `attribute` nodes (`self.x`), in text order. */
  readonly places: readonly Node[];
}

/** Class and attribute name that an `attribute` node such as `self.x` stands for; undefined where the receiver is not the instance or the class. */
export function ownAttribute(node: Node): { readonly classNode: Node; readonly name: string } | undefined {
  if (node.type !== 'attribute') return undefined;
  const receiver = field(node, 'object');
  const name = field(node, 'attribute');
  if (!receiver || !name || receiver.type !== 'identifier') return undefined;
  const method = methodAround(node);
  if (!method) return undefined;
  const isOwn = receiver.text === method.self || receiver.text === field(method.classNode, 'name')?.text;
  return isOwn ? { classNode: method.classNode, name: name.text } : undefined;
}

/** All places of an attribute in the class that has it and in the classes of this file that inherit from that one. */
export function attributeOf(names: Names, classNode: Node, name: string): Attribute {
  const family = [classNode, ...subclasses(names, classNode)];
  const places: Node[] = [];
  for (const identifier of names.identifiers(name)) {
    const node = identifier.parent;
    if (node?.type !== 'attribute' || !isField(node, 'attribute', identifier)) continue;
    const own = ownAttribute(node);
    if (own && family.some((member) => member.id === own.classNode.id)) places.push(node);
  }
  return { name, classNode, places };
}

/** The classes of this file that name the class as a base, directly or through another. */
export function subclasses(names: Names, classNode: Node): readonly Node[] {
  const found: Node[] = [];
  const queue = [classNode];
  for (let base = queue.pop(); base; base = queue.pop()) {
    const identifier = field(base, 'name');
    const variable = identifier && names.variableOf(identifier);
    for (const { node } of variable?.reads ?? []) {
      const list = node.parent;
      const subclass = list?.type === 'argument_list' ? list.parent : undefined;
      if (subclass?.type !== 'class_definition' || found.some((known) => known.id === subclass.id)) continue;
      found.push(subclass);
      queue.push(subclass);
    }
  }
  return found;
}

/** The method that a node is in, through nested functions, lambdas and comprehensions, with the name of its first parameter. */
function methodAround(node: Node): { readonly classNode: Node; readonly self: string | undefined } | undefined {
  let inner: Node | undefined;
  for (const scope of scopesAt(node)) {
    if (scope.kind === 'class') return inner && { classNode: scope.node, self: firstParameter(inner) };
    if (scope.kind === 'function') inner = scope.node;
  }
  return undefined;
}

function firstParameter(method: Node): string | undefined {
  const first = field(method, 'parameters')?.namedChildren.find((child) => child?.type !== 'comment');
  if (!first) return undefined;
  return first.type === 'identifier' ? first.text : enclosing(first, 'parameters') && first.firstNamedChild?.text;
}
