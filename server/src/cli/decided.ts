import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { nearestWith } from '../doors/nearest';
import { isMissing, reasonOf } from '../doors/systemErrors';
import { checklistFileName, parseChecklistFile, type ChecklistFile, type Entry } from '../features/checklistFile/entries';
import type { Places } from './places';
import { WrongUse, type Terminal } from './terminal';

/** The checklist file that counts for a folder or file: the nearest at or above it. An absolute path; undefined where there is none. */
export async function nearestChecklist(place: string): Promise<string | undefined> {
  const folder = await nearestWith(checklistFileName, place);
  return folder && path.join(folder, checklistFileName);
}

/** Says what cannot be understood in it, and goes on; undefined where it is not there. */
export async function readChecklist(file: string, terminal: Terminal): Promise<ChecklistFile | undefined> {
  try {
    const { entries, problems } = parseChecklistFile(await fs.readFile(file, 'utf8'));
    for (const { line, message } of problems) terminal.warn(`${path.relative(terminal.folder, file)}:${line + 1}: ${message}`);
    return { entries };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new WrongUse(`${file}: ${reasonOf(error, 'read')}`);
  }
}

/** A checklist file with decisions in it. */
export interface DecidedFile {
  /** An absolute path. */
  readonly file: string;
  readonly entries: readonly Entry[];
}

/** The checklist files that count for the named files and folders, if they say that anything was decided. */
export async function decidedFiles({ roots }: Places, terminal: Terminal): Promise<readonly DecidedFile[]> {
  const files = new Set(await Promise.all(roots.map((uri) => nearestChecklist(URI.parse(uri).fsPath))));
  const read: DecidedFile[] = [];
  for (const file of files) {
    const entries = (file === undefined ? undefined : await readChecklist(file, terminal))?.entries ?? [];
    if (file !== undefined && entries.some(({ decision }) => decision)) read.push({ file, entries });
  }
  return read;
}
