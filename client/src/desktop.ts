import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type NodeModule } from 'vscode-languageclient/node';
import { activate as activateExtension } from './extension';
import { clientId, clientName } from './languageClient';

/** The door on the desktop and on a remote machine: the server is a Node process of its own. */
export function activate(context: ExtensionContext): void {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server', 'node.js').fsPath;
  const run: NodeModule = { module, transport: TransportKind.ipc };
  const debug: NodeModule = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };

  activateExtension(context, (options) => new QuietClient(clientId, clientName, { run, debug }, options), { runsPrograms: true });
}

/** Says in the log alone what goes wrong: nobody asked for it, and the status bar tells whether the server is there. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
