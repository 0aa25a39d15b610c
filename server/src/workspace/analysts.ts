import type { Host, Thread, Threads } from '../host';
import type { FromAnalyst, ToAnalyst } from './analystThread';
import type { Finished } from './analyst';
import { replies, type Assignment } from './correspondence';
import type { Mentioned } from './modules';
import type { Outlook } from './outlook';

/** Fewer characters than these are worked out before a thread has started. */
const worthwhile = 250_000;

/**
 * Threads that work out files beside the event loop. They know no other file than theirs: what they ask is answered here. They are started when there is
 * much to do, and ended when it is done.
 */
export class Analysts {
  private team: Analyst[] = [];
  private last = 0;
  /** Characters that somebody wanted worked out since the last end. */
  private wanted = 0;
  /** Whether one ended by itself: the next one might do so, too. */
  private isBroken = false;

  constructor(
    private readonly threads: Threads | undefined,
    private readonly log: Host['log'],
  ) {}

  /** How many files should be asked for at once: one more for each thread, so that none waits for its next. */
  get atOnce(): number {
    return this.isBroken ? 1 : Math.max(1, 2 * (this.threads?.most ?? 0));
  }

  /** What is found out about a text; undefined where nobody is there to do it, or nobody came back. `namedElsewhere` are the names in it that others mention. */
  workOut(text: string, { imports, strings: named }: Mentioned, outlook: Outlook, namedElsewhere: () => ReadonlySet<string>): Promise<Finished | undefined> {
    this.wanted += text.length;
    if (this.wanted >= worthwhile) this.start();
    const [analyst] = [...this.team].sort((a, b) => a.load - b.load);
    if (!analyst) return Promise.resolve(undefined);
    const { strings, settings } = outlook;
    const assignment: Assignment = { id: ++this.last, text, strings, settings, namedElsewhere: namedElsewhere(), imports: imports.map(({ dotted, bound }) => ({ dotted, bound })), named };
    return analyst.workOut(assignment, outlook);
  }

  end(): void {
    for (const analyst of this.team) analyst.end();
    this.team = [];
    this.wanted = 0;
  }

  private start(): void {
    const { threads, isBroken } = this;
    if (!threads || isBroken) return;
    while (this.team.length < threads.most) this.team.push(new Analyst(threads.start(), (analyst, reason) => this.lose(analyst, reason)));
  }

  private lose(analyst: Analyst, reason: string): void {
    this.log(`a thread that analyses files ended (${reason}); they are analysed without it`);
    this.isBroken = true;
    this.team = this.team.filter((other) => other !== analyst);
  }
}

interface Job {
  readonly outlook: Outlook;
  /** Characters. */
  readonly size: number;
  readonly settle: (finished: Finished | undefined) => void;
}

class Analyst {
  private readonly jobs = new Map<number, Job>();

  constructor(
    private readonly thread: Thread,
    lost: (analyst: Analyst, reason: string) => void,
  ) {
    thread.onMessage((message) => this.hear(message as FromAnalyst));
    thread.onEnd((reason) => {
      lost(this, reason);
      this.leave();
    });
  }

  /** Characters that it has still to work out. */
  get load(): number {
    let sum = 0;
    for (const { size } of this.jobs.values()) sum += size;
    return sum;
  }

  workOut(assignment: Assignment, outlook: Outlook): Promise<Finished | undefined> {
    return new Promise((settle) => {
      this.jobs.set(assignment.id, { outlook, size: assignment.text.length, settle });
      this.send({ assignment });
    });
  }

  end(): void {
    this.thread.end();
    this.leave();
  }

  private hear(message: FromAnalyst): void {
    const job = this.jobs.get(message.id);
    if (!job) return;
    if ('questions' in message) return this.send({ id: message.id, replies: replies(message.questions, job.outlook.reach) });
    this.jobs.delete(message.id);
    job.settle(message.finished);
  }

  private leave(): void {
    for (const { settle } of this.jobs.values()) settle(undefined);
    this.jobs.clear();
  }

  private send(message: ToAnalyst): void {
    this.thread.send(message);
  }
}
