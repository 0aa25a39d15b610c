import { Uri, workspace, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, type MessageTransports } from 'vscode-languageclient/browser';
import { activate as activateExtension } from './extension';
import { clientId, clientName } from './languageClient';

/** The door in a browser: the server is a web worker, which cannot read the extension's files by itself. */
export function activate(context: ExtensionContext): void {
  const workers = new Workers(Uri.joinPath(context.extensionUri, 'dist'));
  context.subscriptions.push(workers);

  activateExtension(context, (options) => new QuietClient(clientId, clientName, () => workers.start(), options), { runsPrograms: false });
}

/** Says in the log alone what goes wrong: nobody asked for it, and the status bar tells whether the server is there. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Keeps at most one worker alive, also when the server is started again. */
class Workers {
  #worker: Worker | undefined;
  #address: string | undefined;

  constructor(private readonly dist: Uri) {}

  /** Rejects where the extension's own files cannot be read. */
  async start(): Promise<MessageTransports> {
    const [script, runtime, python] = await Promise.all([
      this.#bytes('server', 'worker.js'),
      this.#bytes('web-tree-sitter.wasm'),
      this.#bytes('tree-sitter-python.wasm'),
    ]);

    this.dispose();
    // The editor makes no worker from an address on a remote machine, so the script is given by its text.
    this.#address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    this.#worker = new Worker(this.#address);
    // The grammar is the first message; everything after it is the language server protocol.
    this.#worker.postMessage({ type: 'grammar', runtime, python });
    // Not the worker itself: the editor's kind of worker is not one to the language client.
    return { reader: new BrowserMessageReader(this.#worker), writer: new BrowserMessageWriter(this.#worker) };
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#address = undefined;
  }

  async #bytes(...path: string[]): Promise<Uint8Array<ArrayBuffer>> {
    // A copy, because what the editor lends may lie in memory that a blob must not share.
    return new Uint8Array(await workspace.fs.readFile(Uri.joinPath(this.dist, ...path)));
  }
}
