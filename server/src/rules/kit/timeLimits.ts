import type { TextEdit } from '../../edits/textEdit';
import { argumentsOf } from '../../python/calls';
import { field, type Node } from '../../syntax/node';
import type { ChangeBuilder } from './change';
import { indentAt, lineEnd } from './lines';
import { importedMeaning, waitable, type Waitable } from './natives';
import { freeName } from './statements';
import { rewritten, type NewLines, type TimedWith } from './timedWith';
import type { FileView } from './view';

/** The exception that says that the time is up: a builtin, or a member of a module. */
export interface Raised {
  readonly module?: string;
  readonly name: string;
}

export interface Limited {
  /** In the imperative. */
  readonly title: string;
  /** How it differs. */
  readonly why: string;
  /** What leaves the statement where eventlet's `Timeout` did; undefined where that is the same as before. */
  readonly raised?: Raised;
}

/** Rewrites a `with Timeout` whose body has a time limit of its own in the standard library; undefined where it has none. */
export function limited(timed: TimedWith, edits: ChangeBuilder, view: FileView): Limited | undefined {
  const [only, ...others] = timed.body;
  if (!only || others.length > 0 || timed.seconds.text.includes('\n')) return undefined;
  if (only.type === 'while_statement') return polling(timed, only, edits, view);
  const call = waitingCall(only);
  const bounded = call && boundedCall(call, view);
  if (!call || !bounded) return undefined;
  return bounded.raised ? raising(timed, call, bounded.raised, edits, view) : answering(timed, call, edits, view);
}

/** The call that a statement consists of: alone, assigned or returned. */
function waitingCall(statement: Node): Node | undefined {
  const inner = statement.type === 'expression_statement' || statement.type === 'return_statement' ? statement.namedChild(0) : undefined;
  const value = inner?.type === 'assignment' ? field(inner, 'right') : (inner ?? undefined);
  return value?.type === 'call' && statement.namedChildCount === 1 ? value : undefined;
}

/** A method with a time limit. `raised` is absent where it returns False when late. */
interface Bounded {
  readonly on: Waitable;
  readonly arguments: readonly number[];
  readonly raised?: Raised;
}

const expired: Raised = { module: 'subprocess', name: 'TimeoutExpired' };
const tooLate: Raised = { module: 'concurrent.futures', name: 'TimeoutError' };

const methods: ReadonlyMap<string, readonly Bounded[]> = new Map([
  ['acquire', [{ on: 'lock', arguments: [0] }]],
  ['communicate', [{ on: 'process', arguments: [0, 1], raised: expired }]],
  ['exception', [{ on: 'future', arguments: [0], raised: tooLate }]],
  ['get', [{ on: 'queue', arguments: [0], raised: { module: 'queue', name: 'Empty' } }]],
  ['put', [{ on: 'queue', arguments: [1], raised: { module: 'queue', name: 'Full' } }]],
  ['result', [{ on: 'future', arguments: [0], raised: tooLate }]],
  ['wait', [{ on: 'event', arguments: [0] }, { on: 'process', arguments: [0], raised: expired }]],
]);

/** What happens when a call that takes `timeout=` is late; undefined for calls that are not known to take it. */
function boundedCall(call: Node, view: FileView): Bounded | undefined {
  const callee = field(call, 'function');
  const receiver = callee?.type === 'attribute' ? field(callee, 'object') : undefined;
  const candidates = callee && receiver ? methods.get(field(callee, 'attribute')?.text ?? '') : undefined;
  const { positional, keywords, isOpen } = argumentsOf(call);
  if (!receiver || !candidates || isOpen || keywords.size > 0 || field(call, 'arguments')?.descendantsOfType('comment').length) return undefined;
  const kind = waitable(receiver, view);
  return candidates.find((candidate) => candidate.on === kind && candidate.arguments.includes(positional.length));
}

// with Timeout(2, False): job = jobs.get()  =>  try: job = jobs.get(timeout=2) / except queue.Empty: pass
function raising(timed: TimedWith, call: Node, raised: Raised, edits: ChangeBuilder, view: FileView): Limited {
  const { statement, late } = timed;
  const inner = [timeoutArgument(call, timed.seconds)];
  const method = field(call, 'function')?.text ?? '';
  const title = `Give \`${method}\` the time limit`;
  if (late === 'itself') {
    replace(timed, { header: [], shift: 'left', inner, footer: [] }, edits, view);
    return { title, raised, why: `when the time is up it raises \`${spelled(raised)}\`, an \`Exception\`, and not eventlet’s \`Timeout\`` };
  }
  const handler = `except ${raised.module === undefined ? '' : `${edits.module(raised.module, statement)}.`}${raised.name}:`;
  const footer = [handler, view.layout.indent + (late === 'nothing' ? 'pass' : `raise ${late.text}`)];
  replace(timed, { header: ['try:'], shift: 'none', inner, footer }, edits, view);
  return { title, why: 'only this call is limited: what is computed around it is not' };
}

// with Timeout(2, TooSlow): lock.acquire()  =>  if not lock.acquire(timeout=2): raise TooSlow
function answering(timed: TimedWith, call: Node, edits: ChangeBuilder, view: FileView): Limited | undefined {
  const { late, statement } = timed;
  if (call.parent?.type !== 'expression_statement') return undefined;
  const title = `Give \`${field(call, 'function')?.text ?? ''}\` the time limit`;
  const why = 'it returns False when the time is up instead of being interrupted';
  const inner: TextEdit[] = [timeoutArgument(call, timed.seconds)];
  if (late === 'nothing') {
    replace(timed, { header: [], shift: 'left', inner, footer: [] }, edits, view);
    return { title, why };
  }
  inner.push({ start: call.startIndex, end: call.startIndex, newText: 'if not ' }, { start: call.endIndex, end: call.endIndex, newText: ':' });
  const footer = [`${stepOf(view, statement)}raise ${late === 'itself' ? 'TimeoutError' : late.text}`];
  replace(timed, { header: [], shift: 'left', inner, footer }, edits, view);
  return { title, why, ...(late === 'itself' ? { raised: { name: 'TimeoutError' } } : {}) };
}

// with Timeout(30): while not ready(): sleep(1)  =>  deadline = time.monotonic() + 30 / while not ready(): if late: raise …; sleep(1)
function polling(timed: TimedWith, loop: Node, edits: ChangeBuilder, view: FileView): Limited | undefined {
  const { statement, seconds, late } = timed;
  const first = field(loop, 'body')?.namedChildren.find((child) => child?.type !== 'comment');
  const name = freeName(view, 'deadline', statement);
  const hasElse = field(loop, 'alternative') !== undefined;
  if (!first || hasElse || !isOnLaterLine(first, loop, view) || !sleeps(loop, view)) return undefined;
  const clock = `${edits.module('time', statement)}.monotonic()`;
  const indent = indentAt(view.text, first.startIndex);
  const step = stepOf(view, statement);
  const common = indent.startsWith(indentAt(view.text, statement.startIndex) + step) ? indent.slice(step.length) : indent;
  const action = late === 'nothing' ? 'break' : late === 'itself' ? 'raise TimeoutError' : `raise ${late.text}`;
  const check = [`${common}if ${clock} >= ${name}:`, `${common}${view.layout.indent}${action}`].map((line) => line + view.layout.lineEnding).join('');
  const top = lineEnd(view.text, colonOf(loop));
  const isSum = ['integer', 'float', 'identifier', 'attribute', 'call', 'subscript', 'parenthesized_expression', 'binary_operator'].includes(seconds.type);
  const header = [`${name} = ${clock} + ${isSum ? seconds.text : `(${seconds.text})`}`];
  replace(timed, { header, shift: 'left', inner: [{ start: top, end: top, newText: check }], footer: [] }, edits, view);
  const why = 'the time is looked at between two rounds: one round that takes long is no longer cut short, and the limit must be a number';
  return { title: 'Look at a deadline in the loop', why, ...(late === 'itself' ? { raised: { name: 'TimeoutError' } } : {}) };
}

function colonOf(loop: Node): number {
  return loop.children.find((child) => child?.type === ':')?.endIndex ?? loop.startIndex;
}

function isOnLaterLine(first: Node, loop: Node, view: FileView): boolean {
  return first.startIndex >= lineEnd(view.text, colonOf(loop));
}

/** Whether the loop itself pauses in every round. */
function sleeps(loop: Node, view: FileView): boolean {
  const statements = field(loop, 'body')?.namedChildren ?? [];
  return statements.some((statement) => {
    const call = statement?.type === 'expression_statement' ? statement.namedChild(0) : undefined;
    const callee = call?.type === 'call' ? field(call, 'function') : undefined;
    if (!callee) return false;
    const isGreen = view.uses.some((use) => use.form === 'name' && use.api === 'eventlet.sleep' && use.node.id === callee.id);
    return isGreen || importedMeaning(callee, view) === 'time.sleep';
  });
}

function timeoutArgument(call: Node, seconds: Node): TextEdit {
  const list = field(call, 'arguments') ?? call;
  const last = list.children.at(-2);
  const separator = last?.type === '(' ? '' : last?.type === ',' ? ' ' : ', ';
  return { start: list.endIndex - 1, end: list.endIndex - 1, newText: `${separator}timeout=${seconds.text}` };
}

function replace(timed: TimedWith, lines: NewLines, edits: ChangeBuilder, view: FileView): void {
  const { start, end, newText } = rewritten(view, timed, lines);
  edits.replaceRange(start, end, newText);
}

/** One step of indentation, as the statement's body has it. */
function stepOf(view: FileView, statement: Node): string {
  const first = field(statement, 'body')?.namedChild(0);
  return indentAt(view.text, first?.startIndex ?? statement.startIndex).slice(indentAt(view.text, statement.startIndex).length);
}

export function spelled({ module, name }: Raised): string {
  return module === undefined ? name : `${module}.${name}`;
}
