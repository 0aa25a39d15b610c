import { CancellationError, CancellationTokenSource, commands, EventEmitter, l10n, Uri, window, workspace, type CancellationToken, type Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { reviewEditRequest, reviewRequest, type ItemId, type Review, type ReviewChange, type ReviewEdit, type ReviewEditParams, type ReviewParams } from '../../../server/src/protocol';
import type { Remaining } from '../checklist/remaining';
import { isWhole } from '../checklist/state';
import { answerAboutAll } from '../commands/asking';
import { editIn } from '../commands/serverEdits';
import { changedFiles } from '../edits';
import { asWork } from '../progress';
import type { WholeEdits } from '../wholeEdits';
import { inScope, type Scope } from './scope';
import { tickedAgain, tickedAtFirst } from './tree';
import { goneInWords, madeInWords, type Made } from './words';

/** What outlives the editor of a review. Its changes are computed anew. */
export interface KeptReview {
  readonly scope: Scope;
  /** Ids of changes. */
  readonly ticked: readonly string[];
  readonly unticked: readonly string[];
}

/** One review at a time: changes with ticks, until they are made or somebody closes it. The value of the context key `eventletMigration.reviewing`. */
export class Reviewing implements Disposable {
  #scope: Scope | undefined;
  #review: Review | undefined;
  #ticked: ReadonlySet<string> = new Set();
  #changed: ReadonlySet<string> = new Set();
  #result = '';
  // While changes are made, their files change by us.
  #isMaking = false;
  readonly #didChange = new EventEmitter<void>();
  readonly #subscriptions: readonly Disposable[];

  readonly onDidChange = this.#didChange.event;

  constructor(
    readonly client: BaseLanguageClient,
    readonly remaining: Remaining,
    private readonly edits: WholeEdits,
  ) {
    this.#subscriptions = [
      this.#didChange,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => contentChanges.length > 0 && this.#outdate(document.uri.toString())),
      workspace.onDidSaveTextDocument(() => this.#compare()),
      remaining.onDidChange(() => this.#compare()),
    ];
  }

  /** undefined where nothing is reviewed. URIs are spelled as the editor spells them. */
  get review(): Review | undefined {
    return this.#review;
  }

  /** Whether the files of a change are not as they were when somebody looked. */
  isOutdated({ files }: ReviewChange): boolean {
    return files.some((uri) => this.#changed.has(uri));
  }

  isTicked(change: ReviewChange): boolean {
    return this.#ticked.has(change.id) && !this.isOutdated(change);
  }

  /** What came of the last attempt to make the changes, in words; empty before. */
  get result(): string {
    return this.#result;
  }

  get ticked(): readonly ReviewChange[] {
    return this.#review?.changes.filter((change) => this.isTicked(change)) ?? [];
  }

  /** Files that have another text than the one that was looked at. */
  get outdated(): ReadonlySet<string> {
    return this.#changed;
  }

  /** What is to be kept of it; undefined where there is nothing to review. */
  get kept(): KeptReview | undefined {
    const changes = this.#review?.changes ?? [];
    if (!this.#scope || changes.length === 0) return undefined;
    const ids = changes.map(({ id }) => id);
    return { scope: this.#scope, ticked: ids.filter((id) => this.#ticked.has(id)), unticked: ids.filter((id) => !this.#ticked.has(id)) };
  }

  /** Begins a review in place of the one before. Whether there is something to review; undefined where it was cancelled. */
  async start(scope: Scope): Promise<boolean | undefined> {
    const review = await this.#ask(scope);
    if (!review) return undefined;
    if (review.changes.length === 0) return false;
    this.#scope = scope;
    this.#result = '';
    this.#show(review, tickedAtFirst(review.changes));
    return true;
  }

  tick(changes: readonly ReviewChange[], isTicked: boolean): void {
    const ids = new Set(changes.map(({ id }) => id));
    const others = [...this.#ticked].filter((id) => !ids.has(id));
    this.#ticked = new Set(isTicked ? [...others, ...ids] : others);
    this.#didChange.fire();
  }

  /** Looks at the files as they are now; ticks stay. */
  async refresh(): Promise<void> {
    const before = this.kept;
    const review = this.#scope && (await this.#ask(this.#scope));
    if (!review) return;
    this.#result = '';
    this.#show(review, tickedAgain(review.changes, before));
  }

  /** Goes on with a review of an editor that went away; the list must be there. Rejects where the server goes away, too, or somebody changed all. */
  async resume(before: KeptReview): Promise<void> {
    const review = inEditorSpelling(await this.client.sendRequest<Review>(reviewRequest, this.#about(before.scope)));
    // Somebody may have begun another one in the meantime.
    if (this.#review) return;
    const now = new Set(review.changes.map(({ id }) => id));
    this.#scope = before.scope;
    this.#result = goneInWords([...before.ticked, ...before.unticked].filter((id) => !now.has(id)).length);
    this.#show(review, tickedAgain(review.changes, before));
  }

  /** Makes what is ticked as one step, which one undo takes back. What lies in a file that has changed since is left out and stays. */
  async apply(): Promise<void> {
    // Asked twice, by a key that was pressed again: made once.
    if (this.#isMaking) return;
    this.#isMaking = true;
    try {
      const wanted = this.#ticked;
      const made = await window.withProgress(asWork(l10n.t('Making the changes')), (_, cancelled) => this.#make(cancelled));
      if (!made) return;
      this.#result = madeInWords(made);
      if (made.files > 0) await this.#lookAgain(wanted);
    } finally {
      this.#isMaking = false;
      this.#didChange.fire();
    }
  }

  close(): void {
    this.#scope = undefined;
    this.#show(undefined, new Set());
  }

  /** The edit of these changes, as far as the texts are those that were looked at. */
  async edit(changes: readonly ReviewChange[], token: CancellationToken = new CancellationTokenSource().token): Promise<ReviewEdit> {
    const touched = new Set(changes.flatMap(({ files }) => files));
    const items: readonly ItemId[] = changes.flatMap((change) => change.items.map(({ uri, id }) => ({ uri, id })));
    const params: ReviewEditParams = { items, texts: this.#review?.texts.filter(({ uri }) => touched.has(uri)) ?? [] };
    const edit = await answerAboutAll<ReviewEdit>(this, reviewEditRequest, () => params, token);
    // The editor passes over what was cancelled in silence.
    if (!edit) throw new CancellationError();
    return { ...edit, changed: edit.changed.map(spelled) };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  // Asks again without the files that have changed, or where somebody typed in the meantime. undefined where it was cancelled.
  async #make(cancelled: CancellationToken): Promise<Made | undefined> {
    while (!cancelled.isCancellationRequested) {
      const made = await this.edit(this.ticked, cancelled);
      if (made.changed.length > 0) {
        this.#changed = new Set([...this.#changed, ...made.changed]);
        continue;
      }
      const edit = editIn(made);
      if (!edit) return { fixed: 0, files: 0, left: made.left };
      if (!this.client.validateWorkspaceEdit(edit)) continue;
      const isDone = await this.edits.make(edit);
      return isDone ? { fixed: made.fixed, files: changedFiles(edit), left: made.left } : { fixed: 0, files: 0, left: [] };
    }
    return undefined;
  }

  // What was refused stays as it was, with the text that was looked at; nothing else is ticked for a second time.
  async #lookAgain(wanted: ReadonlySet<string>): Promise<void> {
    await this.remaining.refresh();
    const { scope, before } = { scope: this.#scope, before: this.#review };
    const now = scope && (await this.#ask(scope, this.#changed));
    if (!now || !before) return;
    const refused = before.changes.filter((change) => this.isOutdated(change));
    const ids = new Set(refused.map(({ id }) => id));
    const isOld = ({ uri }: { readonly uri: string }) => this.#changed.has(uri);
    const changes = [...refused, ...now.changes.filter(({ id }) => !ids.has(id))];
    const texts = [...before.texts.filter(isOld), ...now.texts.filter((text) => !isOld(text))];
    this.#show({ changes, texts, left: now.left }, new Set([...ids].filter((id) => wanted.has(id))), this.#changed);
  }

  // undefined where it was cancelled.
  async #ask(scope: Scope, except: ReadonlySet<string> = new Set()): Promise<Review | undefined> {
    return window.withProgress(asWork(l10n.t('Computing fixes')), async (_, cancelled) => {
      const review = await answerAboutAll<Review>(this, reviewRequest, () => this.#about(scope, except), cancelled);
      return review && inEditorSpelling(review);
    });
  }

  #about(scope: Scope, except: ReadonlySet<string> = new Set()): ReviewParams {
    const items = inScope(this.remaining.checklist?.items ?? [], scope);
    return { items: items.filter(({ uri }) => !except.has(uri)).map(({ uri, id }) => ({ uri, id })) };
  }

  #outdate(uri: string): void {
    if (this.#isMaking || this.#changed.has(uri) || !this.#review?.texts.some((text) => text.uri === uri)) return;
    this.#changed = new Set([...this.#changed, uri]);
    this.#didChange.fire();
  }

  // Without uses the server only says which texts are others by now; one that was just started has not read them yet.
  async #compare(): Promise<void> {
    const review = this.#review;
    if (!review || this.#isMaking || !this.client.isRunning() || !isWhole(this.remaining.checklist)) return;
    try {
      const params: ReviewEditParams = { items: [], texts: review.texts };
      const { changed } = await this.client.sendRequest<ReviewEdit>(reviewEditRequest, params);
      if (this.#review !== review || this.#isMaking) return;
      const now = new Set(changed.map(spelled));
      if (now.size === this.#changed.size && [...now].every((uri) => this.#changed.has(uri))) return;
      this.#changed = now;
      this.#didChange.fire();
    } catch (error) {
      // The server went away; what was ticked is compared again before it is made.
      this.client.error('The texts of the review could not be compared.', error, false);
    }
  }

  #show(review: Review | undefined, ticked: ReadonlySet<string>, changed: ReadonlySet<string> = new Set()): void {
    this.#review = review;
    this.#ticked = ticked;
    this.#changed = changed;
    void commands.executeCommand('setContext', 'eventletMigration.reviewing', review !== undefined);
    this.#didChange.fire();
  }
}

// Servers may percent-encode more or less than the editor does.
function spelled(uri: string): string {
  return Uri.parse(uri).toString();
}

function inEditorSpelling({ changes, texts, left }: Review): Review {
  const located = <Located extends { readonly uri: string }>(place: Located): Located => ({ ...place, uri: spelled(place.uri) });
  return {
    changes: changes.map(({ items: [first, ...others], files, ...change }) => ({ ...change, items: [located(first), ...others.map(located)], files: files.map(spelled) })),
    texts: texts.map(located),
    left,
  };
}
