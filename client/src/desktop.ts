import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type NodeModule } from 'vscode-languageclient/node';
import { activate as activateExtension } from './extension';
import { clientId, clientName } from './languageClient';

/** The door on the desktop and on a remote machine: the server is a Node process of its own. */
export function activate(context: ExtensionContext): void {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server', 'node.js').fsPath;
  const run: NodeModule = { module, transport: TransportKind.ipc };
  const debug: NodeModule = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };

  activateExtension(context, (options) => new LanguageClient(clientId, clientName, { run, debug }, options), { runsPrograms: true });
}
