import { isBeginning, isSame } from './bytes';
import { after, resumed, type Happening, type Holds, type Step } from './step';
import type { StepStore } from './store';

/** The files of the project, as a step needs them. */
export interface ProjectFiles {
  /** What is on the disk; undefined where there is no such file. */
  read(uri: string): Promise<Uint8Array | undefined>;
  /** Writes a file, or removes it where there are no bytes for it; settles when open editors show the same. */
  write(uri: string, bytes: Uint8Array | undefined): Promise<void>;
  /** Whether an editor has changes to it that nobody has saved. */
  isUnsaved(uri: string): boolean;
}

/** What a file of a step holds on both sides of it; undefined where it is not there. */
export interface Sides {
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** The step that is under way: at most one in a workspace. Whatever happens to it is on the disk before anything else goes on. */
export class CurrentStep {
  #step: Step | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly store: StepStore,
    private readonly files: ProjectFiles,
  ) {}

  get step(): Step | undefined {
    return this.#step;
  }

  /** Calls whenever there is another step, or it is somewhere else. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Finds the step of the last time again, if there was one. */
  async resume(): Promise<void> {
    const found = await this.store.load();
    if (!found) return;
    const step = resumed(found, await this.holds(found));
    await this.#enter(step === 'over' ? undefined : step);
  }

  /**
   * Begins a step: keeps what its files hold on both sides, in their order, and shows it. Whether it did: one that has changed files already
   * comes to its end first.
   */
  async begin(step: Step, sides: readonly Sides[]): Promise<boolean> {
    if (this.#step && this.#step.phase !== 'shown') return false;
    for (const [index, { before, after: changed }] of sides.entries()) {
      if (before) await this.store.keep(step, index, 'before', before);
      if (changed) await this.store.keep(step, index, 'after', changed);
    }
    await this.#enter(step);
    await this.store.removeOthers(step);
    return true;
  }

  /** Whether it could happen now: what comes too late, from a list that was left open, does nothing. */
  async happen(happening: Happening, exitCode?: number): Promise<boolean> {
    const next = this.#step && after(this.#step, happening, exitCode);
    if (!next) return false;
    await this.#enter(next === 'over' ? undefined : next);
    return true;
  }

  /** What the files of a step hold now; what is not saved is somebody's work, too. */
  holds(step: Step): Promise<readonly Holds[]> {
    return Promise.all(step.files.map(async ({ uri, isNew }, index) => {
      const { before, after: changed } = await this.#sides(step, index);
      // Where somebody emptied the editor's storage, nobody knows what to go back to.
      if (this.files.isUnsaved(uri) || !changed || (!before && !isNew)) return 'other';
      const now = await this.files.read(uri);
      if (isSame(now, changed)) return 'after';
      if (isSame(now, before)) return 'before';
      const isCutShort = step.phase === 'applying' || step.phase === 'takingBack';
      return isCutShort && now && (isBeginning(now, changed) || isBeginning(now, before)) ? 'half' : 'other';
    }));
  }

  /**
   * Makes the change in all files, or goes on where that was cut short. What somebody else wrote is left as it is: then the indexes of those
   * files are given, and nothing is done.
   */
  async apply(step: Step): Promise<readonly number[]> {
    const now = await this.holds(step);
    const inTheWay = [...indexesOf(now, 'other'), ...(step.phase === 'shown' ? indexesOf(now, 'after') : [])];
    if (inTheWay.length > 0 || !(await this.happen('apply'))) return inTheWay;
    for (const index of indexesOf(now, 'before', 'half')) await this.#write(step, index, 'after');
    await this.happen('applied');
    return [];
  }

  /** Writes back what the files held before the step, byte for byte, and ends it. What somebody has edited since is left as it is. */
  async takeBack(step: Step): Promise<void> {
    if (!(await this.happen('takeBack'))) return;
    for (const index of indexesOf(await this.holds(step), 'after', 'half')) await this.#write(step, index, 'before');
    await this.happen('end');
  }

  async #sides(step: Step, index: number): Promise<Sides> {
    const [before, changed] = await Promise.all([this.store.content(step, index, 'before'), this.store.content(step, index, 'after')]);
    return { before, after: changed };
  }

  async #write(step: Step, index: number, side: keyof Sides): Promise<void> {
    const file = step.files[index];
    if (file) await this.files.write(file.uri, (await this.#sides(step, index))[side]);
  }

  async #enter(step: Step | undefined): Promise<void> {
    await this.store.save(step);
    this.#step = step;
    for (const listener of this.#listeners) listener();
  }
}

/** The files of a step that hold one of these. */
export function indexesOf(now: readonly Holds[], ...wanted: readonly Holds[]): readonly number[] {
  return now.flatMap((holds, index) => (wanted.includes(holds) ? [index] : []));
}
