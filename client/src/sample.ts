import { commands, Uri, workspace, type ExtensionContext, type Memento } from 'vscode';

/** Files of the sample project. A list, because a browser may serve the extension from a place that cannot list folders. */
export const sampleFiles: readonly string[] = [
  'README.md',
  'requirements.txt',
  'setup.cfg',
  'lighthouse/__init__.py',
  'lighthouse/__main__.py',
  'lighthouse/history.py',
  'lighthouse/keeper.py',
  'lighthouse/probe.py',
  'lighthouse/web.py',
  'tests/__init__.py',
  'tests/test_keeper.py',
];

/** The walkthrough's address, as the editor names it. */
export const walkthrough = 'eventlet-migration.eventlet-migration#start';

const openedKey = 'eventletMigration.sample';

// A copy is temporary: one week, in milliseconds.
const keptFor = 7 * 24 * 60 * 60 * 1000;

/** The sample project that comes with the extension. */
export class Sample {
  readonly #original: Uri;
  readonly #copies: Uri;
  readonly #memory: Memento;

  constructor({ extensionUri, globalStorageUri, globalState }: ExtensionContext) {
    this.#original = Uri.joinPath(extensionUri, 'media', 'sample');
    this.#copies = Uri.joinPath(globalStorageUri, 'samples');
    // Shared by all windows.
    this.#memory = globalState;
  }

  /** Opens a new copy, so that whoever tries things out harms nothing: in this window where nothing is open in it, else in another one. */
  async open(): Promise<void> {
    await this.#removeOld();
    const folder = Uri.joinPath(this.#copies, `${Date.now()}`, 'lighthouse');
    await Promise.all(sampleFiles.map(async (file) => workspace.fs.writeFile(Uri.joinPath(folder, file), await workspace.fs.readFile(Uri.joinPath(this.#original, file)))));
    await this.#memory.update(openedKey, folder.toString());
    const isTaken = workspace.workspaceFolders !== undefined;
    // An empty window brings its walkthrough back with the folder, at the step it was left at, and after ours has been shown: it is left at ours.
    if (!isTaken) await goOnWithWalkthrough();
    await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: isTaken });
  }

  /** In the window that a copy was just opened in: shows what is left, and goes on with the walkthrough. */
  async welcome(): Promise<void> {
    const [folder] = workspace.workspaceFolders ?? [];
    if (!folder || this.#memory.get(openedKey) !== folder.uri.toString()) return;
    await this.#memory.update(openedKey, undefined);
    await commands.executeCommand('eventletMigration.remaining.focus');
    await goOnWithWalkthrough();
  }

  // Folders are named by the time they were made at, in milliseconds since 1970. Where none was made yet there is nothing to list.
  async #removeOld(): Promise<void> {
    const entries = await Promise.resolve(workspace.fs.readDirectory(this.#copies)).catch(() => []);
    const old = entries.filter(([name]) => Number(name) < Date.now() - keptFor);
    await Promise.all(old.map(([name]) => workspace.fs.delete(Uri.joinPath(this.#copies, name), { recursive: true })));
  }
}

/** Shows the step that comes after opening a project. */
function goOnWithWalkthrough(): Thenable<void> {
  return commands.executeCommand('workbench.action.openWalkthrough', { category: walkthrough, step: 'list' }, false);
}
