import { Uri, workspace } from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isEditUnderWay, restOf, uriOf, type EditUnderWay, type FileUnderWay } from './editUnderWay';
import { Kept, type Storage } from './kept';
import { readIfThere } from './storage';

/**
 * Makes edits as one step, which one undo takes back, and of many files whole or not at all: the editor saves one after the other, and where
 * it goes away in the middle of that the next one makes the rest. What is to be made is on the disk before the first file changes.
 */
export class WholeEdits {
  readonly #kept: Kept<EditUnderWay>;
  #turn: Promise<unknown>;

  constructor(private readonly client: BaseLanguageClient, storage: Storage) {
    this.#kept = new Kept(storage, 'edit', isEditUnderWay);
    this.#turn = this.#finish().catch((error) => client.error('An edit that was under way could not be finished.', error, false));
  }

  /** Whether the editor did: not where somebody typed in the meantime. One edit comes after the other, but for those that the editor asks about. */
  make(edit: WorkspaceEdit): Promise<boolean> {
    const made = this.#turn.then(() => this.#make(edit));
    // Where the editor asks first, that may take as long as somebody likes; the others go ahead.
    if (!edit.changeAnnotations) this.#turn = made.catch(() => undefined);
    return made;
  }

  async #make(edit: WorkspaceEdit): Promise<boolean> {
    // Somebody may have typed while it waited for its turn.
    if (!this.client.validateWorkspaceEdit(edit)) return false;
    if (!canBeHalf(edit)) return this.#apply(edit);
    await this.#kept.save({ edit, files: await filesOf(edit) });
    try {
      return this.client.validateWorkspaceEdit(edit) && (await this.#apply(edit));
    } finally {
      await this.#kept.save(undefined);
    }
  }

  async #finish(): Promise<void> {
    const underWay = await this.#kept.load();
    if (!underWay) return;
    const now = new Map<string, string>();
    for (const { uri } of underWay.files) {
      const text = await textOf(uri);
      if (text !== undefined) now.set(uri, await digestOf(text));
    }
    const rest = restOf(underWay, now, await digestOf(''));
    if (rest) {
      this.client.info('Making the rest of an edit in the middle of which the editor went away.');
      if (!(await this.#apply(rest))) throw new Error('the editor refused');
      await Promise.all(underWay.files.filter(({ after }) => after !== undefined).map(async ({ uri }) => (await workspace.openTextDocument(Uri.parse(uri))).save()));
    }
    await this.#kept.save(undefined);
  }

  async #apply(edit: WorkspaceEdit): Promise<boolean> {
    return workspace.applyEdit(await this.client.protocol2CodeConverter.asWorkspaceEdit(edit), { isRefactoring: true });
  }
}

/** Where the editor asks before it makes an edit, somebody may leave out a part of it; and an editor in a browser digests nothing for a page that is not secure. */
function canBeHalf({ documentChanges = [], changeAnnotations }: WorkspaceEdit): boolean {
  return new Set(documentChanges.map(uriOf)).size > 1 && !changeAnnotations && 'subtle' in crypto;
}

/** What the files of an edit hold on both sides of it. */
function filesOf({ documentChanges = [] }: WorkspaceEdit): Promise<readonly FileUnderWay[]> {
  const uris = new Set(documentChanges.map(uriOf));
  return Promise.all([...uris].map(async (uri) => {
    const own = documentChanges.filter((change) => uriOf(change) === uri);
    const before = await textOf(uri);
    const edits = own.flatMap((change) => ('edits' in change ? change.edits.flatMap((edit) => ('newText' in edit ? [edit] : [])) : []));
    const isGone = own.some((change) => 'kind' in change && change.kind === 'delete');
    const after = isGone ? undefined : TextDocument.applyEdits(TextDocument.create(uri, 'python', 0, before ?? ''), edits);
    return { uri, before: before === undefined ? undefined : await digestOf(before), after: after === undefined ? undefined : await digestOf(after) };
  }));
}

/** As the editor has it, with what is not saved; undefined where there is no such file. */
async function textOf(uri: string): Promise<string | undefined> {
  const file = Uri.parse(uri);
  const open = workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
  if (open) return open.getText();
  const bytes = await readIfThere(file);
  return bytes && new TextDecoder().decode(bytes);
}

/** Of the text without its line ends, which an editor may make all the same when it opens a file. */
async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text.replace(/\r\n?/g, '\n')));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
