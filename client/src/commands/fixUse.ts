import { l10n, window } from 'vscode';
import { applyFixes } from './applyFixes';
import type { Command } from './parts';
import { goTo, useMeant } from './place';
import { report } from './report';

/** Goes to one use and applies its best fix; the editor asks first where the fix wants a person's look. */
export const fixUse: Command = async (parts, argument) => {
  const use = useMeant(parts, argument);
  if (!use) return void window.showInformationMessage(l10n.t('There is no use of eventlet here.'));

  await goTo(use, parts);
  const applied = await applyFixes(parts, { uri: use.uri, item: use.id, review: true });
  // The change itself is to be seen; only its absence needs words.
  if (applied && applied.files === 0) await report(applied);
};
