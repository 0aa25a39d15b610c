import { l10n } from 'vscode';
import type { ChecklistItem } from '../../../server/src/protocol';
import { placeOf } from '../checklist/words';
import type { Choice, Step } from './step';

/** `eventlet.sleep in lamp/light.py:5` */
export function titleOfUse(item: ChecklistItem): string {
  return l10n.t('{0} in {1}', item.api, placeOf(item));
}

/** Where the step is, in a few words for the status bar. */
export function stateInWords({ phase, isInterrupted }: Step): string {
  switch (phase) {
    case 'shown':
      return l10n.t('a change to look at');
    case 'applying':
      return l10n.t('a change is half made');
    case 'applied':
      return isInterrupted ? l10n.t('the tests were interrupted') : l10n.t('changed, not tested yet');
    case 'testing':
      return l10n.t('tests are running…');
    case 'passed':
      return l10n.t('the tests passed');
    case 'failed':
      return l10n.t('the tests failed');
    case 'takingBack':
      return l10n.t('half taken back');
  }
}

/** Name of a codicon that goes with the words. */
export function stateIcon({ phase }: Step): string {
  switch (phase) {
    case 'shown':
      return 'diff';
    case 'testing':
      return 'sync~spin';
    case 'passed':
      return 'pass';
    case 'failed':
      return 'error';
    case 'applied':
      return 'beaker';
    case 'applying':
    case 'takingBack':
      return 'warning';
  }
}

/** What a choice does, for a list to pick from. */
export function choiceInWords(choice: Choice, step: Step): { readonly label: string; readonly detail: string; readonly icon: string } {
  switch (choice) {
    case 'apply':
      return { icon: 'check', label: l10n.t('Apply'), detail: differencesInWords(step) };
    case 'look':
      return { icon: 'diff', label: l10n.t('Look at the Change'), detail: l10n.t('Opens the difference; Next Step shows these choices again') };
    case 'skip':
      return { icon: 'debug-step-over', label: l10n.t('Skip'), detail: l10n.t('Nothing is changed; choose another step') };
    case 'stop':
      return { icon: 'close', label: l10n.t('Stop'), detail: l10n.t('Nothing is changed') };
    case 'test':
      return step.phase === 'applied'
        ? { icon: 'beaker', label: l10n.t('Run Tests'), detail: l10n.t('Those that belong to the changed files, where the command can be told') }
        : { icon: 'debug-restart', label: l10n.t('Run Again'), detail: l10n.t('The same tests, with the files as they are now') };
    case 'output':
      return { icon: 'terminal', label: l10n.t('Show Output'), detail: l10n.t('The terminal with the output of the tests') };
    case 'stopTests':
      return { icon: 'debug-stop', label: l10n.t('Stop the Tests'), detail: l10n.t('The change stays for now; it can be taken back then') };
    case 'stage':
      return step.phase === 'applied'
        ? { icon: 'git-commit', label: l10n.t('Stage Without Tests'), detail: l10n.t('For those who tested by hand; nothing is committed') }
        : { icon: 'git-commit', label: l10n.t('Stage'), detail: l10n.t('Stages the changed files and writes a message for the commit; nothing is committed') };
    case 'takeBack':
      return { icon: 'discard', label: l10n.t('Take Back'), detail: l10n.t('The files become again what they were, byte for byte') };
    case 'keep':
      return { icon: 'circle-slash', label: l10n.t('Keep and End'), detail: l10n.t('The change stays in the files; nothing is staged') };
  }
}

/** `2 uses in 3 files`. */
export function sizeInWords({ uses, files }: Step): string {
  if (files.length === 1) return uses === 1 ? l10n.t('1 use in 1 file') : l10n.t('{0} uses in 1 file', uses);
  return l10n.t('{0} uses in {1} files', uses, files.length);
}

/** How much trust the change deserves, and at what a person has to look. */
export function differencesInWords({ review, differences }: Step): string {
  if (review === 0) return l10n.t('Safe: the behaviour stays, and the conditions were checked.');
  const look = review === 1 ? l10n.t('1 use wants your look') : l10n.t('{0} uses want your look', review);
  return [`${look}:`, ...differences].join(' ');
}
