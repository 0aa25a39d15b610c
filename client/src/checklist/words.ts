import { l10n, Uri, workspace, type Command } from 'vscode';
import type { Checklist, ChecklistItem, Decision, DecisionKind, Trust } from '../../../server/src/protocol';
import { isFiltering, type Filter } from './options';
import type { UseGroup } from './tree';

/** What finishes a look at the workspace that somebody stopped: a server that is started looks at everything. */
export function lookAgain(): Command {
  return { command: 'eventletMigration.restart', title: l10n.t('Look Again') };
}

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

/** What a decision means to the person who reads it. */
export function decisionName(kind: DecisionKind): string {
  switch (kind) {
    case 'keep':
      return l10n.t('Kept on purpose');
    case 'later':
      return l10n.t('Later');
    case 'elsewhere':
      return l10n.t('Not ours');
  }
}

/** `Later: after the release, until 2027-03-01`. */
export function decidedIn({ kind, reason, until }: Decision): string {
  const said = reason === '' ? decisionName(kind) : `${decisionName(kind)}: ${reason}`;
  return until === undefined ? said : l10n.t('{0}, until {1}', said, until);
}

/** One line above the tree: `34 of 212 done · 3 kept on purpose, 2 later · 2 files not analysed`, or before the list is written down `34 left in 12 files`. */
export function summary({ items, kept, files, progress }: Checklist): string {
  const parts = progress ? [doneSince(progress.done, progress.total), ...settledIn(progress.settled)] : [leftIn(items.length, new Set(items.map(({ uri }) => uri)).size)];
  if (!progress && kept > 0) parts.push(l10n.t('{0} kept', kept));
  if (files.skipped.length > 0) parts.push(notAnalysed(files.skipped.length));
  return parts.join(' · ');
}

/** `34 of 212 done`. */
export function doneSince(done: number, total: number): string {
  return l10n.t('{0} of {1} done', done, total);
}

/** What a group says aloud: `3 of 12 done`, or how many uses it has where nothing is done. */
export function doneOf({ count: { done, total } }: UseGroup): string {
  return done > 0 ? doneSince(done, total) : usesOfEventlet(total);
}

/** What a filter lets through, in a few words; empty where there is none. */
export function filterInWords(filter: Filter): string {
  if (!isFiltering(filter)) return '';
  const { safety, rules, patterns, folders, decisions } = filter;
  const choices = [safety.map(trustName), [...patterns.map((number) => l10n.t('Pattern {0}', number)), ...rules], folders, decisions.map((each) => (each === 'open' ? l10n.t('Still open') : decisionName(each)))];
  return l10n.t('only {0}', choices.filter((choice) => choice.length > 0).map((choice) => choice.join(', ')).join(' + '));
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

function settledIn({ keep, later, elsewhere }: NonNullable<Checklist['progress']>['settled']): readonly string[] {
  const parts = [
    ...(keep > 0 ? [l10n.t('{0} kept on purpose', keep)] : []),
    ...(later > 0 ? [l10n.t('{0} later', later)] : []),
    ...(elsewhere > 0 ? [l10n.t('{0} not ours', elsewhere)] : []),
  ];
  return parts.length > 0 ? [parts.join(', ')] : [];
}
