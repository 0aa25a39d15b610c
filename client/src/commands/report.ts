import { commands, l10n, window } from 'vscode';
import type { Applied } from './applyFixes';

/** Tells what a command changed and what stays. Only for commands that a person called. */
export async function report({ fixed, files, left }: Applied): Promise<void> {
  const sentence = [changed(fixed, files), stays(left)].filter(Boolean).join(' ');
  const show = l10n.t('Show Remaining');
  const answer = await window.showInformationMessage(sentence, ...(left.length > 0 ? [show] : []));
  if (answer === show) await commands.executeCommand('eventletMigration.remaining.focus');
}

function changed(fixed: number, files: number): string {
  if (fixed === 0) return l10n.t('Nothing was changed.');
  if (fixed === 1) return l10n.t('Fixed 1 use.');
  return files === 1 ? l10n.t('Fixed {0} uses in 1 file.', fixed) : l10n.t('Fixed {0} uses in {1} files.', fixed, files);
}

// One reason can be said; many are better read in the tree.
function stays(left: Applied['left']): string {
  const [only] = left;
  if (!only) return '';
  return left.length === 1 ? l10n.t('One stays: {0}', only.reason) : l10n.t('{0} stay, each with its reason in the tree.', left.length);
}
