import { argumentsOf } from '../../python/calls';
import { functionAround } from '../../python/scopes';
import type { NameUse } from '../../python/uses';
import { contains, enclosing, field, isField, sameNode, withoutParentheses, type Node } from '../../syntax/node';
import type { Proposal } from '../rule';
import { isBuiltin } from './builtins';
import { change, type ChangeBuilder } from './change';
import { ambiguous, onThreads, unless } from './proposing';
import { caughtBy, isAsked, timersIn } from './timeoutHandlers';
import type { FileView } from './view';

/**
 * `Timeout` where it is no clock but an exception: caught, raised, expected, inherited from (catalogue 2.7). Python's `TimeoutError` takes
 * its place, which is right when the code that used to raise the one raises the other; undefined where the mention means something else.
 */
export function timeoutAsException(use: NameUse, view: FileView): Proposal | undefined {
  if (!isBuiltin(view, 'TimeoutError', use.node)) return undefined;
  const clause = enclosing(use.node, 'except_clause');
  if (clause && isCaught(use.node)) return inHandler(use, clause, view);
  const derived = derivedBy(use.node);
  if (derived) return asBase(use, derived, view);
  if (isRaised(use)) return review(use, view, 'Raise `TimeoutError`', 'an `except Exception` on its way catches `TimeoutError`, and `except Timeout` does not', (edits) => edits.replace(use.node, 'TimeoutError'));
  if (!isValue(use)) return undefined;
  return review(use, view, 'Use `TimeoutError`', 'it is right when the code that is told so here raises or handles `TimeoutError`, an `Exception`', (edits) => edits.replace(use.node, 'TimeoutError'));
}

function review(use: NameUse, view: FileView, title: string, why: string, rewrite: (edits: ChangeBuilder) => void): Proposal {
  const edits = change(view);
  rewrite(edits);
  return unless(use.isCertain ? undefined : ambiguous, { ...onThreads(title, [], edits.done()), claim: 'review', why });
}

// except (Exception, Timeout):  =>  except Exception:
// except Timeout:               =>  except TimeoutError:
function inHandler(use: NameUse, clause: Node, view: FileView): Proposal | undefined {
  const around = functionAround(clause) ?? view.tree.rootNode;
  if (isAsked(clause, view) || timersIn(around, view).length > 0 || entersTimeout(around, view)) return undefined;
  const others = caughtBy(clause).filter((caught) => !sameNode(caught, use.node));
  const general = others.find(({ text }) => ['Exception', 'BaseException', 'TimeoutError'].includes(text));
  const drop = general && alone(use.node, others);
  if (general && drop) {
    const why = `\`${general.text}\` catches what is raised natively when the time is up; eventlet’s \`Timeout\`, as long as something raises it, passes by`;
    return review(use, view, `Catch \`${others.map(({ text }) => text).join('`, `')}\` alone`, why, (edits) => edits.replaceRange(drop.start, drop.end, drop.newText));
  }
  const isLater = earlierClauses(clause).some((earlier) => caughtBy(earlier).length === 0 || caughtBy(earlier).some(({ text }) => text === 'Exception' || text === 'OSError' || text === 'BaseException'));
  if (general || isLater) return undefined;
  const why = 'it is right when what is called here raises `TimeoutError` when the time is up; `queue.Empty` and `subprocess.TimeoutExpired` are none';
  return review(use, view, 'Catch `TimeoutError`', why, (edits) => edits.replace(use.node, 'TimeoutError'));
}

/** `with ConnectionTimeout(5):`: a class of the project may inherit the clock. */
function entersTimeout(body: Node, view: FileView): boolean {
  return view.memory.recall(`timeouts entered in ${body.id}`, () => body.descendantsOfType('with_clause').some(({ text }) => /timeout\w*\(/i.test(text)));
}

/** The edit that takes one exception out of a tuple, and the parentheses with it where one is left; undefined where a comment would go. */
function alone(node: Node, others: readonly Node[]): { readonly start: number; readonly end: number; readonly newText: string } | undefined {
  const tuple = node.parent;
  const [only, ...more] = others;
  if (tuple?.type !== 'tuple' || !only || tuple.descendantsOfType('comment').length > 0) return undefined;
  if (more.length === 0) return { start: tuple.startIndex, end: tuple.endIndex, newText: only.text };
  const next = others.find(({ startIndex }) => startIndex > node.startIndex);
  const before = others.findLast(({ endIndex }) => endIndex < node.startIndex);
  return next ? { start: node.startIndex, end: next.startIndex, newText: '' } : { start: before?.endIndex ?? node.startIndex, end: node.endIndex, newText: '' };
}

function earlierClauses(clause: Node): readonly Node[] {
  const siblings = clause.parent?.namedChildren ?? [];
  return siblings.filter((sibling): sibling is Node => sibling?.type === 'except_clause' && sibling.endIndex <= clause.startIndex);
}

/** `class Slow(Timeout):` */
function derivedBy(node: Node): Node | undefined {
  const list = node.parent;
  const definition = list?.type === 'argument_list' ? list.parent : undefined;
  return definition?.type === 'class_definition' ? definition : undefined;
}

/** A class that is only raised and caught here, makes nothing of its own of the clock, and that no other file takes, is an exception and no timer. */
function asBase(use: NameUse, definition: Node, view: FileView): Proposal | undefined {
  const name = field(definition, 'name');
  const variable = name && view.names.variableOf(name);
  const body = field(definition, 'body');
  if (!name || !variable || !body || view.namedElsewhere.has(name.text) || variable.bindings.length > 1) return undefined;
  const isClock = /\b(super|start|cancel|seconds|pending)\b/.test(body.text) || view.uses.some((other) => other.form === 'name' && contains(body, other.node));
  if (isClock || !variable.reads.every(({ node }) => isExceptionHere(node))) return undefined;
  const why = 'making an object of it no longer starts a clock, and `except Exception` catches it';
  return review(use, view, 'Inherit from `TimeoutError`', why, (edits) => edits.replace(use.node, 'TimeoutError'));
}

/** Whether a name stands where only an exception can: raised, caught, or given to a `Timeout` that raises it. */
function isExceptionHere(node: Node): boolean {
  const call = node.parent?.type === 'call' && isField(node.parent, 'function', node) ? node.parent : node;
  if (call.parent?.type === 'raise_statement' || isCaught(node)) return true;
  const callee = call.parent?.type === 'argument_list' ? field(call.parent.parent ?? call, 'function') : undefined;
  return !!callee && /(^|\.)(Timeout|assertRaises\w*|raises|isinstance|issubclass|assertIsInstance)$/.test(callee.text);
}

function isCaught(node: Node): boolean {
  const clause = enclosing(node, 'except_clause');
  return !!clause && caughtBy(clause).some((caught) => sameNode(caught, node));
}

/** `raise Timeout`, `raise Timeout(5)`. */
function isRaised({ node, call }: NameUse): boolean {
  return (call ?? node).parent?.type === 'raise_statement' && !isOpen(call);
}

/** Functions that are told by an argument which exception they have to expect or to ask for. */
const asking = /(^|\.)(assertRaises\w*|raises|isinstance|issubclass|assertIsInstance|assertIs)$/;

/**
 * Whether it is handed on as an exception: asked for by its class, or made without a time, which never fires; a fixture for tests is
 * told to raise it.
 */
function isValue({ node, call }: NameUse): boolean {
  const value = call ?? node;
  if (call && !isOpen(call) && field(call, 'arguments')?.namedChildCount === 0) return !isEntered(call);
  const holder = withoutParentheses(value).parent;
  const isSideEffect = /\bside_effect\b/.test((holder?.type === 'keyword_argument' ? field(holder, 'name') : holder?.type === 'assignment' ? field(holder, 'left') : undefined)?.text ?? '');
  if (isSideEffect) return true;
  if (call) return false;
  const list = holder?.type === 'tuple' ? holder.parent : holder;
  return list?.type === 'argument_list' && asking.test(field(list.parent ?? list, 'function')?.text ?? '');
}

/** A timeout that is kept may be started or cancelled later; one that is entered is a clock. */
function isEntered(call: Node): boolean {
  const parent = call.parent;
  if (parent?.type === 'assignment') return !/\bside_effect\b/.test(field(parent, 'left')?.text ?? '');
  const callee = parent?.type === 'argument_list' ? field(parent.parent ?? parent, 'function')?.text : undefined;
  return parent === null || parent === undefined || ['with_item', 'as_pattern', 'expression_statement', 'attribute', 'return_statement', 'named_expression', 'yield'].includes(parent.type) || /(enter_context|useFixture|addCleanup|push)$/.test(callee ?? '');
}

function isOpen(call: Node | undefined): boolean {
  return call !== undefined && argumentsOf(call).isOpen;
}
