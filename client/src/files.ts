import { Disposable, FileSystemError, RelativePattern, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { findFilesRequest, readFileRequest, type FindFilesParams, type FindFilesResult, type ReadFileParams, type ReadFileResult } from '../../server/src/protocol';
import { toBase64 } from './base64';
import { neverOurs, ownFiles } from './ownFiles';

/** Lends the editor's file system to a server that has none: in a browser, and where a workspace is not on a disk. */
export function answerFileRequests(client: BaseLanguageClient): Disposable {
  return Disposable.from(
    client.onRequest(findFilesRequest, ({ folder, exclude }: FindFilesParams) => findFiles(Uri.parse(folder), exclude)),
    client.onRequest(readFileRequest, ({ uri }: ReadFileParams) => readFile(Uri.parse(uri))),
  );
}

// The setting `files.exclude` is respected by the search itself.
async function findFiles(folder: Uri, exclude: readonly string[]): Promise<FindFilesResult> {
  const found = await workspace.findFiles(new RelativePattern(folder, '**/*'), neverOurs);
  const prefix = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  const byPath = new Map(found.filter(({ path }) => path.startsWith(prefix)).map((uri) => [uri.path.slice(prefix.length), uri]));
  const own = ownFiles([...byPath.keys()], [...(await gitignoreLines(folder)), ...exclude]);
  const uris = own.map((path) => byPath.get(path)).filter((uri) => uri !== undefined);
  return { files: await Promise.all(uris.map(fileWithSize)) };
}

async function gitignoreLines(folder: Uri): Promise<readonly string[]> {
  try {
    const bytes = await workspace.fs.readFile(Uri.joinPath(folder, '.gitignore'));
    return new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
  } catch {
    return [];
  }
}

async function fileWithSize(uri: Uri): Promise<FindFilesResult['files'][number]> {
  try {
    const { size } = await workspace.fs.stat(uri);
    return { uri: uri.toString(), size };
  } catch (error) {
    return { uri: uri.toString(), size: 0, unreadable: inWords(error) };
  }
}

async function readFile(uri: Uri): Promise<ReadFileResult> {
  try {
    return { base64: toBase64(await workspace.fs.readFile(uri)) };
  } catch (error) {
    return error instanceof FileSystemError && error.code === 'FileNotFound' ? { missing: true } : { unreadable: inWords(error) };
  }
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
