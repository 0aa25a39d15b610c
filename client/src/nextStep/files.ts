import { Uri, workspace, type TextDocument } from 'vscode';
import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageclient';
import { textOf, withEdits } from './bytes';
import type { ProjectFiles } from './current';
import { readIfThere } from '../storage';

/** What a step makes of a file; bytes, because a step that is taken back must leave no trace. */
export interface FileChange {
  readonly uri: Uri;
  /** undefined for a file that is not there yet. */
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
}

/** The files that an edit would change, as they are on the disk; a string where it cannot be said what it makes of a file: its path. */
export async function changesOf({ documentChanges = [] }: WorkspaceEdit): Promise<readonly FileChange[] | string> {
  const edits = documentChanges.filter((change): change is TextDocumentEdit => 'textDocument' in change);
  const uris = new Map(documentChanges.flatMap((change) => ('textDocument' in change ? [change.textDocument.uri] : 'uri' in change ? [change.uri] : [])).map((uri) => [Uri.parse(uri).toString(), Uri.parse(uri)]));
  const changes: FileChange[] = [];
  for (const [key, uri] of uris) {
    const before = await readIfThere(uri);
    const own = edits.filter(({ textDocument }) => Uri.parse(textDocument.uri).toString() === key).flatMap((each) => each.edits);
    const plain = own.flatMap((edit) => ('newText' in edit ? [edit] : []));
    const after = withEdits(before ?? new Uint8Array(), plain);
    if (!after || plain.length < own.length) return workspace.asRelativePath(uri);
    changes.push({ uri, before, after });
  }
  return changes;
}

/** Whether a file has the text, by its digest, that the server worked with: what it is told of changes may come late. */
export async function hasDigest({ uri, before = new Uint8Array() }: Pick<FileChange, 'uri' | 'before'>, digest: string): Promise<boolean> {
  const onDisk = (textOf(before) ?? '').replace(/^\ufeff/, '');
  // Of an open file the server has what the editor shows, where all lines end alike.
  const shown = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.getText();
  const text = shown !== undefined && lines(shown) === lines(onDisk) ? shown : onDisk;
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('') === digest;
}

/** Those of the files that are open with changes nobody has saved. */
export function unsaved(uris: readonly Uri[]): readonly TextDocument[] {
  const wanted = new Set(uris.map(String));
  return workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && wanted.has(uri.toString()));
}

/** The files that the editor reads and writes. */
export const editorFiles: ProjectFiles = {
  read: (uri) => readIfThere(Uri.parse(uri)),
  async write(uri, bytes) {
    const file = Uri.parse(uri);
    if (bytes) await workspace.fs.writeFile(file, bytes);
    else if (await readIfThere(file)) await workspace.fs.delete(file);
    if (bytes) await followed(file, bytes);
  },
  isUnsaved: (uri) => unsaved([Uri.parse(uri)]).length > 0,
};

// The editor reads open files again by itself, when it is told of the change. Longer than this it will not take; and if it does, it
// still knows that the disk is newer.
const patience = 5_000;

function followed(uri: Uri, bytes: Uint8Array): Promise<void> {
  const key = uri.toString();
  const text = lines(textOf(bytes) ?? '');
  const isThere = (): boolean => workspace.textDocuments.every((document) => document.uri.toString() !== key || lines(document.getText()) === text);
  if (isThere()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const timer = setTimeout(done, patience);
    const subscription = workspace.onDidChangeTextDocument(() => (isThere() ? done() : undefined));
  });
}

// An editor shows neither the byte order mark nor different ends of lines.
function lines(text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}
