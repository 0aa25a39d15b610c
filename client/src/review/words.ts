import { l10n } from 'vscode';
import type { ReviewEdit } from '../../../server/src/protocol';
import { fileCount } from '../checklist/words';

/** What came of making changes. */
export interface Made {
  /** Uses that are gone. */
  readonly fixed: number;
  readonly files: number;
  readonly left: ReviewEdit['left'];
}

/** `Fixed 41 uses in 30 files; one undo takes all of it back.` */
export function madeInWords({ fixed, files, left }: Made): string {
  const [only] = left;
  const stays = !only ? '' : left.length === 1 ? l10n.t('One stays: {0}', only.reason) : l10n.t('{0} stay, each with its reason in the tree.', left.length);
  const done = files === 0 ? l10n.t('Nothing was changed.') : l10n.t('{0} gone in {1}; one undo takes all of it back.', useCount(fixed), fileCount(files));
  return [done, stays].filter((part) => part !== '').join(' ');
}

/** `12 of 14 changes ticked`. */
export function tickedInWords(ticked: number, all: number): string {
  return all === 1 ? l10n.t('{0} of 1 change ticked', ticked) : l10n.t('{0} of {1} changes ticked', ticked, all);
}

/** What stands in the way of the files that have changed. */
export function outdatedInWords(files: number): string {
  return files === 1
    ? l10n.t('1 file has changed since and will be left out: refresh to look again.')
    : l10n.t('{0} files have changed since and will be left out: refresh to look again.', files);
}

/** What a review that goes on after a restart leaves out; empty where it is nothing. */
export function goneInWords(changes: number): string {
  if (changes === 0) return '';
  return changes === 1 ? l10n.t('1 change is left out: its code has changed.') : l10n.t('{0} changes are left out: their code has changed.', changes);
}

function useCount(count: number): string {
  return count === 1 ? l10n.t('1 use') : l10n.t('{0} uses', count);
}
