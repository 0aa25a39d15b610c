import { argumentsOf } from '../../python/calls';
import { field, type Node } from '../../syntax/node';
import { importedMeaning, waitable, type Waitable } from './natives';
import type { FileView } from './view';

/** The exception that says that the time is up: a builtin, or a member of a module. */
export interface Raised {
  readonly module?: string;
  readonly name: string;
}

/** A call that takes `timeout=` in the standard library, or in `requests`. */
export interface Bounded {
  /** How it tells that it is late: by this exception, by returning False, or (`join`) not at all. */
  readonly late: Raised | 'returns False' | 'says nothing';
  /** What else the limit means, in words. */
  readonly note?: string;
  /** How many positional arguments stand before the time limit in the signature of a function. */
  readonly most?: number;
}

interface Method extends Bounded {
  readonly on: Waitable;
  /** How many positional arguments it may have before its time limit. */
  readonly arguments: readonly number[];
}

const expired: Raised = { module: 'subprocess', name: 'TimeoutExpired' };
const tooLate: Raised = { module: 'concurrent.futures', name: 'TimeoutError' };

const methods: ReadonlyMap<string, readonly Method[]> = new Map<string, readonly Method[]>([
  ['acquire', [{ on: 'lock', arguments: [0], late: 'returns False' }]],
  ['communicate', [{ on: 'process', arguments: [0, 1], late: expired }]],
  ['exception', [{ on: 'future', arguments: [0], late: tooLate }]],
  ['get', [{ on: 'queue', arguments: [0], late: { module: 'queue', name: 'Empty' } }]],
  ['join', [{ on: 'thread', arguments: [0], late: 'says nothing' }]],
  ['put', [{ on: 'queue', arguments: [1], late: { module: 'queue', name: 'Full' } }]],
  ['result', [{ on: 'future', arguments: [0], late: tooLate }]],
  ['wait', [{ on: 'event', arguments: [0], late: 'returns False' }, { on: 'process', arguments: [0], late: expired }]],
]);

const run: Bounded = { late: expired };
const perOperation = 'the limit counts for each operation of the connection, not for the whole';
const request: Bounded = { late: { module: 'requests', name: 'Timeout' }, note: perOperation };

/** Functions by the dotted name that imports lead to. */
const functions: ReadonlyMap<string, Bounded> = new Map([
  ...['run', 'call', 'check_call', 'check_output'].map((name) => [`subprocess.${name}`, run] as const),
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'].map((name) => [`requests.${name}`, request] as const),
  // Python 3.9 has not made one exception of it and TimeoutError yet.
  ['socket.create_connection', { late: { module: 'socket', name: 'timeout' }, note: `${perOperation}, and the socket keeps it`, most: 1 }],
  ['urllib.request.urlopen', { late: { name: 'OSError' }, note: `${perOperation}; \`OSError\` is also what other failures of the connection raise`, most: 2 }],
]);

/** What the time limit of a call means; undefined for calls that are not known to take one. */
export function boundedCall(call: Node, view: FileView): Bounded | undefined {
  const callee = field(call, 'function');
  const { positional, keywords, isOpen } = argumentsOf(call);
  if (!callee || isOpen || field(call, 'arguments')?.descendantsOfType('comment').length) return undefined;
  return boundedCallee(callee, { positional: positional.length, keywords: [...keywords.keys()] }, view);
}

/** The same for what is called with so many arguments, and with these keywords. */
export function boundedCallee(callee: Node, { positional, keywords }: { readonly positional: number; readonly keywords: readonly string[] }, view: FileView): Bounded | undefined {
  if (keywords.includes('timeout')) return undefined;
  const receiver = callee.type === 'attribute' ? field(callee, 'object') : undefined;
  const candidates = receiver && methods.get(field(callee, 'attribute')?.text ?? '');
  const kind = receiver && candidates && keywords.length === 0 ? waitable(receiver, view) : undefined;
  const method = candidates?.find(({ on, arguments: counts }) => on === kind && counts.includes(positional));
  const known = method ?? functions.get((importedMeaning(callee, view) ?? '').replace(/^eventlet\.green\./, ''));
  return known?.most !== undefined && positional > known.most ? undefined : known;
}
