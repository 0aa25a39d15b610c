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

/**
 * The stand-ins that are no more than a name of the standard library, as they are used here: all of a project, or none. What they add
 * is that a `Timeout` or `kill()` ends their waits, so most are equal only where there is neither.
 */
export function equalSources(parts: NativeParts, { readings, texts }: Usage): ReadonlyMap<string, Source> {
  const made = madeOf(parts, readings.keys());
  const startsThreads = starting.some((name) => made.has(name));
  const endsWaits = limiting.some((name) => made.has(name)) || (startsThreads && texts.some((text) => /\b(kill|cancel|throw)\b/.test(text)));
  const mentions = (word: RegExp): boolean => texts.some((text) => word.test(text));

  return new Map(
    equals.flatMap(({ name, source, waits, isFor, unless, withThreads }): readonly (readonly [string, Source])[] => {
      const own = readings.get(name);
      const isEqual = own && !(waits && endsWaits) && !(withThreads === false && startsThreads) && own.every((reading) => isFor?.(reading) ?? true) && !(unless && mentions(unless));
      return isEqual ? [[name, source]] : [];
    }),
  );
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
}

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

const limiting: readonly string[] = ['Timeout', 'TimeoutError', 'with_timeout', 'trampoline'];
const starting: readonly string[] = ['GreenThread', 'spawn', 'spawn_n', 'spawn_after', 'spawn_after_local', 'GreenPool', 'GreenPile'];
