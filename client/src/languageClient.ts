import { workspace, type LogOutputChannel, type Uri } from 'vscode';
import { CloseAction, ErrorAction, RevealOutputChannelOn, type BaseLanguageClient, type CloseHandlerResult, type ErrorHandler, type ErrorHandlerResult, type LanguageClientOptions } from 'vscode-languageclient';
import { attributesFilesPattern, checklistFilesPattern, otherFilesPattern, projectFilesPattern, type InitializationOptions } from '../../server/src/protocol';
import { settings } from './settings';

/** Name and id under which the server appears in the output panel. */
export const clientId = 'eventletMigration';
export const clientName = 'Eventlet Migration';

/** Makes a client that is not started yet. How the server is reached is the door's business. */
export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** What both doors ask of the client: which documents, which settings, where the log goes, and silence. `storage` is the editor's, for what the server keeps. */
export function clientOptions(log: LogOutputChannel, storage: Uri): LanguageClientOptions {
  const cacheFolder = storage.scheme === 'file' ? { cacheFolder: storage.fsPath } : {};
  return {
    documentSelector: schemes().flatMap((scheme) => [{ scheme, language: 'python' }, ...[projectFilesPattern, otherFilesPattern, checklistFilesPattern, attributesFilesPattern].map((pattern) => ({ scheme, pattern }))]),
    // The server's offers to open a guide page lead to the page in the editor, by our own command.
    initializationOptions: (): InitializationOptions => ({ settings: settings(), guideCommand: 'eventletMigration.openGuidance', ...cacheFolder }),
    outputChannel: log,
    // Nothing pops up but after a command: what goes wrong is in the log and in the status bar.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    errorHandler: new QuietRestarts(() => Date.now()),
  };
}

// Real files and unsaved ones, but not the old side of a diff or the output of a cell.
function schemes(): readonly string[] {
  const folders = workspace.workspaceFolders ?? [];
  return [...new Set(['file', 'untitled', 'vscode-vfs', ...folders.map(({ uri }) => uri.scheme)])];
}

const restarts = 4;
const withinMilliseconds = 3 * 60 * 1000;

/** Starts a server that died again, but not one that keeps dying. Says nothing: the status bar does. */
class QuietRestarts implements ErrorHandler {
  readonly #deaths: number[] = [];

  constructor(private readonly now: () => number) {}

  // A connection that is broken for good is closed, too, and that is where it is decided what comes next.
  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue, handled: true };
  }

  closed(): CloseHandlerResult {
    const now = this.now();
    this.#deaths.push(now);
    const recent = this.#deaths.filter((death) => now - death <= withinMilliseconds);
    return { action: recent.length <= restarts ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
  }
}
