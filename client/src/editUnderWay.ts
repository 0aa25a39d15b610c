import type { WorkspaceEdit } from 'vscode-languageclient';

/** An edit of several files that is being made, as it is known before the first of them changes. */
export interface EditUnderWay {
  readonly edit: WorkspaceEdit;
  readonly files: readonly FileUnderWay[];
}

export interface FileUnderWay {
  readonly uri: string;
  /** Digest of its text before the edit; undefined where the edit makes the file. */
  readonly before: string | undefined;
  /** undefined where the edit removes it. */
  readonly after: string | undefined;
}

/**
 * What is still to be made of an edit in the middle of which the editor went away: undefined where nothing of it is there, or all, or where a
 * file was changed by somebody else since. `now` has the digests of the files that are there, `empty` is that of an empty one.
 */
export function restOf({ edit, files }: EditUnderWay, now: ReadonlyMap<string, string>, empty: string): WorkspaceEdit | undefined {
  const missing = files.filter(({ uri, after }) => now.get(uri) !== after);
  if (missing.length === 0 || files.every(({ uri, before }) => now.get(uri) === before)) return undefined;
  // A file that is made is empty first.
  if (missing.some(({ uri, before }) => now.get(uri) !== before && (before !== undefined || now.get(uri) !== empty))) return undefined;
  const uris = new Set(missing.map(({ uri }) => uri));
  return { documentChanges: edit.documentChanges?.filter((change) => uris.has(uriOf(change))).map(withoutVersion) ?? [] };
}

/** The file that a part of an edit is about. */
export function uriOf(change: DocumentChange): string {
  if ('edits' in change) return change.textDocument.uri;
  return change.kind === 'rename' ? change.newUri : change.uri;
}

type DocumentChange = NonNullable<WorkspaceEdit['documentChanges']>[number];

// The versions were those of an editor that is gone.
function withoutVersion(change: DocumentChange): DocumentChange {
  return 'edits' in change ? { ...change, textDocument: { ...change.textDocument, version: null } } : change;
}

/** The file is the product’s own; its version says that it has this form. */
export function isEditUnderWay(data: unknown): data is EditUnderWay {
  return typeof data === 'object' && data !== null && 'edit' in data && 'files' in data && Array.isArray(data.files);
}
