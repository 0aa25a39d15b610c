import { argumentsOf } from '../../python/calls';
import type { MemberUse } from '../../python/uses';
import { field, type Node } from '../../syntax/node';
import type { Fix, Proposal } from '../rule';
import { columnOf, hangingColumn, lineLimit, newLineAt, replaceCallee } from './callLayout';
import { change, type Change, type ChangeBuilder } from './change';
import { currentsBeside } from './currentThread';
import { loopsForEver } from './endlessLoop';
import type { Family, Maker } from './family';
import { first } from './first';
import { ambiguous, cooperative, onThreads, unless } from './proposing';
import { idleKills, isCaught, isKeyedLate, isUnused, keyedBelow, placeOf, type Place } from './spawnPlaces';
import { spawnedOnAsyncio } from './spawnedOnAsyncio';
import { followWith, freeName } from './statements';
import { helper, helperTitle } from './useHelper';
import { linkedCallback, linkToFuture } from './callbacks';
import { packArguments, unpackable } from './threadArguments';
import { waitedAtOnce } from './waitedAtOnce';
import type { FileView } from './view';

/**
 * What becomes of green threads that `spawn` or `spawn_n` started: a `Thread` where nobody wants a result, a `Future` where somebody does, a
 * plain call where it is waited for at once (catalogue 2.2). The same for the spawning call and for everything asked of its result.
 */
export function spawnedProposals(family: Family, view: FileView): readonly Proposal[] {
  return [...onNativeThreads(family, view), ...spawnedOnAsyncio(family, view)];
}

function onNativeThreads(family: Family, view: FileView): readonly Proposal[] {
  const unclear = first(family.makers, ({ call }) => unpackable(call, 1)) ?? family.hidden ?? obstacle(family, view) ?? unknownUsers(family);
  if (unclear !== undefined) return [{ target: 'threading', reason: unclear }];
  const places = family.makers.map((maker) => placeOf(maker, family));
  const [maker] = family.makers;
  const [place] = places;
  const futures = () => [asHelped(family, view), asFuture(family, view)].filter((fix) => fix !== undefined);
  if (maker && place?.kind === 'waited') return [...waitedAtOnce(maker, place.wait, view), ...futures()];
  const waits = family.members.filter(({ member }) => member === 'wait');
  const isThread = places.every(({ kind }) => kind !== 'other') && family.members.every(({ member }) => member === 'wait' || member === 'kill') && waits.every(({ call }) => call && isUnused(call));
  const isLookedFor = currentsBeside(family, view).length > 0;
  if (!isThread) return isLookedFor ? [{ target: 'threading', reason: keysOfCurrent }] : futures();
  const [daemon, waitedFor] = [asThread(family, places, view, true), asThread(family, places, view, false)];
  if (isLookedFor || waits.length === 0) return [daemon, waitedFor];
  return waits.some(({ node }) => isCaught(node)) ? [...futures(), daemon, waitedFor] : [daemon, ...futures(), waitedFor];
}

/** Of what is public somebody asks something, and not in this file. */
export function unknownUsers({ shared, members }: Family): string | undefined {
  return members.length === 0 ? shared : undefined;
}

/** What a native thread or a future has no counterpart for; undefined where there is none. */
function obstacle(family: Family, view: FileView): string | undefined {
  const idle = idleKills(family);
  for (const use of family.members) {
    const isAsked = use.member === 'dead' || ((use.member === 'wait' || use.member === 'cancel') && !hasArguments(use));
    if (isAsked || idle.has(use)) continue;
    const linked = use.member === 'link' ? linkedCallback(use, view) : whyNot(use.member);
    if (typeof linked === 'string') return linked;
  }
  return undefined;
}

/** Why this member of a green thread cannot be rewritten where it stands. */
export function whyNot(member: string): string {
  switch (member) {
    case 'kill':
    case 'throw':
      return `nothing can \`${member}\` a native thread from outside: let its loop ask a stop event, or close what it waits for`;
    case 'link':
    case 'unlink':
      return `\`${member}\` deals with a callback that gets the green thread; \`Future.add_done_callback\` gives it the future, so the callback has to change too`;
    case 'cancel':
      return '`cancel` raises something in a green thread that has begun; a future only tells whether it was in time';
    default:
      return `\`${member}\` has no counterpart on native threads`;
  }
}

function hasArguments({ call }: MemberUse): boolean {
  const args = call && argumentsOf(call);
  return !!args && (args.isOpen || args.positional.length + args.keywords.size > 0);
}

const startsAtOnce = 'the thread starts at once and runs in parallel: it may be ahead of the code behind this line, and what both share needs a lock';

// t = spawn(f, a)        t = threading.Thread(target=f, args=(a,), daemon=True)
//                   =>   t.start()
// t.wait()               t.join()
//
// Like a green thread, a daemon thread is dropped when the program ends; a service that is stopped in order may want the other sort.
function asThread(family: Family, places: readonly Place[], view: FileView, isDaemon: boolean): Fix {
  const edits = change(view);
  const tail = isDaemon ? { tail: 'daemon=True' } : {};
  family.makers.forEach((maker, index) => startThread(edits, view, maker, places[index] ?? { kind: 'other' }, { family, tail }));
  const isJoined = endWaits(edits, family, 'join', view);
  for (const { node } of currentsBeside(family, view)) edits.replace(node, `${edits.module('threading', node)}.current_thread`);
  const doubts = [
    startsAtOnce,
    ...(isDaemon ? [] : [endsLate]),
    ...(family.makers.some((maker) => isLoop(maker, view)) ? [neverEnds] : []),
    ...(isJoined ? ['an exception in it is printed, `join()` does not raise it as `wait()` did'] : []),
    ...(isKeyedLate(family, places) ? ['it is a key of a collection, and may run before it is put there'] : []),
    ...(family.truthTests.length > 0 ? ['a thread is always true, a green thread only while it runs'] : []),
  ];
  const title = isDaemon ? 'Start a daemon `threading.Thread`' : 'Start a non-daemon `threading.Thread`';
  return review(isJoined ? `${isDaemon ? 'Start a `threading.Thread`' : title} and \`join()\` it` : title, doubts, family, edits.done());
}

const neverEnds = 'its loop never ends by itself: it has to ask a stop event in every round, and who stops the service has to set that and `join()` the thread';

function isLoop({ call }: Maker, view: FileView): boolean {
  const [target] = argumentsOf(call).positional;
  return target !== undefined && loopsForEver(target, view);
}

/** Green threads are dropped when the program ends (catalogue 0, anchor b). */
export const endsLate = 'the program does not end before it has ended, where a green thread was dropped';

const keysOfCurrent = '`getcurrent` looks for the green thread among keys, and what runs in a future cannot tell which one that is';

function startThread(edits: ChangeBuilder, view: FileView, { call }: Maker, place: Place, { family, tail }: { readonly family: Family; readonly tail: { readonly tail?: string } }): void {
  const thread = `${edits.module('threading', call)}.Thread`;
  const packing = { lead: ['target='], ...tail };
  if (place.kind === 'statement') {
    packArguments(edits, view, call, { callee: thread, ...packing, more: '.start()'.length });
    edits.insert(call.endIndex, '.start()');
  } else if (place.kind === 'bound') {
    packArguments(edits, view, call, { callee: thread, ...packing });
    followWith(edits, view, keyedBelow(place, family) ?? place.statement, [`${place.name}.start()`]);
  } else if (place.kind === 'appended') {
    const name = freeName(view, 'thread', call);
    packArguments(edits, view, call, { callee: `${name} = ${thread}`, start: place.statement.startIndex, ...packing });
    edits.replaceRange(call.endIndex, place.statement.endIndex, '');
    followWith(edits, view, place.statement, [`${name}.start()`, `${place.prefix}(${name})`]);
  }
}

// t = spawn(f, a)   =>   t = concurrent.futures.ThreadPoolExecutor(max_workers=1).submit(f, a)
// t.wait()               t.result()
function asFuture(family: Family, view: FileView): Fix {
  const edits = change(view);
  for (const { call } of family.makers) replaceCallee(edits, view, call, executorOf(edits, view, call));
  endWaits(edits, family, 'result', view);
  const doubts = [startsAtOnce, 'each call has a worker thread of its own, for which the program waits at its end', ...futureDoubts(family)];
  return review('Use a `Future` of `concurrent.futures`', doubts, family, edits.done());
}

// t = spawn(f, a)   =>   t = concurrency.spawn_future(f, a)
// t.wait()               t.result()
function asHelped(family: Family, view: FileView): Fix | undefined {
  const edits = change(view);
  for (const { call } of family.makers) {
    const name = helper('spawn_future', call, edits, view);
    if (name === undefined) return undefined;
    replaceCallee(edits, view, call, name);
  }
  endWaits(edits, family, 'result', view);
  return review(helperTitle('spawn_future', view), [startsAtOnce, ...futureDoubts(family)], family, edits.done());
}

function futureDoubts({ members }: Family): readonly string[] {
  const has = (name: string) => members.some(({ member }) => member === name);
  return [
    ...(has('cancel') ? ['`cancel()` comes too late: the future runs already'] : []),
    ...(has('link') ? ['the callback gets the future, and runs in the thread of the worker'] : []),
  ];
}

/** An executor for one call, on two lines where one is too short. */
function executorOf(edits: ChangeBuilder, view: FileView, call: Node): string {
  const executor = `${edits.module('concurrent.futures', call)}.ThreadPoolExecutor(`;
  const size = 'max_workers=1).submit';
  const isLong = columnOf(view, call.startIndex) + executor.length + size.length + 1 > lineLimit(view);
  return executor + (isLong ? newLineAt(view, call.startIndex, hangingColumn(view, call.startIndex)) : '') + size;
}

/** Rewrites what is asked of the family; tells whether anybody waits. */
function endWaits(edits: ChangeBuilder, family: Family, wait: 'join' | 'result', view: FileView): boolean {
  const idle = idleKills(family);
  for (const use of family.members) {
    const statement = idle.get(use);
    const name = field(use.node, 'attribute');
    if (statement) edits.removeStatement(statement);
    else if (name && use.member === 'wait') edits.replace(name, wait);
    else if (name && use.member === 'dead') edits.replace(name, 'done()');
    else if (use.member === 'link') linkToFuture(edits, use, view);
  }
  return family.members.some(({ member }) => member === 'wait');
}

function review(title: string, doubts: readonly string[], family: Family, done: Change): Fix {
  const isCertain = family.makers.every((maker) => maker.form !== 'name' || maker.isCertain);
  return unless([...doubts, ...(family.shared === undefined ? [] : [family.shared]), ...(isCertain ? [] : [ambiguous])].join('; '), onThreads(title, [cooperative('thread')], done));
}

