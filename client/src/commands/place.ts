import { Range, Uri, window } from 'vscode';
import type { ChecklistItem } from '../../../server/src/protocol';
import { useAt, type Place } from '../checklist/order';
import type { Parts } from './parts';

/** Where the cursor is: at the start of what is selected. undefined where no editor is open. */
export function cursor(): Place | undefined {
  const editor = window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), position: editor.selection.start };
}

/** The use that a command is about: the one clicked in the tree, or else the one at the cursor. */
export function useMeant({ remaining }: Parts, argument: unknown): ChecklistItem | undefined {
  if (isTreeUse(argument)) return argument.item;
  const place = cursor();
  return place && useAt(remaining.checklist?.items ?? [], place);
}

/** Opens the file of the use and selects the name; the tree follows where it is open. */
export async function goTo(item: ChecklistItem, { view }: Parts): Promise<void> {
  const { start, end } = item.range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  await window.showTextDocument(Uri.parse(item.uri), { selection });
  await view.reveal(item);
}

// Menus hand over the node they were opened on; other callers of a command may hand over anything.
function isTreeUse(argument: unknown): argument is { readonly item: ChecklistItem } {
  return typeof argument === 'object' && argument !== null && 'kind' in argument && argument.kind === 'use' && 'item' in argument;
}
