import type { Connection } from 'vscode-languageserver/browser';
import type { Files, GrammarBytes, Host } from '../host';
import {
  findFilesRequest,
  readFileRequest,
  type FindFilesParams,
  type FindFilesResult,
  type ReadFileParams,
  type ReadFileResult,
} from '../protocol';
import { textCodec } from './codec';
import { today } from './today';

/** What a web worker brings: no disk, so files are asked of the client. */
export function workerHost(grammar: GrammarBytes, connection: Connection): Host {
  return {
    grammar,
    files: clientFiles(connection),
    text: textCodec(),
    log: (message) => connection.console.log(message),
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => performance.now(),
    today,
  };
}

/** Files as the client sees them, wherever it has them from (`vscode-vfs:` for instance). */
export function clientFiles(connection: Pick<Connection, 'sendRequest'>): Files {
  return {
    async *find(folder, { exclude, isCancelled }) {
      const params: FindFilesParams = { folder, exclude };
      const { files } = await connection.sendRequest<FindFilesResult>(findFilesRequest, params);
      for (const file of files) {
        if (isCancelled?.()) return;
        yield file;
      }
    },
    async read(uri) {
      const params: ReadFileParams = { uri };
      const { base64, missing, unreadable } = await connection.sendRequest<ReadFileResult>(readFileRequest, params);
      if (base64 !== undefined) return { bytes: Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)) };
      return missing ? { missing } : { unreadable: unreadable ?? 'the editor did not say why' };
    },
  };
}
