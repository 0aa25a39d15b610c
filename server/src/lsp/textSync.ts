import type { DidChangeTextDocumentParams } from 'vscode-languageserver';
import type { Announcer } from './announcer';
import { isChecklistFile } from './checklistFiles';
import { isOurs } from './files';
import { safely } from './safely';
import type { Session } from './session';
import { canonical } from './uris';
import type { Watchman } from './watchman';

/** Follows what the user opens, types and closes. */
export function followDocuments({ connection, documents, workspace, host, checklists }: Session, announcer: Announcer, watchman: Watchman): void {
  connection.onDidOpenTextDocument(
    safely(host, async ({ textDocument }) => {
      const uri = canonical(textDocument.uri);
      const { text } = documents.set(textDocument);
      if (isChecklistFile(uri)) watchman.somethingChanged();
      // Clients also tell of files whose names are like those that are looked at.
      if (textDocument.languageId !== 'python' && !isOurs(uri)) return;
      workspace.open(uri, text);
      // A file that the disk has not shown may be one that the project ignores.
      if (watchman.state !== 'scanning' && !workspace.isKnown(uri)) watchman.filesChanged([uri]);
      watchman.bufferChanged(uri);
      await announcer.open(uri);
    }, undefined),
  );
  connection.onDidChangeTextDocument(
    safely(host, async ({ textDocument, contentChanges }: DidChangeTextDocumentParams) => {
      const uri = canonical(textDocument.uri);
      const known = documents.get(uri);
      if (!known) return;
      const { document, changes } = documents.change(known, textDocument.version, contentChanges);
      if (isChecklistFile(uri)) watchman.somethingChanged();
      if (!workspace.isOpen(uri)) return;
      workspace.edit(uri, document.text, changes);
      watchman.bufferChanged(uri);
      await announcer.edited(uri);
    }, undefined),
  );
  connection.onDidSaveTextDocument(
    safely(host, ({ textDocument }) => {
      const uri = canonical(textDocument.uri);
      if (isChecklistFile(uri)) checklists.changed();
      watchman.filesChanged([uri]);
    }, undefined),
  );
  connection.onDidCloseTextDocument(
    safely(host, ({ textDocument }) => {
      const uri = canonical(textDocument.uri);
      documents.close(uri);
      if (isChecklistFile(uri)) checklists.changed();
      workspace.close(uri);
      watchman.filesChanged([uri]);
    }, undefined),
  );
}
