import { l10n, Uri, window } from 'vscode';
import type { ChecklistItem } from '../../../server/src/protocol';
import type { Scope } from '../review/reviewing';
import type { Command } from './parts';
import { pickRule } from './pickRule';

/**
 * Opens the review of what can be fixed: in a file or folder of the explorer, in what is selected in one of our trees, in a step of the
 * plan, or everywhere, of one rule or of all.
 */
export const fixWorkspace: Command = async (parts, argument, selected) => {
  const scope = argument === undefined ? await askForScope(parts.remaining.checklist?.items ?? []) : scopeOf(Array.isArray(selected) ? selected : [argument]);
  if (!scope) return;
  const isThere = await parts.reviewing.start(scope);
  if (isThere === false) return void window.showInformationMessage(l10n.t('There is nothing that could be fixed this way.'));
  if (isThere) await parts.reviewView.open();
};

async function askForScope(items: readonly ChecklistItem[]): Promise<Scope | undefined> {
  const choice = await pickRule(items.filter(({ fix }) => fix !== undefined), l10n.t('Review and Fix Uses of eventlet'));
  return choice && (({ rule }) => choice.rule === undefined || choice.rule === rule);
}

// Menus hand over what they were opened on, and all that is selected; other callers of a command may hand over anything.
function scopeOf(chosen: readonly unknown[]): Scope {
  const folders = chosen.filter((each) => each instanceof Uri).map((uri) => uri.toString());
  const uses = new Set(chosen.flatMap(usesBelow).map(keyOf));
  return (item) => uses.has(keyOf(item)) || folders.some((folder) => item.uri === folder || item.uri.startsWith(`${folder}/`));
}

function usesBelow(node: unknown): readonly { readonly uri: string; readonly id: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('item' in node) return isUse(node.item) ? [node.item] : [];
  if ('step' in node) return usesBelow(node.step);
  if ('items' in node && Array.isArray(node.items)) return node.items.filter(isUse);
  return 'children' in node && Array.isArray(node.children) ? node.children.flatMap(usesBelow) : [];
}

function isUse(value: unknown): value is { readonly uri: string; readonly id: string } {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'id' in value && typeof value.id === 'string';
}

function keyOf({ uri, id }: { readonly uri: string; readonly id: string }): string {
  return `${uri} ${id}`;
}
