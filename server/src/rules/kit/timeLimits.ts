import type { TextEdit } from '../../edits/textEdit';
import { field, type Node } from '../../syntax/node';
import { boundedCall, type Bounded, type Raised } from './boundedCalls';
import type { ChangeBuilder } from './change';
import { indentAt, lineEnd } from './lines';
import { importedMeaning } from './natives';
import { freeName } from './statements';
import { rewritten, type NewLines, type TimedWith } from './timedWith';
import type { FileView } from './view';

export interface Limited {
  /** In the imperative. */
  readonly title: string;
  /** How it differs. */
  readonly why: string;
  /** What leaves the statement where eventlet's `Timeout` did; empty where that is the same as before. */
  readonly raised: readonly Raised[];
}

/** Rewrites a `with Timeout` whose body has time limits of its own in the standard library; undefined where it has none. */
export function limited(timed: TimedWith, edits: ChangeBuilder, view: FileView): Limited | undefined {
  const [only, ...others] = timed.body;
  if (!only || timed.seconds.text.includes('\n')) return undefined;
  if (only.type === 'while_statement' && others.length === 0) return polling(timed, only, edits, view);
  const waits = timed.body.map((statement) => waitOf(statement, view));
  const [first] = waits;
  if (!first || waits.some((wait) => wait === undefined)) return undefined;
  const raising = waits.flatMap((wait) => (wait && typeof wait.bounded.late === 'object' ? [{ call: wait.call, raised: wait.bounded.late, note: wait.bounded.note }] : []));
  if (raising.length === waits.length) return others.length === 0 ? raisingOnce(timed, raising, timed.seconds.text, edits, view) : sharing(timed, raising, edits, view);
  return others.length === 0 ? answering(timed, first, edits, view) : undefined;
}

interface Wait {
  readonly call: Node;
  readonly bounded: Bounded;
}

/** The call with a time limit that a statement consists of: alone, assigned or returned. */
function waitOf(statement: Node, view: FileView): Wait | undefined {
  const inner = statement.type === 'expression_statement' || statement.type === 'return_statement' ? statement.namedChild(0) : undefined;
  const call = inner?.type === 'assignment' ? field(inner, 'right') : (inner ?? undefined);
  const bounded = call?.type === 'call' && statement.namedChildCount === 1 ? boundedCall(call, view) : undefined;
  return call && bounded && { call, bounded };
}

interface RaisingWait {
  readonly call: Node;
  readonly raised: Raised;
  readonly note: string | undefined;
}

// with Timeout(2, False): job = jobs.get()  =>  try: job = jobs.get(timeout=2) / except queue.Empty: pass
function raisingOnce(timed: TimedWith, waits: readonly RaisingWait[], limit: string, edits: ChangeBuilder, view: FileView, above: readonly string[] = []): Limited {
  const { statement, late } = timed;
  const inner = waits.map(({ call }) => timeoutArgument(call, limit));
  const title = waits.length === 1 ? `Give \`${calleeOf(waits[0])}\` the time limit` : `Give ${waits.map((wait) => `\`${calleeOf(wait)}\``).join(' and ')} what is left of the time`;
  const raised = distinct(waits.map((wait) => wait.raised));
  const notes = [...new Set(waits.flatMap(({ note }) => note ?? []))];
  if (late === 'itself') {
    replace(timed, { header: above, shift: 'left', inner, footer: [] }, edits, view);
    return { title, raised, why: [isRaised(raised), ...notes].join('; ') };
  }
  const names = raised.map(({ module, name }) => (module === undefined ? name : `${edits.module(module, statement)}.${name}`));
  const handler = `except ${names.length === 1 ? names[0] : `(${names.join(', ')})`}:`;
  const footer = [handler, view.layout.indent + (late === 'nothing' ? 'pass' : `raise ${late.text}`)];
  replace(timed, { header: [...above, 'try:'], shift: 'none', inner, footer }, edits, view);
  return { title, raised: [], why: [`only ${waits.length === 1 ? 'this call is' : 'these calls are'} limited: what is computed around ${waits.length === 1 ? 'it' : 'them'} is not`, ...notes].join('; ') };
}

// with Timeout(5): a.put(1); b.get()  =>  deadline = time.monotonic() + 5 / a.put(1, timeout=max(0, deadline - time.monotonic())) …
function sharing(timed: TimedWith, waits: readonly RaisingWait[], edits: ChangeBuilder, view: FileView): Limited {
  const name = freeName(view, 'deadline', timed.statement);
  const clock = `${edits.module('time', timed.statement)}.monotonic()`;
  return raisingOnce(timed, waits, `max(0, ${name} - ${clock})`, edits, view, [`${name} = ${clock} + ${summand(timed.seconds)}`]);
}

function calleeOf(wait: Pick<Wait, 'call'> | undefined): string {
  return (wait && field(wait.call, 'function')?.text) ?? '';
}

function distinct(raised: readonly Raised[]): readonly Raised[] {
  return raised.filter((one, index) => raised.findIndex((other) => spelled(other) === spelled(one)) === index);
}

// with Timeout(2, TooSlow): lock.acquire()  =>  if not lock.acquire(timeout=2): raise TooSlow
// with Timeout(2, TooSlow): thread.join()   =>  thread.join(timeout=2) / if thread.is_alive(): raise TooSlow
function answering(timed: TimedWith, { call, bounded }: Wait, edits: ChangeBuilder, view: FileView): Limited | undefined {
  const { late, statement } = timed;
  if (call.parent?.type !== 'expression_statement') return undefined;
  const isSilent = bounded.late === 'says nothing';
  const title = `Give \`${calleeOf({ call })}\` the time limit`;
  const raised: readonly Raised[] = late === 'itself' ? [{ name: 'TimeoutError' }] : [];
  const why = late === 'itself' ? isRaised(raised) : 'the limit must be a number that is not negative, where `None` was no limit';
  const inner: TextEdit[] = [timeoutArgument(call, timed.seconds.text)];
  if (late === 'nothing') {
    replace(timed, { header: [], shift: 'left', inner, footer: [] }, edits, view);
    return { title, why, raised };
  }
  const raise = `${stepOf(view, statement)}raise ${late === 'itself' ? 'TimeoutError' : late.text}`;
  if (!isSilent) inner.push({ start: call.startIndex, end: call.startIndex, newText: 'if not ' }, { start: call.endIndex, end: call.endIndex, newText: ':' });
  const thread = field(field(call, 'function') ?? call, 'object')?.text ?? '';
  replace(timed, { header: [], shift: 'left', inner, footer: isSilent ? [`if ${thread}.is_alive():`, raise] : [raise] }, edits, view);
  return { title, why, raised };
}

function isRaised(raised: readonly Raised[]): string {
  return `when the time is up it raises ${raised.map((one) => `\`${spelled(one)}\``).join(' or ')}, an \`Exception\`, and not eventlet’s \`Timeout\``;
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
  const header = [`${name} = ${clock} + ${summand(seconds)}`];
  replace(timed, { header, shift: 'left', inner: [{ start: top, end: top, newText: check }], footer: [] }, edits, view);
  const why = 'the time is looked at between two rounds: one round that takes long is no longer cut short, and the limit must be a number';
  return { title: 'Look at a deadline in the loop', why, raised: late === 'itself' ? [{ name: 'TimeoutError' }] : [] };
}

/** What can stand behind a `+` as it is. */
function summand({ type, text }: Node): string {
  const isSum = ['integer', 'float', 'identifier', 'attribute', 'call', 'subscript', 'parenthesized_expression', 'binary_operator'].includes(type);
  return isSum ? text : `(${text})`;
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

function timeoutArgument(call: Node, limit: string): TextEdit {
  const list = field(call, 'arguments') ?? call;
  const last = list.children.at(-2);
  const separator = last?.type === '(' ? '' : last?.type === ',' ? ' ' : ', ';
  return { start: list.endIndex - 1, end: list.endIndex - 1, newText: `${separator}timeout=${limit}` };
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
