import { l10n, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { ServiceReport } from '../../../server/src/protocol';
import { pathOf } from '../checklist/words';
import { places, plain } from '../plan/words';
import type { Group, PlaceNode, Service, ServiceNode } from './tree';

/** How a node of the services looks, sounds and answers to a click. */
export function serviceItem(node: ServiceNode): TreeItem {
  switch (node.kind) {
    case 'service':
      return item(node);
    case 'serviceGroup':
      return groupItem(node);
    case 'place':
      return placeItem(node);
  }
}

/** Whether it may drop monkey patching now, in a few words. */
export function answer({ service, inTheWay, unseen }: Service): string {
  switch (service.mayDrop) {
    case 'yes':
      return l10n.t('may drop monkey patching now');
    case 'perhaps':
      return unseen === 1 ? l10n.t('perhaps: it may load 1 other file with uses') : l10n.t('perhaps: it may load {0} other files with uses', unseen);
    case 'no':
      return inTheWay === 1 ? l10n.t('not yet: 1 use in the way') : l10n.t('not yet: {0} uses in the way', inTheWay);
    case 'nothing':
      return l10n.t('patches nothing');
  }
}

function item(node: Service): TreeItem {
  const { service, children } = node;
  const shown = new TreeItem(service.name, children.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  shown.id = node.id;
  shown.description = answer(node);
  shown.iconPath = icon(service.mayDrop);
  shown.contextValue = 'service';
  shown.tooltip = [`${service.name}: ${answer(node)}`, l10n.t('Starts in {0}, loads {1} modules.', pathOf(service.uri), service.files), ...(service.patched.length > 0 ? [l10n.t('Patches {0}.', service.patched.join(', '))] : [])].join('\n');
  shown.accessibilityInformation = { label: `${service.name}, ${answer(node)}` };
  return shown;
}

function groupItem({ id, about, children }: Group): TreeItem {
  const title = groupTitle(about);
  const shown = new TreeItem(title, TreeItemCollapsibleState.Collapsed);
  shown.id = id;
  shown.description = about.is === 'blocker' ? `${about.blocker.count}` : `${children.length}`;
  shown.iconPath = new ThemeIcon(about.is === 'blocker' ? (about.blocker.kind === 'library' ? 'package' : 'circle-slash') : about.is === 'problem' ? 'warning' : about.is === 'calls' ? 'plug' : 'question');
  shown.tooltip = title;
  shown.accessibilityInformation = { label: `${title}, ${places(about.is === 'blocker' ? about.blocker.count : children.length)}` };
  return shown;
}

function groupTitle(about: Group['about']): string {
  switch (about.is) {
    case 'blocker':
      return about.blocker.kind === 'library' ? l10n.t('{0}: a library that runs on eventlet', about.blocker.rule) : about.blocker.rule;
    case 'problem':
      return plain(about.problem.message);
    case 'relies':
      return l10n.t('Relies silently on the patching');
    case 'calls':
      return l10n.t('Is patched by');
    case 'named':
      return l10n.t('Loaded by its name, perhaps');
    case 'unseen':
      return l10n.t('Loaded in a way that cannot be seen, if at all');
  }
}

function placeItem({ id, place, detail }: PlaceNode): TreeItem {
  const line = place.range ? `:${place.range.start.line + 1}` : '';
  const shown = new TreeItem(`${pathOf(place.uri)}${line}`);
  shown.id = id;
  shown.description = detail;
  shown.iconPath = ThemeIcon.File;
  shown.accessibilityInformation = { label: [`${pathOf(place.uri)}${line}`, detail].filter((part) => part !== '').join(', ') };
  const start = place.range?.start;
  const end = place.range?.end;
  const options = start && end ? [{ selection: new Range(start.line, start.character, end.line, end.character) }] : [];
  shown.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(place.uri), ...options] };
  return shown;
}

// The shapes alone tell them apart.
function icon(mayDrop: ServiceReport['mayDrop']): ThemeIcon {
  switch (mayDrop) {
    case 'yes':
      return new ThemeIcon('pass', new ThemeColor('charts.green'));
    case 'perhaps':
      return new ThemeIcon('question', new ThemeColor('charts.yellow'));
    case 'no':
      return new ThemeIcon('circle-slash', new ThemeColor('charts.red'));
    case 'nothing':
      return new ThemeIcon('dash');
  }
}
