import { DidChangeWatchedFilesNotification, FileChangeType, WatchKind, type FileEvent, type FileOperationRegistrationOptions } from 'vscode-languageserver';
import { checklistFilesPattern, otherFilesPattern, projectFilesPattern } from '../protocol';
import { isTextFile } from '../rules/texts/index';
import { isChecklistFile } from './checklistFiles';
import { safely } from './safely';
import type { Session } from './session';
import { canonical } from './uris';
import type { Watchman } from './watchman';

const python = '**/*.{py,pyw}';

/** The operations of the editor's explorer that the server wants to hear of. */
export const fileOperations: FileOperationRegistrationOptions = {
  filters: [{ pattern: { glob: python, matches: 'file' } }, { pattern: { glob: '**', matches: 'folder' } }],
};

/** Follows what happens on disk, by whatever means the client tells of it. */
export function followFiles(session: Session, watchman: Watchman): void {
  const { connection, host } = session;
  connection.onDidChangeWatchedFiles(safely(host, ({ changes }) => onDisk(changes, session, watchman), undefined));
  connection.workspace.onDidDeleteFiles(safely(host, ({ files }) => watchman.filesChanged(files.map(({ uri }) => canonical(uri))), undefined));
  connection.workspace.onDidCreateFiles(safely(host, ({ files }) => appeared(files.map(({ uri }) => canonical(uri)), watchman), undefined));
  connection.workspace.onDidRenameFiles(
    safely(
      host,
      ({ files }) => {
        watchman.filesChanged(files.map(({ oldUri }) => canonical(oldUri)));
        appeared(files.map(({ newUri }) => canonical(newUri)), watchman);
      },
      undefined,
    ),
  );
}

/** Asks the client to tell of files on disk. A folder that is deleted is told of as one thing, so deletions of everything are wanted. */
export async function watchFiles({ connection, abilities }: Session): Promise<void> {
  if (!abilities.watchesFiles) return;
  const watchers = [{ globPattern: python }, { globPattern: otherFilesPattern }, { globPattern: '**/.{gitignore,ignore}' }, { globPattern: projectFilesPattern }, { globPattern: checklistFilesPattern }, { globPattern: '**', kind: WatchKind.Delete }];
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

function onDisk(changes: readonly FileEvent[], { checklists }: Session, watchman: Watchman): void {
  const events = changes.map(({ uri, type }) => ({ uri: canonical(uri), type }));
  if (events.some(({ uri }) => isChecklistFile(uri))) {
    checklists.changed();
    watchman.somethingChanged();
  }
  if (events.some(({ uri }) => /\/(\.(git)?ignore|pyproject\.toml|\.eventlet-migration\.toml)$/.test(uri))) watchman.scan();
  watchman.filesChanged(events.filter(({ uri, type }) => isOurs(uri) || type === FileChangeType.Deleted).map(({ uri }) => uri));
}

/** What is in a folder that appeared has to be found out. */
function appeared(uris: readonly string[], watchman: Watchman): void {
  watchman.filesChanged(uris.filter(isOurs));
  if (!uris.every(isOurs)) watchman.scan();
}

/** Whether a file may be looked at; the workspace knows which ones are. */
export function isOurs(uri: string): boolean {
  return /\.pyw?$/.test(uri) || isTextFile(decodeURIComponent(uri));
}
