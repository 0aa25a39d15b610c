import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { workerHost } from './doors/workerHost';
import type { GrammarBytes } from './host';
import { startServer } from './lsp/server';

/** What the client posts first, before it speaks the language server protocol: a worker has no file to read the grammar from. */
type GrammarMessage = GrammarBytes & { readonly type: 'grammar' };

/** The part of a worker's global scope that is used here; its library is not among those this is compiled with. */
declare const self: { onmessage: (event: { readonly data: GrammarMessage }) => void };

self.onmessage = ({ data }) => {
  if (data.type !== 'grammar') return;
  // The reader takes over `onmessage` at once, so that the next message, `initialize`, does not get lost.
  const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self));
  startServer(connection, workerHost(data, connection));
};
