import type { Disposable } from 'vscode';
import { isWhole } from '../checklist/state';
import { Kept, type Storage } from '../kept';
import type { KeptReview, Reviewing } from './reviewing';

/** Keeps a review on the disk with every tick, and goes on with it where the editor went away in the middle of it. */
export class ReviewKeeper implements Disposable {
  readonly #kept: Kept<KeptReview>;
  readonly #subscriptions: readonly Disposable[];
  /** What there was when the editor went away; undefined as soon as it is taken up, or somebody begins another one. */
  #before: KeptReview | undefined;
  #isResuming = false;
  #isLoaded = false;
  #isStale = false;
  #isSaving = false;

  constructor(private readonly reviewing: Reviewing, storage: Storage) {
    this.#kept = new Kept(storage, 'review', isKeptReview);
    this.#subscriptions = [reviewing.onDidChange(() => this.#changed()), reviewing.remaining.onDidChange(() => this.#resume())];
  }

  /** To be called once, at the start. Rejects where what is kept cannot be read. */
  async load(): Promise<void> {
    const before = await this.#kept.load();
    this.#isLoaded = true;
    if (this.#isStale) return this.#save();
    this.#before = before;
    await this.#resume();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #changed(): void {
    this.#before = undefined;
    this.#isStale = true;
    void this.#save();
  }

  // Changes that come while one is written lead to one more writing only.
  async #save(): Promise<void> {
    if (this.#isSaving || !this.#isLoaded) return;
    this.#isSaving = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#kept.save(this.reviewing.kept);
      }
    } catch (error) {
      this.reviewing.client.error('The review could not be kept.', error, false);
    } finally {
      this.#isSaving = false;
    }
  }

  async #resume(): Promise<void> {
    if (!this.#before || this.#isResuming || !isWhole(this.reviewing.remaining.checklist)) return;
    this.#isResuming = true;
    try {
      await this.reviewing.resume(this.#before);
    } catch (error) {
      // The server went away. It is tried again when it says what is left.
      this.reviewing.client.error('The review could not be taken up again.', error, false);
    } finally {
      this.#isResuming = false;
    }
  }
}

// The file is our own; its version says that it has our form.
function isKeptReview(data: unknown): data is KeptReview {
  return typeof data === 'object' && data !== null && 'scope' in data && 'ticked' in data && Array.isArray(data.ticked) && 'unticked' in data && Array.isArray(data.unticked);
}
