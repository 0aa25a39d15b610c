import { l10n, window } from 'vscode';
import type { ChecklistItem } from '../../../server/src/protocol';
import { useAfter, useBefore } from '../checklist/order';
import type { Remaining } from '../checklist/remaining';
import { pathOf } from '../checklist/words';
import type { Command, Parts } from './parts';
import { cursor, goTo } from './place';

/** Goes to the next use, file after file, and from the last one to the first. */
export const nextUse: Command = (parts) => go(useAfter, parts);

/** Goes to the use before, file after file, and from the first one to the last. */
export const previousUse: Command = (parts) => go(useBefore, parts);

async function go(find: typeof useAfter, parts: Parts): Promise<void> {
  const use: ChecklistItem | undefined = find(parts.remaining.checklist?.items ?? [], cursor(), pathOf);
  if (use) await goTo(use, parts);
  else void window.showInformationMessage(whyNone(parts.remaining));
}

// There may be more than is known.
function whyNone({ state }: Remaining): string {
  switch (state) {
    case 'starting':
    case 'scanning':
      return l10n.t('Looking for eventlet in this workspace…');
    case 'stopped':
      return l10n.t('Looking for eventlet was stopped, so not all of its uses are known.');
    case 'failed':
      return l10n.t('Nobody knows what is left: the language server is not running.');
    case 'left':
    case 'done':
    case 'none':
      return l10n.t('No use of eventlet is left.');
  }
}
