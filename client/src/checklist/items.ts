import { l10n, MarkdownString, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, type Command, type TextDocumentShowOptions } from 'vscode';
import type { ChecklistItem, Trust } from '../../../server/src/protocol';
import { excerpt } from './excerpt';
import type { FileGroup, Group, Grouping, PatternGroup, SafetyGroup, SkippedFile, SkippedGroup, TreeNode, Use } from './tree';
import { fileCount, pathOf, placeOf, trustName, usesOfEventlet } from './words';

/** How a node looks, sounds and answers to a click, in a tree of this grouping. */
export function treeItem(node: TreeNode, grouping: Grouping): TreeItem {
  switch (node.kind) {
    case 'pattern':
      return patternItem(node);
    case 'file':
      return fileItem(node);
    case 'safety':
      return safetyItem(node);
    case 'skipped':
      return skippedItem(node);
    case 'use':
      return useItem(node, grouping);
    case 'skippedFile':
      return skippedFileItem(node);
  }
}

/** What a pointer that rests on a use is told. Built late, because most uses are never pointed at. */
export function useTooltip(use: ChecklistItem): MarkdownString {
  const paragraphs = [use.message, `**${trustName(use.trust)}**`];
  if (use.fix) paragraphs.push(l10n.t('Fix: {0}', use.fix));
  if (use.reason) paragraphs.push(l10n.t('Why no safe fix: {0}', use.reason));
  const target = `command:eventletMigration.openGuidance?${encodeURIComponent(JSON.stringify([use.rule]))}`;
  paragraphs.push(`[${l10n.t('Open Guidance')}](${target})`);

  const tooltip = new MarkdownString(paragraphs.join('\n\n') + '\n\n');
  // A path is not Markdown: underscores are part of it.
  tooltip.appendText(placeOf(use));
  tooltip.isTrusted = { enabledCommands: ['eventletMigration.openGuidance'] };
  return tooltip;
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
  if (slash > 0) item.description = `${path.slice(0, slash)} · ${group.children.length}`;
  item.accessibilityInformation = { label: `${path}, ${usesOfEventlet(group.children.length)}` };
  return item;
}

function safetyItem(group: SafetyGroup): TreeItem {
  return groupItem(group, trustName(group.trust), trustIcon(group.trust));
}

function skippedItem(group: SkippedGroup): TreeItem {
  const item = groupItem(group, l10n.t('Not analysed'), new ThemeIcon('circle-slash'));
  item.collapsibleState = TreeItemCollapsibleState.Collapsed;
  item.accessibilityInformation = { label: `${l10n.t('Not analysed')}, ${fileCount(group.children.length)}` };
  return item;
}

// Small groups are open from the start; a group that somebody folded or unfolded stays as it is.
const openUpTo = 30;

function groupItem(group: Group, label: string, icon?: ThemeIcon): TreeItem {
  const { length } = group.children;
  const item = new TreeItem(label, length <= openUpTo ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = group.id;
  if (icon) item.iconPath = icon;
  item.description = `${length}`;
  item.contextValue = group.kind;
  item.accessibilityInformation = { label: `${label}, ${usesOfEventlet(length)}` };
  return item;
}

function useItem({ id, item: use }: Use, grouping: Grouping): TreeItem {
  const { text, highlight } = excerpt(use.line, use.highlight);
  const item = new TreeItem({ label: text, highlights: [[...highlight]] });
  item.id = id;
  // Below its file a use needs no path.
  item.description = grouping === 'file' ? l10n.t('line {0}', use.range.start.line + 1) : placeOf(use);
  item.iconPath = trustIcon(use.trust);
  item.contextValue = use.fix ? 'use.fix' : 'use';
  item.command = openAt(use);
  item.accessibilityInformation = { label: `${use.api}, ${trustName(use.trust)}, ${placeOf(use)}, ${use.line}` };
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

function openAt({ uri, range: { start, end } }: ChecklistItem): Command {
  const options: TextDocumentShowOptions = { selection: new Range(start.line, start.character, end.line, end.character) };
  return { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(uri), options] };
}
