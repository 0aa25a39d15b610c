import type { Node, Tree } from './tree';

export type { Node, Tree };

/** The children of a field, in order. */
export function fields(node: Node, name: string): readonly Node[] {
  return node.childrenForFieldName(name);
}

export function field(node: Node, name: string): Node | undefined {
  return node.childForFieldName(name) ?? undefined;
}

export function sameNode(a: Node | undefined | null, b: Node | undefined | null): boolean {
  return !!a && !!b && a.id === b.id;
}

/** Whether `node` is what `parent` has under this field. */
export function isField(parent: Node, name: string, node: Node): boolean {
  return sameNode(parent.childForFieldName(name), node);
}

/** The node's parent, its parent, and so on up to the module. */
export function* ancestors(node: Node): Generator<Node> {
  for (let at = node.parent; at; at = at.parent) yield at;
}

/** The nearest ancestor of one of these types; the node itself does not count. */
export function enclosing(node: Node, ...types: readonly string[]): Node | undefined {
  for (const ancestor of ancestors(node)) if (types.includes(ancestor.type)) return ancestor;
  return undefined;
}

/** Whether the half-open range of `outer` contains that of `inner`. */
export function contains(outer: Node, inner: Node): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}

/** The statement that a node belongs to: the ancestor (or the node itself) directly inside a block or the module. */
export function statementOf(node: Node): Node {
  let at = node;
  for (const ancestor of ancestors(node)) {
    if (ancestor.type === 'block' || ancestor.type === 'module') return at;
    at = ancestor;
  }
  return at;
}

/** The node without the parentheses around it. */
export function withoutParentheses(node: Node): Node {
  let at = node;
  while (at.type === 'parenthesized_expression' && at.namedChildCount === 1) at = at.namedChild(0) ?? at;
  return at;
}

/** The outermost pair of parentheses around a node; the node itself where there are none. */
export function withParentheses(node: Node): Node {
  let at = node;
  while (at.parent?.type === 'parenthesized_expression') at = at.parent;
  return at;
}
