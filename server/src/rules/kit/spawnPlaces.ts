import { argumentsOf } from '../../python/calls';
import type { MemberUse } from '../../python/uses';
import { contains, field, isField, sameNode, statementOf, type Node } from '../../syntax/node';
import type { Family, Maker } from './family';

/** Where a call stands that starts a green thread: that decides which statements can take its place. */
export type Place =
  /** `spawn(f)` by itself. */
  | { readonly kind: 'statement'; readonly statement: Node }
  /** `t = spawn(f)`, `self._t = spawn(f)`. */
  | { readonly kind: 'bound'; readonly statement: Node; readonly name: string }
  /** `threads.append(spawn(f))`, with what stands before the argument. */
  | { readonly kind: 'appended'; readonly statement: Node; readonly prefix: string }
  /** `spawn(f).wait()`. */
  | { readonly kind: 'waited'; readonly wait: MemberUse & { readonly call: Node } }
  | { readonly kind: 'other' };

export function placeOf({ call }: Pick<Maker, 'call'>, { isKept, members }: Pick<Family, 'isKept' | 'members'>): Place {
  const parent = call.parent;
  const [wait] = members;
  if (!isKept && members.length === 1 && wait?.member === 'wait' && wait.call && sameNode(field(wait.node, 'object'), call)) return { kind: 'waited', wait: { ...wait, call: wait.call } };
  if (parent?.type === 'expression_statement' && parent.namedChildCount === 1) return { kind: 'statement', statement: parent };
  if (parent?.type === 'assignment') return boundBy(parent, call);
  const appending = parent?.type === 'argument_list' ? parent.parent : undefined;
  if (appending) return appendedBy(appending, call);
  return { kind: 'other' };
}

function boundBy(assignment: Node, call: Node): Place {
  const statement = assignment.parent;
  const target = field(assignment, 'left');
  const isSimple = isField(assignment, 'right', call) && !field(assignment, 'type') && (target?.type === 'identifier' || target?.type === 'attribute');
  if (statement?.type !== 'expression_statement' || !target || !isSimple) return { kind: 'other' };
  return { kind: 'bound', statement, name: target.text };
}

function appendedBy(appending: Node, call: Node): Place {
  const statement = appending.parent;
  const method = field(appending, 'function');
  const name = field(method ?? appending, 'attribute')?.text;
  const isSimple = (name === 'append' || name === 'add') && field(appending, 'arguments')?.namedChildCount === 1;
  if (statement?.type !== 'expression_statement' || !method || !isSimple || !sameNode(argumentsOf(appending).positional[0], call)) return { kind: 'other' };
  return { kind: 'appended', statement, prefix: method.text };
}

/**
 * The last of the statements directly below `t = spawn(f)` that make it a key of a collection: `jobs[t] = job`. A native thread may look
 * itself up there at once, so it is started behind them; a green thread begins only when somebody waits.
 */
export function keyedBelow(place: Place, { keyed }: Pick<Family, 'keyed'>): Node | undefined {
  if (place.kind !== 'bound') return undefined;
  const isPut = (statement: Node): boolean => {
    const target = field(statement.namedChild(0) ?? statement, 'left');
    const collection = target?.type === 'subscript' ? field(target, 'value') : undefined;
    return !!target && !!collection && field(target, 'subscript')?.text === place.name && keyed.some((known) => sameNode(known, collection));
  };
  let last: Node | undefined;
  for (const next of place.statement.parent?.namedChildren ?? []) {
    if (next.startIndex < place.statement.endIndex || next.type === 'comment') continue;
    if (!isPut(next)) break;
    last = next;
  }
  return last;
}

/** Whether its members are keys of collections and one of them would be started before it is put there. */
export function isKeyedLate(family: Pick<Family, 'keyed'>, places: readonly Place[]): boolean {
  return family.keyed.length > 0 && places.some((place) => keyedBelow(place, family) === undefined);
}

/** Whether nobody takes what a call gives: it is a statement, or the items of a list that is one (`[t.wait() for t in threads]`). */
export function isUnused(call: Node): boolean {
  const parent = call.parent;
  if (parent?.type === 'list_comprehension' && isField(parent, 'body', call)) return isUnused(parent);
  return parent?.type === 'expression_statement';
}

/**
 * The statements that kill what the same code waited for just before: `t.wait()` and then `t.kill()`. They do nothing, since a green
 * thread that was waited for has ended.
 */
export function idleKills({ makers, members }: Family): ReadonlyMap<MemberUse, Node> {
  const found = new Map<MemberUse, Node>();
  for (const kill of members.filter(({ member }) => member === 'kill')) {
    const statement = [statementOf(kill.node), loopAround(statementOf(kill.node))].find((candidate) => candidate && followsWait(candidate, makers));
    if (statement) found.set(kill, statement);
  }
  return found;
}

/** The `for` of which a statement is the whole body. */
function loopAround(statement: Node): Node | undefined {
  const block = statement.parent;
  return block?.namedChildCount === 1 && block.parent?.type === 'for_statement' ? block.parent : undefined;
}

function followsWait(statement: Node, makers: readonly Maker[]): boolean {
  if (!statement.text.includes('.kill()')) return false;
  const waiting = statement.text.replace('.kill()', '.wait()');
  const earlier = statement.parent?.namedChildren.find((sibling) => sibling?.text === waiting && sibling.endIndex <= statement.startIndex);
  return !!earlier && !makers.some(({ call }) => earlier.startIndex < call.startIndex && call.endIndex < statement.endIndex);
}

/** Whether a `try` with handlers or an `assertRaises` around it asks for the exceptions of this code. */
export function isCaught(node: Node): boolean {
  for (let at: Node | null = node.parent; at && at.type !== 'function_definition'; at = at.parent) {
    const body = field(at, 'body');
    if (at.type === 'try_statement' && body && contains(body, node) && at.namedChildren.some((child) => child?.type === 'except_clause')) return true;
    if (at.type === 'with_statement' && /assertRaises|pytest\.raises/.test(at.text.slice(0, (body?.startIndex ?? at.startIndex) - at.startIndex))) return true;
  }
  return false;
}
