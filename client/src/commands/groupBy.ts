import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { Checklist } from '../../../server/src/protocol';
import { decisionStates, folderOf, groupings, isFiltering, noFilter, trusts, type Filter, type Grouping, type ViewOptions } from '../checklist/options';
import { decisionName, pathOf, trustName } from '../checklist/words';
import type { Command } from './parts';

/** The one place for how the checklist is shown: what it is grouped by, what of it, and whether with what is done. */
export const groupBy: Command = async ({ view, remaining }) => {
  const { options } = view;
  const picked = await window.showQuickPick(choices(options, remaining.checklist), { title: l10n.t('View Options') });
  const changed = await picked?.change?.();
  if (changed) await view.show(changed);
};

interface Choice extends QuickPickItem {
  /** The options after it was chosen; undefined where somebody thought better of it. */
  readonly change?: () => Promise<ViewOptions | undefined> | ViewOptions;
}

function choices(options: ViewOptions, checklist: Checklist | undefined): readonly Choice[] {
  const { filter } = options;
  const heading = (label: string): Choice => ({ label, kind: QuickPickItemKind.Separator });
  const ask = (label: string, kind: keyof Filter, all: () => readonly Value[]): Choice => ({
    label,
    description: chosenIn(filter[kind], all()),
    change: async () => {
      const chosen = await pickValues(label, all(), filter[kind]);
      return chosen && { ...options, filter: { ...filter, [kind]: chosen } };
    },
  });
  return [
    ...(isFiltering(filter) ? [{ label: l10n.t('Clear Filter'), change: () => ({ ...options, filter: noFilter }) }] : []),
    heading(l10n.t('Group by')),
    ...groupings.map((grouping): Choice => ({
      label: groupingName(grouping),
      ...(grouping === options.grouping && { description: l10n.t('current') }),
      change: () => ({ ...options, grouping }),
    })),
    heading(l10n.t('Show')),
    {
      label: options.showsDone ? l10n.t('Hide Done') : l10n.t('Show Done'),
      description: l10n.t('{0} gone from the code', checklist?.done.length ?? 0),
      change: () => ({ ...options, showsDone: !options.showsDone }),
    },
    heading(l10n.t('Filter')),
    ask(l10n.t('Filter by Safety'), 'safety', () => trusts.map((value) => ({ value, label: trustName(value) }))),
    ask(l10n.t('Filter by Pattern'), 'patterns', () => (checklist?.patterns ?? []).map(({ number, title }) => ({ value: number, label: `${number}. ${title}` }))),
    ask(l10n.t('Filter by Rule'), 'rules', () => valuesOf(checklist, ({ rule }) => rule)),
    ask(l10n.t('Filter by Folder'), 'folders', () => valuesOf(checklist, ({ uri }) => folderOf(pathOf(uri))).filter(({ value }) => value !== '')),
    ask(l10n.t('Filter by Decision'), 'decisions', () => decisionStates.map((value) => ({ value, label: value === 'open' ? l10n.t('Still open') : decisionName(value) }))),
  ];
}

/** Something that a filter can name. */
interface Value {
  readonly value: string | number;
  readonly label: string;
}

async function pickValues(title: string, all: readonly Value[], chosen: readonly (string | number)[]): Promise<readonly (string | number)[] | undefined> {
  const items = all.map(({ value, label }) => ({ label, value, picked: chosen.includes(value) }));
  const picked = await window.showQuickPick(items, { title, canPickMany: true, placeHolder: l10n.t('What is to be shown; everything where nothing is ticked') });
  return picked?.map(({ value }) => value);
}

function chosenIn(chosen: readonly (string | number)[], all: readonly Value[]): string {
  return chosen.length === 0 ? l10n.t('all') : chosen.map((value) => all.find((each) => each.value === value)?.label ?? value).join(', ');
}

function valuesOf(checklist: Checklist | undefined, valueOf: (use: { readonly rule: string; readonly uri: string }) => string): readonly Value[] {
  const uses = checklist ? [...checklist.items, ...checklist.settled, ...checklist.done] : [];
  return [...new Set(uses.map(valueOf))].sort().map((value) => ({ value, label: value }));
}

function groupingName(grouping: Grouping): string {
  switch (grouping) {
    case 'pattern':
      return l10n.t('Pattern of the OpenStack Wiki');
    case 'folder':
      return l10n.t('Folder');
    case 'file':
      return l10n.t('File');
    case 'service':
      return l10n.t('Service');
    case 'safety':
      return l10n.t('Safety of the Fix');
  }
}
