import { argumentsOf } from '../../python/calls';
import type { MemberUse } from '../../python/uses';
import { field, type Node } from '../../syntax/node';
import type { Fix, Proposal } from '../rule';
import { linesAbove, linesBelow, shiftLines } from './blocks';
import { change, type ChangeBuilder } from './change';
import { awaitCall, livesInCoroutines } from './coroutines';
import { excInfo, handlesSecond, isEmpty, isForSignal, timedStatement } from './eventUses';
import { indentAt } from './lines';
import { shortened, whatHides, type TrackedObject } from './objects';
import { ambiguous, cooperative, onAsyncio, onThreads, unless } from './proposing';
import { helper, helperTitle } from './useHelper';
import type { FileView } from './view';

/** An event that is only waited for, as a `threading.Event`. */
export function asSignal(object: TrackedObject, view: FileView): Proposal {
  const edits = change(view);
  for (const { node } of object.makers) edits.replace(node, `${edits.module('threading', node)}.Event`);
  renameForSignal(object, edits);
  const fix = onThreads('Use a `threading.Event`', [cooperative('event')], edits.done());
  const counted = handlesSecond(object) ? 'what a second `send` raises is handled here; a second `set` does nothing' : undefined;
  return unless(counted ?? passedOn(object) ?? doubt(object), fix);
}

function renameForSignal(object: TrackedObject, edits: ChangeBuilder): void {
  for (const use of object.members) {
    if (use.member === 'ready') edits.replace(nameOf(use), 'is_set');
    if (use.member !== 'send') continue;
    edits.replace(nameOf(use), 'set');
    const list = use.call && field(use.call, 'arguments');
    if (list && list.namedChildCount > 0) edits.replace(list, '()');
  }
}

/** An event that carries a value or an exception, as a `Future`. */
export function asFuture(object: TrackedObject, view: FileView): Proposal {
  const edits = change(view);
  for (const { node } of object.makers) edits.replace(node, `${edits.module('concurrent.futures', node)}.Future`);
  for (const use of object.members) memberOfFuture(use, edits, view);
  const fix = onThreads('Use a `concurrent.futures.Future`', [cooperative('future')], edits.done());
  return unless(doubt(object), { ...fix, claim: 'review', why: 'a second result raises `InvalidStateError`, an exception must be an instance, and whoever waits may go on before the sender gives way' });
}

/** An event that carries a value or an exception, as the helper code's own; undefined where the project has no place for that. */
export function asResultEvent(object: TrackedObject, view: FileView): Fix | undefined {
  const edits = change(view);
  for (const { call, node } of object.makers) {
    const name = call && helper('ResultEvent', call, edits, view);
    if (name === undefined) return undefined;
    edits.replace(node, name);
  }
  for (const use of object.members) memberOfResultEvent(use, edits);
  const fix = onThreads(helperTitle('ResultEvent', view), [cooperative('event')], edits.done());
  return unless(doubt(object), { ...fix, claim: 'review', why: 'a second result raises `RuntimeError`, also under `python -O`, and whoever waits may go on before the sender gives way' });
}

function memberOfResultEvent(use: MemberUse, edits: ChangeBuilder): void {
  const { node, call, member } = use;
  const newName: Readonly<Record<string, string>> = { send: 'set', send_exception: 'set_exception', ready: 'is_set', reset: 'clear' };
  const name = newName[member];
  if (name !== undefined) edits.replace(nameOf(use), name);
  const splat = call && member === 'send_exception' ? excInfo(call) : undefined;
  if (splat) edits.replaceRange(splat.startIndex, splat.startIndex + 1, '').insert(splat.endIndex, '[1]');
  if (member !== 'poll' || !call) return;
  const event = field(node, 'object')?.text ?? '';
  const [missing] = [...argumentsOf(call).positional, ...argumentsOf(call).keywords.values()];
  const head = `(${event}.wait() if ${event}.is_set() else `;
  if (missing) edits.replaceRange(call.startIndex, missing.startIndex, head);
  else edits.replace(call, `${head}None)`);
}

function memberOfFuture(use: MemberUse, edits: ChangeBuilder, view: FileView): void {
  const { node, call, member } = use;
  const event = field(node, 'object')?.text ?? '';
  if (!call) return;
  switch (member) {
    case 'send':
      edits.replace(nameOf(use), 'set_result');
      if (isEmpty(call)) edits.insert(call.endIndex - 1, 'None');
      break;
    case 'send_exception': {
      const splat = excInfo(call);
      edits.replace(nameOf(use), 'set_exception');
      if (splat) edits.replaceRange(splat.startIndex, splat.startIndex + 1, '').insert(splat.endIndex, '[1]');
      break;
    }
    case 'ready':
      edits.replace(nameOf(use), 'done');
      break;
    case 'has_result':
      edits.replace(call, `(${event}.done() and ${event}.exception() is None)`);
      break;
    case 'has_exception':
      edits.replace(call, `(${event}.done() and ${event}.exception() is not None)`);
      break;
    case 'poll': {
      const [missing] = [...argumentsOf(call).positional, ...argumentsOf(call).keywords.values()];
      const head = `(${event}.result() if ${event}.done() else `;
      if (missing) edits.replaceRange(call.startIndex, missing.startIndex, head);
      else edits.replace(call, `${head}None)`);
      break;
    }
    case 'wait':
      edits.replace(nameOf(use), 'result');
      if (!isEmpty(call)) catchLate(call, edits, view);
  }
}

// value = done.wait(5)  =>  try: value = done.result(5); except concurrent.futures.TimeoutError: value = None
function catchLate(call: Node, edits: ChangeBuilder, view: FileView): void {
  const timed = timedStatement(call, view);
  if (!timed) return;
  const { statement, late } = timed;
  const indent = indentAt(view.text, statement.startIndex);
  linesAbove(edits, view, statement, ['try:']);
  shiftLines(edits, view, statement, statement, 'right');
  linesBelow(edits, view, statement, indent, [`except ${edits.module('concurrent.futures', statement)}.TimeoutError:`, view.layout.indent + late]);
}

/** An event of coroutines, as an `asyncio.Event`. */
export function inCoroutines(object: TrackedObject, view: FileView): Proposal {
  const isTimed = object.members.some(({ member, call }) => member === 'wait' && call && !isEmpty(call));
  if (!livesInCoroutines(object)) return { target: 'asyncio', reason: 'the event is not used in coroutines only; the functions around it and their callers would have to become `async def` first' };
  if (!object.members.every(isForSignal) || isTimed) return { target: 'asyncio', reason: 'it carries a value or a time limit; that is a future of the loop and `asyncio.wait_for`, see the guide page' };
  const edits = change(view);
  for (const { node } of object.makers) edits.replace(node, `${edits.module('asyncio', node)}.Event`);
  renameForSignal(object, edits);
  for (const { member, call } of object.members) if (member === 'wait' && call) awaitCall(edits, call);
  const why = 'every part of the program that touches the event must run in one loop of asyncio';
  return unless(doubt(object), onAsyncio('Use an `asyncio.Event`', why, edits.done()));
}

function nameOf(use: MemberUse): Node {
  return field(use.node, 'attribute') ?? use.node;
}

/** That others get the event, who know it by eventlet's names. */
export function passedOn({ name, escapes: [escape] }: TrackedObject): string | undefined {
  return escape && `\`${name}\` is passed on in \`${shortened(escape)}\`: what gets it must call \`set\` and \`is_set\`, where it calls \`send\` and \`ready\` now`;
}

function doubt(object: TrackedObject): string | undefined {
  return whatHides(object) ?? (object.makers.every(({ isCertain }) => isCertain) ? undefined : ambiguous);
}
