import { l10n, ProgressLocation, window, workspace } from 'vscode';
import type { WorkspaceEdit as ProtocolEdit } from 'vscode-languageclient';
import { previewFixesRequest, type PreviewFixesParams, type PreviewFixesResult } from '../../../server/src/protocol';
import { changedFiles, confirmedOneByOne } from '../edits';
import type { Parts } from './parts';

/** What came of asking for fixes. */
export interface Applied {
  /** Uses that are gone; 0 where there was nothing to do, or the person said no. */
  readonly fixed: number;
  readonly files: number;
  /** Uses that were asked for and stay, with the reason in words. */
  readonly left: PreviewFixesResult['left'];
}

/** Asks the server for the fixes and applies them as one step, which one undo takes back. undefined where it was cancelled. */
export function applyFixes(parts: Parts, params: PreviewFixesParams): Promise<Applied | undefined> {
  return applied(parts, params, (edit) => edit);
}

/** The same, but shows every change first, with a box to tick. */
export function previewFixes(parts: Parts, params: PreviewFixesParams): Promise<Applied | undefined> {
  return applied(parts, params, (edit) => confirmedOneByOne(edit, l10n.t('Safe fixes')));
}

async function applied(parts: Parts, params: PreviewFixesParams, prepare: (edit: ProtocolEdit) => ProtocolEdit): Promise<Applied | undefined> {
  const result = await fixesFor(parts, params);
  if (!result) return undefined;
  if (!result.edit) return { fixed: 0, files: 0, left: result.left };

  // The protocol file of the server is free of LSP's types; by its contract this is a WorkspaceEdit.
  const edit = prepare(result.edit as ProtocolEdit);
  const done = await workspace.applyEdit(await parts.client.protocol2CodeConverter.asWorkspaceEdit(edit), { isRefactoring: true });
  return { fixed: done ? result.fixed : 0, files: changedFiles(edit), left: result.left };
}

/** Asks again where somebody typed in the meantime, so that the edit fits the text it is applied to. */
async function fixesFor({ client }: Parts, params: PreviewFixesParams): Promise<PreviewFixesResult | undefined> {
  const title = l10n.t('Computing fixes');
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (_, cancelled) => {
    while (!cancelled.isCancellationRequested) {
      const result = await client.sendRequest<PreviewFixesResult>(previewFixesRequest, params, cancelled);
      // The cast is the one explained above.
      if (!result.edit || client.validateWorkspaceEdit(result.edit as ProtocolEdit)) return result;
    }
    return undefined;
  });
}
