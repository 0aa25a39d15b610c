import { functionAround } from '../python/scopes';
import type { Analysis } from '../workspace/analysis';
import type { CallChain, ChainPlace } from '../workspace/chain/callChain';

/** Whether a place is in a function that is no coroutine. */
export function isInPlainFunction({ view }: Analysis, offset: number): boolean {
  const definition = functionAround(view.tree.rootNode.descendantForIndex(offset, offset));
  return definition !== undefined && definition.firstChild?.type !== 'async';
}

/** What converting would mean, before anything is done: how many functions and files, and where the chain ends. `name` gives a file its short name. */
export function chainSummary({ functions, run, open, changes }: CallChain, name: (uri: string) => string): string {
  const files = count(changes.length, 'file');
  const parts = [
    `${count(functions.length, 'function')} in ${files} would become \`async def\`: ${list(functions.map(({ text, uri }) => `\`${text}\` (${name(uri)})`))}.`,
    ...(run.length > 0 ? [`\`asyncio.run\` would run ${list(run.map(({ text, uri }) => `\`${text}\` (${name(uri)})`))}.`] : []),
    ...(open.length > 0 ? [`Nobody in the project calls ${list(open.map(({ text }) => `\`${text}\``))}: whoever does has to await it.`] : []),
    'What else waits in these functions is up to you: a native call that blocks stops the whole loop.',
  ];
  return parts.join(' ');
}

/** Why a chain is not converted. */
export function chainRefusal({ functions, obstacles }: CallChain, name: (uri: string) => string): string {
  const reasons = distinct(obstacles).slice(0, mostNamed).map(({ text, uri, position }) => `${text} (${name(uri)}:${position.start.line + 1})`);
  const more = distinct(obstacles).length - reasons.length;
  return `This call chain is not converted: ${reasons.join('; ')}${more > 0 ? `; and ${count(more, 'more reason')}` : ''}. It would reach ${count(functions.length, 'function')}; a coroutine behind \`eventlet.asyncio.spawn_for_awaitable\` is the way around.`;
}

const mostNamed = 5;

function list(names: readonly string[]): string {
  return names.length > mostNamed ? `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more` : names.join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function distinct(places: readonly ChainPlace[]): readonly ChainPlace[] {
  return [...new Map(places.map((place) => [`${place.uri}${place.position.start.line}${place.text}`, place])).values()];
}
