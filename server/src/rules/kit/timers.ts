import { argumentsOf } from '../../python/calls';
import { field } from '../../syntax/node';
import type { Condition, Fix, Proposal } from '../rule';
import { replaceCallee } from './callLayout';
import { change, isInAsyncFunction, type ChangeBuilder } from './change';
import { currentsBeside } from './currentThread';
import type { Family, Maker } from './family';
import { first } from './first';
import { ambiguous, notAsync, onAsyncio, onThreads, unless } from './proposing';
import { endsLate, unknownUsers, whyNot } from './spawned';
import { callOfLoop } from './spawnedOnAsyncio';
import { isKeyedLate, isUnused, keyedBelow, placeOf, type Place } from './spawnPlaces';
import { followWith, freeName } from './statements';
import { packArguments, unpackable } from './threadArguments';
import { helper, helperTitle } from './useHelper';
import type { FileView } from './view';

/** What becomes of calls that are to happen later: `spawn_after` and everything asked of what it gives (catalogue 2.2). */
export function timerProposals(family: Family, view: FileView): readonly Proposal[] {
  return [...onNativeThreads(family, view), onLoop(family, view)];
}

function onNativeThreads(family: Family, view: FileView): readonly Proposal[] {
  const places = family.makers.map((maker) => placeOf(maker, family));
  const hidden = first(family.makers, ({ call }) => unpackable(call, 2)) ?? family.hidden;
  if (hidden !== undefined) return [{ target: 'threading', reason: hidden }];
  const unclear = obstacle(family) ?? unknownUsers(family) ?? (places.every(isReplaceable) ? undefined : 'a timer must be started by a statement of its own, and there is no place for one here');
  if (unclear === undefined) return [asTimer(family, places, view, true), asTimer(family, places, view, false)];
  const helped = unknownUsers(family) === undefined ? asDelayedFuture(family, view) : undefined;
  return [helped ?? { target: 'threading', reason: unclear }];
}

// t = spawn_after(9, f, a)  =>  t = concurrency.call_later(9, f, a)
// t.wait()                      t.result()
function asDelayedFuture(family: Family, view: FileView): Fix | undefined {
  if (family.keyed.length > 0 || currentsBeside(family, view).length > 0) return undefined;
  const edits = change(view);
  for (const { call } of family.makers) {
    const name = helper('call_later', call, edits, view);
    if (name === undefined) return undefined;
    replaceCallee(edits, view, call, name);
  }
  for (const { node, member, call } of family.members) {
    const name = field(node, 'attribute');
    const args = call && argumentsOf(call);
    const isPlain = !!args && !args.isOpen && args.positional.length + args.keywords.size === 0;
    if (!name || !isPlain || (member !== 'wait' && member !== 'cancel')) return undefined;
    if (member === 'wait') edits.replace(name, 'result');
  }
  const doubts = [
    'each pending call is a native thread, and what it calls runs in parallel: what both share needs a lock',
    ...(family.members.some(({ member }) => member === 'wait') ? ['the result of a call that was cancelled raises `CancelledError`'] : []),
    ...(family.shared === undefined ? [] : [family.shared]),
    ...(family.makers.some((maker) => maker.form === 'name' && !maker.isCertain) ? [ambiguous] : []),
  ];
  return unless(doubts.join('; '), onThreads(helperTitle('call_later', view), [patched], edits.done()));
}

function isReplaceable({ kind }: Place): boolean {
  return kind === 'statement' || kind === 'bound' || kind === 'appended';
}

function obstacle({ members }: Family): string | undefined {
  for (const { member, call } of members) {
    const args = call && argumentsOf(call);
    const isPlain = !!args && !args.isOpen && args.positional.length + args.keywords.size === 0;
    if (member === 'cancel' && (isPlain || !call)) continue;
    if (member === 'wait' && isPlain && isUnused(call)) continue;
    if (member === 'wait') return 'a `threading.Timer` keeps no result: a future that it sets, or the delayed executor of `futurist`, does';
    return member === 'cancel' ? '`Timer.cancel` takes no exception to be raised' : whyNot(member);
  }
  return undefined;
}

// t = spawn_after(9, f, a)        t = threading.Timer(9, f, args=(a,))
//                            =>   t.daemon = True
//                                 t.start()
function asTimer(family: Family, places: readonly Place[], view: FileView, isDaemon: boolean): Fix {
  const edits = change(view);
  family.makers.forEach((maker, index) => startTimer(edits, view, maker, places[index] ?? { kind: 'other' }, { family, isDaemon }));
  for (const { node, member } of family.members) {
    const name = field(node, 'attribute');
    if (member === 'wait' && name) edits.replace(name, 'join');
  }
  for (const { node } of currentsBeside(family, view)) edits.replace(node, `${edits.module('threading', node)}.current_thread`);
  const doubts = [
    'each pending timer is a native thread, and what it calls runs in parallel: what both share needs a lock',
    startsAndExits,
    ...(isDaemon ? [] : [endsLate]),
    ...(family.members.some(({ member }) => member === 'wait') ? ['an exception in it is printed, `join()` does not raise it as `wait()` did'] : []),
    ...(isKeyedLate(family, places) ? ['it is a key of a collection, and may fire before it is put there'] : []),
    ...(family.truthTests.length > 0 ? ['a timer is always true, a green thread only while it runs'] : []),
    ...(family.shared === undefined ? [] : [family.shared]),
    ...(family.makers.some((maker) => maker.form === 'name' && !maker.isCertain) ? [ambiguous] : []),
  ];
  return unless(doubts.join('; '), onThreads(`Use a ${isDaemon ? 'daemon' : 'non-daemon'} \`threading.Timer\``, [patched], edits.done()));
}

/** `start()` waits until the thread runs: while the process is patched that is a switch in the middle of code which had none. */
const startsAndExits = 'others run while it starts, and what it calls, too, where there is no delay; `sys.exit()` in that ends only its thread';

const patched: Condition = {
  kind: 'patched',
  groups: ['thread', 'time'],
  otherwise: 'the process may run without `thread` being monkey-patched, and then the timer’s function runs in a native thread, where green threads, events and locks of eventlet do not work',
};

function startTimer(edits: ChangeBuilder, view: FileView, { call }: Maker, place: Place, { family, isDaemon }: { readonly family: Family; readonly isDaemon: boolean }): void {
  const timer = `${edits.module('threading', call)}.Timer`;
  const lead = ['', ''];
  const daemon = (name: string): readonly string[] => (isDaemon ? [`${name}.daemon = True`] : []);
  if (place.kind === 'statement' && !isDaemon) {
    packArguments(edits, view, call, { callee: timer, lead, more: '.start()'.length });
    edits.insert(call.endIndex, '.start()');
  } else if (place.kind === 'bound') {
    packArguments(edits, view, call, { callee: timer, lead });
    const keyed = keyedBelow(place, family);
    followWith(edits, view, place.statement, [...daemon(place.name), ...(keyed ? [] : [`${place.name}.start()`])]);
    if (keyed) followWith(edits, view, keyed, [`${place.name}.start()`]);
  } else if (place.kind === 'statement' || place.kind === 'appended') {
    const name = freeName(view, 'timer', call);
    packArguments(edits, view, call, { callee: `${name} = ${timer}`, start: place.statement.startIndex, lead });
    const putAway = place.kind === 'appended' ? [`${place.prefix}(${name})`] : [];
    if (place.kind === 'appended') edits.replaceRange(call.endIndex, place.statement.endIndex, '');
    followWith(edits, view, place.statement, [...daemon(name), `${name}.start()`, ...putAway]);
  }
}

// h = spawn_after(9, f, a)  =>  h = asyncio.get_running_loop().call_later(9, f, a)
function onLoop(family: Family, view: FileView): Proposal {
  if (!family.makers.every(({ node }) => isInAsyncFunction(node))) return notAsync;
  const unclear = first(family.makers, ({ call }) => unpackable(call, 2)) ?? family.hidden ?? family.shared;
  if (unclear !== undefined) return { target: 'asyncio', reason: unclear };
  const other = family.members.find(({ member }) => member !== 'cancel');
  if (other) return { target: 'asyncio', reason: `the handle that \`call_later\` gives can be cancelled and nothing else; \`${other.member}\` needs a task` };
  const edits = change(view);
  for (const { call } of family.makers) callOfLoop(edits, view, call, 'call_later', 1);
  return onAsyncio('Use `call_later` of the loop', 'the loop itself runs the function: it must not block', edits.done());
}
