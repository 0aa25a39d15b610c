import { argumentsOf } from '../../python/calls';
import type { MemberUse, NameUse, Use } from '../../python/uses';
import { ancestors, contains, field, isField, sameNode, type Node } from '../../syntax/node';
import type { Fix, Proposal } from '../rule';
import { replaceCallee } from './callLayout';
import { change } from './change';
import { objectOf, shortened, surroundings } from './objects';
import { makeExecutor } from './pools';
import { ambiguous, cooperative, onThreads, unless } from './proposing';
import { placeOf, type Place } from './spawnPlaces';
import { followWith, freeName } from './statements';
import type { FileView } from './view';

/** A `GreenPile` in a local variable, filled and emptied once. */
interface Pile {
  readonly maker: NameUse & { readonly call: Node };
  readonly place: Place & { readonly kind: 'bound' };
  readonly spawns: readonly (MemberUse & { readonly call: Node })[];
  /** The expression that its results are taken from. */
  readonly taken: Node;
}

/** What becomes of a `GreenPile`: a list of futures and the executor they come from (catalogue 2.3). */
export function pileProposals(use: Use, view: FileView): readonly Proposal[] {
  const pile = pileOf(use, view);
  return [
    typeof pile === 'string' ? { target: 'threading', reason: pile } : asFutures(pile, view),
    { target: 'asyncio', reason: 'the results of tasks come from `asyncio.gather`, and everything that waits for them becomes a coroutine: that is no local rewrite' },
  ];
}

function pileOf(use: Use, view: FileView): Pile | string {
  const object = objectOf(use, view);
  const [maker] = object?.makers ?? [];
  if (!object || !maker?.call || maker.api !== 'eventlet.GreenPile' || object.makers.length > 1) return 'where this pile comes from, or who else uses it, is not in sight here';
  const known = { ...maker, call: maker.call };
  const place = placeOf(known, { members: [], isKept: true });
  const variable = place.kind === 'bound' ? view.names.seenFrom(maker.node, place.name) : undefined;
  if (place.kind !== 'bound' || variable?.scope.kind !== 'function') return `\`${object.name}\` is no local variable of a function`;
  const unclear = sizeObstacle(maker.call, view);
  if (unclear) return unclear;
  const spawns = object.members.filter((member): member is MemberUse & { readonly call: Node } => member.member === 'spawn' && member.call?.parent?.type === 'expression_statement');
  const asked = object.members.find((member) => !spawns.some((spawn) => spawn === member));
  if (asked) return `a list of futures has no counterpart for what \`${asked.member}\` does here`;
  const others = variable.reads.map(({ node }) => node).filter((node) => !spawns.some((spawn) => sameNode(field(spawn.node, 'object'), node)));
  const stranger = others.find((node) => !isTaking(node)) ?? object.strangers[0];
  if (stranger) return `what happens to \`${object.name}\` in \`${shortened(surroundings(stranger))}\` is not known`;
  const [taken] = others;
  if (!taken || others.length > 1 || variable.bindings.length > 1 || !isTakenOnce(taken, maker.node)) return `\`${object.name}\` is emptied more than once, and a list of futures gives its results again each time`;
  return { maker: known, place, spawns, taken };
}

function sizeObstacle(call: Node, view: FileView): string | undefined {
  const { positional, keywords, isOpen } = argumentsOf(call);
  const size = positional[0] ?? keywords.get('size_or_pool');
  if (isOpen || positional.length + keywords.size > 1) return 'the arguments of the pile are not just its size';
  return size && (size.type === 'none' || /pool/i.test(size.text) || isPool(size, view)) ? 'the pile may share a pool with others' : undefined;
}

function isPool(size: Node, { holders, names }: FileView): boolean {
  const variable = size.type === 'identifier' ? names.variableOf(size) : undefined;
  return holders.some(({ place, values }) => place.kind === 'variable' && place.variable === variable && values.some(({ kind }) => kind === 'instance'));
}

/** Functions that take all results, and nothing else. */
const takers: ReadonlySet<string> = new Set(['all', 'any', 'dict', 'enumerate', 'list', 'max', 'min', 'set', 'sorted', 'sum', 'tuple', 'zip']);

function isTaking(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === 'for_statement' || parent?.type === 'for_in_clause') return isField(parent, 'right', node);
  return parent?.type === 'argument_list' && takers.has(parent.parent ? field(parent.parent, 'function')?.text ?? '' : '');
}

/** Whether no loop comes back to it that does not also make the pile anew. */
function isTakenOnce(taken: Node, maker: Node): boolean {
  const around = [...ancestors(taken)].filter((at) => /^(for_statement|while_statement|function_definition|lambda|.*comprehension|generator_expression)$/.test(at.type));
  return around.every((at) => contains(at, maker) || isFirstIterable(at, taken));
}

/** What a loop iterates over is asked for once. */
function isFirstIterable(loop: Node, taken: Node): boolean {
  const clause = loop.type === 'for_statement' ? loop : loop.namedChildren.find((child) => child?.type === 'for_in_clause');
  const right = clause ? field(clause, 'right') : undefined;
  return !!right && contains(right, taken);
}

// pile = GreenPile(2)          executor = concurrent.futures.ThreadPoolExecutor(max_workers=2)
//                         =>   pile = []
// pile.spawn(f, x)             pile.append(executor.submit(f, x))
// sum(pile)                    sum(future.result() for future in pile)
function asFutures({ maker, place, spawns, taken }: Pile, view: FileView): Fix {
  const edits = change(view);
  const executor = freeName(view, 'executor', maker.node);
  const future = freeName(view, 'future', maker.node);
  makeExecutor(edits, view, maker.call, place.statement.startIndex, `${executor} = `);
  followWith(edits, view, place.statement, [`${place.name} = []`]);
  for (const { node, call } of spawns) {
    const start = (field(node, 'attribute') ?? node).startIndex;
    replaceCallee(edits, view, call, `append(${executor}.submit`, { start, more: 1 });
    edits.insert(call.endIndex, ')');
  }
  const results = `${future}.result() for ${future} in ${place.name}`;
  const isOnlyArgument = taken.parent?.type === 'argument_list' && taken.parent.namedChildCount === 1;
  edits.replace(taken, isOnlyArgument ? results : `(${results})`);
  const doubts = [
    'the size was meant for green threads, of which there may be more than of native ones',
    '`submit` never waits for a free worker, and keeps an exception in the future where the pile printed it too',
    'what the workers share needs a lock',
    ...(maker.isCertain ? [] : [ambiguous]),
  ];
  return unless(doubts.join('; '), onThreads('Use a list of futures', [cooperative('future')], edits.done()));
}
