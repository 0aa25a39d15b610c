import { commands, EventEmitter, Uri, type Disposable } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { checklistChangedNotification, checklistRequest, type Checklist, type ChecklistParams } from '../../../server/src/protocol';
import { stateOf, type RemainingState } from './state';

/**
 * What is left, as the server said last. Asks again when the server says that something changed; several changes that
 * arrive while an answer is on its way lead to one more question only.
 */
export class Remaining implements Disposable {
  #state: RemainingState = 'starting';
  #checklist: Checklist | undefined;
  #hadUses = false;
  #stale = false;
  #fetching: Promise<void> | undefined;
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: readonly Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(private readonly client: BaseLanguageClient) {
    this.#subscriptions = [
      this.#changed,
      client.onNotification(checklistChangedNotification, () => this.refresh()),
      client.onDidChangeState(({ newState }) => this.#follow(newState)),
    ];
    this.#enter(this.#state);
  }

  get state(): RemainingState {
    return this.#state;
  }

  /** undefined until the server has answered once. URIs are spelled as the editor spells them. */
  get checklist(): Checklist | undefined {
    return this.#checklist;
  }

  /** Asks the server for the checklist; settles when the newest answer is there. Never rejects. */
  refresh(): Promise<void> {
    this.#stale = true;
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #fetch(): Promise<void> {
    const params: ChecklistParams = {};
    while (this.#stale && this.client.isRunning()) {
      this.#stale = false;
      try {
        this.#show(await this.client.sendRequest<Checklist>(checklistRequest, params));
      } catch (error) {
        // The server went away, which its state will tell, or it refused. What it said before is better than nothing.
        this.client.error('The checklist could not be had.', error, false);
        if (!this.#checklist) this.#enter('failed');
      }
    }
  }

  #show(checklist: Checklist): void {
    this.#checklist = inEditorSpelling(checklist);
    this.#hadUses ||= checklist.items.length > 0;
    this.#enter(stateOf(checklist, this.#hadUses));
  }

  #follow(state: State): void {
    switch (state) {
      case State.Starting:
        return this.#enter('starting');
      case State.Running:
        return void this.refresh();
      case State.Stopped:
      case State.StartFailed:
        this.#checklist = undefined;
        return this.#enter('failed');
    }
  }

  #enter(state: RemainingState): void {
    this.#state = state;
    void commands.executeCommand('setContext', 'eventletMigration.state', state);
    this.#changed.fire();
  }
}

// Servers may percent-encode more or less than the editor does; what is compared with an editor's URI must look like it.
function inEditorSpelling(checklist: Checklist): Checklist {
  const spell = (uri: string) => Uri.parse(uri).toString();
  const located = <Located extends { readonly uri: string }>(items: readonly Located[]) => items.map((item) => ({ ...item, uri: spell(item.uri) }));
  return {
    ...checklist,
    items: located(checklist.items),
    settled: located(checklist.settled),
    done: located(checklist.done),
    services: Object.fromEntries(Object.entries(checklist.services).map(([uri, names]) => [spell(uri), names])),
    files: { ...checklist.files, skipped: checklist.files.skipped.map((file) => ({ ...file, uri: spell(file.uri) })) },
  };
}
