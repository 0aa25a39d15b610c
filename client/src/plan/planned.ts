import { CancellationTokenSource, commands, EventEmitter, l10n, Uri, workspace, type Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { planRequest, type Place, type Plan, type PlanParams } from '../../../server/src/protocol';
import type { Remaining } from '../checklist/remaining';

/**
 * The plan, as the server said last. Working it out costs more than the checklist does, so it is asked for only while somebody
 * looks at it, and a question that a change has overtaken is called back.
 */
export class Planned implements Disposable {
  #plan: Plan | undefined;
  #isStale = true;
  #fetching: Promise<void> | undefined;
  #cancellation: CancellationTokenSource | undefined;
  readonly #viewers = new Set<object>();
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly client: BaseLanguageClient,
    private readonly remaining: Remaining,
  ) {
    this.#subscription = remaining.onDidChange(() => this.#outdated(remaining));
  }

  /** undefined until somebody has looked, and where not all is known that it would be made of. URIs are spelled as the editor spells them. */
  get plan(): Plan | undefined {
    return this.#plan?.state === 'stopped' ? undefined : this.#plan;
  }

  /** What those who look wait for while there is no plan, in words; undefined where nothing is on its way. */
  get awaited(): string | undefined {
    if (this.plan || !workspace.workspaceFolders) return undefined;
    switch (this.remaining.state) {
      case 'starting':
      case 'scanning':
        return l10n.t('Looking for eventlet in this workspace…');
      case 'left':
      case 'done':
        return this.#fetching && l10n.t('Working out the plan…');
      case 'stopped':
      case 'none':
      case 'failed':
        return undefined;
    }
  }

  /** A view is looked at, or no longer. */
  see(viewer: object, isVisible: boolean): void {
    if (isVisible) this.#viewers.add(viewer);
    else this.#viewers.delete(viewer);
    if (isVisible) void this.current();
  }

  /** The plan as it is now; undefined where it cannot be had. Never rejects. */
  async current(): Promise<Plan | undefined> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
      this.#tellWaiting();
    });
    this.#tellWaiting();
    await this.#fetching;
    return this.plan;
  }

  dispose(): void {
    this.#cancellation?.cancel();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #outdated({ state }: Remaining): void {
    this.#isStale = true;
    this.#cancellation?.cancel();
    if (state === 'failed') this.#show(undefined);
    if (this.#viewers.size > 0) void this.current();
    else this.#tellWaiting();
  }

  /** Where there is no plan yet, what is awaited may be something else now. */
  #tellWaiting(): void {
    if (!this.plan) this.#changed.fire();
  }

  async #fetch(): Promise<void> {
    const params: PlanParams = {};
    while (this.#isStale && this.client.isRunning()) {
      this.#isStale = false;
      const cancellation = new CancellationTokenSource();
      this.#cancellation = cancellation;
      try {
        this.#show(inEditorSpelling(await this.client.sendRequest<Plan>(planRequest, params, cancellation.token)));
      } catch (error) {
        // What was called back is asked again. Otherwise what was said before is better than nothing.
        if (!cancellation.token.isCancellationRequested) this.client.error('The plan could not be had.', error, false);
      } finally {
        cancellation.dispose();
      }
    }
  }

  #show(plan: Plan | undefined): void {
    this.#plan = plan;
    void commands.executeCommand('setContext', 'eventletMigration.hasServices', (this.plan?.services.services.length ?? 0) > 0);
    this.#changed.fire();
  }
}

// Servers may percent-encode more or less than the editor does.
function inEditorSpelling(plan: Plan): Plan {
  const spell = (uri: string) => Uri.parse(uri).toString();
  const located = <Located extends { readonly uri: string }>(places: readonly Located[]) => places.map((each) => ({ ...each, uri: spell(each.uri) }));
  const withPlaces = <Holder extends { readonly places: readonly Place[] }>(holders: readonly Holder[]) => holders.map((each) => ({ ...each, places: located(each.places) }));
  const { services, tests, unreached } = plan.services;
  return {
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, items: located(step.items) })),
    services: {
      services: located(services).map((each) => ({ ...each, calls: located(each.calls), problems: withPlaces(each.problems), blockers: withPlaces(each.blockers), named: located(each.named), relies: located(each.relies) })),
      tests,
      unreached: located(unreached),
    },
  };
}
