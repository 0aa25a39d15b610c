import { field, isField, sameNode, type Node } from '../syntax/node';

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension';

/**
 * A scope as Python has them (reference manual, "Execution model"). Scopes of one tree are equal when their `id` is.
 */
export interface Scope {
  readonly kind: ScopeKind;
  /** The module, `class_definition`, `function_definition`, `lambda` or comprehension node. */
  readonly node: Node;
  readonly id: number;
}

const kinds: Readonly<Record<string, ScopeKind>> = {
  module: 'module',
  class_definition: 'class',
  function_definition: 'function',
  lambda: 'lambda',
  list_comprehension: 'comprehension',
  set_comprehension: 'comprehension',
  dictionary_comprehension: 'comprehension',
  generator_expression: 'comprehension',
};

/** The scope whose namespace an expression at this node is evaluated in: the innermost first. */
export function scopeAt(node: Node): Scope {
  const first = scopeAround(node) ?? itself(node);
  if (!first) throw new Error(`no module above the node ${node.type}`);
  return first;
}

/**
 * The scopes around a node, innermost first, the module last. A default value, a decorator, an annotation, a base class
 * and the first iterable of a comprehension belong to the scope outside.
 */
export function* scopesAt(node: Node): Generator<Scope> {
  for (let scope = scopeAround(node) ?? itself(node); scope; scope = scopeAround(scope.node)) yield scope;
}

/** The scopes in which a name that is read at this node is looked up: as `scopesAt`, but a class is seen only from its own body. */
export function* scopesSeenFrom(node: Node): Generator<Scope> {
  const innermost = scopeAround(node) ?? itself(node);
  for (let scope = innermost; scope; scope = scopeAround(scope.node)) if (scope.kind !== 'class' || scope === innermost) yield scope;
}

/** The function (not lambda) whose body a node is in, if any. */
export function functionAround(node: Node): Node | undefined {
  for (let scope = scopeAround(node); scope; scope = scopeAround(scope.node)) {
    if (scope.kind === 'function') return scope.node;
    if (scope.kind === 'class') return undefined;
  }
  return undefined;
}

/** The class whose method's body a node is in, however deep the functions are nested in that method. */
export function classAround(node: Node): Node | undefined {
  for (const scope of scopesAt(node)) if (scope.kind === 'class') return scope.node;
  return undefined;
}

/** Names from the module down to the node, such as `Worker.run`; empty at module level. Comprehensions and lambdas have no name. */
export function qualifiedName(node: Node): string {
  const names: string[] = [];
  for (let scope = scopeAround(node); scope; scope = scopeAround(scope.node)) {
    if (scope.kind === 'class' || scope.kind === 'function') names.unshift(field(scope.node, 'name')?.text ?? '?');
  }
  return names.join('.');
}

/** The innermost scope around a node, itself left out. */
export function scopeAround(node: Node): Scope | undefined {
  let from = node;
  for (let at = node.parent; at; at = at.parent) {
    const kind = kinds[at.type];
    if (kind && isInside(kind, at, from)) return { kind, node: at, id: at.id };
    from = at;
  }
  return undefined;
}

/** Around the module there is nothing but itself. */
function itself(node: Node): Scope | undefined {
  return node.type === 'module' ? { kind: 'module', node, id: node.id } : undefined;
}

/** Whether the child `from` of a scope's node is evaluated inside that scope. */
function isInside(kind: ScopeKind, scope: Node, from: Node): boolean {
  switch (kind) {
    case 'module':
      return true;
    case 'comprehension':
      return !isFirstIterableClause(scope, from);
    case 'class':
    case 'function':
    case 'lambda':
      return isField(scope, 'body', from);
  }
}

/**
 * The first `for … in …` clause counts as outside as a whole: its iterable is evaluated there, and its targets are
 * bindings, for which `bindings.ts` names the comprehension itself.
 */
function isFirstIterableClause(comprehension: Node, clause: Node): boolean {
  if (clause.type !== 'for_in_clause') return false;
  const first = comprehension.namedChildren.find((child) => child?.type === 'for_in_clause');
  return sameNode(first, clause);
}
