import type { WorkspaceEdit } from 'vscode-languageclient';

/** How many files an edit touches. */
export function changedFiles({ documentChanges = [], changes = {} }: WorkspaceEdit): number {
  return documentChanges.length + Object.keys(changes).length;
}
