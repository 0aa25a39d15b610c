import { EventEmitter, Uri, workspace, type CancellationToken, type Disposable, type TextDocumentContentProvider } from 'vscode';
import type { TextDocumentEdit } from 'vscode-languageclient';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ReviewChange } from '../../../server/src/protocol';
import { editIn } from '../commands/serverEdits';
import type { Reviewing } from './reviewing';

const scheme = 'eventlet-review';

/** Texts of files as they would be after the ticked changes; the right sides of diffs. */
export class AfterTexts implements TextDocumentContentProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: readonly Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(private readonly reviewing: Reviewing) {
    this.#subscriptions = [this.#changed, workspace.registerTextDocumentContentProvider(scheme, this), reviewing.onDidChange(() => this.#refresh())];
  }

  /** Address of the text of a file after the ticked changes in it, and after one more where one is named. */
  uriOf(file: string, change?: ReviewChange): Uri {
    return Uri.parse(file).with({ scheme, authority: '', query: file, fragment: change?.id ?? '' });
  }

  /** The other side of the diff: the file itself, or nothing where a change makes it. */
  before(file: string): Uri {
    return this.#isThere(file) ? Uri.parse(file) : Uri.parse(file).with({ scheme, authority: '', query: '', fragment: '' });
  }

  async provideTextDocumentContent({ query, fragment }: Uri, token: CancellationToken): Promise<string> {
    if (query === '') return '';
    const changes = (this.reviewing.review?.changes ?? []).filter((change) => change.files.includes(query) && (change.id === fragment || this.reviewing.isTicked(change)));
    const answer = await this.reviewing.edit(changes, token);
    const edits = (editIn(answer)?.documentChanges ?? []).filter((change): change is TextDocumentEdit => 'edits' in change && Uri.parse(change.textDocument.uri).toString() === query);
    const text = this.#isThere(query) ? (await workspace.openTextDocument(Uri.parse(query))).getText() : '';
    const before = TextDocument.create(query, 'python', 0, text);
    return TextDocument.applyEdits(before, edits.flatMap((change) => change.edits.flatMap((edit) => ('newText' in edit ? [edit] : []))));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #isThere(file: string): boolean {
    const { changes, texts } = this.reviewing.review ?? { changes: [], texts: [] };
    // A file that a change touches, but that has no text yet, is made by it.
    return texts.some(({ uri }) => uri === file) || !changes.some(({ files }) => files.includes(file));
  }

  #refresh(): void {
    if (!this.reviewing.review) return;
    for (const { uri } of workspace.textDocuments) if (uri.scheme === scheme) this.#changed.fire(uri);
  }
}
