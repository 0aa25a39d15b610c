import { enclosing, field, isField, type Node, type Tree } from '../syntax/node';
import { decorators } from './definitions';
import type { Names } from './names';
import { scopesAt } from './scopes';
import { wordOffsets } from './words';

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

/** An `attribute` node such as `peer.x`. */
export interface AttributePlace {
  readonly node: Node;
  /** The class that has the attribute, where the receiver is the instance or the class. */
  readonly classNode: Node | undefined;
}

/** The attribute that an identifier is the name of; undefined where it is something else, such as a variable. */
export function attributePlace(identifier: Node): AttributePlace | undefined {
  const node = identifier.parent;
  if (node?.type !== 'attribute' || !isField(node, 'attribute', identifier)) return undefined;
  return { node, classNode: ownAttribute(node)?.classNode };
}

/** All places of an attribute in the class that has it and in the classes of this file that inherit from that one. */
export function attributeOf(names: Names, classNode: Node, name: string): Attribute {
  const family = new Set([classNode, ...subclasses(names, classNode)].map(({ id }) => id));
  const places = names.attributes(name).filter((place) => {
    const owner = place.classNode ?? classNamed(place.node, names);
    return owner !== undefined && family.has(owner.id);
  });
  return { name, classNode, places: places.map(({ node }) => node) };
}

/** The class of this file whose name is the receiver: `Worker.pool`. */
function classNamed(attribute: Node, names: Names): Node | undefined {
  const receiver = field(attribute, 'object');
  const bindings = receiver?.type === 'identifier' ? names.variableOf(receiver)?.bindings : undefined;
  const definition = bindings?.length === 1 ? bindings[0]?.node.parent : undefined;
  return definition?.type === 'class_definition' ? definition : undefined;
}

/** A class and the plain names among its bases. */
export interface Inheritance {
  readonly classNode: Node;
  readonly bases: readonly Node[];
}

/** The classes of a file that have such bases. */
export function inheritances(text: string, tree: Tree): readonly Inheritance[] {
  const found: Inheritance[] = [];
  for (const offset of wordOffsets(text, 'class')) {
    // In prose the word stands anywhere; nobody has to look at the tree for that.
    if (!/(?:^|[;:\r])[ \t\f]*$/.test(text.slice(text.lastIndexOf('\n', offset) + 1, offset))) continue;
    const classNode = tree.rootNode.descendantForIndex(offset, offset + 'class'.length).parent;
    const list = classNode?.type === 'class_definition' && classNode.startIndex === offset ? field(classNode, 'superclasses') : undefined;
    const bases = list?.namedChildren.filter(({ type }) => type === 'identifier') ?? [];
    if (classNode && bases.length > 0) found.push({ classNode, bases });
  }
  return found;
}

/** The classes of this file that name the class as a base, directly or through another. */
export function subclasses(names: Names, classNode: Node): readonly Node[] {
  const found = new Map<number, Node>();
  const queue = [classNode];
  for (let base = queue.pop(); base; base = queue.pop()) {
    const identifier = field(base, 'name');
    if (!identifier) continue;
    const name = identifier.text;
    const variable = names.variableOf(identifier);
    for (const { classNode: subclass, bases } of names.classesOn(name)) {
      if (found.has(subclass.id) || !bases.some((each) => each.text === name && names.variableOf(each) === variable)) continue;
      found.set(subclass.id, subclass);
      queue.push(subclass);
    }
  }
  return [...found.values()];
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

/** A static method has no instance. */
function firstParameter(method: Node): string | undefined {
  if (decorators(method).includes('staticmethod')) return undefined;
  const first = field(method, 'parameters')?.namedChildren.find((child) => child?.type !== 'comment');
  if (!first) return undefined;
  return first.type === 'identifier' ? first.text : enclosing(first, 'parameters') && first.firstNamedChild?.text;
}
