import { l10n } from 'vscode';
import type { WorkspaceEdit as ProtocolEdit } from 'vscode-languageclient';
import { previewFixesRequest, type PreviewFixesParams, type PreviewFixesResult } from '../../../server/src/protocol';
import { changedFiles, confirmedOneByOne } from '../edits';
import type { Parts } from './parts';
import { askForEdit, editIn, makeEdit } from './serverEdits';

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
  const result = await askForEdit<PreviewFixesResult>(parts, l10n.t('Computing fixes'), previewFixesRequest, params);
  const offered = result && editIn(result);
  if (!offered) return result && { fixed: 0, files: 0, left: result.left };

  const edit = prepare(offered);
  const isDone = await makeEdit(parts, edit);
  return { fixed: isDone ? result.fixed : 0, files: changedFiles(edit), left: result.left };
}
