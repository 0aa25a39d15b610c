import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createProtocolConnection, DidOpenTextDocumentNotification, DocumentDiagnosticRequest, InitializedNotification, InitializeRequest, type Diagnostic, type ProtocolConnection } from 'vscode-languageserver';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

/** Starts the built server for a folder, or for none, and hands it over; it ends with the work. */
export async function withServer<Result>(folder: string | null, work: (connection: ProtocolConnection) => Promise<Result>): Promise<Result> {
  const child = spawn(process.execPath, [join(__dirname, '..', 'server', 'node.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  try {
    connection.listen();
    await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: folder, capabilities: { textDocument: { diagnostic: {} } }, workspaceFolders: folder === null ? null : [{ uri: folder, name: 'bench' }] });
    await connection.sendNotification(InitializedNotification.type, {});
    return await work(connection);
  } finally {
    connection.dispose();
    child.kill();
  }
}

export async function open(connection: ProtocolConnection, uri: string, text: string): Promise<void> {
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'python', version: 0, text } });
}

/** The diagnostics of a file as it is now. */
export async function diagnosticsOf(connection: ProtocolConnection, uri: string): Promise<readonly Diagnostic[]> {
  const answer = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  return answer.kind === 'full' ? answer.items : [];
}
