import type { Report } from '../features/report/report';
import type { Host } from '../host';
import { sealed, unsealed } from '../workspace/seal';
import type { Workspace } from '../workspace/workspace';

/** A report with what it follows from, as it waits for the next run. */
interface Kept {
  readonly sight: string;
  /** What was read beside the files that a scan finds. */
  readonly beside: readonly (readonly [uri: string, stamp: string])[];
}

/**
 * The report of a run that the next one with the same command line gives again if nothing has changed on disk since: no file, no setting, not
 * the program. It is as good as a new one, because whatever went into it is looked at first; only without reading it, by time, size and
 * place, as git does with its index.
 */
export class KeptReport {
  private readonly name: string;
  private readonly sight: string | undefined;

  /** `asked` is all that the command line says, `survey` what the workspace gives for it, `decisions` what people decided. */
  constructor(
    asked: string,
    survey: string | undefined,
    decisions: string,
    private readonly workspace: Workspace,
    private readonly host: Host,
  ) {
    this.name = host.text.digest(`report ${asked}`);
    this.sight = survey === undefined ? undefined : host.text.digest(`${survey} ${decisions}`);
  }

  /** The one of the last time, where a new one would be the same. */
  async read(): Promise<Report | undefined> {
    const text = this.sight === undefined ? undefined : await this.host.cache?.read(this.name);
    const [kept, report] = (text === undefined ? undefined : unsealed(text, this.host)) ?? [];
    if (kept === undefined || report === undefined) return undefined;
    // The seal shows that it is what `write` wrote.
    const { sight, beside } = JSON.parse(kept) as Kept;
    if (sight !== this.sight) return undefined;
    for (const [uri, stamp] of beside) if ((await this.workspace.stampOf(uri)) !== stamp) return undefined;
    return JSON.parse(report) as Report;
  }

  /** Keeps this one, where a change of what it follows from would be seen. */
  async write(report: Report): Promise<void> {
    const { sight, workspace, host } = this;
    const beside = [...workspace.readBeside].flatMap(([uri, stamp]) => (stamp === undefined ? [] : [[uri, stamp] as const]));
    if (sight === undefined || !host.cache || beside.length < workspace.readBeside.size) return;
    const kept: Kept = { sight, beside };
    await host.cache.write(this.name, sealed([JSON.stringify(kept), JSON.stringify(report)], host));
  }
}
