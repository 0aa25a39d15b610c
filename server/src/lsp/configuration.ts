import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Settings } from '../protocol';
import { safely } from './safely';
import type { Session } from './session';
import { askForSettings, record, section, settingsOf } from './settings';
import { canonicalFolder } from './uris';
import type { Watchman } from './watchman';

/** Follows which folders are open and what is set for them. */
export class Configuration {
  constructor(
    private readonly session: Session,
    private readonly watchman: Watchman,
    /** Canonical URIs. */
    private folders: readonly string[],
  ) {}

  follow(): void {
    const { connection, host } = this.session;
    connection.onDidChangeConfiguration(safely(host, ({ settings }: { readonly settings: unknown }) => this.refresh(settings), undefined));
  }

  /**
   * For a client that tells when folders are added and removed. Not before `initialize` is answered: until then
   * vscode-languageserver does not know that the capabilities ask for it, and registers what no client accepts that early.
   */
  followFolders(): void {
    const { connection, host } = this.session;
    connection.workspace.onDidChangeWorkspaceFolders(
      safely(
        host,
        async ({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => canonicalFolder(uri)));
          this.folders = [...this.folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => canonicalFolder(uri))];
          this.session.workspace.moveTo(this.folders);
          await this.refresh();
          this.watchman.scan();
        },
        undefined,
      ),
    );
  }

  /** Asks the client to tell when settings change. */
  async watch(): Promise<void> {
    const { abilities, connection } = this.session;
    if (abilities.registersSettings) await connection.client.register(DidChangeConfigurationNotification.type, { section });
  }

  /** The settings as they are now: as the client says when asked, or else as it has just sent them, if it has. */
  async refresh(sent?: unknown): Promise<void> {
    const { abilities, connection, workspace } = this.session;
    const places = ['', ...this.folders];
    const before = places.map((place) => lookedAt(workspace.settings(place)));
    const own = record(sent)[section];
    if (abilities.answersSettings) {
      const { common, ofFolders } = await askForSettings(connection, this.folders);
      workspace.configure(common, ofFolders);
    } else if (own !== undefined) workspace.configure(settingsOf(own));
    if (places.some((place, index) => lookedAt(workspace.settings(place)) !== before[index])) this.watchman.scan();
    else this.watchman.somethingChanged();
  }
}

/** The settings that decide what is found, as against what is said of it. */
function lookedAt({ exclude, pythonVersion }: Settings): string {
  return JSON.stringify([exclude, pythonVersion]);
}
