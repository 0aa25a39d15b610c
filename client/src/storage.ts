import { FileSystemError, FileType, Uri, workspace, type ExtensionContext } from 'vscode';
import type { Storage } from './kept';

/**
 * Where the editor lets us keep what belongs to its workspace. Over a reload, the extensions of before may be slow to go: as long as they are
 * there, their folder is locked, and the editor gives the next ones another, `…-1`, where nothing is found again (`extHostStoragePaths.ts` of
 * its source). So this is always the first one.
 */
export function workspaceStorage({ storageUri, globalStorageUri }: ExtensionContext): Uri {
  if (!storageUri) return globalStorageUri;
  return storageUri.scheme === 'file' ? storageUri.with({ path: storageUri.path.replace(/-\d(?=\/[^/]+$)/, '') }) : storageUri;
}

/** The folder that the editor keeps for this extension and this workspace; on a disk, or wherever the editor has its own. */
export class EditorStorage implements Storage {
  readonly #folder: Uri;

  /** `name` is that of the part of the product that keeps something here. */
  constructor(storage: Uri, name: string) {
    this.#folder = Uri.joinPath(storage, name);
  }

  /** Where the file with this name is, or would be. */
  uriOf(name: string): Uri {
    return Uri.joinPath(this.#folder, name);
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return readIfThere(this.uriOf(name));
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await workspace.fs.createDirectory(this.#folder);
    await workspace.fs.writeFile(this.uriOf(name), bytes);
  }

  async list(): Promise<readonly string[]> {
    await workspace.fs.createDirectory(this.#folder);
    return (await workspace.fs.readDirectory(this.#folder)).filter(([, type]) => type === FileType.File).map(([name]) => name);
  }

  async remove(name: string): Promise<void> {
    await workspace.fs.delete(this.uriOf(name));
  }
}

/** undefined where there is no such file; rejects where it cannot be read. */
export async function readIfThere(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
