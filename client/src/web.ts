import { Uri, workspace, type ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activate as activateExtension } from './extension';
import { clientId, clientName } from './languageClient';

/** The door in a browser: the server is a web worker, which cannot read the extension's files by itself. */
export function activate(context: ExtensionContext): void {
  const workers = new Workers(Uri.joinPath(context.extensionUri, 'dist'));
  context.subscriptions.push(workers);

  activateExtension(context, (options) => new LanguageClient(clientId, clientName, () => workers.start(), options));
}

/** Keeps at most one worker alive, also when the server is started again. */
class Workers {
  #worker: Worker | undefined;

  constructor(private readonly dist: Uri) {}

  /** Rejects where the extension's own files cannot be read. */
  async start(): Promise<Worker> {
    const [runtime, python] = await Promise.all([this.#bytes('web-tree-sitter.wasm'), this.#bytes('tree-sitter-python.wasm')]);

    this.dispose();
    this.#worker = new Worker(Uri.joinPath(this.dist, 'server', 'worker.js').toString(true));
    // The grammar is the first message; everything after it is the language server protocol.
    this.#worker.postMessage({ type: 'grammar', runtime, python });
    return this.#worker;
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #bytes(name: string): Promise<Uint8Array> {
    return workspace.fs.readFile(Uri.joinPath(this.dist, name));
  }
}
