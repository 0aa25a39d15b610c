import { l10n, MarkdownString, ThemeIcon, TreeItem, TreeItemCheckboxState, TreeItemCollapsibleState, Uri } from 'vscode';
import { excerpt } from '../checklist/excerpt';
import { trustIcon } from '../checklist/items';
import { fileCount, pathOf, placeOf, trustName } from '../checklist/words';
import { plain } from '../plan/words';
import type { Reviewing } from './reviewing';
import { changesBelow, type ChangeNode, type FileNode, type ReviewNode, type RuleNode, type TouchedNode } from './tree';
import { tickedInWords } from './words';

/** How a node looks, sounds and answers to a click. */
export function reviewItem(node: ReviewNode, reviewing: Reviewing): TreeItem {
  switch (node.kind) {
    case 'reviewRule':
      return ruleItem(node, reviewing);
    case 'reviewFile':
      return fileItem(node, reviewing);
    case 'reviewChange':
      return changeItem(node, reviewing);
    case 'reviewTouched':
      return touchedItem(node, reviewing);
  }
}

/** What a pointer that rests on a change is told. */
export function changeTooltip({ change }: ChangeNode): MarkdownString {
  const { title, trust, why, items, files } = change;
  const paragraphs = [title, `**${trustName(trust)}**`, ...(why === undefined ? [] : [l10n.t('Why no safe fix: {0}', why)])];
  const tooltip = new MarkdownString(paragraphs.join('\n\n') + '\n\n');
  // A path is not Markdown: underscores are part of it.
  tooltip.appendText([...items.map(placeOf), ...files.slice(1).map(pathOf)].join('\n'));
  return tooltip;
}

// What is small enough to be read is open from the start; what somebody folded or unfolded stays as it is.
const openFiles = 60;
const openChanges = 60;

function ruleItem(node: RuleNode, reviewing: Reviewing): TreeItem {
  const item = groupItem(node, node.rule, node.children.length <= openFiles, reviewing);
  item.iconPath = new ThemeIcon('tools');
  return item;
}

function fileItem(node: FileNode, reviewing: Reviewing): TreeItem {
  const path = pathOf(node.uri);
  const slash = path.lastIndexOf('/');
  const item = groupItem(node, path.slice(slash + 1), (reviewing.review?.changes.length ?? 0) <= openChanges, reviewing);
  item.resourceUri = Uri.parse(node.uri);
  item.iconPath = reviewing.outdated.has(node.uri) ? new ThemeIcon('warning') : ThemeIcon.File;
  item.description = [path.slice(0, Math.max(0, slash)), item.description].filter((part) => part !== '').join(' · ');
  item.command = showDiff(node);
  if (reviewing.outdated.has(node.uri)) item.description = changedSince();
  item.accessibilityInformation = { label: `${path}, ${reviewing.outdated.has(node.uri) ? changedSince() : shareOf(node, reviewing)}` };
  return item;
}

function groupItem(node: RuleNode | FileNode, label: string, isOpen: boolean, reviewing: Reviewing): TreeItem {
  const changes = changesBelow(node);
  const item = new TreeItem(label, isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  const ticked = changes.filter((change) => reviewing.isTicked(change)).length;
  item.id = node.id;
  item.description = ticked === changes.length ? `${ticked}` : `${ticked}/${changes.length}`;
  item.contextValue = node.kind;
  item.accessibilityInformation = { label: `${label}, ${shareOf(node, reviewing)}` };
  if (changes.some((change) => !reviewing.isOutdated(change))) item.checkboxState = box(ticked === changes.length, label);
  return item;
}

function changeItem({ id, change, children }: ChangeNode, reviewing: Reviewing): TreeItem {
  const { items: [first], title, trust } = change;
  const { text, highlight } = excerpt(first.line, first.highlight);
  const isOutdated = reviewing.isOutdated(change);
  const item = new TreeItem({ label: text, highlights: [[...highlight]] }, children.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const extent = change.files.length > 1 ? ` · ${fileCount(change.files.length)}` : '';
  item.id = id;
  item.description = isOutdated ? changedSince() : `${plain(title)}${extent}`;
  item.iconPath = isOutdated ? new ThemeIcon('warning') : trustIcon(trust);
  item.contextValue = 'reviewChange';
  item.command = showDiff({ uri: first.uri, change });
  item.accessibilityInformation = { label: [first.line, plain(title), trustName(trust), placeOf(first), ...(extent ? [fileCount(change.files.length)] : []), ...(isOutdated ? [changedSince()] : [])].join(', ') };
  if (!isOutdated) item.checkboxState = box(reviewing.isTicked(change), `${plain(title)}, ${placeOf(first)}`);
  return item;
}

function touchedItem({ id, uri, change }: TouchedNode, reviewing: Reviewing): TreeItem {
  const path = pathOf(uri);
  const slash = path.lastIndexOf('/');
  const item = new TreeItem(path.slice(slash + 1));
  item.id = id;
  item.resourceUri = Uri.parse(uri);
  item.iconPath = reviewing.outdated.has(uri) ? new ThemeIcon('warning') : ThemeIcon.File;
  item.description = reviewing.outdated.has(uri) ? changedSince() : path.slice(0, Math.max(0, slash));
  item.contextValue = 'reviewTouched';
  item.command = showDiff({ uri, change });
  item.accessibilityInformation = { label: l10n.t('{0}, changed along with it', path) };
  return item;
}

function box(isTicked: boolean, label: string): NonNullable<TreeItem['checkboxState']> {
  return { state: isTicked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked, tooltip: isTicked ? l10n.t('Will be changed') : l10n.t('Will stay as it is'), accessibilityInformation: { label } };
}

function shareOf(node: RuleNode | FileNode, reviewing: Reviewing): string {
  const changes = changesBelow(node);
  return tickedInWords(changes.filter((change) => reviewing.isTicked(change)).length, changes.length);
}

function changedSince(): string {
  return l10n.t('changed since: look again');
}

function showDiff(shown: Pick<TouchedNode, 'uri'> & { readonly change?: TouchedNode['change'] }): NonNullable<TreeItem['command']> {
  return { command: 'eventletMigration.review.showDiff', title: l10n.t('Show Change'), arguments: [shown.uri, shown.change?.id] };
}
