import type { WorkspaceEdit } from 'vscode-languageclient';

/** How many files an edit touches. */
export function changedFiles({ documentChanges = [], changes = {} }: WorkspaceEdit): number {
  // What makes a file stands beside its text.
  return documentChanges.filter((change) => 'edits' in change).length + Object.keys(changes).length;
}
