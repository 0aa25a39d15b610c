import type { FoundFile, Host } from '../host';
import { sealed, unsealed } from '../workspace/seal';
import { stampOf } from '../workspace/survey';
import type { ExitCode } from './terminal';

/** What a command printed, and how it ended. */
export interface Result {
  readonly text: string;
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
  async read(): Promise<Pick<Result, 'text' | 'exitCode'> | undefined> {
    const kept = this.sight === undefined ? undefined : await this.host.cache?.read(this.name);
    const [about, text] = (kept === undefined ? undefined : unsealed(kept, this.host)) ?? [];
    if (about === undefined || text === undefined) return undefined;
    // The seal shows that it is what `write` wrote.
    const { sight, exitCode, beside } = JSON.parse(about) as Kept;
    if (sight !== this.sight) return undefined;
    for (const [uri, stamp] of beside) if ((await stampOf(uri, this.host)) !== stamp) return undefined;
    return { text: JSON.parse(text) as string, exitCode };
  }

  /** Keeps this one, where a change of what it follows from would be seen. */
  async write({ text, exitCode, readBeside }: Result): Promise<void> {
    const { sight, host } = this;
    const beside = [...readBeside].flatMap(([uri, stamp]) => (stamp === undefined ? [] : [[uri, stamp] as const]));
    if (sight === undefined || !host.cache || beside.length < readBeside.size) return;
    const about: Kept = { sight, exitCode, beside };
    await host.cache.write(this.name, sealed([JSON.stringify(about), JSON.stringify(text)], host));
  }
}
