import { eventlet } from '../../python/eventlet';
import type { NameUse } from '../../python/uses';
import { ancestors, contains, enclosing, field, sameNode, type Node } from '../../syntax/node';
import type { FileView } from './view';

/** The `except` clauses of the own function that a timeout which is raised in a statement comes to. */
export interface Handlers {
  /** The mentions of `Timeout` that have to become what is raised natively. */
  readonly replaced: readonly NameUse[];
}

/**
 * Finds who handles the timeout of a `with` in the same function; a sentence where the order of the handlers would decide otherwise
 * natively: eventlet's `Timeout` is no `Exception`, what takes its place is one (catalogue 2.19).
 */
export function handlersOf(statement: Node, view: FileView): Handlers | string {
  for (const at of ancestors(statement)) {
    if (at.type === 'function_definition' || at.type === 'class_definition') break;
    const body = at.type === 'try_statement' ? field(at, 'body') : undefined;
    if (!body || !contains(body, statement)) continue;
    for (const clause of at.namedChildren) {
      if (clause?.type !== 'except_clause') continue;
      const caught = caughtBy(clause);
      const timeouts = caught.filter((node) => timeoutAt(node, view));
      const hasGeneral = caught.some(({ text }) => text === 'Exception');
      const catchesAll = caught.length === 0 || caught.some(({ text }) => text === 'BaseException');
      if (catchesAll || (timeouts.length > 0 && hasGeneral)) return { replaced: [] };
      if (hasGeneral) return 'an `except Exception` around it would catch what is raised natively; eventlet’s `Timeout` passed it by';
      if (timeouts.length === 0) continue;
      if (isAsked(clause, view)) return 'the handler asks the timeout for what no other exception has';
      if (othersIn(body, statement, view)) return 'the handler around it serves other timeouts as well';
      return { replaced: timeouts.flatMap((node) => timeoutAt(node, view) ?? []) };
    }
  }
  return { replaced: [] };
}

/** The statement whose timeout a mention in an `except` clause handles: the only `with` of one in its `try`. */
export function handledBy(use: NameUse, view: FileView): NameUse | undefined {
  const clause = enclosing(use.node, 'except_clause');
  const body = clause?.parent && field(clause.parent, 'body');
  if (!clause || !body || !caughtBy(clause).some((node) => sameNode(node, use.node))) return undefined;
  const [only, ...others] = timersIn(body, view);
  return others.length === 0 ? only : undefined;
}

/** The expressions that an `except` clause names; none for a bare one. */
export function caughtBy(clause: Node): readonly Node[] {
  const value = field(clause, 'value');
  const named = value?.type === 'as_pattern' ? (value.namedChild(0) ?? undefined) : value;
  if (!named) return [];
  const list = named.type === 'tuple' ? named.namedChildren : [named];
  return list.filter((node): node is Node => !!node && node.type !== 'comment');
}

/** Whether a handler reads an attribute that only eventlet's timeouts have, or compares the timeout with another. */
export function isAsked(clause: Node, view: FileView): boolean {
  const value = field(clause, 'value');
  const alias = value?.type === 'as_pattern' ? field(value, 'alias')?.namedChild(0) : undefined;
  const reads = (alias && view.names.variableOf(alias)?.reads) ?? [];
  return reads.some(({ node: { parent } }) => {
    if (!parent || !contains(clause, parent)) return false;
    const attribute = parent.type === 'attribute' ? field(parent, 'attribute')?.text : undefined;
    return parent.type === 'comparison_operator' || (attribute !== undefined && eventlet.member('eventlet.Timeout', attribute) !== undefined);
  });
}

function othersIn(body: Node, statement: Node, view: FileView): boolean {
  return timersIn(body, view).some(({ node }) => !contains(statement, node)) || timersIn(statement, view).length > 1;
}

/** The timeouts that start somewhere in a node. */
export function timersIn(node: Node, view: FileView): readonly NameUse[] {
  return view.uses.filter((use): use is NameUse => use.form === 'name' && starts(use) && contains(node, use.node));
}

/** `Timeout(5)`, `with_timeout(5, f)`; `Timeout()` never fires. */
function starts({ api, call }: NameUse): boolean {
  return call !== undefined && (api.endsWith('with_timeout') || (api === 'eventlet.Timeout' && (field(call, 'arguments')?.namedChildCount ?? 0) > 0));
}

function timeoutAt(node: Node, view: FileView): NameUse | undefined {
  return view.uses.find((use): use is NameUse => use.form === 'name' && use.api === 'eventlet.Timeout' && sameNode(use.node, node));
}
