import type { FoundFile, Host } from '../host';
import { sealed, unsealed } from '../workspace/seal';
import { stampOf } from '../workspace/survey';
import type { ExitCode } from './terminal';

/** What a command printed, and how it ended. */
export interface Result {
  /** What was printed, in pieces; it may be asked for again. */
  pieces(): Iterable<string>;
  readonly exitCode: ExitCode;
  /** The stamps of what was read beside the files that a scan finds, by URI; undefined for a file whose changes nobody would see. */
  readonly readBeside: ReadonlyMap<string, string | undefined>;
}

/** What a result follows from, as it waits for the next run. */
interface Kept {
  readonly sight: string;
  readonly exitCode: ExitCode;
  readonly beside: readonly (readonly [uri: string, stamp: string])[];
}

/**
 * The result of a run that the next one with the same command line gives again if nothing has changed on disk since: no file, no setting, not
 * the program. It is as good as a new one, because whatever went into it is looked at first; only without reading it, by time, size and
 * place, as git does with its index.
 */
export class KeptResult {
  private readonly name: string;
  private readonly sight: string | undefined;

  /** `asked` is all that the command line says, `found` are the files that count, `said` is what else decides about the result. */
  constructor(
    asked: string,
    found: readonly FoundFile[],
    said: string,
    private readonly host: Host,
  ) {
    this.name = host.text.digest(`result ${asked}`);
    const isSure = found.every(({ stamp, unreadable }) => stamp !== undefined || unreadable !== undefined);
    this.sight = isSure ? host.text.digest([said, ...found.map(({ uri, stamp, unreadable }) => `${uri} ${stamp ?? unreadable ?? ''}`)].join('\n')) : undefined;
  }

  /** The one of the last time, where a new one would be the same. */
  async read(): Promise<Pick<Result, 'pieces' | 'exitCode'> | undefined> {
    const kept = this.sight === undefined ? undefined : await this.host.cache?.read(this.name);
    const [about, ...texts] = (kept === undefined ? undefined : unsealed(kept, this.host)) ?? [];
    if (about === undefined) return undefined;
    // The seal shows that it is what `write` wrote.
    const { sight, exitCode, beside } = JSON.parse(about) as Kept;
    if (sight !== this.sight) return undefined;
    for (const [uri, stamp] of beside) if ((await stampOf(uri, this.host)) !== stamp) return undefined;
    return { pieces: () => texts.map((text) => JSON.parse(text) as string), exitCode };
  }

  /** Keeps this one, where a change of what it follows from would be seen. */
  async write({ pieces, exitCode, readBeside }: Result): Promise<void> {
    const { sight, host } = this;
    const beside = [...readBeside].flatMap(([uri, stamp]) => (stamp === undefined ? [] : [[uri, stamp] as const]));
    if (sight === undefined || !host.cache || beside.length < readBeside.size || isTooLong(pieces())) return;
    const about: Kept = { sight, exitCode, beside };
    await host.cache.write(this.name, sealed(lines(about, pieces()), host));
  }
}

function* lines(about: Kept, pieces: Iterable<string>): Iterable<string> {
  yield JSON.stringify(about);
  for (const piece of pieces) yield JSON.stringify(piece);
}

/** Whether a text is more than the next run should read at once. */
function isTooLong(pieces: Iterable<string>): boolean {
  let length = 0;
  for (const piece of pieces) if ((length += piece.length) > longest) return true;
  return false;
}

/** In UTF-16 code units; a string could be five times as long. */
const longest = 1e8;
