import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/server';
import { nodeHost, readGrammar, withCache } from './nodeHost';

/**
 * Serves the language server protocol over what the process's arguments name, `--stdio` or `--node-ipc`. The folder holds the grammar;
 * `cacheFolder` counts where the client names none.
 */
export async function serve(folder: string, cacheFolder?: string): Promise<void> {
  const grammar = await readGrammar(folder);
  const connection = createConnection(ProposedFeatures.all);
  const host = nodeHost(grammar, (message) => connection.console.log(message));
  startServer(connection, cacheFolder === undefined ? host : withCache(host, cacheFolder));
}
