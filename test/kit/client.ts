import { PassThrough } from 'node:stream';
import { expect, onTestFinished, vi } from 'vitest';
import {
  ApplyWorkspaceEditRequest,
  CodeActionRequest,
  CompletionRequest,
  CodeActionResolveRequest,
  CancellationTokenSource,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidChangeWorkspaceFoldersNotification,
  DidOpenTextDocumentNotification,
  DidRenameFilesNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  FileChangeType,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  LogMessageNotification,
  ProposedFeatures,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowDocumentRequest,
  ShowMessageRequest,
  ShutdownRequest,
  UnregistrationRequest,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
  WorkspaceDiagnosticRequest,
  type ClientCapabilities,
  type CodeAction,
  type Command,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
  type MarkupContent,
  type ProgressToken,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  type TextDocumentEdit,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { LineIndex } from '../../server/src/edits/lines';
import { apply, type TextEdit } from '../../server/src/edits/textEdit';
import type { Host } from '../../server/src/host';
import { startServer } from '../../server/src/lsp/server';
import { checklistChangedNotification, checklistRequest, decideRequest, makeOptionalRequest, planRequest, previewFixesRequest, removeDualRequest, reviewEditRequest, reviewRequest, routeRequest, servicesRequest, type Checklist, type DecideParams, type DecideResult, type ModuleEdits, type Plan, type PreviewFixesParams, type PreviewFixesResult, type RemoveDualResult, type Review, type ReviewEdit, type ReviewEditParams, type ServicesReport, type Settings } from '../../server/src/protocol';
import { memoryHost } from './host';
import { readMarked, withMarks, type Marker } from './markers';

// Servers that are started and asked over a connection take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/** What a modern editor can do; VS Code says the like. */
export const modern: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    publishDiagnostics: { tagSupport: { valueSet: [1, 2] }, relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, dataSupport: true, isPreferredSupport: true, disabledSupport: true, resolveSupport: { properties: ['edit'] } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {}, resourceOperations: ['create', 'delete'] },
    applyEdit: true,
  },
  window: { workDoneProgress: true, showDocument: { support: true } },
};

/** What every editor can do since the protocol is young. */
export const modest: ClientCapabilities = {
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } }, hover: {} },
};

export interface ClientOptions {
  /** The files on disk, by path below the root. */
  readonly files?: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  readonly settings?: Partial<Settings>;
  /** What the client answers when it is asked for settings; the same where nothing is said. */
  readonly settingsOf?: Client['settingsOf'];
  readonly guideCommand?: string;
  /** Paths of the folders that are open; `w` where nothing is said. */
  readonly folders?: readonly string[];
  /** Changes the world that the server runs in. */
  readonly host?: (host: Host) => Host;
}

/** A place in a file: its first mark of a label, or the first one of all. */
export interface Place {
  readonly path: string;
  readonly range: Range;
}

/** Asks again and again until the answer is as expected: servers do much behind one’s back. */
export function eventually<Answer>(ask: () => Answer | Promise<Answer>, message = ''): ReturnType<typeof expect.poll<Answer>> {
  return expect.poll(ask, { interval: 2, timeout: 15_000, message });
}

/** Starts a server, connects to it and waits until it answers; both end with the test. */
export async function connect(options: ClientOptions = {}): Promise<Client> {
  const client = new Client(options);
  onTestFinished(() => client.stop());
  await client.start();
  return client;
}

/** An editor in memory: it has a disk, open documents that it versions, and remembers what the server told it. */
export class Client {
  readonly disk: Map<string, string>;
  readonly documents = new Map<string, { version: number; text: string }>();
  /** What was published, by path, the newest. */
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly progress: { readonly kind: string; readonly token: ProgressToken; readonly title?: string; readonly message?: string; readonly cancellable?: boolean }[] = [];
  readonly registrations: Registration[] = [];
  /** The questions of the server, and how the user answers them; not at all where nothing is said. */
  readonly asked: string[] = [];
  answer: string | undefined;
  /** What happens while a question stands. */
  meanwhile: () => void = () => undefined;
  readonly shown: string[] = [];
  readonly logged: string[];
  refreshes = 0;
  checklistChanges = 0;
  settings: Partial<Settings>;
  /** What the client answers when it is asked for the settings of a folder, or of all; null where it knows none. */
  settingsOf: (folder: string | undefined) => Partial<Settings> | null = () => this.settings;
  initialized: InitializeResult | undefined;
  readonly connection: ProtocolConnection;

  constructor(private readonly options: ClientOptions) {
    this.settings = options.settings ?? {};
    if (options.settingsOf) this.settingsOf = options.settingsOf;
    this.disk = new Map(Object.entries(options.files ?? {}).map(([path, text]) => [uriOf(path), text]));
    const host = memoryHost(this.disk);
    this.logged = host.logged;
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(
      (logger) => createProtocolConnection(new StreamMessageReader(up), new StreamMessageWriter(down), logger),
      { shutdownReceived: false, initialize: () => undefined, exit: () => undefined },
      ProposedFeatures.all,
    );
    startServer(server, options.host?.(host) ?? host);
    this.connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    this.listen();
  }

  async start(): Promise<void> {
    const { capabilities = modern, folders = ['.'], guideCommand } = this.options;
    const params: InitializeParams = {
      processId: null,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((path) => ({ uri: uriOf(path), name: path })),
      initializationOptions: { settings: this.settings, ...(guideCommand === undefined ? {} : { guideCommand }) },
    };
    this.initialized = await this.connection.sendRequest(InitializeRequest.type, params);
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    this.connection.dispose();
  }

  /** Waits until the server has looked at everything. */
  async ready(): Promise<this> {
    await eventually(async () => (await this.checklist()).state).toBe('ready');
    return this;
  }

  /** Opens a file with this text, or as it is on disk. Underlines in it are places; the first is given back. */
  open(path: string, source?: string): Place {
    const { text, markers } = readMarked(source ?? this.disk.get(uriOf(path)) ?? '');
    this.documents.set(path, { version: 1, text });
    void this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri: uriOf(path), languageId: /\.pyw?$|^untitled:/.test(path) ? 'python' : 'plaintext', version: 1, text } });
    return this.place(path, text, markers[0]);
  }

  close(path: string): void {
    this.documents.delete(path);
    void this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: uriOf(path) } });
  }

  /** Replaces the first occurrence of some text in an open file. */
  type(path: string, old: string, newText: string): void {
    const start = this.text(path).indexOf(old);
    if (start < 0) throw new Error(`there is no ${old} in ${path}`);
    this.edit(path, [{ start, end: start + old.length, newText }]);
  }

  /** Makes edits one after the other: the offsets of each refer to the text after the one before. */
  edit(path: string, edits: readonly TextEdit[]): void {
    const document = this.documents.get(path);
    if (!document) throw new Error(`${path} is not open`);
    const contentChanges = edits.map(({ start, end, newText }) => {
      const lines = new LineIndex(document.text);
      document.text = apply(document.text, [{ start, end, newText }]);
      return { range: { start: lines.position(start), end: lines.position(end) }, text: newText };
    });
    document.version++;
    void this.connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri: uriOf(path), version: document.version }, contentChanges });
  }

  /** Replaces the whole text, in the way of a client that does not count. */
  replace(path: string, text: string): void {
    const version = (this.documents.get(path)?.version ?? 0) + 1;
    this.documents.set(path, { version, text });
    void this.connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri: uriOf(path), version }, contentChanges: [{ text }] });
  }

  /** Changes the disk and tells the server, as a client with a watcher does; undefined deletes. */
  write(files: Readonly<Record<string, string | undefined>>): void {
    const changes = Object.entries(files).map(([path, text]): FileEvent => {
      const uri = uriOf(path);
      const type = text === undefined ? FileChangeType.Deleted : this.disk.has(uri) ? FileChangeType.Changed : FileChangeType.Created;
      if (text === undefined) for (const each of [...this.disk.keys()]) if (each === uri || each.startsWith(`${uri}/`)) this.disk.delete(each);
      if (text !== undefined) this.disk.set(uri, text);
      return { uri, type };
    });
    void this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  configure(settings: Partial<Settings>): void {
    this.settings = settings;
    void this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { eventletMigration: settings } });
  }

  /** Renames a folder as the editor's explorer does: nobody tells of the files in it. */
  renameFolder(old: string, now: string): void {
    for (const [uri, text] of [...this.disk]) {
      if (!uri.startsWith(`${uriOf(old)}/`)) continue;
      this.disk.delete(uri);
      this.disk.set(uri.replace(uriOf(old), uriOf(now)), text);
    }
    void this.connection.sendNotification(DidRenameFilesNotification.type, { files: [{ oldUri: uriOf(old), newUri: uriOf(now) }] });
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    const folders = (paths: readonly string[]): WorkspaceFolder[] => paths.map((path) => ({ uri: uriOf(path), name: path }));
    void this.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event: { added: folders(added), removed: folders(removed) } });
  }

  /** As a person does who presses the button beside the progress. */
  cancelProgress(): void {
    const token = this.progress.at(-1)?.token;
    if (token !== undefined) void this.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
  }

  /** Asks for everything, and takes the question back at once. */
  async cancelled(): Promise<unknown> {
    const source = new CancellationTokenSource();
    const answer = this.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] }, source.token);
    source.cancel();
    return answer;
  }

  /** The text of a file as the user sees it. */
  text(path: string): string {
    return this.documents.get(path)?.text ?? this.disk.get(uriOf(path)) ?? '';
  }

  async diagnostics(path: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(path);
    return report.kind === 'full' ? report.items : [];
  }

  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: uriOf(path) }, ...(previousResultId === undefined ? {} : { previousResultId }) });
  }

  /** The file with its problems underlined, each with its rule. */
  async problems(path: string): Promise<string> {
    return this.underlined(path, await this.diagnostics(path));
  }

  underlined(path: string, diagnostics: readonly Diagnostic[]): string {
    const text = this.text(path);
    const lines = new LineIndex(text);
    const markers = diagnostics.map(({ range, code }) => ({ start: lines.offset(range.start), end: lines.offset(range.end), label: String(code) }));
    return withMarks({ text, markers });
  }

  pullAll(previous: Readonly<Record<string, string>> = {}): Promise<WorkspaceDiagnosticReport> {
    const previousResultIds = Object.entries(previous).map(([path, value]) => ({ uri: uriOf(path), value }));
    return this.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
  }

  /** How many files the server reports on part by part, and at last. */
  async pullAllInParts(): Promise<{ readonly parts: readonly number[]; readonly rest: number }> {
    const parts: number[] = [];
    const partialResultToken = 'parts';
    this.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, partialResultToken, ({ items }) => void parts.push(items.length));
    const { items } = await this.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [], partialResultToken });
    return { parts, rest: items.length };
  }

  /** How many problems each file has, closed ones too. */
  async problemCounts(): Promise<Readonly<Record<string, number>>> {
    const { items } = await this.pullAll();
    return Object.fromEntries(items.map((item) => [pathOf(item.uri), item.kind === 'full' ? item.items.length : -1]));
  }

  async actions({ path, range }: Place, only?: string[]): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [], ...(only ? { only } : {}) };
    const found = await this.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: uriOf(path) }, range, context });
    return (found ?? []).filter((action): action is CodeAction => !('command' in action && typeof action.command === 'string'));
  }

  async titles(place: Place, only?: string[]): Promise<readonly string[]> {
    return (await this.actions(place, only)).map(({ title }) => title);
  }

  /** Chooses the action whose title starts so, and gives it back as it is carried out: with its edit made. */
  async choose(place: Place, title: string, only?: string[]): Promise<CodeAction> {
    const all = await this.actions(place, only);
    const action = all.find((each) => each.title.startsWith(title));
    if (!action) throw new Error(`no “${title}” among: ${all.map((each) => each.title).join('; ')}`);
    const resolved = action.edit ? action : await this.resolve(action);
    if (resolved.edit) this.apply(resolved.edit);
    return resolved;
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest(CodeActionResolveRequest.type, action);
  }

  async run(command: Command | undefined): Promise<void> {
    if (command) await this.connection.sendRequest(ExecuteCommandRequest.type, { command: command.command, arguments: command.arguments ?? [] });
  }

  /** Makes an edit as a client does: refuses what is for another version, and tells the server of the rest. */
  apply({ changes, documentChanges }: WorkspaceEdit): void {
    const all = documentChanges?.filter((change): change is TextDocumentEdit => 'edits' in change) ?? [];
    for (const { textDocument, edits } of all) {
      const version = this.documents.get(pathOf(textDocument.uri))?.version ?? null;
      if (textDocument.version !== version) throw new Error(`an edit for version ${textDocument.version}, but ${textDocument.uri} has ${version}`);
      this.applyTo(pathOf(textDocument.uri), edits.map(({ range, ...edit }) => ({ range, newText: 'newText' in edit ? edit.newText : '' })));
    }
    for (const change of documentChanges ?? []) if ('kind' in change && change.kind === 'delete') this.write({ [pathOf(change.uri)]: undefined });
    for (const [uri, edits] of Object.entries(changes ?? {})) this.applyTo(pathOf(uri), edits);
  }

  async hover({ path, range }: Place): Promise<string> {
    const hover = await this.connection.sendRequest(HoverRequest.type, { textDocument: { uri: uriOf(path) }, position: range.start });
    // The server sends nothing but markup.
    return hover ? (hover.contents as MarkupContent).value : '';
  }

  /** What is offered to be written at a place, with the text that each puts there. */
  async completions({ path, range }: Place): Promise<readonly { readonly label: string; readonly newText: string | undefined }[]> {
    const answer = await this.connection.sendRequest(CompletionRequest.type, { textDocument: { uri: uriOf(path) }, position: range.start });
    return (Array.isArray(answer) ? answer : (answer?.items ?? [])).map(({ label, textEdit }) => ({ label, newText: textEdit?.newText }));
  }

  checklist(): Promise<Checklist> {
    return this.connection.sendRequest<Checklist>(checklistRequest, {});
  }

  /** What a decision changes in the checklist files; null takes it back. */
  decide(items: DecideParams['items'], decision: DecideParams['decision']): Promise<DecideResult & { readonly edit?: WorkspaceEdit }> {
    const params: DecideParams = { items: items.map(({ uri, id }) => ({ uri, id })), decision };
    return this.connection.sendRequest(decideRequest, params);
  }

  /** The lines that are left, each with its file. */
  async left(): Promise<readonly string[]> {
    return (await this.checklist()).items.map(({ uri, line }) => `${pathOf(uri)}: ${line}`);
  }

  plan(): Promise<Plan> {
    return this.connection.sendRequest<Plan>(planRequest, {});
  }

  /** What taking eventlet behind a module changes. */
  route(path: string, folder?: string): Promise<ModuleEdits & { readonly edit?: WorkspaceEdit }> {
    return this.connection.sendRequest(routeRequest, { module: uriOf(path), ...(folder === undefined ? {} : { folder: uriOf(folder) }) });
  }

  /** What letting that module decide changes. */
  makeOptional(path: string, variable: string): Promise<ModuleEdits & { readonly edit?: WorkspaceEdit }> {
    return this.connection.sendRequest(makeOptionalRequest, { module: uriOf(path), variable });
  }

  /** What the next step of taking it down changes. */
  removeDual(path: string): Promise<RemoveDualResult & { readonly edit?: WorkspaceEdit }> {
    return this.connection.sendRequest(removeDualRequest, { module: uriOf(path) });
  }

  services(): Promise<ServicesReport> {
    return this.connection.sendRequest<ServicesReport>(servicesRequest, {});
  }

  preview(params: PreviewFixesParams): Promise<PreviewFixesResult & { readonly edit?: WorkspaceEdit }> {
    return this.connection.sendRequest<PreviewFixesResult & { readonly edit?: WorkspaceEdit }>(previewFixesRequest, { ...params, ...(params.uri === undefined ? {} : { uri: uriOf(params.uri) }) });
  }

  /** What there is to tick, of what is left in these files. */
  async review(...paths: readonly string[]): Promise<Review> {
    const items = (await this.checklist()).items.filter(({ uri }) => paths.includes(pathOf(uri)));
    return this.connection.sendRequest<Review>(reviewRequest, { items });
  }

  reviewEdit(params: ReviewEditParams): Promise<ReviewEdit & { readonly edit?: WorkspaceEdit }> {
    return this.connection.sendRequest<ReviewEdit & { readonly edit?: WorkspaceEdit }>(reviewEditRequest, params);
  }

  private applyTo(path: string, edits: readonly { readonly range: Range; readonly newText: string }[]): void {
    const lines = new LineIndex(this.text(path));
    const offsets = edits.map(({ range, newText }) => ({ start: lines.offset(range.start), end: lines.offset(range.end), newText }));
    const after = apply(this.text(path), offsets);
    if (this.documents.has(path)) this.edit(path, [{ start: 0, end: this.text(path).length, newText: after }]);
    else this.write({ [path]: after });
  }

  private place(path: string, text: string, marker: Marker | undefined): Place {
    const lines = new LineIndex(text);
    const { start, end } = marker ?? { start: 0, end: 0 };
    return { path, range: { start: lines.position(start), end: lines.position(end) } };
  }

  private listen(): void {
    const { connection } = this;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => void this.published.set(pathOf(params.uri), params));
    connection.onNotification(checklistChangedNotification, () => void this.checklistChanges++);
    connection.onNotification(LogMessageNotification.type, ({ message }) => void this.logged.push(message));
    connection.onUnhandledNotification(() => undefined);
    connection.onRequest(DiagnosticRefreshRequest.type, () => void this.refreshes++);
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, (value) => void this.progress.push({ token, ...value }));
    });
    connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
      this.apply(edit);
      return { applied: true };
    });
    connection.onRequest(ShowMessageRequest.type, ({ message, actions = [] }) => {
      this.asked.push(message);
      this.meanwhile();
      return actions.find(({ title }) => title === this.answer) ?? null;
    });
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => void this.registrations.push(...registrations));
    connection.onRequest(UnregistrationRequest.type, ({ unregisterations }) => {
      const gone = new Set(unregisterations.map(({ id }) => id));
      this.registrations.splice(0, Infinity, ...this.registrations.filter(({ id }) => !gone.has(id)));
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(({ scopeUri }) => this.settingsOf(scopeUri === undefined || scopeUri === null ? undefined : pathOf(scopeUri))));
    connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
      this.shown.push(uri);
      return { success: true };
    });
    connection.listen();
  }
}

/** What is a URI already stays as it is. */
export function uriOf(path: string): string {
  if (/^\w+:/.test(path)) return path;
  return path === '.' ? root : `${root}/${path}`;
}

function pathOf(uri: string): string {
  return uri.startsWith(`${root}/`) ? uri.slice(root.length + 1) : uri;
}

const root = 'file:///w';
