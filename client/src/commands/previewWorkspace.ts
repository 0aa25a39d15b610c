import { l10n } from 'vscode';
import { previewFixes } from './applyFixes';
import type { Command } from './parts';
import { pickRule } from './pickRule';
import { report } from './report';

/** Shows the fixes of one rule, or of all, with a box for each; those that want a person's look are among them. */
export const previewWorkspace: Command = async (parts) => {
  const fixable = (parts.remaining.checklist?.items ?? []).filter(({ fix }) => fix !== undefined);
  const choice = await pickRule(fixable, l10n.t('Preview Fixes in Workspace'));
  const applied = choice && (await previewFixes(parts, { ...choice, review: true }));
  // What was ticked in the preview is known to the editor alone, so no numbers here.
  if (applied?.files === 0) await report(applied);
};
