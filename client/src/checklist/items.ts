import { l10n, MarkdownString, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCheckboxState, TreeItemCollapsibleState, Uri, type Command, type TextDocumentShowOptions } from 'vscode';
import type { ChecklistItem, DecisionKind, Trust } from '../../../server/src/protocol';
import { excerpt } from './excerpt';
import { folderOf, type Grouping } from './options';
import type { Done, FileGroup, FilterRow, FolderGroup, PatternGroup, SafetyGroup, ServiceGroup, SkippedFile, SkippedGroup, StoppedRow, TreeNode, Use, UseGroup } from './tree';
import { decidedIn, doneOf, fileCount, lookAgain, pathOf, placeOf, trustName } from './words';

/** How a node looks, sounds and answers to a click, in a tree of this grouping. */
export function treeItem(node: TreeNode, grouping: Grouping): TreeItem {
  switch (node.kind) {
    case 'stopped':
      return stoppedItem(node);
    case 'filter':
      return filterItem(node);
    case 'pattern':
      return patternItem(node);
    case 'file':
      return fileItem(node);
    case 'folder':
      return folderItem(node);
    case 'service':
      return serviceItem(node);
    case 'safety':
      return safetyItem(node);
    case 'skipped':
      return skippedItem(node);
    case 'use':
      return useItem(node, grouping);
    case 'done':
      return doneItem(node);
    case 'skippedFile':
      return skippedFileItem(node);
  }
}

/** The same with a box to be ticked where somebody can decide, or where it ticks itself. */
export function tickable(node: TreeNode, grouping: Grouping): TreeItem {
  const item = treeItem(node, grouping);
  const state = boxOf(node);
  if (state) item.checkboxState = state;
  return item;
}

function boxOf(node: TreeNode): TreeItem['checkboxState'] {
  if (node.kind === 'done') {
    const tooltip = l10n.t('Gone from the code');
    return { state: TreeItemCheckboxState.Checked, tooltip, accessibilityInformation: { label: tooltip } };
  }
  if (node.kind !== 'use') return undefined;
  const tooltip = node.isSettled ? l10n.t('Untick to open it again') : l10n.t('Tick to decide: keep on purpose, later, or not ours');
  const label = node.isSettled && node.item.decision ? decidedIn(node.item.decision) : l10n.t('Still open');
  return { state: node.isSettled ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked, tooltip, accessibilityInformation: { label } };
}

/** What a pointer that rests on a use is told. Built late, because most uses are never pointed at. */
export function useTooltip(use: ChecklistItem): MarkdownString {
  const paragraphs = [use.message, `**${trustName(use.trust)}**`];
  if (use.fix) paragraphs.push(l10n.t('Fix: {0}', use.fix));
  if (use.reason) paragraphs.push(l10n.t('Why no safe fix: {0}', use.reason));
  const target = `command:eventletMigration.openGuidance?${encodeURIComponent(JSON.stringify([use.rule]))}`;
  paragraphs.push(`[${l10n.t('Open Guidance')}](${target})`);

  const tooltip = new MarkdownString(paragraphs.join('\n\n') + '\n\n');
  // What a person wrote, and a path, is no Markdown: underscores are part of it.
  if (use.decision) tooltip.appendText(decidedIn(use.decision)).appendMarkdown('\n\n');
  tooltip.appendText(placeOf(use));
  tooltip.isTrusted = { enabledCommands: ['eventletMigration.openGuidance'] };
  return tooltip;
}

function filterItem({ id, hidden }: FilterRow): TreeItem {
  const item = new TreeItem(l10n.t('Clear Filter'));
  item.id = id;
  item.description = l10n.t('{0} not shown', hidden);
  item.iconPath = new ThemeIcon('filter-filled');
  item.contextValue = 'filter';
  item.command = { command: 'eventletMigration.clearFilter', title: l10n.t('Clear Filter') };
  item.accessibilityInformation = { label: `${l10n.t('Clear Filter')}, ${l10n.t('{0} not shown', hidden)}`, role: 'button' };
  return item;
}

function stoppedItem({ id }: StoppedRow): TreeItem {
  const item = new TreeItem(l10n.t('Look Again'));
  item.id = id;
  item.description = l10n.t('stopped before all files were seen');
  item.iconPath = new ThemeIcon('debug-restart');
  item.contextValue = 'stopped';
  item.command = lookAgain();
  item.accessibilityInformation = { label: `${l10n.t('Look Again')}, ${l10n.t('stopped before all files were seen')}`, role: 'button' };
  return item;
}

function patternItem(group: PatternGroup): TreeItem {
  const label = group.title ? `${group.number}. ${group.title}` : l10n.t('Pattern {0}', group.number);
  return groupItem(group, label);
}

function fileItem(group: FileGroup): TreeItem {
  const path = pathOf(group.uri);
  const slash = path.lastIndexOf('/');
  const item = groupItem(group, path.slice(slash + 1), ThemeIcon.File);
  item.resourceUri = Uri.parse(group.uri);
  if (slash > 0) item.description = `${path.slice(0, slash)} · ${item.description}`;
  item.accessibilityInformation = { label: `${path}, ${doneOf(group)}` };
  return item;
}

function folderItem(group: FolderGroup): TreeItem {
  return groupItem(group, group.path === '' ? l10n.t('At the top') : group.path, ThemeIcon.Folder);
}

function serviceItem(group: ServiceGroup): TreeItem {
  return group.name === undefined ? groupItem(group, l10n.t('In no known process'), new ThemeIcon('circle-outline')) : groupItem(group, group.name, new ThemeIcon('server-process'));
}

function safetyItem(group: SafetyGroup): TreeItem {
  return group.trust ? groupItem(group, trustName(group.trust), trustIcon(group.trust)) : groupItem(group, l10n.t('Safety not written down'), new ThemeIcon('question'));
}

function skippedItem({ id, children }: SkippedGroup): TreeItem {
  const label = l10n.t('Not analysed');
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.iconPath = new ThemeIcon('circle-slash');
  item.description = `${children.length}`;
  item.contextValue = 'skipped';
  item.accessibilityInformation = { label: `${label}, ${fileCount(children.length)}` };
  return item;
}

// Small groups are open from the start; a group that somebody folded or unfolded stays as it is.
const openUpTo = 30;

function groupItem(group: UseGroup, label: string, icon?: ThemeIcon): TreeItem {
  const item = new TreeItem(label, group.children.length <= openUpTo ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  const { done, total } = group.count;
  item.id = group.id;
  if (icon) item.iconPath = icon;
  // Before anything is done, or where nobody wrote down how much there was, the count alone tells more.
  item.description = done > 0 ? `${done}/${total}` : `${total}`;
  item.contextValue = group.kind;
  item.accessibilityInformation = { label: `${label}, ${doneOf(group)}` };
  return item;
}

function useItem({ id, item: use, isSettled }: Use, grouping: Grouping): TreeItem {
  const { text, highlight } = excerpt(use.line, use.highlight);
  const item = new TreeItem({ label: text, highlights: [[...highlight]] });
  item.id = id;
  // Below its file a use needs no path.
  const place = grouping === 'file' ? l10n.t('line {0}', use.range.start.line + 1) : placeOf(use);
  const decision = use.decision && (isSettled ? decidedIn(use.decision) : l10n.t('open again since {0}', use.decision.until ?? ''));
  // What was said counts more than where, and the end of a row may be out of sight.
  item.description = decision === undefined ? place : `${decision} · ${place}`;
  item.iconPath = isSettled && use.decision ? decisionIcon(use.decision.kind) : trustIcon(use.trust);
  item.contextValue = use.fix ? 'use.fix' : 'use';
  item.command = openAt(use);
  item.accessibilityInformation = { label: [use.api, ...(decision === undefined ? [] : [decision]), trustName(use.trust), placeOf(use), use.line].join(', ') };
  return item;
}

function doneItem({ id, use }: Done): TreeItem {
  const path = pathOf(use.uri);
  const item = new TreeItem(use.api);
  item.id = id;
  item.description = folderOf(path) === '' ? path : `${path.slice(folderOf(path).length + 1)} · ${folderOf(path)}`;
  item.iconPath = new ThemeIcon('check', new ThemeColor('charts.green'));
  item.contextValue = 'done';
  item.tooltip = `${path}\n${l10n.t('Gone from the code')}`;
  item.accessibilityInformation = { label: `${use.api}, ${l10n.t('Gone from the code')}, ${path}` };
  return item;
}

function skippedFileItem({ id, uri, reason }: SkippedFile): TreeItem {
  const item = new TreeItem(pathOf(uri));
  item.id = id;
  item.description = reason;
  item.tooltip = `${pathOf(uri)}\n${reason}`;
  item.iconPath = new ThemeIcon('circle-slash');
  item.contextValue = 'skippedFile';
  item.accessibilityInformation = { label: `${pathOf(uri)}, ${reason}` };
  item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(uri)] };
  return item;
}

/** The shapes alone tell them apart: protected, to be looked at, to be read. */
export function trustIcon(trust: Trust): ThemeIcon {
  switch (trust) {
    case 'safe':
      return new ThemeIcon('shield', new ThemeColor('charts.green'));
    case 'review':
      return new ThemeIcon('eye', new ThemeColor('charts.yellow'));
    case 'guidance':
      return new ThemeIcon('book', new ThemeColor('charts.blue'));
  }
}

/** The shapes alone tell them apart: fastened, waiting, somewhere else. */
export function decisionIcon(kind: DecisionKind): ThemeIcon {
  switch (kind) {
    case 'keep':
      return new ThemeIcon('pinned');
    case 'later':
      return new ThemeIcon('clock');
    case 'elsewhere':
      return new ThemeIcon('organization');
  }
}

function openAt({ uri, range: { start, end } }: ChecklistItem): Command {
  const options: TextDocumentShowOptions = { selection: new Range(start.line, start.character, end.line, end.character) };
  return { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(uri), options] };
}
