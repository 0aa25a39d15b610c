import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { isMissing, reasonOf } from '../doors/systemErrors';
import { WrongUse, type Terminal } from './terminal';

/** Hands out a result: into the file, if one is named, else to standard output. */
export async function deliver(result: string | Uint8Array, file: string | undefined, terminal: Terminal): Promise<void> {
  if (file === undefined) return terminal.print(result);
  try {
    await writeFile(path.resolve(terminal.folder, file), result);
  } catch (error) {
    throw new WrongUse(`${file}: ${isMissing(error) ? 'its folder does not exist' : reasonOf(error, 'write')}`);
  }
}
