import { commands, EventEmitter, Uri, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';

const scheme = 'eventlet-history';

/** Pages about the past of a folder: Markdown that is nowhere on disk, shown in the editor's own preview. */
export class HistoryPages implements TextDocumentContentProvider, Disposable {
  readonly #pages = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, this);

  readonly onDidChange = this.#changed.event;

  /** Opens a page; one of the same title takes the place of what it showed. */
  async show(title: string, page: string): Promise<void> {
    const uri = Uri.from({ scheme, path: `/${title.replaceAll('/', ' ')}.md` });
    this.#pages.set(uri.toString(), page);
    this.#changed.fire(uri);
    await commands.executeCommand('markdown.showPreview', uri);
    // One that the editor opened again by itself, after a crash, asked for the page before it was there.
    await commands.executeCommand('markdown.preview.refresh');
  }

  /** After a reload of the window a page is empty: it is asked for anew by the command. */
  provideTextDocumentContent(uri: Uri): string {
    return this.#pages.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
