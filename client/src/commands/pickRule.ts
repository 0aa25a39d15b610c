import { l10n, window, type QuickPickItem } from 'vscode';
import type { ChecklistItem } from '../../../server/src/protocol';
import { countByRule } from '../checklist/counts';

/** What to fix in the workspace: `{}` for everything, or one rule, which makes a small change that is easy to review. */
export type RuleChoice = { readonly rule?: string };

/** Lets a person choose among the rules of the given uses. undefined where there are none, or nothing was chosen. */
export async function pickRule(uses: readonly ChecklistItem[], title: string): Promise<RuleChoice | undefined> {
  if (uses.length === 0) return void window.showInformationMessage(l10n.t('There is nothing that could be fixed this way.'));

  const byRule = countByRule(uses).map(([rule, count]): Choice => ({ label: rule, description: `${count}`, choice: { rule } }));
  const everything: Choice = { label: l10n.t('All rules'), description: `${uses.length}`, choice: {} };
  const picked = await window.showQuickPick([everything, ...byRule], { title, placeHolder: l10n.t('One rule at a time makes small changes that are easy to review') });
  return picked?.choice;
}

interface Choice extends QuickPickItem {
  readonly choice: RuleChoice;
}
