import { l10n } from 'vscode';
import { previewFixesRequest, type PreviewFixesParams, type PreviewFixesResult } from '../../../server/src/protocol';
import { changedFiles } from '../edits';
import { inPassing } from '../progress';
import type { Parts } from './parts';
import { askForEdit, editIn } from './serverEdits';

/** What came of asking for fixes. */
export interface Applied {
  /** Uses that are gone; 0 where there was nothing to do, or the person said no. */
  readonly fixed: number;
  readonly files: number;
  /** Uses that were asked for and stay, with the reason in words. */
  readonly left: PreviewFixesResult['left'];
}

/** Asks the server for the fixes and applies them as one step, which one undo takes back. undefined where it was cancelled. */
export async function applyFixes(parts: Parts, params: PreviewFixesParams): Promise<Applied | undefined> {
  const result = await askForEdit<PreviewFixesResult>(parts, inPassing(l10n.t('Computing fixes')), previewFixesRequest, params);
  const edit = result && editIn(result);
  if (!edit) return result && { fixed: 0, files: 0, left: result.left };

  const isDone = await parts.edits.make(edit);
  return { fixed: isDone ? result.fixed : 0, files: changedFiles(edit), left: result.left };
}
