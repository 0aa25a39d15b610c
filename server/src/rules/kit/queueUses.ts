import { argument, argumentsOf } from '../../python/calls';
import type { MemberUse, NameUse } from '../../python/uses';
import { field, withoutParentheses, type Node } from '../../syntax/node';
import { isBuiltin } from './builtins';
import type { Exchange } from './exchange';
import { first } from './first';
import { mayBeNegative } from './numbers';
import { isMadeBy, objectOf, whatHides } from './objects';
import { ambiguous } from './proposing';
import { valuesInSight } from './valuesInSight';
import type { FileView } from './view';

/** What Python’s module `queue` calls a name of eventlet’s. */
export const natives: ReadonlyMap<string, string> = new Map([
  ['eventlet.Queue', 'Queue'],
  ['eventlet.queue.Empty', 'Empty'],
  ['eventlet.queue.Full', 'Full'],
  ['eventlet.queue.LifoQueue', 'LifoQueue'],
  ['eventlet.queue.LightQueue', 'Queue'],
  ['eventlet.queue.PriorityQueue', 'PriorityQueue'],
]);

const classes: ReadonlySet<string> = new Set([...natives.keys()].filter((name) => !isException(name)));

const missingNatively = 'a native queue has no `resize`, `getting` and `putting`';

/** Whether a name is `Empty` or `Full`, which are the same objects in both worlds. */
export function isException(api: string): boolean {
  return api === 'eventlet.queue.Empty' || api === 'eventlet.queue.Full';
}

/** What is replaced together, and the doubt about it. */
export interface Rewrite {
  readonly uses: readonly NameUse[];
  readonly members: readonly MemberUse[];
  readonly doubt?: string;
}

/** What goes with one name: the whole object that it makes; a sentence where there is no rewrite. */
export function rewriteOf(use: NameUse, view: FileView): Rewrite | string {
  const uncertain = use.isCertain ? undefined : ambiguous;
  if (isException(use.api)) return { uses: [use], members: [], ...doubted(uncertain) };
  if (!classes.has(use.api)) return `\`${use.api}\` has no counterpart of its own; its names are replaced one by one`;
  if (use.node.parent?.type === 'argument_list' && use.node.parent.parent?.type === 'class_definition') return 'a class that inherits from an eventlet queue hooks into its inside; natively the hooks run under a lock, and `_qsize` is one of them';
  if (!use.call) return { uses: [use], members: [], doubt: `the class is passed on as a value; ${missingNatively}, and a size of 0 means no limit there` };
  const object = objectOf(use, view);
  if (object && !isMadeBy(object, classes)) return `\`${object.name}\` is not always a plain queue of eventlet`;
  const makers = object?.makers ?? [use];
  const members = object?.members ?? [];
  const refusal = first(makers, whyNoMaker) ?? first(members, (member) => whyNoMember(member, view));
  if (refusal) return refusal;
  const hidden = object ? whatHides(object) : 'where the queue goes is not known';
  const doubt = first(makers, sizeDoubt) ?? first(members, (member) => memberDoubt(member, view)) ?? uncertain ?? (hidden && `${hidden}; ${missingNatively}`);
  return { uses: makers, members, ...doubted(doubt) };
}

/** What goes with the import of a name; undefined where one of its uses has no rewrite. */
export function rewriteOfAll(exchange: Exchange, view: FileView): Rewrite | undefined {
  const { meaning } = exchange.imported;
  if (meaning !== 'eventlet.queue' && (meaning.endsWith('LightQueue') || !natives.has(canonical(meaning)))) return undefined;
  const rewrites: Rewrite[] = [];
  for (const use of exchange.uses) {
    const rewrite = rewriteOf(use, view);
    if (typeof rewrite === 'string') return undefined;
    rewrites.push(rewrite);
  }
  return {
    uses: [...new Set(rewrites.flatMap(({ uses }) => uses))],
    members: [...new Set(rewrites.flatMap(({ members }) => members))],
    ...doubted(rewrites.find(({ doubt }) => doubt !== undefined)?.doubt),
  };
}

/** The canonical name of what an import means. */
export function canonical(meaning: string): string {
  return meaning === 'eventlet.queue.Queue' ? 'eventlet.Queue' : meaning;
}

function doubted(doubt: string | undefined): { readonly doubt?: string } {
  return doubt === undefined ? {} : { doubt };
}

function whyNoMaker({ call }: NameUse): string | undefined {
  if (!call || argumentsOf(call).isOpen) return 'the size is passed on as `*` or `**`, and 0 would mean no limit natively';
  const size = sizeOf(call);
  if (size?.type === 'integer' && Number(size.text) === 0) return 'a queue of size 0 is a channel, where each `put` waits for its `get`; natively 0 means no limit. `Queue(1)` with `join()` comes nearest';
  return size?.type === 'none' && field(call, 'arguments')?.namedChildCount !== 1 ? '`None` as size cannot be left out here' : undefined;
}

function whyNoMember(use: MemberUse, view: FileView): string | undefined {
  if (['getters', 'getting', 'putters', 'putting', 'resize'].includes(use.member)) return `\`${use.member}\` has no counterpart on a native queue`;
  const timeout = timeoutOf(use);
  const isWrong = timeout && (timeout.type === 'unary_operator' || (mustBeCapped(timeout) && !isBuiltin(view, 'max', timeout)));
  return isWrong ? 'a negative time limit raises `ValueError` natively' : undefined;
}

/** The size that a queue is made with. */
export function sizeOf(call: Node): Node | undefined {
  return argument(call, 0, 'maxsize');
}

function sizeDoubt({ call }: NameUse): string | undefined {
  const size = call && sizeOf(call);
  const isKnown = !size || size.type === 'none' || size.type === 'integer' || size.type === 'unary_operator';
  return isKnown ? undefined : 'a size of 0 made it a channel, where each `put` waits for its `get`; natively it means no limit';
}

function memberDoubt(use: MemberUse, view: FileView): string | undefined {
  if (use.member === 'maxsize') return '`maxsize` of a native queue without a limit is 0, not None';
  const timeout = timeoutOf(use);
  const isOpen = (use.member === 'get' || use.member === 'put') && use.call && argumentsOf(use.call).isOpen;
  return isOpen || (timeout && !mustBeCapped(timeout) && valuesInSight(timeout, view).some(mayBeNegative)) ? 'the time limit may be negative, which raises `ValueError` natively' : undefined;
}

/** The time limit of a `get` or `put`. */
export function timeoutOf({ member, call }: MemberUse): Node | undefined {
  if (!call || (member !== 'get' && member !== 'put')) return undefined;
  return argument(call, member === 'get' ? 1 : 2, 'timeout');
}

/** Whether a time limit is computed so that it may come out below zero, but is never None. */
export function mustBeCapped(timeout: Node): boolean {
  return mayBeNegative(timeout) && withoutParentheses(timeout).type === 'binary_operator';
}
