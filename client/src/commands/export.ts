import { env, l10n, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { reportRequest, type ExportFormat, type ReportParams, type ReportResult } from '../../../server/src/protocol';
import { asWork } from '../progress';
import { answerAboutAll } from './asking';
import type { Command, Parts } from './parts';

/** Hands the list on: as Markdown in the clipboard, or as a file in one of the forms of the command line. */
export const exportList: Command = async (parts) => {
  const title = l10n.t('Export the Checklist');
  const picked = await window.showQuickPick(choices(), { title });
  if (!picked) return;
  const target = picked.ending === undefined ? undefined : await window.showSaveDialog({ title, ...suggested(picked.ending), filters: { [picked.label]: [picked.ending] } });
  if (picked.ending !== undefined && !target) return;
  const text = await written(parts, picked.format);
  if (text === undefined) return;
  if (target) await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  else await env.clipboard.writeText(text);
  await told(target);
};

interface Choice extends QuickPickItem {
  readonly format: ExportFormat;
  /** Of the name of the file; undefined for the clipboard. */
  readonly ending?: string;
}

function choices(): readonly Choice[] {
  return [
    { label: l10n.t('Copy as Markdown'), description: l10n.t('for a wiki page or a change description'), format: 'markdown' },
    { label: l10n.t('Markdown File'), format: 'markdown', ending: 'md' },
    { label: l10n.t('CSV File'), description: l10n.t('for a spreadsheet'), format: 'csv', ending: 'csv' },
    { label: l10n.t('SARIF File'), description: l10n.t('for code scanning'), format: 'sarif', ending: 'sarif' },
  ];
}

async function written(parts: Parts, format: ExportFormat): Promise<string | undefined> {
  const params: ReportParams = { format, tool: parts.version };
  return window.withProgress(asWork(l10n.t('Writing the checklist')), async (_, token) => {
    const report = await answerAboutAll<ReportResult>(parts, reportRequest, () => params, token);
    if (token.isCancellationRequested || !report) return undefined;
    if (report.text === undefined) void window.showErrorMessage(l10n.t('The checklist could not be exported; the output says why.'));
    return report.text;
  });
}

async function told(target: Uri | undefined): Promise<void> {
  if (!target) return void window.showInformationMessage(l10n.t('The checklist is in the clipboard.'));
  const open = l10n.t('Open');
  const answer = await window.showInformationMessage(l10n.t('The checklist is in {0}.', workspace.asRelativePath(target)), open);
  if (answer === open) await window.showTextDocument(target);
}

function suggested(ending: string): { readonly defaultUri?: Uri } {
  const folder = workspace.workspaceFolders?.[0];
  return folder ? { defaultUri: Uri.joinPath(folder.uri, `eventlet.${ending}`) } : {};
}
