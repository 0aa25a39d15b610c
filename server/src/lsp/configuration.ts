import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Settings } from '../protocol';
import { safely } from './safely';
import type { Session } from './session';
import { askForSettings, record, section, settingsOf, type SaidSettings } from './settings';
import { canonicalFolder } from './uris';
import type { Watchman } from './watchman';

/** Follows which folders are open and what is set for them. */
export class Configuration {
  private ofFolders: ReadonlyMap<string, Settings> = new Map();
  private hasRefused = false;

  constructor(
    private readonly session: Session,
    private readonly watchman: Watchman,
    /** Canonical URIs. */
    private folders: readonly string[],
    /** What holds for all of them, as it was said last. */
    private common: Settings,
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

  /** The settings as they are now: as the client says when asked, or else as it has just sent them; where it says nothing, they stay. */
  async refresh(sent?: unknown): Promise<void> {
    const { workspace } = this.session;
    const places = ['', ...this.folders];
    const before = places.map((place) => lookedAt(workspace.settings(place)));
    const { common = settingsOf(record(sent)[section]), ofFolders } = await this.said();
    this.common = common ?? this.common;
    this.ofFolders = new Map([...this.ofFolders, ...ofFolders]);
    workspace.configure(this.common, this.ofFolders);
    if (places.some((place, index) => lookedAt(workspace.settings(place)) !== before[index])) this.watchman.scan();
    else this.watchman.somethingChanged();
  }

  /** What the client says when it is asked. One that does not answer is served as one that cannot be asked. */
  private async said(): Promise<SaidSettings> {
    const { abilities, connection, host } = this.session;
    if (!abilities.answersSettings) return nothingSaid;
    return askForSettings(connection, this.folders).catch((error: unknown) => {
      if (!this.hasRefused) host.log(`the client does not tell its settings: ${error}`);
      this.hasRefused = true;
      return nothingSaid;
    });
  }
}

const nothingSaid: SaidSettings = { common: undefined, ofFolders: new Map() };

/** The settings that decide what is found, as against what is said of it. */
function lookedAt({ exclude, pythonVersion }: Settings): string {
  return JSON.stringify([exclude, pythonVersion]);
}
