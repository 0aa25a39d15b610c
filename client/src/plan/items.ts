import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import { treeItem, trustIcon } from '../checklist/items';
import { pathOf } from '../checklist/words';
import { numberRanges, type PlanFile, type PlanNode, type StepNode } from './tree';
import { effortInWords, places, plain, shareInWords, titleOfStep } from './words';

/** How a node of the plan looks, sounds and answers to a click. */
export function planItem(node: PlanNode): TreeItem {
  switch (node.kind) {
    case 'step':
      return stepItem(node);
    case 'planFile':
      return fileItem(node);
    case 'use': {
      const item = treeItem(node, 'file');
      item.id = node.id;
      return item;
    }
  }
}

/** Why the step stands here, what it needs, and what to mind. */
export function stepTooltip({ number, step, after }: StepNode): MarkdownString {
  const { action, where, stage, why, blockers, traps, rules, effort } = step;
  const share = shareInWords(step);
  const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');
  const paragraphs = [
    `**${number}. ${action}**`,
    ...(where === '' ? [] : [`\`${where}\``]),
    [share, effortInWords(effort), after.length > 0 ? l10n.t('after {0}', numberRanges(after)) : ''].filter((part) => part !== '').join(' · '),
    `*${stage.title}*: ${why}`,
    ...(blockers.length > 0 ? [`**${l10n.t('Blocked')}**\n\n${list(blockers)}`] : []),
    ...(traps.length > 0 ? [`**${l10n.t('To mind')}**\n\n${list(traps.map(({ text, href }) => (href === undefined ? text : `${text} ([${l10n.t('seen here')}](${href}))`)))}`] : []),
    ...(rules.length > 0 ? [rules.map((rule) => `[${rule}](command:eventletMigration.openGuidance?${encodeURIComponent(JSON.stringify([rule]))})`).join(' · ')] : []),
  ];
  const tooltip = new MarkdownString(paragraphs.join('\n\n'));
  tooltip.isTrusted = { enabledCommands: ['eventletMigration.openGuidance'] };
  return tooltip;
}

function stepItem(node: StepNode): TreeItem {
  const { number, step, trust, children } = node;
  const { where } = step;
  // Short, because a side bar is narrow; what exactly to do is in the tooltip, and read out.
  const item = new TreeItem(`${number}. ${titleOfStep(step)}`, children.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const share = shareInWords(step);
  item.id = node.id;
  item.description = share;
  item.iconPath = step.blockers.length > 0 ? new ThemeIcon('circle-slash', new ThemeColor('charts.red')) : trust ? trustIcon(trust) : new ThemeIcon('lock');
  item.contextValue = node.hasFix ? 'step.fix' : 'step';
  item.accessibilityInformation = { label: [l10n.t('Step {0}', number), plain(step.action), where, share, effortInWords(step.effort), ...step.blockers].filter((part) => part !== '').join(', ') };
  return item;
}

function fileItem({ id, uri, children }: PlanFile): TreeItem {
  const path = pathOf(uri);
  const slash = path.lastIndexOf('/');
  const item = new TreeItem(path.slice(slash + 1), TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.resourceUri = Uri.parse(uri);
  item.iconPath = ThemeIcon.File;
  item.description = [path.slice(0, Math.max(0, slash)), `${children.length}`].filter((part) => part !== '').join(' · ');
  item.contextValue = 'planFile';
  item.accessibilityInformation = { label: `${path}, ${places(children.length)}` };
  return item;
}
