import { Kept, type Storage } from '../kept';
import type { Phase, Step } from './step';

export type Side = 'before' | 'after';

/** Keeps a step, and what its files hold before and after it, so that nothing is lost whenever the editor goes away. */
export class StepStore {
  readonly #step: Kept<Step>;

  constructor(private readonly storage: Storage) {
    this.#step = new Kept(storage, 'step', isStep);
  }

  /** The step that is under way, if there is one. What cannot be read counts as not there. */
  load(): Promise<Step | undefined> {
    return this.#step.load();
  }

  async save(step: Step | undefined): Promise<void> {
    await this.#step.save(step);
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
}

const phases: readonly Phase[] = ['shown', 'applying', 'applied', 'testing', 'passed', 'failed', 'takingBack'];

function contentName(id: string, index: number, side: Side): string {
  return `${id}-${index}.${side}`;
}

// The file is our own; its version says that it has our form.
function isStep(data: unknown): data is Step {
  return typeof data === 'object' && data !== null && 'phase' in data && phases.some((phase) => phase === data.phase);
}
