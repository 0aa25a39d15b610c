import { l10n, window, type QuickPickItem } from 'vscode';
import { groupings, type Grouping } from '../checklist/tree';
import type { Command } from './parts';

/** Lets a person choose what the first level of the tree stands for. */
export const groupBy: Command = async ({ view }) => {
  const choices = groupings.map((grouping): Choice => ({
    label: groupingName(grouping),
    ...(grouping === view.grouping && { description: l10n.t('current') }),
    grouping,
  }));
  const picked = await window.showQuickPick(choices, { title: l10n.t('Group Remaining Uses By') });
  if (picked) await view.groupBy(picked.grouping);
};

interface Choice extends QuickPickItem {
  readonly grouping: Grouping;
}

function groupingName(grouping: Grouping): string {
  switch (grouping) {
    case 'pattern':
      return l10n.t('Pattern of the OpenStack Wiki');
    case 'file':
      return l10n.t('File');
    case 'safety':
      return l10n.t('Safety of the Fix');
  }
}
