import { argumentsOf } from '../../python/calls';
import type { NameUse } from '../../python/uses';
import { field, type Node } from '../../syntax/node';
import { hasOwnLines } from './blocks';
import { boundedCallee, type Bounded } from './boundedCalls';
import type { ChangeBuilder } from './change';
import { indentAt, lineEnd } from './lines';
import { spelled, type Limited } from './timeLimits';
import type { FileView } from './view';

/** `with_timeout(seconds, callee, …, timeout_value=…)`. */
interface TimedCall {
  readonly call: Node;
  readonly seconds: Node;
  readonly callee: Node;
  /** The arguments of the callee, by position and by keyword. */
  readonly rest: readonly Node[];
  /** The keyword argument `timeout_value`. */
  readonly instead: Node | undefined;
}

/** Gives the call that `with_timeout` makes its own time limit, where it takes one in the standard library; undefined where it does not. */
export function limitedCall(use: NameUse, edits: ChangeBuilder, view: FileView): (Limited & { readonly statement: Node }) | undefined {
  const timed = timedCall(use, view);
  const bounded = timed && boundedCallee(timed.callee, argumentsFor(timed), view);
  const statement = timed && statementOf(timed.call);
  if (!timed || !bounded || !statement || typeof bounded.late !== 'object') return undefined;
  const title = `Give \`${timed.callee.text}\` the time limit`;
  const notes = bounded.note === undefined ? [] : [bounded.note];
  if (!timed.instead) {
    direct(timed, edits);
    const why = [`when the time is up it raises \`${spelled(bounded.late)}\`, an \`Exception\`, and not eventlet’s \`Timeout\``, ...notes].join('; ');
    return { title, why, raised: [bounded.late], statement };
  }
  if (!hasOwnLines(view, statement) || statement.text.includes('\n')) return undefined;
  answered(timed, timed.instead, bounded.late, statement, edits, view);
  return { title, why: ['only this call is limited: what is computed around it is not', ...notes].join('; '), raised: [], statement };
}

function timedCall({ call }: NameUse, view: FileView): TimedCall | undefined {
  const list = call && field(call, 'arguments');
  if (!call || !list || argumentsOf(call).isOpen || list.descendantsOfType('comment').length > 0) return undefined;
  const [seconds, callee, ...all] = list.namedChildren.filter((child): child is Node => !!child);
  const instead = all.find((each) => each.type === 'keyword_argument' && field(each, 'name')?.text === 'timeout_value');
  const isOrdered = instead === undefined || instead === all.at(-1);
  const isPlain = callee?.type === 'identifier' || callee?.type === 'attribute';
  if (!seconds || !callee || !isPlain || seconds.type === 'keyword_argument' || !isOrdered) return undefined;
  // What is copied must not be changed by another fix.
  const copied = [seconds, ...(instead ? [instead] : [])];
  const isMoving = copied.some(({ startIndex, endIndex, text }) => text.includes('\n') || view.uses.some(({ start, end }) => startIndex <= start && end <= endIndex));
  return isMoving ? undefined : { call, seconds, callee, rest: instead ? all.slice(0, -1) : all, instead };
}

function argumentsFor({ rest }: TimedCall): { readonly positional: number; readonly keywords: readonly string[] } {
  const keywords = rest.flatMap((each) => (each.type === 'keyword_argument' ? [field(each, 'name')?.text ?? ''] : []));
  return { positional: rest.length - keywords.length, keywords };
}

/** The statement that a call stands in as a whole: alone, assigned to one name, or returned. */
function statementOf(call: Node): Node | undefined {
  const { parent } = call;
  if (parent?.type === 'return_statement' || parent?.type === 'expression_statement') return parent;
  const isPlain = parent?.type === 'assignment' && field(parent, 'type') === undefined && field(parent, 'left')?.type !== 'assignment';
  return isPlain && parent?.parent?.type === 'expression_statement' ? parent.parent : undefined;
}

// with_timeout(2, jobs.put, job)  =>  jobs.put(job, timeout=2)
function direct({ call, seconds, callee, rest }: TimedCall, edits: ChangeBuilder): void {
  const [first] = rest;
  const last = rest.at(-1);
  edits.replaceRange(call.startIndex, callee.startIndex, '');
  if (first && last) edits.replaceRange(callee.endIndex, first.startIndex, '(').replaceRange(last.endIndex, call.endIndex, `, timeout=${seconds.text})`);
  else edits.replaceRange(callee.endIndex, call.endIndex, `(timeout=${seconds.text})`);
}

// job = with_timeout(2, jobs.get, timeout_value=None)  =>  try: job = jobs.get(timeout=2) / except queue.Empty: job = None
function answered(timed: TimedCall, instead: Node, late: Exclude<Bounded['late'], string>, statement: Node, edits: ChangeBuilder, view: FileView): void {
  const { text, layout } = view;
  const indent = indentAt(text, statement.startIndex);
  const value = field(instead, 'value')?.text ?? 'None';
  const before = text.slice(statement.startIndex, timed.call.startIndex);
  const name = late.module === undefined ? late.name : `${edits.module(late.module, statement)}.${late.name}`;
  const handler = `${layout.lineEnding}${indent}except ${name}:${layout.lineEnding}${indent}${layout.indent}${before === '' ? 'pass' : before + value}`;
  edits.insert(statement.startIndex, `try:${layout.lineEnding}${indent}${layout.indent}`);
  direct(timed, edits);
  const end = lineEnd(text, statement.endIndex);
  edits.insert(end - (/[\r\n]+$/.exec(text.slice(statement.endIndex, end))?.[0].length ?? 0), handler);
}
