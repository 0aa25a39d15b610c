import { ancestors, contains, enclosing, statementOf, type Node } from '../syntax/node';
import type { Occurrence } from './occurrences';
import type { Variable } from './spelling';

/**
 * The bindings that may have given the value which is read: the last one before it in the same function, and the ones
 * of branches and loops on the way. A read from an inner scope may see any of them.
 */
export function reachingBindings(variable: Variable, read: Occurrence): readonly Occurrence[] {
  const bindings = variable.bindings.filter(({ role }) => role !== 'declare' && role !== 'delete');
  if (read.scope.id !== variable.scope.id || bindings.length < 2) return bindings;
  const at = read.node.startIndex;
  const loop = loopsAround(read.node).at(-1);
  const reaching: Occurrence[] = [];
  for (const binding of bindings.toReversed()) {
    if (isBefore(binding, read)) {
      reaching.unshift(binding);
      if (dominates(binding.node, read.node)) break;
    } else if (loop && binding.node.startIndex > at && contains(loop, binding.node)) reaching.unshift(binding);
  }
  return reaching.length ? reaching : bindings;
}

/** A binding happens when its statement is done: `x = f(x)` reads the older value. */
export function isBefore(binding: Occurrence, read: Occurrence): boolean {
  if (binding.node.startIndex >= read.node.startIndex) return false;
  const assignment = enclosing(binding.node, 'assignment', 'augmented_assignment', 'named_expression');
  const isItsOwnValue = assignment && assignment.startIndex <= read.node.startIndex && read.node.endIndex <= assignment.endIndex;
  return !isItsOwnValue;
}

/** Whether every way to `later` goes through the statement of `earlier`: they share a block, or its block lies around. */
function dominates(earlier: Node, later: Node): boolean {
  const block = bodyOf(earlier);
  return !!block && block.startIndex <= later.startIndex && later.endIndex <= block.endIndex;
}

/** What is executed after the binding: the block of its statement, or the body of the `with`, `for` or `except` that binds. */
function bodyOf(binding: Node): Node | undefined {
  const statement = statementOf(binding);
  if (statement.type === 'for_statement' || statement.type === 'try_statement' || statement.type === 'match_statement') {
    return enclosing(binding, 'except_clause', 'for_statement', 'case_clause');
  }
  return statement.parent ?? undefined;
}

/** Whether two places are in one loop of a function, so that each may come before the other. */
export function shareLoop(a: Node, b: Node): boolean {
  return loopsAround(a).some((loop) => contains(loop, b));
}

/** The loops of its function that a place is in, the innermost first. */
function loopsAround(place: Node): readonly Node[] {
  const loops: Node[] = [];
  for (const at of ancestors(place)) {
    if (at.type === 'function_definition' || at.type === 'module') break;
    if (at.type === 'for_statement' || at.type === 'while_statement') loops.push(at);
  }
  return loops;
}
