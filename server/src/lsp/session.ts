import type { Connection } from 'vscode-languageserver';
import type { Host } from '../host';
import type { Workspace } from '../workspace/workspace';
import type { Abilities } from './abilities';
import type { ChecklistFiles } from './checklistFiles';
import type { Documents } from './documents';

/** What the handlers of one connection work with. URIs are canonical everywhere but in what is sent. */
export interface Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly abilities: Abilities;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly checklists: ChecklistFiles;
  /** The client's own command for guide pages, where it has one. */
  readonly guideCommand: string | undefined;
}

/** Whether the findings of a file are wanted: of closed files only where the settings say so. */
export function isReported({ workspace, documents }: Session, uri: string): boolean {
  return documents.get(uri) !== undefined || workspace.settings(uri).diagnosticMode === 'workspace';
}

/** The files of the project whose findings are wanted and which have some, sorted by URI: what there is to migrate. */
export function reportedUris(session: Session): readonly string[] {
  return session.workspace.uris.filter((uri) => isReported(session, uri));
}

/** The files whose problems are shown: the same, and what is open from elsewhere. */
export function shownUris(session: Session): readonly string[] {
  return [...reportedUris(session), ...session.workspace.urisOutside];
}
