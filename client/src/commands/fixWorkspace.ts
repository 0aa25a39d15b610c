import { l10n, Uri, window } from 'vscode';
import type { ItemId } from '../../../server/src/protocol';
import type { Scope } from '../review/scope';
import { untilListedInPassing } from './asking';
import type { Command, Parts } from './parts';
import { pickRule } from './pickRule';

/**
 * Opens the review of what can be fixed: in a file or folder of the explorer, in what is selected in one of our trees, in a step of the
 * plan, or everywhere, of one rule or of all.
 */
export const fixWorkspace: Command = async (parts, argument, selected) => {
  const scope = argument === undefined ? await askForScope(parts) : scopeOf(Array.isArray(selected) ? selected : [argument]);
  if (!scope) return;
  const isThere = await parts.reviewing.start(scope);
  if (isThere === false) return void window.showInformationMessage(l10n.t('There is nothing that could be fixed this way.'));
  if (isThere) await parts.reviewView.open();
};

async function askForScope(parts: Parts): Promise<Scope | undefined> {
  // A server that is just being started again would have nothing to offer.
  const isKnown = await untilListedInPassing(parts);
  if (!isKnown) return undefined;
  const fixable = parts.remaining.checklist?.items.filter(({ fix }) => fix !== undefined) ?? [];
  const choice = await pickRule(fixable, l10n.t('Review and Fix Uses of eventlet'));
  return choice && (choice.rule === undefined ? { of: 'everything' } : { of: 'rule', rule: choice.rule });
}

// Menus hand over what they were opened on, and all that is selected; other callers of a command may hand over anything.
function scopeOf(chosen: readonly unknown[]): Scope {
  const places = chosen.filter((each) => each instanceof Uri).map((uri) => uri.toString());
  const uses = new Map(chosen.flatMap(usesBelow).map(({ uri, id }) => [`${uri} ${id}`, { uri, id }]));
  return { of: 'selection', places, uses: [...uses.values()] };
}

function usesBelow(node: unknown): readonly ItemId[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('item' in node) return isUse(node.item) ? [node.item] : [];
  if ('step' in node) return usesBelow(node.step);
  if ('items' in node && Array.isArray(node.items)) return node.items.filter(isUse);
  return 'children' in node && Array.isArray(node.children) ? node.children.flatMap(usesBelow) : [];
}

function isUse(value: unknown): value is ItemId {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'id' in value && typeof value.id === 'string';
}
