import { DidChangeWatchedFilesNotification, type Disposable } from 'vscode-languageserver';
import { checklistFileName } from '../features/checklistFile/entries';
import type { Session } from './session';

/** Has the client tell of the checklist files above the workspace's folders, too: a pattern that names no folder is about what is below those. */
export class WatchAbove {
  private watched: readonly string[] = [];
  private registration: Promise<Disposable> | undefined;

  constructor(private readonly session: Session) {}

  /** Watches those that there are now, instead of those that there were. Nobody waits for the client: until it watches, all is as without. */
  async follow(): Promise<void> {
    const { abilities, checklists, workspace: { roots }, host } = this.session;
    if (!abilities.watchesFolders) return;
    const uris = [...(await checklists.content()).keys()].filter((uri) => !roots.some((root) => uri.startsWith(`${root}/`)));
    if (uris.join('\n') === this.watched.join('\n')) return;
    this.watched = uris;
    this.registration = this.replace(uris, this.registration);
    this.registration.catch((error: unknown) => host.log(`the client does not watch ${uris.join(', ')}: ${error}`));
  }

  private async replace(uris: readonly string[], before: Promise<Disposable> | undefined): Promise<Disposable> {
    (await before?.catch(() => undefined))?.dispose();
    const watchers = uris.map((uri) => ({ globPattern: { baseUri: uri.slice(0, uri.lastIndexOf('/')), pattern: checklistFileName } }));
    return watchers.length > 0 ? this.session.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }) : { dispose: () => undefined };
  }
}
