import { DiagnosticSeverity } from 'vscode-languageserver';
import { LineIndex } from '../edits/lines';
import type { Decisions } from '../features/checklistFile/decisions';
import { parseChecklistFile } from '../features/checklistFile/entries';
import { checklistChangedNotification, type LookState } from '../protocol';
import { toRange } from './convert';
import { diagnosticsOf } from './diagnostics';
import { isReported, shownUris, type Session } from './session';
import { inTurns } from './turns';

/** Milliseconds; typing goes on for so long before the problems of the file follow it. */
const typing = 100;

/** Tells the client when the findings are not what it was told last: to ask again, or, where it never asks, what they are. */
export class Announcer {
  /** Of each file with findings, the digest of what was told. */
  private readonly told = new Map<string, string>();
  private toldCounts = '';
  private toldState: LookState = 'scanning';
  private toldProjects: readonly string[] = [];
  private toldChecklists: ReadonlyMap<string, string> = new Map();
  private hasReader = false;
  private readonly waiting = new Set<string>();

  constructor(private readonly session: Session) {}

  /** From now on somebody wants to hear when the checklist changes. */
  addReader(): void {
    this.hasReader = true;
  }

  /** How far the look at all files has come, where that is new. */
  async tellState(state: LookState): Promise<void> {
    const isTold = this.toldState === state;
    this.toldState = state;
    if (this.hasReader && !isTold) await this.session.connection.sendNotification(checklistChangedNotification);
  }

  /** Everything that is new; `asked` are the files that the client asks for anyway, because it changed them itself. */
  async announce(state: LookState, asked: ReadonlySet<string>): Promise<void> {
    const { host, workspace, connection, checklists } = this.session;
    const decisions = await checklists.decisions();
    const changed = await this.changed(decisions);
    const counts = JSON.stringify(workspace.counts);
    const isCounted = counts === this.toldCounts && state === this.toldState;
    const isWritten = await this.tellOfChecklists();
    this.toldCounts = counts;
    this.toldState = state;
    for await (const uri of inTurns(host, changed)) await this.tell(uri, decisions);
    await this.tellOfProjects();
    if (changed.some((uri) => !asked.has(uri))) this.refresh();
    if (this.hasReader && (changed.length > 0 || !isCounted || isWritten)) await connection.sendNotification(checklistChangedNotification);
  }

  /** What is wrong in project files is pushed in any case: clients ask about Python only. */
  private async tellOfProjects(): Promise<void> {
    const { connection, workspace } = this.session;
    const problems = workspace.projectProblems;
    const uris = [...new Set(problems.map(({ uri }) => uri))];
    for (const uri of new Set([...this.toldProjects, ...uris])) {
      const diagnostics = problems.filter((problem) => problem.uri === uri).map(({ position, message }) => ({ range: position, message, source: 'eventlet', severity: DiagnosticSeverity.Error }));
      await connection.sendDiagnostics({ uri, diagnostics });
    }
    this.toldProjects = uris;
  }

  /** Tells what is wrong in checklist files, and gives whether they say anything that they did not say before. */
  private async tellOfChecklists(): Promise<boolean> {
    const { connection, checklists, documents } = this.session;
    const content = await checklists.content();
    const uris = new Set([...this.toldChecklists.keys(), ...content.keys()]);
    const news = [...uris].filter((uri) => (this.toldChecklists.get(uri) ?? '') !== (content.get(uri) ?? ''));
    this.toldChecklists = content;
    for (const uri of news) {
      const text = content.get(uri) ?? '';
      const lines = new LineIndex(text);
      const diagnostics = parseChecklistFile(text).problems.map(({ line, message }) => ({ range: toRange(lines.start(line), lines.end(line), lines), message, source: 'eventlet', severity: DiagnosticSeverity.Warning }));
      await connection.sendDiagnostics({ uri: documents.spelling(uri), diagnostics });
    }
    return news.length > 0;
  }

  /** The problems of an open file at once, for a client that does not ask. */
  async open(uri: string): Promise<void> {
    if (!this.session.abilities.pullsDiagnostics) await this.tell(uri, await this.session.checklists.decisions());
  }

  /** The problems of a file in which somebody types, for a client that does not ask. */
  async edited(uri: string): Promise<void> {
    if (this.session.abilities.pullsDiagnostics) return;
    this.waiting.add(uri);
    if (this.waiting.size > 1) return;
    await this.session.host.delay(typing);
    const uris = [...this.waiting];
    this.waiting.clear();
    const decisions = await this.session.checklists.decisions();
    for (const each of uris) await this.tell(each, decisions);
  }

  private async changed(decisions: Decisions): Promise<readonly string[]> {
    const uris = new Set([...this.told.keys(), ...shownUris(this.session)]);
    const changed: string[] = [];
    for await (const uri of inTurns(this.session.host, uris)) if ((this.told.get(uri) ?? '') !== this.digest(uri, decisions)) changed.push(uri);
    return changed;
  }

  private async tell(uri: string, decisions: Decisions): Promise<void> {
    const { abilities, connection, documents, workspace } = this.session;
    const digest = this.digest(uri, decisions);
    if (digest === '') this.told.delete(uri);
    else this.told.set(uri, digest);
    if (abilities.pullsDiagnostics) return;
    const document = documents.get(uri);
    const diagnostics = digest === '' ? [] : diagnosticsOf(uri, workspace.findings(uri), decisions, this.session);
    await connection.sendDiagnostics({ uri: documents.spelling(uri), diagnostics, ...(document ? { version: document.version } : {}) });
  }

  /** Empty where there is nothing to tell. */
  private digest(uri: string, decisions: Decisions): string {
    const digest = isReported(this.session, uri) ? this.session.workspace.digest(uri) : '';
    const decided = decisions.get(uri);
    return digest === '' || !decided ? digest : digest + JSON.stringify([...decided]);
  }

  /** Nobody waits for the client's answer: it may be busy asking, and what it says does not matter. */
  private refresh(): void {
    const { abilities, connection, host } = this.session;
    if (!abilities.pullsDiagnostics || !abilities.refreshesDiagnostics) return;
    connection.languages.diagnostics.refresh().catch((error: unknown) => host.log(`the client did not refresh: ${error}`));
  }
}
