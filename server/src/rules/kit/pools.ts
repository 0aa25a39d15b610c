import { argumentsOf } from '../../python/calls';
import { scopesAt } from '../../python/scopes';
import type { MemberUse, NameUse, Use } from '../../python/uses';
import { ancestors, contains, field, sameNode, type Node } from '../../syntax/node';
import type { Fix, Proposal } from '../rule';
import { replaceCallee } from './callLayout';
import { change, type ChangeBuilder } from './change';
import { familyOf, type Family } from './family';
import { first } from './first';
import { isMadeBy, objectOf, openness, whatHides, type TrackedObject } from './objects';
import { ambiguous, cooperative, onThreads, unless } from './proposing';
import { idleKills } from './spawnPlaces';
import { helper, helperTitle } from './useHelper';
import type { FileView } from './view';

/** A `GreenPool` with everybody who touches it: under a name, or made and used in one expression. */
type Pool = Pick<TrackedObject, 'makers' | 'members'> & { readonly hidden: string | undefined; readonly shared: string | undefined };

/**
 * What becomes of a `GreenPool`: a `ThreadPoolExecutor`, where each of its uses has a counterpart there (catalogue 2.3). The same for the pool,
 * all its members, and the green threads it gave.
 */
export function poolProposals(use: Use, view: FileView): readonly Proposal[] {
  const pool = poolOf(use, view);
  const [maker] = pool?.makers ?? [];
  const made = () => [...onNativeThreads(pool, view), notOnAsyncio];
  return maker ? view.memory.recall(`pool at ${maker.start}`, made) : made();
}

const notOnAsyncio = { target: 'asyncio', reason: 'a pool of tasks is a semaphore and `asyncio.gather`, and everything that waits for it becomes a coroutine: that is no local rewrite' } as const;

function onNativeThreads(pool: Pool | undefined, view: FileView): readonly Proposal[] {
  if (!pool) return [{ target: 'threading', reason: 'where this pool comes from, or who else uses it, is not in sight here' }];
  const hidden = pool.hidden ?? sizeObstacle(pool);
  if (hidden !== undefined) return [{ target: 'threading', reason: hidden }];
  const unclear = first(pool.members, (member) => memberObstacle(member, pool, view));
  const bounded = asBoundedExecutor(pool, view);
  return [...(bounded ? [bounded] : []), unclear === undefined ? asExecutor(pool, view) : { target: 'threading', reason: unclear }];
}

function poolOf(use: Use, view: FileView): Pool | undefined {
  const known = objectOf(use, view);
  if (known) {
    const isPrivate = known.isPrivate || known.members.length > 0;
    return { makers: known.makers, members: known.members, hidden: whatHides({ ...known, isPrivate }) ?? inherited(known), shared: sharedBy(known) };
  }
  const maker = view.uses.find((other): other is NameUse => other.form === 'name' && other.api === 'eventlet.GreenPool' && isPartOf(other, use));
  const member = maker && view.uses.find((other): other is MemberUse => other.form === 'member' && sameNode(field(other.node, 'object'), maker.call));
  return member && { makers: [maker], members: [member], hidden: undefined, shared: undefined };
}

function inherited(known: TrackedObject): string | undefined {
  return isMadeBy(known, poolClass) ? undefined : 'the pool is made by a class of the project that inherits from `GreenPool`: change that first';
}

const poolClass: ReadonlySet<string> = new Set(['eventlet.GreenPool']);

function sharedBy({ isPrivate, name, openFunction = name }: TrackedObject): string | undefined {
  return isPrivate ? undefined : `${openness(openFunction)}: other modules that use it have to change with it`;
}

/** `GreenPool(8).imap`: whether a use is the pool or its member here. */
function isPartOf(maker: NameUse, use: Use): boolean {
  return maker === use || (use.form === 'member' && sameNode(field(use.node, 'object'), maker.call));
}

function sizeObstacle({ makers }: Pool): string | undefined {
  if (makers.length === 0) return 'where this pool is made is not in sight here';
  for (const { call } of makers) {
    const args = call && argumentsOf(call);
    const size = args?.positional[0] ?? args?.keywords.get('size');
    const count = (args?.positional.length ?? 0) + (args?.keywords.size ?? 0);
    if (!args || args.isOpen || count > 1 || (count === 1 && !size)) return 'the arguments of the pool are not just its size';
    if (size && (size.type === 'none' || size.text === '0')) return 'a pool of size 0 lets nothing run, and a `ThreadPoolExecutor` cannot be made like that';
  }
  return undefined;
}

function memberObstacle(use: MemberUse, pool: Pool, view: FileView): string | undefined {
  const [target] = use.call ? argumentsOf(use.call).positional : [];
  switch (use.member) {
    case 'spawn':
    case 'spawn_n':
      return (use.call && !target ? 'what is to be called is passed by keyword, which `submit` does not take' : undefined) ?? resultObstacle(use, view);
    case 'imap':
      if (!use.call || !target || target.type === 'none') return '`imap` without a function gives tuples, and `map` wants a function';
      return familyOf(use, view)?.members[0] && 'the result of `imap` is asked for more than its items, and that of `map` has nothing else';
    case 'starmap':
      if (!target || (target.type !== 'identifier' && target.type !== 'attribute') || /\bargs\b/.test(target.text)) return 'the function of `starmap` would have to be wrapped to take its arguments apart';
      return familyOf(use, view)?.members[0] && 'the result of `starmap` is asked for more than its items, and that of `map` has nothing else';
    case 'waitall':
      return isLastUse(use, pool) ? undefined : 'the pool goes on after `waitall()`, which an executor does not after `shutdown()`: collect the futures of `submit` and give them to `concurrent.futures.wait`';
    default:
      return `a \`ThreadPoolExecutor\` does not tell or change what \`${use.member}\` does: count the futures yourself`;
  }
}

/** Why the green thread that the pool gives cannot be a future. */
function resultObstacle(use: MemberUse, view: FileView): string | undefined {
  const family = use.member === 'spawn' ? familyOf(use, view) : undefined;
  if (!family) return undefined;
  if (family.makers.some((maker) => maker.form === 'name' || maker.className !== 'eventlet.GreenPool')) return 'green threads of different origin are kept together';
  const idle = idleKills(family);
  const other = family.members.find((member) => member.member !== 'wait' && member.member !== 'dead' && !idle.has(member));
  return family.hidden ?? (family.keyed.length > 0 ? 'its green threads are keys of a collection' : undefined) ?? (other && `what \`${other.member}\` does with its green threads cannot be done to futures`);
}

/** Whether nothing is given to the pool after this `waitall`: it stands behind all other uses, in the same function and the same loops as the pool's making. */
function isLastUse(waitall: MemberUse, { makers, members }: Pool): boolean {
  const [maker] = makers;
  if (!maker || makers.length > 1 || !waitall.call || waitall.call.parent?.type !== 'expression_statement') return false;
  const others = members.filter((member) => member !== waitall);
  const home = callableAround(maker.node);
  const isTogether = [waitall, ...others].every(({ node }) => callableAround(node) === home);
  const loops = [...ancestors(waitall.node)].filter(({ type }) => type === 'for_statement' || type === 'while_statement');
  return home !== undefined && isTogether && others.every(({ end }) => end <= waitall.start) && loops.every((loop) => contains(loop, maker.node));
}

/** Id of the function or lambda that runs this code; undefined at module level and in a class body. */
function callableAround(node: Node): number | undefined {
  for (const { kind, id } of scopesAt(node)) if (kind !== 'comprehension') return kind === 'function' || kind === 'lambda' ? id : undefined;
  return undefined;
}

// pool = GreenPool(20)        pool = concurrent.futures.ThreadPoolExecutor(max_workers=20)
// pool.spawn_n(handle, x)  => pool.submit(handle, x)
// pool.waitall()              pool.shutdown(wait=True)
function asExecutor(pool: Pool, view: FileView): Fix {
  const edits = change(view);
  const growths = new Map(pool.makers.flatMap(({ call }) => (call ? [[call.id, makeExecutor(edits, view, call)]] : [])));
  for (const use of pool.members) rewriteMember(edits, view, use, growths.get(field(use.node, 'object')?.id ?? -1) ?? 0);
  const families = familiesOf(pool, view);
  for (const family of families) endWaits(edits, family);
  const isCertain = pool.makers.every((maker) => maker.isCertain);
  const shared = families.flatMap((family) => family.shared ?? []);
  return unless([...doubts(pool), ...shared, ...(isCertain ? [] : [ambiguous])].join('; '), onThreads('Use a `ThreadPoolExecutor`', [cooperative('future')], edits.done()));
}

// pool = GreenPool(20)        pool = concurrency.BoundedExecutor(20)
// pool.spawn_n(handle, x)  => pool.submit(handle, x)
// pool.waitall()              pool.wait()
function asBoundedExecutor(pool: Pool, view: FileView): Fix | undefined {
  const edits = change(view);
  for (const use of pool.members) if (!boundedNames.has(use.member) || !use.call || resultObstacle(use, view) !== undefined) return undefined;
  if (pool.members.some(({ member, call }) => ['imap', 'starmap'].includes(member) && call && mapObstacle(call))) return undefined;
  for (const { call } of pool.makers) {
    const name = call && helper('BoundedExecutor', call, edits, view);
    if (!call || name === undefined) return undefined;
    const { positional, keywords } = argumentsOf(call);
    replaceCallee(edits, view, call, name);
    if (positional.length + keywords.size === 0) edits.replace(field(call, 'arguments') ?? call, '(1000)');
  }
  for (const { node, call, member } of pool.members) {
    const name = field(node, 'attribute');
    const newName = boundedNames.get(member);
    if (name && call && newName !== undefined && newName !== member) replaceCallee(edits, view, call, newName, { start: name.startIndex });
  }
  const families = familiesOf(pool, view);
  for (const family of families) endWaits(edits, family);
  const { shared, members, makers } = pool;
  const isCertain = makers.every((maker) => maker.isCertain);
  const why = [
    ...sizeDoubts(pool),
    ...(shared === undefined ? [] : [shared]),
    ...families.flatMap((family) => family.shared ?? []),
    ...(members.some(({ member }) => member === 'imap' || member === 'starmap') ? ['`map` ends at the first exception'] : []),
    'a function that submits to its own full pool waits for ever',
    'what the workers share needs a lock',
    ...(isCertain ? [] : [ambiguous]),
  ];
  return unless(why.join('; '), onThreads(helperTitle('BoundedExecutor', view), [cooperative('future')], edits.done()));
}

/** What the members of a `GreenPool` are called in the helper code. */
const boundedNames: ReadonlyMap<string, string> = new Map([
  ['free', 'free'],
  ['imap', 'map'],
  ['running', 'running'],
  ['spawn', 'submit'],
  ['spawn_n', 'submit'],
  ['starmap', 'starmap'],
  ['waitall', 'wait'],
]);

/** Without a function `imap` gives tuples. */
function mapObstacle(call: Node): boolean {
  const [target] = argumentsOf(call).positional;
  return !target || target.type === 'none';
}

function familiesOf({ members }: Pool, view: FileView): readonly Family[] {
  return [...new Set(members.filter(({ member }) => member === 'spawn').flatMap((use) => familyOf(use, view) ?? []))];
}

/**
 * Makes the executor; the size that eventlet has by default is written out, because that of an executor is another one. Tells by how many
 * characters the call grows.
 */
export function makeExecutor(edits: ChangeBuilder, view: FileView, call: Node, start = call.startIndex, before = ''): number {
  const list = field(call, 'arguments') ?? call;
  const { positional, keywords } = argumentsOf(call);
  const size = positional[0];
  const keyword = keywords.get('size') ?? keywords.get('size_or_pool');
  const executor = `${before}${edits.module('concurrent.futures', call)}.ThreadPoolExecutor`;
  const parameter = size || keyword ? 'max_workers=' : 'max_workers=1000';
  const from = keyword?.parent?.startIndex ?? size?.startIndex ?? list.startIndex + 1;
  const to = keyword?.startIndex ?? from;
  const more = parameter.length - (to - from);
  replaceCallee(edits, view, call, executor, { start, more });
  edits.replaceRange(from, to, parameter);
  return executor.length - (list.startIndex - start) + more;
}

function rewriteMember(edits: ChangeBuilder, view: FileView, { member, node, call }: MemberUse, moved: number): void {
  const name = field(node, 'attribute');
  if (!name) return;
  const rename = (newName: string, more = 0) => (call ? replaceCallee(edits, view, call, newName, { start: name.startIndex, more, moved }) : edits.replace(name, newName));
  if (member === 'spawn' || member === 'spawn_n') rename('submit');
  else if (member === 'imap') rename('map');
  else if (member === 'starmap') {
    const [target] = call ? argumentsOf(call).positional : [];
    rename('map', 'lambda args: (*args)'.length);
    if (target) edits.insert(target.startIndex, 'lambda args: ').insert(target.endIndex, '(*args)');
  } else if (member === 'waitall' && call) edits.replaceRange(name.startIndex, call.endIndex, 'shutdown(wait=True)');
}

function endWaits(edits: ChangeBuilder, family: Family): void {
  const idle = idleKills(family);
  for (const use of family.members) {
    const statement = idle.get(use);
    const name = field(use.node, 'attribute');
    if (statement) edits.removeStatement(statement);
    else if (name) edits.replace(name, use.member === 'wait' ? 'result' : 'done()');
  }
}

function sizeDoubts({ makers }: Pool): readonly string[] {
  const hasDefault = makers.some(({ call }) => call && argumentsOf(call).positional.length + argumentsOf(call).keywords.size === 0);
  return [hasDefault ? 'the size is eventlet’s default of 1000, far too many for native threads: choose one' : 'the size was meant for green threads, of which there may be more than of native ones'];
}

function doubts(pool: Pool): readonly string[] {
  const { members, shared } = pool;
  const has = (...names: readonly string[]) => members.some(({ member }) => names.includes(member));
  return [
    ...(shared === undefined ? [] : [shared]),
    ...sizeDoubts(pool),
    ...(has('spawn', 'spawn_n') ? ['`submit` never waits for a free worker, and keeps an exception in the future where the pool printed it'] : []),
    ...(has('imap', 'starmap') ? ['`map` takes all of its input at once and ends at the first exception'] : []),
    ...(has('waitall') ? [] : ['at its end the program waits for everything that was given to the pool']),
    'what the workers share needs a lock',
  ];
}
