import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
  type ResultProgressReporter,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { DecidedUses, Decisions } from '../features/checklistFile/decisions';
import { problems } from '../features/diagnostics';
import type { Finding } from '../workspace/finding';
import { toDiagnostic } from './convert';
import { safely, stopIfCancelled } from './safely';
import { isReported, shownUris, type Session } from './session';
import { inTurns } from './turns';
import { canonical } from './uris';

/** So many reports are sent together while a client waits for those of the whole workspace. */
const batch = 50;

/** The findings of a file as the client sees them: those that no comment keeps. `decided` is what the checklist files say. */
export function diagnosticsOf(uri: string, findings: readonly Finding[], decisions: Decisions, { workspace, documents, abilities }: Session): Diagnostic[] {
  const spelling = (each: string): string => documents.spelling(each);
  return problems(findings, decisions.get(uri) ?? nothing, (finding) => workspace.related(uri, finding)).map((problem) => toDiagnostic(problem, abilities, spelling));
}

/** Answers a client that asks for problems: of one file, or of the whole workspace. */
export function serveDiagnostics(session: Session): void {
  const { connection, host } = session;
  const problems = new Problems(session);
  const none: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    safely(host, async ({ textDocument, previousResultId }: DocumentDiagnosticParams) => problems.report(canonical(textDocument.uri), previousResultId, await session.checklists.decisions()), none),
  );
  connection.languages.diagnostics.onWorkspace(
    safely(
      host,
      (params: WorkspaceDiagnosticParams, token: CancellationToken, _: unknown, partial?: Partial) => ofWorkspace(params, problems, session, token, partial),
      { items: [] },
    ),
  );
}

type Partial = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult>;

/** Reports on files that have problems, and on those that had some when the client asked before. */
async function ofWorkspace(
  { previousResultIds }: WorkspaceDiagnosticParams,
  problems: Problems,
  session: Session,
  token: CancellationToken,
  partial: Partial | undefined,
): Promise<WorkspaceDiagnosticReport> {
  const { documents, host } = session;
  const previous = new Map(previousResultIds.map(({ uri, value }) => [canonical(uri), value]));
  const decisions = await session.checklists.decisions();
  let items: WorkspaceDocumentDiagnosticReport[] = [];
  for await (const uri of inTurns(host, new Set([...shownUris(session), ...previous.keys()]))) {
    stopIfCancelled(token);
    const version = documents.get(uri)?.version ?? null;
    items.push({ uri: documents.spelling(uri), version, ...problems.report(uri, previous.get(uri), decisions) });
    if (!partial || items.length < batch) continue;
    partial.report({ items });
    items = [];
  }
  return { items };
}

type Full = FullDocumentDiagnosticReport & { readonly resultId: string };

/** The reports on files; each is made once as long as the findings are the same, and the places that they name. */
class Problems {
  private readonly made = new WeakMap<readonly Finding[], { readonly places: string; readonly decided: DecidedUses | undefined; readonly full: Full }>();

  constructor(private readonly session: Session) {}

  /** Says no more than that nothing has changed where that is so. */
  report(uri: string, previousResultId: string | undefined, decisions: Decisions): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
    const report = this.full(uri, isReported(this.session, uri) ? this.session.workspace.findings(uri) : [], decisions);
    return report.resultId === previousResultId ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId } : report;
  }

  /** The id follows from the problems alone, so that equal ones have equal ids, whenever they are asked for. */
  private full(uri: string, findings: readonly Finding[], decisions: Decisions): Full {
    const decided = decisions.get(uri);
    const places = findings.length === 0 ? '' : this.session.workspace.placesDigest(uri);
    const known = this.made.get(findings);
    if (known?.places === places && known.decided === decided) return known.full;
    const items = diagnosticsOf(uri, findings, decisions, this.session);
    const resultId = items.length === 0 ? 'none' : this.session.host.text.digest(JSON.stringify(items)).slice(0, 16);
    const made: Full = { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    this.made.set(findings, { places, decided, full: made });
    return made;
  }
}

const nothing: DecidedUses = new Map();
