import type { Source } from './handedOut';
import { madeOf, type NativeParts } from './nativeText';
import type { Reading } from './sourced';

/** How a project uses what it takes of a module of stand-ins. */
export interface Usage {
  /** Every place that reads a name, by the name that the module has for it. */
  readonly readings: ReadonlyMap<string, readonly Reading[]>;
  /** The texts of the files that do. */
  readonly texts: readonly string[];
}

/** What becomes of the stand-ins that a project uses, by the name that the module has for each. */
export interface Verdicts {
  /** Those that are no more than a name of the standard library, as they are used here. */
  readonly equal: ReadonlyMap<string, Source>;
  /** Why the others stay, in words that go on a sentence: “`sleep` stays: …”. */
  readonly kept: ReadonlyMap<string, string>;
}

/**
 * Tells the stand-ins that are no more than a name of the standard library, as they are used here: all of a project, or none. What they add
 * is that a `Timeout` or `kill()` ends their waits, so most are equal only where there is neither.
 */
export function verdicts(parts: NativeParts, { readings, texts }: Usage): Verdicts {
  const made = madeOf(parts, readings.keys());
  const startsThreads = starting.some((name) => made.has(name));
  const endsWaits = limiting.some((name) => made.has(name)) || (startsThreads && texts.some((text) => /\b(kill|cancel|throw)\b/.test(text)));
  const mentions = (word: RegExp): boolean => texts.some((text) => word.test(text));

  const reason = (name: string, own: readonly Reading[], equal: Equal | undefined): string | undefined => {
    if (parts.composed.has(name) && !equal) return 'a module of stand-ins, which is used by its attributes';
    if (!equal) return 'the standard library has nothing that does the same under these names';
    if (equal.waits && endsWaits) return 'a `Timeout` or `kill()` may end its waits';
    if (equal.withThreads === false && startsThreads) return 'it gives the threads that stand-ins have started';
    if (!own.every((reading) => equal.isFor?.(reading) ?? true)) return 'it is used in a way in which the one of the standard library is another';
    if (equal.unless && mentions(equal.unless)) return 'a member is used that the one of the standard library has not';
    if (equal.members && !own.every((reading) => mayBe(equal.members ?? [], reading, texts))) return 'more may be done with what it makes than the one of the standard library can';
    return undefined;
  };
  const equal = new Map<string, Source>();
  const kept = new Map<string, string>();
  for (const [name, own] of readings) {
    const entry = equals.find((each) => each.name === name);
    const why = reason(name, own, entry);
    if (why !== undefined) kept.set(name, why);
    else if (entry) equal.set(name, entry.source);
  }
  return { equal, kept };
}

interface Equal {
  /** As the module of stand-ins calls it. */
  readonly name: string;
  readonly source: Source;
  /** Whether it waits, and something could end that. */
  readonly waits?: true;
  /** `false`: only where the project starts no threads by stand-ins. */
  readonly withThreads?: false;
  /** Whether it is the same for a place that reads it. */
  readonly isFor?: (reading: Reading) => boolean;
  /** Members that the standard library has not. */
  readonly unless?: RegExp;
  /** The methods of what it makes that are the same there; who does anything else with it keeps it. */
  readonly members?: readonly string[];
}

const queueMethods: readonly string[] = ['put', 'put_nowait', 'get', 'get_nowait', 'qsize', 'empty', 'full', 'task_done', 'join'];

const equals: readonly Equal[] = [
  { name: 'Empty', source: { module: 'queue', member: 'Empty' } },
  { name: 'Full', source: { module: 'queue', member: 'Full' } },
  { name: 'local', source: { module: 'threading', member: 'local' } },
  { name: 'get_ident', source: { module: 'threading', member: 'get_ident' } },
  { name: 'original', source: { module: 'importlib', member: 'import_module' } },
  { name: 'getcurrent', source: { module: 'threading', member: 'current_thread' }, withThreads: false, unless: /\.(throw|kill|dead)\b/ },
  { name: 'sleep', source: { module: 'time', member: 'sleep' }, waits: true, isFor: isSleep },
  { name: 'Semaphore', source: { module: 'threading', member: 'Semaphore' }, waits: true, isFor: (reading) => reading !== 'other', unless: /\.(locked|counter|balance|bounded)\b/ },
  { name: 'BoundedSemaphore', source: { module: 'threading', member: 'BoundedSemaphore' }, waits: true, isFor: (reading) => reading !== 'other', unless: /\.(locked|counter|balance|bounded|original_counter)\b/ },
  ...['Queue', 'PriorityQueue', 'LifoQueue'].map((name): Equal => ({ name, source: { module: 'queue', member: name }, waits: true, isFor: isQueue, members: queueMethods })),
  { name: 'LightQueue', source: { module: 'queue', member: 'Queue' }, waits: true, isFor: isQueue, members: queueMethods },
  { name: 'green_socket', source: { module: 'socket' }, waits: true },
  { name: '_Socket', source: { module: 'socket', member: 'socket' }, waits: true },
  { name: '_create_connection', source: { module: 'socket', member: 'create_connection' }, waits: true },
  { name: 'green_http_client', source: { module: 'http', member: 'client' }, waits: true },
  { name: 'HTTPConnection', source: { module: 'http.client', member: 'HTTPConnection' }, waits: true },
  { name: 'HTTPSConnection', source: { module: 'http.client', member: 'HTTPSConnection' }, waits: true },
];

/** `time.sleep` has no default, and refuses what is below zero; so a difference may not be what it gets. */
function isSleep(reading: Reading): boolean {
  if (reading === 'other' || reading.isOpen || reading.keywords.size > 0) return false;
  const [seconds, ...more] = reading.positional;
  return seconds !== undefined && more.length === 0 && !seconds.includes('-') && seconds !== 'None';
}

/** A size of zero hands each item over, which no queue of the standard library does; None is no size there. */
function isQueue(reading: Reading): boolean {
  if (reading === 'other' || reading.isOpen) return false;
  const sizes = [...reading.positional, ...reading.keywords.values()];
  return sizes.length === 0 || (sizes.length === 1 && [...reading.keywords.keys()].every((name) => name === 'maxsize') && /^(-\d+|[1-9]\d*)$/.test(sizes[0] ?? ''));
}

/**
 * Whether only these methods are called on what a place makes. It has to be bound to a name, and all that is called so in the project is
 * looked at, whatever it is: a mention that is neither a call of such a method nor an assignment may do anything.
 */
function mayBe(members: readonly string[], reading: Reading, texts: readonly string[]): boolean {
  if (reading === 'other' || reading.holder === undefined) return false;
  const other = new RegExp(`\\b${reading.holder}\\b(?!\\s*\\.\\s*(?:${members.join('|')})\\s*\\(|\\s*=[^=])`);
  return !texts.some((text) => other.test(text));
}

const limiting: readonly string[] = ['Timeout', 'TimeoutError', 'with_timeout', 'trampoline'];
const starting: readonly string[] = ['GreenThread', 'spawn', 'spawn_n', 'spawn_after', 'spawn_after_local', 'GreenPool', 'GreenPile'];
