import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { decisionsOf, type Decisions } from '../features/checklistFile/decisions';
import type { Entry } from '../features/checklistFile/entries';
import type { Progress } from '../features/checklistFile/progress';
import { account, type SheetUse } from '../features/checklistFile/sheet';
import type { DecidedFile } from './decided';
import { isWithin } from './places';
import type { Project } from './project';

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

/** What people decided about the uses that a project has now. */
export function decisionsIn(files: readonly DecidedFile[], project: Project, today: string): Decisions {
  return decisionsOf(files.flatMap(({ file, entries }) => accountOf(file, entries, project).progress.there), today);
}
