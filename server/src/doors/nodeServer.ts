import * as path from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/server';
import { grammarIn, nodeHost, withCache } from './nodeHost';
import { threadsOfServer } from './nodeThreads';

/**
 * Serves the language server protocol over what the process's arguments name, `--stdio` or `--node-ipc`. The folder holds the grammar;
 * `cacheFolder` counts where the client names none.
 */
export function serve(folder: string, cacheFolder?: string): void {
  const connection = createConnection(ProposedFeatures.all);
  const host = { ...nodeHost(grammarIn(folder), (message) => connection.console.log(message)), threads: threadsOfServer(path.join(folder, 'server', 'analyst.js')) };
  startServer(connection, cacheFolder === undefined ? host : withCache(host, cacheFolder));
}
