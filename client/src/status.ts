import { l10n, MarkdownString, StatusBarAlignment, window, type Disposable } from 'vscode';
import type { Remaining } from './checklist/remaining';
import { left, summary } from './checklist/words';

/** The one status item: how many uses are left, or why nobody knows. A click opens the view *Remaining*. */
export class Status implements Disposable {
  readonly #item = window.createStatusBarItem('eventletMigration.status', StatusBarAlignment.Left);
  readonly #subscription: Disposable;

  constructor(private readonly remaining: Remaining) {
    this.#item.name = 'Eventlet';
    this.#subscription = remaining.onDidChange(() => this.#draw());
    this.#draw();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const words = this.#words();
    // A workspace without eventlet has no use for a status of it.
    if (!words) return this.#item.hide();

    this.#item.text = `$(${words.icon}) eventlet: ${words.text}`;
    this.#item.tooltip = new MarkdownString(words.detail);
    this.#item.accessibilityInformation = { label: `eventlet: ${words.text}` };
    this.#item.command = words.command;
    this.#item.show();
  }

  #words(): StatusWords | undefined {
    const { state, checklist } = this.remaining;
    const command = 'eventletMigration.remaining.focus';
    switch (state) {
      case 'starting':
      case 'none':
        return undefined;
      case 'scanning':
        return { icon: 'sync~spin', text: left(checklist?.items.length ?? 0), detail: l10n.t('Looking through the workspace…'), command };
      case 'left':
        return { icon: 'checklist', text: left(checklist?.items.length ?? 0), detail: checklist ? summary(checklist) : '', command };
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
