import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/server';
import { nodeHost, readGrammar } from './nodeHost';

/** Serves the language server protocol over what the process's arguments name, `--stdio` or `--node-ipc`. The folder holds the grammar. */
export async function serve(folder: string): Promise<void> {
  const grammar = await readGrammar(folder);
  const connection = createConnection(ProposedFeatures.all);
  startServer(connection, nodeHost(grammar, (message) => connection.console.log(message)));
}
