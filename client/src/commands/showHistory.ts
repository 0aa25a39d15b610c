import { l10n, window, workspace, type WorkspaceFolder } from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient';
import { historyRequest, type History, type HistoryParams } from '../../../server/src/protocol';
import { asWork } from '../progress';
import { answer } from './asking';
import type { Command, Parts } from './parts';

/** Shows how many uses of eventlet were left over time: a chart and a table of what git remembers, as a page in the editor. */
export const showHistory: Command = async (parts) => {
  const folder = await askForFolder();
  const history = folder && (await historyOf(folder, parts));
  if (!folder || !history) return;
  if (history.page === undefined) await window.showInformationMessage(history.problem ?? '');
  else await parts.historyPages.show(l10n.t('Uses of eventlet in {0}', folder.name), history.page);
};

/** undefined where it was cancelled. */
function historyOf({ name, uri }: WorkspaceFolder, { client }: Parts): Thenable<History | undefined> {
  return window.withProgress(asWork(l10n.t('Reading the history of {0}', name)), async (progress, cancelled) => {
    const workDoneToken = crypto.randomUUID();
    let shown = 0;
    const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind !== 'report') return;
      progress.report({ increment: (value.percentage ?? 0) - shown, ...(value.message === undefined ? {} : { message: value.message }) });
      shown = value.percentage ?? shown;
    });
    try {
      const params: HistoryParams = { folder: uri.toString(), name, workDoneToken };
      return await answer<History>(client, historyRequest, params, cancelled);
    } finally {
      listener.dispose();
    }
  });
}

async function askForFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return void (await window.showInformationMessage(l10n.t('Open a folder first.')));
  return folders.length === 1 ? folders[0] : window.showWorkspaceFolderPick();
}
