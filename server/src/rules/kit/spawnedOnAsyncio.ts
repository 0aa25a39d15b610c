import type { MemberUse } from '../../python/uses';
import { field, type Node } from '../../syntax/node';
import type { Proposal } from '../rule';
import { replaceCallee } from './callLayout';
import { change, isInAsyncFunction, type ChangeBuilder } from './change';
import { awaitCall, canAwait } from './coroutines';
import type { Family, Maker } from './family';
import { first } from './first';
import { notAsync, onAsyncio } from './proposing';
import { placeOf } from './spawnPlaces';
import { unpackable } from './threadArguments';
import { hasPython, type FileView } from './view';

/** What becomes of spawned green threads inside coroutines. What they run is no coroutine, so it goes to a thread. */
export function spawnedOnAsyncio(family: Family, view: FileView): readonly Proposal[] {
  if (!family.makers.every(({ node }) => isInAsyncFunction(node)) || !family.members.every(({ node }) => canAwait(node))) return [notAsync];
  const unclear =
    first(family.makers, ({ call }) => unpackable(call, 1)) ??
    family.hidden ??
    family.shared ??
    (family.keyed.length > 0 ? 'its green threads are keys of a collection' : undefined) ??
    obstacle(family.members);
  if (unclear !== undefined) return [{ target: 'asyncio', reason: unclear }];
  const [maker] = family.makers;
  const place = maker && placeOf(maker, family);
  if (maker && place?.kind === 'statement') return [inExecutor(maker, view)];
  if (!hasPython(view, 3, 9)) return [{ target: 'asyncio', reason: '`asyncio.to_thread` came with Python 3.9, and this code must run on an older one' }];
  return [maker && place?.kind === 'waited' ? awaited(maker, place.wait, view) : asTask(family, view)];
}

function obstacle(members: readonly MemberUse[]): string | undefined {
  const found = members.find(({ member, call }) => member !== 'wait' || !call);
  return found && `a task of asyncio has no counterpart for what \`${found.member}\` does here`;
}

// spawn(f, a, k=1)  =>  asyncio.get_running_loop().run_in_executor(None, functools.partial(f, a, k=1))
function inExecutor({ call }: Maker, view: FileView): Proposal {
  const edits = change(view);
  callOfLoop(edits, view, call, 'run_in_executor', 0, 'None, ');
  return onAsyncio('Run it in a thread with `run_in_executor`', 'it runs in a thread of the loop’s default executor, which has few of them', edits.done());
}

/**
 * Makes a call one of a method of the running loop; `lead` comes before the argument at `from`, which is the function. Where keywords follow,
 * which a loop does not pass on, `functools.partial` binds them.
 */
export function callOfLoop(edits: ChangeBuilder, view: FileView, call: Node, method: string, from: number, lead = ''): void {
  const args = (field(call, 'arguments')?.namedChildren ?? []).filter((child): child is Node => !!child && child.type !== 'comment');
  const isPartial = args.some(({ type }) => type === 'keyword_argument' || type === 'dictionary_splat');
  const before = lead + (isPartial ? `${edits.module('functools', call)}.partial(` : '');
  replaceCallee(edits, view, call, `${edits.module('asyncio', call)}.get_running_loop().${method}`, { more: before.length + (isPartial ? 1 : 0) });
  const [first, last] = [args[from], args.at(-1)];
  if (first && before) edits.insert(first.startIndex, before);
  if (last && isPartial) edits.insert(last.endIndex, ')');
}

// spawn(f, a).wait()  =>  await asyncio.to_thread(f, a)
function awaited({ call }: Maker, wait: { readonly call: Node }, view: FileView): Proposal {
  const edits = change(view);
  awaitCall(edits, wait.call);
  replaceCallee(edits, view, call, `${edits.module('asyncio', call)}.to_thread`);
  edits.replaceRange(call.endIndex, wait.call.endIndex, '');
  return onAsyncio('Await `asyncio.to_thread`', 'it runs in a thread, in parallel with the loop: what both share needs a lock', edits.done());
}

// t = spawn(f, a)  =>  t = asyncio.create_task(asyncio.to_thread(f, a))
// t.wait()             await t
function asTask(family: Family, view: FileView): Proposal {
  const edits = change(view);
  for (const { call } of family.makers) {
    const asyncio = edits.module('asyncio', call);
    replaceCallee(edits, view, call, `${asyncio}.create_task(${asyncio}.to_thread`);
    edits.insert(call.endIndex, ')');
  }
  for (const { node, call } of family.members) {
    const object = field(node, 'object');
    if (!call || !object) continue;
    awaitCall(edits, call);
    edits.replaceRange(object.endIndex, call.endIndex, '');
  }
  return onAsyncio('Use a task of `asyncio`', 'it runs in a thread, in parallel with the loop: what both share needs a lock', edits.done());
}
