import { field, withParentheses, type Node } from '../syntax/node';
import { argumentsOf, callOf, type Arguments } from './calls';
import type { Names } from './names';

/** A function with the arguments that it is going to get. */
export interface Handing {
  /** The expression that names the function. */
  readonly callee: Node;
  readonly given: Arguments;
}

/** What the function gets that is named at a place: where it is called, and where it is handed, with its arguments, to what calls it. */
export function givenAt(place: Node, names: Names): Arguments | undefined {
  const call = callOf(place);
  if (call) return argumentsOf(call);
  const around = callAround(place);
  const handing = around && handedOver(around, names);
  return handing?.callee.id === place.id ? handing.given : undefined;
}

/** The function that gets an argument: the one that is called with it, or that is handed over together with it. */
export function receiverOf(argument: Node, names: Names): Node | undefined {
  const call = callAround(argument);
  if (!call) return undefined;
  const handing = handedOver(call, names);
  const isHandedOn = handing !== undefined && [...handing.given.positional, ...handing.given.keywords.values()].some(({ id }) => id === argument.id);
  return isHandedOn ? handing.callee : isArgumentOf(argument, call) ? field(call, 'function') : undefined;
}

/** What takes a function and its arguments, with the place of the function among its own: eventlet's calls, executors, asyncio. */
const takers: ReadonlyMap<string, number> = new Map([
  ['spawn', 0], ['spawn_n', 0], ['spawn_after', 1], ['spawn_after_local', 1], ['call_after', 1], ['execute', 0], ['submit', 0], ['to_thread', 0], ['run_in_executor', 1],
]);

/** What takes the arguments packed: `Thread(target=f, args=(a,))`, `Timer(1, f, (a,))`. By position they begin with the function. */
const packers: ReadonlyMap<string, { readonly name: string; readonly at: number | undefined }> = new Map([
  ['Thread', { name: 'target', at: undefined }],
  ['Timer', { name: 'function', at: 1 }],
]);

function handedOver(call: Node, names: Names): Handing | undefined {
  const taker = field(call, 'function');
  const name = taker?.type === 'attribute' ? field(taker, 'attribute')?.text : taker?.type === 'identifier' && !isOwnFunction(taker, names) ? taker.text : undefined;
  if (name === undefined) return undefined;
  const { positional, keywords, isOpen } = argumentsOf(call);
  const index = takers.get(name);
  if (index !== undefined) {
    const callee = positional[index];
    return callee && { callee, given: { positional: positional.slice(index + 1), keywords, isOpen } };
  }
  const packer = packers.get(name);
  if (!packer) return undefined;
  const [callee, list, table] = [packer.name, 'args', 'kwargs'].map((key, offset) => keywords.get(key) ?? (packer.at === undefined ? undefined : positional[packer.at + offset]));
  const [items, entries] = [itemsOf(list), entriesOf(table)];
  return callee && { callee, given: { positional: items ?? [], keywords: entries ?? new Map(), isOpen: isOpen || !items || !entries } };
}

/** A function of this file that is called so may do something else with what it gets. */
function isOwnFunction(taker: Node, names: Names): boolean {
  return names.variableOf(taker)?.bindings.some(({ node }) => node.parent?.type === 'function_definition') === true;
}

/** What stands in a tuple or list; undefined where that cannot be told. */
function itemsOf(list: Node | undefined): readonly Node[] | undefined {
  if (!list) return [];
  const items = list.namedChildren.filter((child) => child?.type !== 'comment');
  return (list.type === 'tuple' || list.type === 'list') && !items.some(({ type }) => type === 'list_splat') ? items : undefined;
}

/** What stands in a dictionary whose keys are names; undefined where that cannot be told. */
function entriesOf(table: Node | undefined): ReadonlyMap<string, Node> | undefined {
  if (!table) return new Map();
  if (table.type !== 'dictionary') return undefined;
  const entries = new Map<string, Node>();
  for (const pair of table.namedChildren.filter((child) => child?.type !== 'comment')) {
    const [key, value] = [field(pair, 'key'), field(pair, 'value')];
    const name = key?.type === 'string' ? /^['"](\w+)['"]$/.exec(key.text)?.[1] : undefined;
    if (name === undefined || !value) return undefined;
    entries.set(name, value);
  }
  return entries;
}

/** The call that a node is an argument of, or stands in a packed argument of. */
function callAround(node: Node): Node | undefined {
  const { parent } = withParentheses(node);
  const holder = parent?.type === 'pair' ? parent.parent : parent;
  const list = listOf(holder && /^(tuple|list|dictionary)$/.test(holder.type) ? holder : node);
  return list?.parent?.type === 'call' ? list.parent : undefined;
}

function isArgumentOf(node: Node, call: Node): boolean {
  return listOf(node)?.parent?.id === call.id;
}

/** The list of arguments that an expression stands in by itself. */
function listOf(node: Node): Node | undefined {
  const place = withParentheses(node);
  const list = place.parent?.type === 'keyword_argument' ? place.parent.parent : place.parent;
  return list?.type === 'argument_list' ? list : undefined;
}
