import { l10n, StatusBarAlignment, window, type Disposable } from 'vscode';
import type { Remaining } from './checklist/remaining';
import { doneSince, left, lookAgain, summary } from './checklist/words';
import type { CurrentStep } from './nextStep/current';
import { sizeInWords, stateIcon, stateInWords } from './nextStep/words';

/** The one status item: how many uses are left, or why nobody knows; while a step is under way, where it is. A click opens the view *Remaining*, or goes on with the step. */
export class Status implements Disposable {
  readonly #item = window.createStatusBarItem('eventletMigration.status', StatusBarAlignment.Left);
  readonly #subscriptions: readonly Disposable[];

  constructor(private readonly remaining: Remaining, private readonly current: CurrentStep) {
    this.#item.name = 'Eventlet';
    this.#subscriptions = [remaining.onDidChange(() => this.#draw()), current.onDidChange(() => this.#draw())];
    this.#draw();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const words = this.#words();
    // A workspace without eventlet has no use for a status of it.
    if (!words) return this.#item.hide();

    this.#item.text = `$(${words.icon}) eventlet: ${words.text}`;
    this.#item.tooltip = words.detail;
    this.#item.accessibilityInformation = { label: `eventlet: ${words.text}` };
    this.#item.command = words.command;
    this.#item.show();
  }

  #words(): StatusWords | undefined {
    const { step } = this.current;
    if (step) {
      const detail = [l10n.t('Next Step: {0}', step.title), sizeInWords(step), l10n.t('Click to go on.')].join('\n\n');
      return { icon: stateIcon(step), text: stateInWords(step), detail, command: 'eventletMigration.nextStep' };
    }
    const { state, checklist } = this.remaining;
    const command = 'eventletMigration.remaining.focus';
    switch (state) {
      case 'starting':
      case 'none':
        return undefined;
      case 'scanning':
        return { icon: 'sync~spin', text: checklist && checklist.items.length > 0 ? left(checklist.items.length) : l10n.t('looking…'), detail: l10n.t('Looking through the workspace…'), command };
      case 'stopped':
        return { icon: 'debug-restart', text: l10n.t('stopped'), detail: l10n.t('Looking for eventlet was stopped, so not all of its uses are known. Click to look again.'), command: lookAgain().command };
      case 'left':
        return { icon: 'checklist', text: checklist?.progress ? doneSince(checklist.progress.done, checklist.progress.total) : left(checklist?.items.length ?? 0), detail: checklist ? summary(checklist) : '', command };
      case 'done':
        return { icon: 'check-all', text: l10n.t('done'), detail: checklist ? summary(checklist) : '', command };
      case 'failed':
        return { icon: 'error', text: l10n.t('not running'), detail: l10n.t('The language server is not running. Click for its log.'), command: 'eventletMigration.showOutput' };
    }
  }
}

interface StatusWords {
  /** Name of a codicon. */
  readonly icon: string;
  readonly text: string;
  readonly detail: string;
  readonly command: string;
}
