import { argumentsOf } from '../../python/calls';
import type { MemberUse } from '../../python/uses';
import { ancestors, contains, field, isField, statementOf, withParentheses, type Node } from '../../syntax/node';
import { hasOwnLines } from './blocks';
import { first } from './first';
import { isMadeBy, whatHides, type TrackedObject } from './objects';
import { isUnused } from './spawnPlaces';
import { caughtBy } from './timeoutHandlers';
import type { FileView } from './view';

/** Why an event cannot be replaced natively; undefined where each of its uses can be. One that is passed on can, as long as what is seen of it shows a mere signal. */
export function whyNoEvent(object: TrackedObject): string | undefined {
  const isKnownSignal = object.members.length > 0 && (object.members.every(isForSignal) || isFlag(object));
  return whyNotSeen({ ...object, escapes: isKnownSignal ? [] : object.escapes }) ?? first(object.members, whyNoMember);
}

/** Why an event cannot become one of the helper code, which can be cleared; undefined where it can. */
export function whyNoResultEvent(object: TrackedObject): string | undefined {
  return whyNotSeen(object) ?? first(object.members, (use) => {
    if (use.member === 'reset' && use.call) return undefined;
    return ['poll', 'ready', 'send', 'send_exception', 'wait'].includes(use.member) ? whyNoMember(use) : `it has no \`${use.member}\``;
  });
}

function whyNotSeen(object: TrackedObject): string | undefined {
  const hidden = whatHides({ ...object, isPrivate: true });
  if (hidden) return `an event is replaced together with all its uses, and ${hidden}`;
  if (object.makers.length === 0) return `where \`${object.name}\` is made is not known from this file`;
  return isMadeBy(object, classes) ? undefined : `\`${object.name}\` is not always a plain eventlet \`Event\``;
}

const classes: ReadonlySet<string> = new Set(['eventlet.Event']);

function whyNoMember(use: MemberUse): string | undefined {
  const { call, member } = use;
  if (member === 'reset') return 'after `reset()` it is used again: a `threading.Event` has `clear()`, but a `Future` must be made anew, and its users must get the new one';
  if (member === 'poll_result' || member === 'poll_exception') return `\`${member}\` has no native counterpart`;
  if (!call) return `\`${use.node.text}\` is passed on as a function, and with what it is called is not known`;
  const { positional, keywords, isOpen } = argumentsOf(call);
  const count = positional.length + keywords.size;
  if (member === 'send') return isOpen || count > 1 || keywords.has('exc') ? 'an exception may be passed to `send`; natively that is `set_exception(error)`' : undefined;
  if (member === 'send_exception') {
    if (excInfo(call) || (!isOpen && count === 1 && positional.length === 1)) return undefined;
    return '`send_exception` gets a type or a traceback of its own here, and `set_exception` takes the exception alone';
  }
  if (isOpen) return `the arguments of \`${member}\` are passed on as \`*\` or \`**\``;
  return undefined;
}

/** Why an event that carries a value cannot become a `Future`; undefined where it can. */
export function whyNoFuture({ members }: TrackedObject, view: FileView): string | undefined {
  const late = members.find(({ member, call }) => member === 'wait' && call && !isEmpty(call) && !timedStatement(call, view));
  return late && 'the value of `wait` with a time limit stands in the middle of other code; `Future.result` raises when late, which wants a `try` there';
}

/** Whether a `threading.Event` has this member and what it gives makes no difference. */
export function isForSignal(use: MemberUse): boolean {
  if (use.member === 'ready') return true;
  if (use.member === 'wait') return isValueUnused(use);
  return use.member === 'send' && !!use.call && (isEmpty(use.call) || sentLiteral(use.call) !== undefined);
}

/**
 * Whether what `send` raises where somebody has sent before is handled, and so may be counted on: a native event may be set again and again. A
 * broad handler counts, too, where nothing happens before that it could be for.
 */
export function handlesSecond({ members }: TrackedObject): boolean {
  return members.some(({ member, call }) => member === 'send' && call !== undefined && isHandled(call));
}

function isHandled(send: Node): boolean {
  for (const at of ancestors(send)) {
    if (at.type === 'function_definition' || at.type === 'lambda') return false;
    const names = at.type === 'with_statement' ? suppressedBy(at) : at.type === 'try_statement' ? caughtAround(at, send) : [];
    if (names.some((name) => name === 'AssertionError')) return true;
    if (names.some((name) => name === '' || name === 'Exception' || name === 'BaseException') && isFirstIn(at, send)) return true;
  }
  return false;
}

/** What the handlers of a `try` catch that happens at a place in its body; an empty name for all. */
function caughtAround(statement: Node, place: Node): readonly string[] {
  const body = field(statement, 'body');
  if (!body || !contains(body, place)) return [];
  const clauses = statement.namedChildren.filter((child): child is Node => child?.type === 'except_clause');
  return clauses.flatMap((clause) => (caughtBy(clause).length === 0 ? [''] : caughtBy(clause).map(({ text }) => text)));
}

/** `with suppress(AssertionError):`, `with self.assertRaises(AssertionError):`. */
function suppressedBy(statement: Node): readonly string[] {
  const clause = statement.namedChildren.find((child) => child?.type === 'with_clause');
  const calls = clause?.descendantsOfType('call').filter((call) => call && /(^|\.)(suppress|assertRaises\w*|raises)$/.test(field(call, 'function')?.text ?? '')) ?? [];
  return calls.flatMap((call) => (call ? argumentsOf(call).positional.map(({ text }) => text) : []));
}

/** Whether a place is in the first statement of a block. */
function isFirstIn(statement: Node, place: Node): boolean {
  const first = field(statement, 'body')?.namedChildren.find((child) => child?.type !== 'comment');
  return !!first && contains(first, place);
}

/** Whether it is sent with something true and nothing else, and whoever waits asks for no more than that. */
export function isFlag({ members }: TrackedObject): boolean {
  return members.every((use) => {
    if (use.member === 'send') return !!use.call && sentLiteral(use.call)?.type === 'true';
    return use.member === 'ready' || (use.member === 'wait' && !!use.call && (isValueUnused(use) || isCondition(use.call)));
  });
}

/** Whether nobody takes what a member gives. */
export function isValueUnused({ call }: MemberUse): boolean {
  return !!call && isUnused(call);
}

function isCondition(call: Node): boolean {
  const node = withParentheses(call);
  const parent = node.parent;
  if (parent?.type === 'not_operator') return true;
  return !!parent && (parent.type === 'if_statement' || parent.type === 'while_statement' || parent.type === 'elif_clause') && isField(parent, 'condition', node);
}

/** Whether a call has no arguments. */
export function isEmpty(call: Node): boolean {
  return field(call, 'arguments')?.namedChildCount === 0;
}

/** The one argument where it is a literal whose loss nobody notices. */
function sentLiteral(call: Node): Node | undefined {
  const { positional } = argumentsOf(call);
  const [value] = positional;
  const isAlone = field(call, 'arguments')?.namedChildCount === 1;
  const isLiteral = value && ['true', 'false', 'none', 'integer', 'string'].includes(value.type) && value.descendantsOfType('interpolation').length === 0;
  return isAlone && isLiteral ? value : undefined;
}

/** The splat in `send_exception(*sys.exc_info())`. */
export function excInfo(call: Node): Node | undefined {
  const list = field(call, 'arguments');
  const only = list?.namedChildCount === 1 ? list.namedChild(0) : undefined;
  return only?.type === 'list_splat' && only.namedChild(0)?.text === 'sys.exc_info()' ? only : undefined;
}

/**
 * The statement in which a value that may be late can be caught, with what happens then; undefined where other code stands around it.
 */
export function timedStatement(call: Node, view: FileView): { readonly statement: Node; readonly late: string } | undefined {
  const statement = statementOf(call);
  if (!hasOwnLines(view, statement)) return undefined;
  if (statement.type === 'return_statement' && call.parent?.id === statement.id) return { statement, late: 'return None' };
  const inner = statement.type === 'expression_statement' ? statement.namedChild(0) : undefined;
  if (inner?.id === call.id) return { statement, late: 'pass' };
  const left = inner?.type === 'assignment' && isField(inner, 'right', call) ? field(inner, 'left') : undefined;
  return left?.type === 'identifier' || left?.type === 'attribute' ? { statement, late: `${left.text} = None` } : undefined;
}
