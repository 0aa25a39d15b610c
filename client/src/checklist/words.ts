import { l10n, Uri, workspace } from 'vscode';
import type { Checklist, ChecklistItem, Trust } from '../../../server/src/protocol';

/** The path as people write it: relative to its workspace folder, with the folder's name where there are several. */
export function pathOf(uri: string): string {
  return workspace.asRelativePath(Uri.parse(uri));
}

/** `mistral/utils.py:42`; the line is counted from one, as in the editor's margin. */
export function placeOf(item: ChecklistItem): string {
  return `${pathOf(item.uri)}:${item.range.start.line + 1}`;
}

/** What a trust means to the person who clicks. */
export function trustName(trust: Trust): string {
  switch (trust) {
    case 'safe':
      return l10n.t('Safe to fix');
    case 'review':
      return l10n.t('Fix to review');
    case 'guidance':
      return l10n.t('Needs a person');
  }
}

/** One line above the tree: `34 left in 12 files · 3 kept · 2 files not analysed`. */
export function summary({ items, kept, files }: Checklist): string {
  const parts = [leftIn(items.length, new Set(items.map(({ uri }) => uri)).size)];
  if (kept > 0) parts.push(l10n.t('{0} kept', kept));
  if (files.skipped.length > 0) parts.push(notAnalysed(files.skipped.length));
  return parts.join(' · ');
}

/** `34 left`. */
export function left(uses: number): string {
  return l10n.t('{0} left', uses);
}

/** `1 use of eventlet`, `34 uses of eventlet`. */
export function usesOfEventlet(count: number): string {
  return count === 1 ? l10n.t('1 use of eventlet') : l10n.t('{0} uses of eventlet', count);
}

/** `1 file`, `12 files`. */
export function fileCount(count: number): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', count);
}

function leftIn(uses: number, files: number): string {
  if (uses === 0) return l10n.t('Nothing left');
  return files === 1 ? l10n.t('{0} left in 1 file', uses) : l10n.t('{0} left in {1} files', uses, files);
}

/** `3 files not analysed`. */
export function notAnalysed(files: number): string {
  return files === 1 ? l10n.t('1 file not analysed') : l10n.t('{0} files not analysed', files);
}
