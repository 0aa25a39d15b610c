import type { Host } from '../host';
import type { Finished } from './analyst';
import type { Mentioned } from './modules';
import { sealed, unsealed } from './seal';
import type { Declared } from './services/declared';
import { holds, type SeenFrom } from './trace';

/** What was seen of a file when it was read last. */
export interface SeenFile {
  /** Below its root: what a text imports depends on where it lies. */
  readonly path: string;
  /** As in `FoundFile`: the same as long as the content is. */
  readonly stamp?: string;
  /** Whether it names eventlet. */
  readonly isNaming: boolean;
  /** Of its text. */
  readonly digest: string;
  /** In which ways it led to eventlet when there was no reason to parse it. */
  readonly passed?: string;
  /** What its text says of others; nothing for what is no Python. */
  readonly mentioned?: Mentioned;
  /** The programs that it names, where it is a file that may. */
  readonly declared?: readonly Declared[];
}

/** So many texts are remembered at most; a switch between two branches should find both. */
const most = 4000;
/** The same text may stand in several files, which see different things. */
const variants = 4;

/**
 * What earlier looks at the files found out, kept for the next start. Everything in it is checked before it is used, so a cache
 * that is lost, old or damaged costs time and nothing else. Without a store it remembers for as long as it lives.
 */
export class FactsCache {
  private readonly files = new Map<string, SeenFile>();
  private readonly finished = new Map<string, readonly Finished[]>();
  private isLoaded = false;
  private isDirty = false;

  constructor(
    private readonly host: Pick<Host, 'cache' | 'log' | 'text'>,
    /** What is kept under one name is read by those who look at the same folders. */
    private readonly name: string,
  ) {}

  /** Reads what was kept, the first time. */
  async load(): Promise<void> {
    if (this.isLoaded) return;
    this.isLoaded = true;
    const kept = await this.host.cache?.read(this.name);
    if (kept === undefined) return;
    const lines = unsealed(kept, this.host);
    if (lines === undefined) {
      this.host.log('what was remembered of the last start is of another version or damaged; it is made anew');
      return;
    }
    for (const line of lines) {
      // The seal shows that it is what `save` wrote.
      const { files = [], finished = [] } = JSON.parse(line) as Kept;
      for (const [uri, seen] of files) this.files.set(uri, seen);
      for (const [digest, all] of finished) this.finished.set(digest, all);
    }
  }

  /** Keeps what is known of these files, if that is more than was kept. */
  async save(uris: ReadonlySet<string>): Promise<void> {
    const { cache } = this.host;
    const gone = [...this.files.keys()].filter((uri) => !uris.has(uri));
    if (!cache || (!this.isDirty && gone.length === 0)) return;
    for (const uri of gone) this.files.delete(uri);
    const digests = new Set([...this.files.values()].map(({ digest }) => digest));
    const lines = linesOf([...this.files], [...this.finished].filter(([digest]) => digests.has(digest)));
    this.isDirty = false;
    await cache.write(this.name, sealed(lines, this.host));
  }

  /** What is known of a file if it is as it was then; without a stamp nobody can tell. */
  file(uri: string, path: string, stamp: string | undefined): SeenFile | undefined {
    const seen = this.files.get(uri);
    return stamp !== undefined && seen?.stamp === stamp && seen.path === path ? seen : undefined;
  }

  /** What was seen last, whether or not it is still so. */
  lastSeen(uri: string): SeenFile | undefined {
    return this.files.get(uri);
  }

  see(uri: string, seen: SeenFile): void {
    this.files.set(uri, seen);
    this.isDirty = true;
  }

  /** Whether anything was found out about a text, in whatever light. */
  hasFacts(digest: string): boolean {
    return this.finished.has(digest);
  }

  /** What was found out about a text, where the other files say the same as then; without them, about one that asks nothing. */
  facts(digest: string, seen: SeenFrom | undefined): Finished | undefined {
    return this.finished.get(digest)?.find(({ trace }) => !seen || holds(trace, seen));
  }

  /** Notes that a file was not worth parsing. */
  pass(uri: string, passed: string): void {
    const seen = this.files.get(uri);
    if (seen) this.see(uri, { ...seen, passed });
  }

  keep(digest: string, finished: Finished): void {
    const others = this.finished.get(digest) ?? [];
    this.finished.delete(digest);
    this.finished.set(digest, [finished, ...others].slice(0, variants));
    for (const [oldest] of this.finished) {
      if (this.finished.size <= most) break;
      this.finished.delete(oldest);
    }
    this.isDirty = true;
  }
}

type SeenEntry = readonly [uri: string, seen: SeenFile];
type FinishedEntry = readonly [digest: string, finished: readonly Finished[]];

/** A line of what is kept. */
interface Kept {
  readonly files?: readonly SeenEntry[];
  readonly finished?: readonly FinishedEntry[];
}

/** A line has so many entries that there are few of them, and so few that it takes little memory. */
const entriesInLine = 100;

function* linesOf(files: readonly SeenEntry[], finished: readonly FinishedEntry[]): Iterable<string> {
  for (const part of inParts(files)) yield JSON.stringify({ files: part } satisfies Kept);
  for (const part of inParts(finished)) yield JSON.stringify({ finished: part } satisfies Kept);
}

function* inParts<Entry>(entries: readonly Entry[]): Iterable<readonly Entry[]> {
  for (let at = 0; at < entries.length; at += entriesInLine) yield entries.slice(at, at + entriesInLine);
}
