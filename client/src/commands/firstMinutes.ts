import { commands, l10n, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { pathOf } from '../checklist/words';
import type { Command } from './parts';

/** Opens a copy of the sample project. */
export const openSample: Command = ({ sample }) => sample.open();

/** Opens the file in which the project says what it wants, or a new one that is not saved yet. */
export const openProjectFile: Command = async () => {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) return void window.showInformationMessage(l10n.t('Open a folder first.'));
  const file = Uri.joinPath(folder.uri, '.eventlet-migration.toml');
  if (await isThere(file)) return void (await window.showTextDocument(file));
  const document = await workspace.openTextDocument(file.with({ scheme: 'untitled' }));
  const editor = await window.showTextDocument(document);
  if (document.getText() === '') await editor.edit((edit) => edit.insert(editor.selection.start, 'target = "threading"\n'));
};

/** Lists the files that were not analysed, with the reasons; goes to the one that is picked. */
export const showSkipped: Command = async ({ remaining }) => {
  const files = remaining.checklist?.files.skipped ?? [];
  if (files.length === 0) return void window.showInformationMessage(l10n.t('Every file was analysed.'));
  const choices = files.map(({ uri, reason }): QuickPickItem & { readonly uri: string } => ({ label: pathOf(uri), detail: reason, uri }));
  const picked = await window.showQuickPick(choices, { title: l10n.t('Files That Were Not Analysed'), matchOnDetail: true });
  if (picked) await commands.executeCommand('vscode.open', Uri.parse(picked.uri));
};

async function isThere(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
