import { l10n } from 'vscode';
import { applyFixes } from './applyFixes';
import type { Command } from './parts';
import { pickRule } from './pickRule';
import { report } from './report';

/** Applies the safe fixes of one rule, or of all, everywhere in the workspace. */
export const fixWorkspace: Command = async (parts) => {
  const safe = (parts.remaining.checklist?.items ?? []).filter(({ trust }) => trust === 'safe');
  const choice = await pickRule(safe, l10n.t('Fix All Safe Uses in Workspace'));
  const applied = choice && (await applyFixes(parts, choice));
  if (applied) await report(applied);
};
