import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { nearestWith } from '../doors/nearest';
import { isMissing, reasonOf } from '../doors/systemErrors';
import { decisionsOf, type Decisions } from '../features/checklistFile/decisions';
import { checklistFileName, parseChecklistFile, type ChecklistFile, type Entry } from '../features/checklistFile/entries';
import type { Progress } from '../features/checklistFile/progress';
import { account, type SheetUse } from '../features/checklistFile/sheet';
import { isWithin, type Places } from './places';
import type { Project } from './project';
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

/** What of a checklist file a run is about: the named files and folders, and the rules that were asked for. */
export interface Accounted {
  readonly progress: Progress<SheetUse>;
  /** The other entries. */
  readonly outside: readonly Entry[];
}

/** Pairs the entries of a checklist file with the uses of a project. */
export function accountOf(file: string, entries: readonly Entry[], { workspace, places, isAsked }: Project): Accounted {
  const folder = path.dirname(file);
  const uriOf = (name: string): string => URI.file(path.join(folder, name)).toString();
  const roots = places.roots.map((uri) => URI.parse(uri).fsPath);
  const isInside = ({ path: name, rule }: Entry): boolean => isAsked(rule) && roots.some((root) => isWithin(root, path.join(folder, name)));
  const progress = account(
    { uri: URI.file(file).toString(), entries: entries.filter(isInside), roots: places.roots, uriOf },
    {
      uris: workspace.uris,
      findings: (uri) => workspace.findings(uri).filter(({ rule }) => isAsked(rule)),
      isKnown: (uri) => workspace.isKnown(uri),
      isWhole: (uri) => workspace.isWhole(uri),
      settings: (uri) => workspace.settings(uri),
      surroundings: (uri) => workspace.surroundings(uri),
    },
  );
  return { progress, outside: entries.filter((entry) => !isInside(entry)) };
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

/** What people decided about the uses that a project has now. */
export function decisionsIn(files: readonly DecidedFile[], project: Project, today: string): Decisions {
  return decisionsOf(files.flatMap(({ file, entries }) => accountOf(file, entries, project).progress.there), today);
}
