import { commands, l10n, Range, Uri, type TextDocumentShowOptions } from 'vscode';
import { pathOf } from '../checklist/words';
import { plain } from '../plan/words';
import type { Command } from './parts';

/** Makes what is ticked in the review. Whoever did it with keys, which say so, goes on in the list where there is nothing left to review: rows that are gone leave the keyboard nowhere. */
export const applyReview: Command = async ({ reviewing }, argument) => {
  await reviewing.apply();
  if (argument === 'keys' && reviewing.review?.changes.length === 0) await commands.executeCommand('eventletMigration.remaining.focus');
};

/** Gives up a review: nothing is changed. */
export const closeReview: Command = ({ reviewing }) => reviewing.close();

/** Shows all ticked changes in one editor, file below file. */
export const showReviewDiffs: Command = async ({ reviewing, afterTexts }) => {
  const files = [...new Set(reviewing.ticked.flatMap((change) => change.files))].sort();
  const sides = files.map((file) => [Uri.parse(file), afterTexts.before(file), afterTexts.uriOf(file)]);
  await commands.executeCommand('vscode.changes', l10n.t('Review Changes'), sides);
};

/** Shows a file beside itself after the ticked changes; with the id of a change also after that one, at its place. */
export const showDiff: Command = async ({ reviewing, afterTexts }, file, id) => {
  if (typeof file !== 'string') return;
  const change = reviewing.review?.changes.find((each) => each.id === id);
  const title = change ? `${pathOf(file)}: ${plain(change.title)}` : pathOf(file);
  const place = change?.items.find(({ uri }) => uri === file)?.range;
  const options: TextDocumentShowOptions = {
    preserveFocus: true,
    preview: true,
    // Lines that imports add or take away above are few: it is in sight.
    ...(place ? { selection: new Range(place.start.line, 0, place.start.line, 0) } : {}),
  };
  await commands.executeCommand('vscode.diff', afterTexts.before(file), afterTexts.uriOf(file, change), title, options);
};
