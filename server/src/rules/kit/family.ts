import type { Holder, MemberUse, Use } from '../../python/uses';
import type { Node } from '../../syntax/node';
import { first } from './first';
import { lookalikes, shortened, surroundings, valueOf } from './objects';
import { boundPlaces, givenBy, Trace, type Maker } from './trace';
import type { FileView } from './view';

export type { Maker };

/**
 * Green threads (or timers, or results of `imap`) that flow together, through variables, attributes and collections, with
 * everybody who touches them: they are rewritten as one, or not at all (catalogue R2).
 */
export interface Family {
  /** The uses whose calls make its members, in text order: `eventlet.spawn` in `eventlet.spawn(f)`, `pool.spawn` in `pool.spawn(f)`. */
  readonly makers: readonly Maker[];
  /** What is asked of its members, in text order. */
  readonly members: readonly MemberUse[];
  /** Whether a name holds its members: nobody can touch a green thread that has none. */
  readonly isKept: boolean;
  /** Expressions that ask one of its members whether it is true, which a green thread is only while it runs. */
  readonly truthTests: readonly Node[];
  /** The collections that have its members as keys: `jobs` in `jobs[t] = 1`. To be a key, one object is as good as another. */
  readonly keyed: readonly Node[];
  /** In words, why it cannot be moved as a whole; undefined where every use of it in this file is in sight. */
  readonly hidden?: string;
  /** In words, that other modules may use it too. */
  readonly shared?: string;
}

const familyClasses: ReadonlySet<string> = new Set([
  'eventlet.GreenThread',
  'eventlet.greenlet',
  'eventlet.greenpool.GreenMap',
  'eventlet.hubs.timer.Timer',
]);

/** The family that a use makes a member of, or asks something of; undefined where nothing in this file makes it. */
export function familyOf(use: Use, view: FileView): Family | undefined {
  return view.memory.recall('families', () => families(view)).get(use);
}

/** All families of a file, by the uses that belong to them. */
function families(view: FileView): ReadonlyMap<Use, Family> {
  const found = new Map<Use, Family>();
  const traces = view.uses.filter(isMaker).map((maker) => new Trace(maker, view));
  for (const trace of traces) {
    if (found.has(trace.maker)) continue;
    const related = new Set([trace]);
    for (const one of related) for (const other of traces) if (other.meets(one)) related.add(other);
    const family = joined(traces.filter((other) => related.has(other)), view);
    for (const use of [...family.makers, ...family.members]) found.set(use, family);
  }
  return found;
}

function isMaker(use: Use): use is Maker {
  return (use.form === 'name' || use.form === 'member') && use.call !== undefined && familyClasses.has(givenBy(use) ?? '');
}

function joined(traces: readonly Trace[], view: FileView): Family {
  const holders = [...new Set(traces.flatMap((trace) => [...trace.holders]))];
  const members = [...new Set(traces.flatMap((trace) => trace.members))].sort((a, b) => a.start - b.start);
  const keyed = traces.flatMap((trace) => trace.keyed);
  const hidden = whatHides(traces, holders, view) ?? first(keyed, (collection) => takenOut(collection, view));
  const open = holders.find((holder) => !isPrivate(holder, view));
  return {
    makers: traces.map(({ maker }) => maker),
    members,
    isKept: holders.length > 0,
    truthTests: traces.flatMap((trace) => trace.truthTests),
    keyed,
    ...(hidden === undefined ? {} : { hidden }),
    ...(open ? { shared: `\`${nameOf(open)}\` is public: other modules that use it have to change with it` } : {}),
  };
}

function whatHides(traces: readonly Trace[], holders: readonly Holder[], view: FileView): string | undefined {
  const [escape] = traces.flatMap(({ escapes }) => escapes);
  if (escape) return `it goes out of sight in \`${shortened(surroundings(escape))}\``;
  const stranger = strangersIn(traces, holders)[0];
  if (stranger) return `the same name also holds something else, in \`${shortened(surroundings(stranger))}\``;
  const [lookalike] = holders.flatMap(({ place }) => (place.kind === 'attribute' ? lookalikes(place, view) : []));
  return lookalike && `\`${lookalike.text}\` may be the same`;
}

/** Whether somebody takes the keys out again: what they do with them is not followed. */
function takenOut(collection: Node, { text }: FileView): string | undefined {
  const name = collection.text.replace(/[^\w\s]/g, '\\$&');
  const isTaken = new RegExp(`(\\bin\\s+|\\()${name}(\\.(keys|items|copy)\\(|\\s*[:)\\]])`).test(text);
  return isTaken ? `it is a key of \`${shortened(collection)}\`, whose keys are taken out again` : undefined;
}

/** What else is bound to the names, or put into the collections, that hold the family. */
function strangersIn(traces: readonly Trace[], holders: readonly Holder[]): readonly Node[] {
  const known = new Set(traces.flatMap((trace) => [...trace.known]));
  const bound = holders.flatMap(boundPlaces).filter((place) => !isEmpty(valueOf(place)));
  return [...bound, ...traces.flatMap(({ appended }) => appended)].filter(({ id }) => !known.has(id));
}

function isPrivate({ place }: Holder, view: FileView): boolean {
  if (view.isUnshared) return true;
  if (place.kind === 'attribute') return place.attribute.name.startsWith('_');
  const { scope, name } = place.variable;
  if (scope.kind === 'class' || view.namedElsewhere.has(name)) return false;
  return scope.kind !== 'module' || name.startsWith('_');
}

/** `None`, `[]`, `list()`: nothing is in there yet. */
function isEmpty(value: Node | undefined): boolean {
  if (value?.type === 'none') return true;
  if (value?.type === 'list' || value?.type === 'tuple') return value.namedChildCount === 0;
  return value !== undefined && /^(list|set|collections\.deque|deque)\(\)$/.test(value.text);
}

function nameOf(holder: Holder): string {
  if (holder.place.kind === 'variable') return holder.place.variable.name;
  return holder.place.attribute.places[0]?.text ?? holder.place.attribute.name;
}
