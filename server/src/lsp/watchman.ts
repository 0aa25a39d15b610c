import type { LookState } from '../protocol';
import type { Announcer } from './announcer';
import { withProgress } from './progress';
import type { Session } from './session';
import { WatchAbove } from './watchAbove';

/** Milliseconds without an event after which a burst counts as over; starting up with open files is one, too, and they come first. */
const quiet = 150;
/** So many times `quiet` is waited at most, for those who never stop typing. */
const patience = 10;

/**
 * Keeps the workspace up with the world: looks at all files once, and after a burst of events at what they were about, one
 * thing at a time. Then the client is told, if there is anything new.
 */
export class Watchman {
  private mustScan = false;
  private hasNews = false;
  private readonly changed = new Set<string>();
  private readonly edited = new Set<string>();
  private events = 0;
  private running: Promise<void> | undefined;
  private isStopped = false;
  private looked: LookState = 'scanning';
  private readonly above: WatchAbove;

  constructor(
    private readonly session: Session,
    private readonly announcer: Announcer,
  ) {
    this.above = new WatchAbove(session);
  }

  /** How far the look at all files has come. While files that are known are looked at again, they stay known. */
  get state(): LookState {
    return this.looked;
  }

  /** Everything has to be looked at. A look that is under way starts anew. */
  scan(): void {
    this.mustScan = true;
    if (this.looked === 'stopped') this.looked = 'scanning';
    this.session.checklists.changed();
    this.somethingChanged();
  }

  /** Something happened to these files on disk; the URI of a folder that went stands for what was in it. */
  filesChanged(uris: readonly string[]): void {
    for (const uri of uris) this.changed.add(uri);
    if (uris.length > 0) this.somethingChanged();
  }

  /** Somebody typed. */
  bufferChanged(uri: string): void {
    this.edited.add(uri);
    this.somethingChanged();
  }

  /** The client may have to be told something. */
  somethingChanged(): void {
    this.hasNews = true;
    this.events++;
    this.running ??= this.work()
      .catch((error: unknown) => this.session.host.log(`looking at the workspace failed: ${error instanceof Error ? error.stack : error}`))
      .finally(() => (this.running = undefined));
  }

  stop(): void {
    this.isStopped = true;
  }

  private async work(): Promise<void> {
    const { workspace } = this.session;
    while (this.hasNews && !this.isStopped) {
      await this.calm();
      this.hasNews = false;
      const edited = take(this.edited);
      const changed = take(this.changed);
      if (this.mustScan || this.looked === 'scanning') await this.lookAtAll();
      else if (changed.size > 0) await workspace.update([...changed], { isCancelled: () => this.isStopped });
      else await workspace.settle({ isCancelled: () => this.isStopped });
      if (!this.isStopped) await this.announcer.announce(this.looked, edited);
      if (!this.isStopped) await this.above.follow();
    }
  }

  private async calm(): Promise<void> {
    for (let round = 0; round < patience && !this.isStopped; round++) {
      const { events } = this;
      await this.session.host.delay(quiet);
      if (events === this.events) return;
    }
  }

  private async lookAtAll(): Promise<void> {
    this.mustScan = false;
    const began = this.session.host.now();
    let isCancelled = false;
    await this.announcer.tellState(this.looked);
    await withProgress(this.session, 'Looking for eventlet', async (watch) => {
      await this.session.workspace.scan({ ...watch, isCancelled: () => this.isStopped || this.mustScan || watch.isCancelled() });
      isCancelled = watch.isCancelled();
    });
    if (this.mustScan) return;
    this.looked = isCancelled ? 'stopped' : 'ready';
    const { found, mentioning } = this.session.workspace.counts;
    this.session.host.log(`${isCancelled ? 'was stopped when it had looked at' : 'looked at'} ${found} files in ${Math.round(this.session.host.now() - began)} ms; ${mentioning} mention eventlet`);
  }
}

function take<Item>(items: Set<Item>): ReadonlySet<Item> {
  const taken = new Set(items);
  items.clear();
  return taken;
}
