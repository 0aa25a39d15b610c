import type { Phase, Step } from './step';

/** A folder of the editor's own, outside of the project. */
export interface Storage {
  /** undefined where there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Names of all files. */
  list(): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

export type Side = 'before' | 'after';

/**
 * Keeps a step, and what its files hold before and after it, so that nothing is lost whenever the editor goes away. What is kept in the
 * editor's own memory reaches the disk only later; this is on the disk before anything else happens.
 */
export class StepStore {
  #turn = 0;

  constructor(private readonly storage: Storage) {}

  /** The step that is under way, if there is one. What cannot be read counts as not there. */
  async load(): Promise<Step | undefined> {
    const records = (await Promise.all(slots.map((slot) => this.#record(slot)))).filter((record) => record !== undefined);
    const [newest] = records.sort((a, b) => b.turn - a.turn);
    this.#turn = newest?.turn ?? 0;
    return newest?.step;
  }

  /** Two files take turns: where writing one of them is cut short, the other has what was true just before. */
  async save(step: Step | undefined): Promise<void> {
    this.#turn++;
    const record: StoredRecord = { version, turn: this.#turn, ...(step ? { step } : {}) };
    await this.storage.write(slots[this.#turn % 2] ?? slots[0], new TextEncoder().encode(JSON.stringify(record)));
    if (!step) await this.#removeContents(() => true);
  }

  /** Keeps what the file with this index holds on one side of the step. To be called before the step itself is saved. */
  async keep({ id }: Pick<Step, 'id'>, index: number, side: Side, bytes: Uint8Array): Promise<void> {
    await this.storage.write(contentName(id, index, side), bytes);
  }

  /** undefined where the file is not there on that side. */
  content({ id }: Pick<Step, 'id'>, index: number, side: Side): Promise<Uint8Array | undefined> {
    return this.storage.read(contentName(id, index, side));
  }

  /** Removes what earlier steps left, where they were cut short. */
  removeOthers({ id }: Pick<Step, 'id'>): Promise<void> {
    return this.#removeContents((name) => !name.startsWith(`${id}-`));
  }

  async #removeContents(isOld: (name: string) => boolean): Promise<void> {
    const names = await this.storage.list();
    const old = names.filter((name) => /\.(before|after)$/.test(name) && isOld(name));
    await Promise.all(old.map((name) => this.storage.remove(name)));
  }

  async #record(slot: string): Promise<StoredRecord | undefined> {
    const bytes = await this.storage.read(slot);
    return bytes && parse(new TextDecoder().decode(bytes));
  }
}

const version = 1;
const slots = ['step-a.json', 'step-b.json'] as const;
const phases: readonly Phase[] = ['shown', 'applying', 'applied', 'testing', 'passed', 'failed', 'takingBack'];

interface StoredRecord {
  readonly version: typeof version;
  readonly turn: number;
  readonly step?: Step;
}

function contentName(id: string, index: number, side: Side): string {
  return `${id}-${index}.${side}`;
}

/** undefined for what was cut short while it was written, and for what another version wrote. */
function parse(text: string): StoredRecord | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isRecord(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

// The file is our own; the version says that it has our form.
function isRecord(data: unknown): data is StoredRecord {
  if (typeof data !== 'object' || data === null || !('version' in data) || data.version !== version || !('turn' in data) || typeof data.turn !== 'number') return false;
  const step: unknown = 'step' in data ? data.step : undefined;
  return step === undefined || (typeof step === 'object' && step !== null && 'phase' in step && phases.some((phase) => phase === step.phase));
}
