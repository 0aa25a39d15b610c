import { l10n, Uri, window } from 'vscode';
import { applyFixes } from './applyFixes';
import type { Command } from './parts';
import { report } from './report';

/** Applies all safe fixes of one file: the one clicked in the tree, or else the one in the editor. */
export const fixFile: Command = async (parts, argument) => {
  const uri = fileGroupUri(argument) ?? window.activeTextEditor?.document.uri.toString();
  if (!uri) return void window.showInformationMessage(l10n.t('Open a Python file first.'));

  await window.showTextDocument(Uri.parse(uri), { preserveFocus: true });
  const applied = await applyFixes(parts, { uri });
  if (applied) await report(applied);
};

function fileGroupUri(argument: unknown): string | undefined {
  const isGroup = typeof argument === 'object' && argument !== null && 'kind' in argument && argument.kind === 'file' && 'uri' in argument;
  return isGroup && typeof argument.uri === 'string' ? argument.uri : undefined;
}
