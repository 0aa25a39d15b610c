import { l10n, languages, LanguageStatusSeverity, type Command, type Disposable, type LanguageStatusItem } from 'vscode';
import { otherFilesPattern, projectFilesPattern } from '../../server/src/protocol';
import type { Remaining } from './checklist/remaining';
import { lookAgain, notAnalysed } from './checklist/words';

/** How well the product is, beside the language of the file at hand: whether it is looking, which files it could not look at, whether it runs at all. */
export class Health implements Disposable {
  readonly #item = languages.createLanguageStatusItem('eventletMigration.health', [{ language: 'python' }, { pattern: projectFilesPattern }, { pattern: otherFilesPattern }]);
  readonly #subscription: Disposable;

  constructor(private readonly remaining: Remaining) {
    this.#item.name = 'Eventlet Migration';
    this.#subscription = remaining.onDidChange(() => this.#draw());
    this.#draw();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const { text, detail = '', severity = LanguageStatusSeverity.Information, busy = false, command } = this.#state();
    this.#item.text = text;
    this.#item.detail = detail;
    this.#item.severity = severity;
    this.#item.busy = busy;
    this.#item.command = command;
    this.#item.accessibilityInformation = { label: [`eventlet: ${text}`, detail].filter((part) => part !== '').join(', ') };
  }

  #state(): Shown {
    const { state, checklist } = this.remaining;
    if (state === 'failed') {
      const command = { command: 'eventletMigration.showOutput', title: l10n.t('Show Output') };
      return { text: l10n.t('eventlet: not running'), detail: l10n.t('nobody knows what is left'), severity: LanguageStatusSeverity.Error, command };
    }
    if (!checklist || state === 'starting' || state === 'scanning') return { text: l10n.t('eventlet: looking through the workspace'), busy: true };
    if (state === 'stopped') return { text: l10n.t('eventlet: stopped looking'), detail: l10n.t('not all uses are known'), severity: LanguageStatusSeverity.Warning, command: lookAgain() };
    const { found, mentioning, skipped } = checklist.files;
    const detail = l10n.t('{0} of {1} Python files mention it', mentioning, found);
    if (skipped.length === 0) return { text: l10n.t('eventlet: all files analysed'), detail };
    const command = { command: 'eventletMigration.health.showSkipped', title: l10n.t('Show Why') };
    return { text: `eventlet: ${notAnalysed(skipped.length)}`, detail, severity: LanguageStatusSeverity.Warning, command };
  }
}

interface Shown extends Partial<Pick<LanguageStatusItem, 'detail' | 'severity' | 'busy'>> {
  readonly text: string;
  readonly command?: Command;
}
