import type { CancellationToken, WorkspaceEdit } from 'vscode-languageserver';
import { LineIndex } from '../edits/lines';
import { sortEdits } from '../features/fixAll';
import { keepEdit, keepTextEdit } from '../features/keep';
import type { Order } from '../features/quickFixes';
import type { FileChange, Finding, FixReport } from '../workspace/finding';
import { editsOfFix } from '../workspace/fix';
import type { WorkspaceFixChoice } from '../workspace/workspace';
import { toWorkspaceEdit, type FileEdits, type NotedEdit } from './convert';
import type { ActionData } from './orders';
import { stopIfCancelled } from './safely';
import type { Session } from './session';

/** The edit that carries out an order; undefined where there is nothing to do any more. */
export async function editFor({ uri, order }: ActionData, title: string, session: Session, token: CancellationToken): Promise<WorkspaceEdit | undefined> {
  const edits = order.do === 'fixAll' ? await editsForAll(uri, order, session, token) : await editsForOne(uri, order, title, session);
  return edits && toWorkspaceEdit([edits], session.abilities);
}

/**
 * What fixing changes, file by file. Where fixes that want a look are among them, the edits that the safe ones alone would make
 * are told apart from the others.
 */
export async function editsForFiles(uris: readonly string[], choice: WorkspaceFixChoice, session: Session, token: CancellationToken): Promise<readonly { readonly change: FileChange; readonly edits: FileEdits }[]> {
  const { workspace, documents } = session;
  // As of now: where somebody types in the meantime, the client sees by the version that the edit is too old.
  const versions = new Map(uris.map((uri) => [uri, documents.get(uri)?.version ?? null]));
  const watch = { isCancelled: () => token.isCancellationRequested };
  const changes = await workspace.fix(choice, watch, uris);
  const safe = choice.review ? await workspace.fix({ ...choice, review: false }, watch, uris) : changes;
  stopIfCancelled(token);
  return changes.map((change) => {
    const { uri, before, edits } = change;
    const safeEdits = safe.find((other) => other.uri === uri)?.edits ?? [];
    const noted = sortEdits(edits, safeEdits).map(({ wantsLook, ...edit }): NotedEdit => (wantsLook ? { ...edit, note: { label: 'Fixes to review' } } : edit));
    return { change, edits: { uri: documents.spelling(uri), version: versions.get(uri) ?? null, lines: new LineIndex(before), edits: noted } };
  });
}

async function editsForAll(uri: string, { rule, review }: Extract<Order, { do: 'fixAll' }>, session: Session, token: CancellationToken): Promise<FileEdits | undefined> {
  const [file] = await editsForFiles([uri], { review, ...(rule === undefined ? {} : { rules: [rule] }) }, session, token);
  return file?.edits;
}

async function editsForOne(uri: string, order: Exclude<Order, { do: 'fixAll' }>, title: string, { workspace, documents }: Session): Promise<FileEdits | undefined> {
  if (order.do === 'openGuide') return undefined;
  const finding = workspace.findings(uri).find(({ fingerprint }) => fingerprint === order.item);
  if (!finding) return undefined;
  if (workspace.isText(uri)) return editsOfText(uri, order, title, finding, { workspace, documents });
  return workspace.withAnalysis(uri, (analysis) => {
    const file = { uri: documents.spelling(uri), version: documents.get(uri)?.version ?? null, lines: analysis.lines };
    if (order.do === 'keep') return { ...file, edits: [keepEdit(analysis, finding.range.start, finding.rule)] };
    const fix = finding.fixes[order.fix];
    const edits = fix && editsOfFix(analysis, finding, order.fix);
    return edits && edits.length > 0 ? { ...file, edits: noted(edits, fix, title, finding) } : undefined;
  });
}

/** In a file that is no Python there is no analysis; what a fix changes is told with the finding. */
async function editsOfText(uri: string, order: Extract<Order, { item: string }>, title: string, finding: Finding, { workspace, documents }: Pick<Session, 'workspace' | 'documents'>): Promise<FileEdits | undefined> {
  const report = await workspace.report(uri);
  if (!report) return undefined;
  const file = { uri: documents.spelling(uri), version: documents.get(uri)?.version ?? null, lines: new LineIndex(report.text) };
  if (order.do === 'keep') return { ...file, edits: [keepTextEdit(workspace.pathOf(uri), file.lines, finding.range.start, finding.rule)] };
  const fix = report.findings.find(({ fingerprint }) => fingerprint === order.item)?.fixes[order.fix];
  return fix && fix.edits.length > 0 ? { ...file, edits: noted(fix.edits.map(({ start, end, newText }) => ({ start, end, newText })), fix, title, finding) } : undefined;
}

function noted(edits: readonly NotedEdit[], fix: FixReport, title: string, finding: Finding): readonly NotedEdit[] {
  if (fix.safety === 'safe') return edits;
  const description = fix.why ?? finding.reason;
  return edits.map((edit) => ({ ...edit, note: { label: title, ...(description === undefined ? {} : { description }) } }));
}
