import { PositionEncodingKind, TextDocumentSyncKind, type Connection, type InitializeParams, type InitializeResult, type ServerCapabilities } from 'vscode-languageserver';
import type { Host } from '../host';
import { Workspace } from '../workspace/workspace';
import { abilitiesOf, type Abilities } from './abilities';
import { Announcer } from './announcer';
import { serveChecklist } from './checklist';
import { ChecklistFiles } from './checklistFiles';
import { actionKinds, serveCodeActions } from './codeActions';
import { openGuideCommand, serveCommands } from './commands';
import { convertCallChainCommand, defaultSettings } from '../protocol';
import { Configuration } from './configuration';
import { serveDecisions } from './decide';
import { serveDiagnostics } from './diagnostics';
import { Documents } from './documents';
import { fileOperations, followFiles, watchFiles } from './files';
import { serveGuard } from './guard';
import { serveHistory } from './history';
import { serveHover } from './hover';
import { serveModules } from './modules';
import { servePlan } from './plan';
import { completionTriggers, registerCompletion, serveCompletion } from './projectFile';
import { serveReport } from './report';
import { serveReview } from './review';
import { safely } from './safely';
import { serveServices } from './services';
import type { Session } from './session';
import { record, settingsOf } from './settings';
import { followDocuments } from './textSync';
import { canonicalFolder } from './uris';
import { Watchman } from './watchman';

/** Serves one client until it says goodbye. The connection must not listen yet. */
export function startServer(connection: Connection, host: Host): void {
  connection.onInitialize((params) => initialize(connection, host, params));
  connection.listen();
}

/** Nothing else arrives before this is answered, so everything is set up here. */
async function initialize(connection: Connection, host: Host, params: InitializeParams): Promise<InitializeResult> {
  const options = record(params.initializationOptions);
  const folders = foldersOf(params);
  const abilities = abilitiesOf(params.capabilities);
  const cacheFolder = options['cacheFolder'];
  const cache = typeof cacheFolder === 'string' ? host.cacheIn?.(cacheFolder) : host.cache;
  const settings = settingsOf(options['settings']) ?? defaultSettings;
  const workspace = await Workspace.create({ ...host, ...(cache ? { cache } : {}) }, { roots: folders, settings });
  const documents = new Documents();
  const session: Session = {
    connection,
    host,
    abilities,
    workspace,
    documents,
    checklists: new ChecklistFiles(host, workspace, documents),
    guideCommand: typeof options['guideCommand'] === 'string' ? options['guideCommand'] : undefined,
  };
  const announcer = new Announcer(session);
  const watchman = new Watchman(session, announcer);
  const configuration = new Configuration(session, watchman, folders, settings);

  followDocuments(session, announcer, watchman);
  followFiles(session, watchman);
  configuration.follow();
  serveDiagnostics(session);
  serveCodeActions(session);
  serveCommands(session);
  serveHover(session);
  serveCompletion(session);
  serveChecklist(session, announcer, watchman);
  serveDecisions(session, watchman);
  serveGuard(session);
  serveHistory(session);
  serveModules(session);
  serveReview(session);
  servePlan(session, announcer, watchman);
  serveServices(session);
  serveReport(session, watchman);

  connection.onInitialized(
    safely(
      host,
      async () => {
        if (params.capabilities.workspace?.workspaceFolders) configuration.followFolders();
        await configuration.refresh();
        await Promise.all([configuration.watch(), watchFiles(session), registerCompletion(session)]);
      },
      undefined,
    ),
  );
  connection.onShutdown(() => {
    watchman.stop();
    session.workspace.dispose();
  });
  return { capabilities: capabilities(abilities, session), serverInfo: { name: 'eventlet-migration' } };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.map(canonicalFolder);
}

function capabilities(abilities: Abilities, { guideCommand }: Session): ServerCapabilities {
  // A client that has a command of its own for guide pages would only find two of them in its way.
  const commands = [...(guideCommand === undefined && abilities.opensLinks ? [openGuideCommand] : []), ...(abilities.appliesEdits ? [convertCallChainCommand] : [])];
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    codeActionProvider: { codeActionKinds: actionKinds, resolveProvider: abilities.resolvesEdits },
    hoverProvider: true,
    ...(abilities.registersCompletion ? {} : { completionProvider: { triggerCharacters: completionTriggers } }),
    ...(abilities.pullsDiagnostics ? { diagnosticProvider: { identifier: 'eventlet', interFileDependencies: true, workspaceDiagnostics: true } } : {}),
    ...(commands.length > 0 ? { executeCommandProvider: { commands } } : {}),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didCreate: fileOperations, didRename: fileOperations, didDelete: fileOperations },
    },
  };
}
