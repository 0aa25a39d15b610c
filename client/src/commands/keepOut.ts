import { l10n, window, workspace } from 'vscode';
import { guardRequest, type GuardParams, type GuardResult } from '../../../server/src/protocol';
import { inPassing } from '../progress';
import type { Command } from './parts';
import { askForWideEdit, editIn } from './serverEdits';

/** Shows what makes the linters of the project keep eventlet out, to be applied by whoever wants it; and what else that needs. */
export const keepOut: Command = async (parts) => {
  const folders = workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await window.showWorkspaceFolderPick() : folders[0];
  if (!folder) return;
  const params: GuardParams = { folder: folder.uri.toString() };
  const answer = await askForWideEdit<GuardResult>(parts, inPassing(l10n.t('Computing changes')), guardRequest, params);
  const edit = answer && editIn(answer);
  if (edit) await parts.edits.make(edit);
  if (answer && answer.notes.length > 0) await window.showInformationMessage(answer.notes.join(' '));
};
