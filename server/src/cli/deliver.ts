import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { isMissing, reasonOf } from '../doors/systemErrors';
import { WrongUse, type Terminal } from './terminal';

/** Hands out a result, which may come in pieces: into the file, if one is named, else to standard output. */
export async function deliver(result: string | Uint8Array | Iterable<string>, file: string | undefined, terminal: Terminal): Promise<void> {
  if (file === undefined) {
    if (typeof result === 'string' || result instanceof Uint8Array) return terminal.print(result);
    for (const piece of result) terminal.print(piece);
    return;
  }
  try {
    await writeFile(path.resolve(terminal.folder, file), result);
  } catch (error) {
    throw new WrongUse(`${file}: ${isMissing(error) ? 'its folder does not exist' : reasonOf(error, 'write')}`);
  }
}
