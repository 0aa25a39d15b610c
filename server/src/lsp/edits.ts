import type { CancellationToken, WorkspaceEdit } from 'vscode-languageserver';
import { LineIndex } from '../edits/lines';
import { sortEdits } from '../features/fixAll';
import { keepEdit, keepTextEdit } from '../features/keep';
import type { Order } from '../features/quickFixes';
import type { FileChange, Finding, FixReport } from '../workspace/finding';
import { makeOptional, route } from '../workspace/routing';
import { takeDown } from '../workspace/takingDown';
import type { WorkspaceFixChoice } from '../workspace/workspace';
import { toWorkspaceEdit, type FileEdits, type NotedEdit } from './convert';
import type { ActionData } from './orders';
import { stopIfCancelled } from './safely';
import type { Session } from './session';

/** The edit that carries out an order; undefined where there is nothing to do any more. */
export async function editFor({ uri, order }: ActionData, title: string, session: Session, token: CancellationToken): Promise<WorkspaceEdit | undefined> {
  if ('module' in order) {
    const versions = session.documents.versions();
    return editOfChanges(await moduleChanges(order, session), versions, session);
  }
  const files = order.do === 'fixAll' ? await editsForAll(uri, order, session, token) : await editsForOne(uri, order, title, session);
  return files.length > 0 ? toWorkspaceEdit(files, session.abilities) : undefined;
}

/**
 * What fixing changes, file by file. Where fixes that want a look are among them, the edits that the safe ones alone would make
 * are told apart from the others.
 */
export async function editsForFiles(uris: readonly string[], choice: WorkspaceFixChoice, session: Session, token: CancellationToken): Promise<readonly { readonly change: FileChange; readonly edits: FileEdits }[]> {
  const { workspace } = session;
  const fileOf = files(session.documents.versions(), session);
  const watch = { isCancelled: () => token.isCancellationRequested };
  const changes = await workspace.fix(choice, watch, uris);
  const safe = choice.review ? await workspace.fix({ ...choice, review: false }, watch, uris) : changes;
  stopIfCancelled(token);
  return changes.map((change) => {
    const { uri, edits } = change;
    const safeEdits = safe.find((other) => other.uri === uri)?.edits ?? [];
    const noted = sortEdits(edits, safeEdits).map(({ wantsLook, ...edit }): NotedEdit => (wantsLook ? { ...edit, note: { label: 'Fixes to review' } } : edit));
    return { change, edits: fileOf(change, noted) };
  });
}

/** Makes edits of changes: for the versions of the documents from before these were computed. Where somebody typed in the meantime, the client sees that they are too old. */
function files(versions: ReadonlyMap<string, number>, { documents }: Session): (change: Pick<FileChange, 'uri' | 'before' | 'isNew' | 'isGone'>, edits: readonly NotedEdit[]) => FileEdits {
  return ({ uri, before, isNew, isGone }, edits) => ({ uri: documents.spelling(uri), version: versions.get(uri) ?? null, ...(isNew ? { isNew } : {}), ...(isGone ? { isGone } : {}), lines: new LineIndex(before), edits });
}

async function editsForAll(uri: string, { rule, review }: Extract<Order, { do: 'fixAll' }>, session: Session, token: CancellationToken): Promise<readonly FileEdits[]> {
  // Who asks for all does not ask for those about which somebody decided otherwise.
  const open = await session.checklists.open([uri]);
  const all = await editsForFiles([uri], { review, isAlone: true, ...(open ? { items: open } : {}), ...(rule === undefined ? {} : { rules: [rule] }) }, session, token);
  return all.map(({ edits }) => edits);
}

async function moduleChanges({ do: what, module }: Extract<Order, { readonly module: string }>, { workspace }: Session): Promise<readonly FileChange[]> {
  switch (what) {
    case 'route':
      return (await route(workspace, module)).changes;
    case 'makeOptional':
      return (await makeOptional(workspace, module, { variable: 'USE_EVENTLET' }))?.changes ?? [];
    case 'removeDual':
      return (await takeDown(workspace, module))?.changes ?? [];
  }
}

async function editsForOne(uri: string, order: Exclude<Order, { do: 'fixAll' } | { readonly module: string }>, title: string, session: Session): Promise<readonly FileEdits[]> {
  if (order.do === 'openGuide') return [];
  const { workspace } = session;
  const finding = workspace.findings(uri).find(({ fingerprint }) => fingerprint === order.item);
  if (!finding) return [];
  const fileOf = files(session.documents.versions(), session);
  if (order.do === 'keep') return editsToKeep(uri, finding, session, fileOf);
  const fix = finding.fixes[order.fix];
  const changes = fix ? await workspace.changesOf(uri, finding, order.fix) : [];
  return fix ? changes.map((change) => fileOf(change, noted(change.edits, fix, title, finding))) : [];
}

/** Nothing where a closed file has moved on since it was looked at, and another line is where the use was. */
async function editsToKeep(uri: string, { range, rule, line }: Finding, { workspace }: Session, fileOf: ReturnType<typeof files>): Promise<readonly FileEdits[]> {
  const isThere = (lines: LineIndex): boolean => lines.line(lines.lineAt(range.start)).trim() === line;
  if (!workspace.isText(uri)) {
    const edits = await workspace.withAnalysis(uri, (analysis) => (isThere(analysis.lines) ? [fileOf({ uri, before: analysis.view.text }, [keepEdit(analysis, range.start, rule)])] : []));
    return edits ?? [];
  }
  const text = (await workspace.report(uri))?.text;
  const lines = new LineIndex(text ?? '');
  return text !== undefined && isThere(lines) ? [fileOf({ uri, before: text }, [keepTextEdit(workspace.pathOf(uri), lines, range.start, rule)])] : [];
}

/** An edit that makes these changes; undefined where there are none. `versions` are those of before they were computed. With a note the client shows it before it is made. */
export function editOfChanges(changes: readonly FileChange[], versions: ReadonlyMap<string, number>, session: Session, note?: NotedEdit['note']): WorkspaceEdit | undefined {
  const fileOf = files(versions, session);
  const noted = ({ edits }: FileChange): readonly NotedEdit[] => (note ? edits.map((edit) => ({ ...edit, note })) : edits);
  return changes.length > 0 ? toWorkspaceEdit(changes.map((change) => fileOf(change, noted(change))), session.abilities) : undefined;
}

function noted(edits: readonly NotedEdit[], fix: FixReport, title: string, finding: Finding): readonly NotedEdit[] {
  if (fix.safety === 'safe') return edits;
  const description = fix.why ?? finding.reason;
  return edits.map((edit) => ({ ...edit, note: { label: title, ...(description === undefined ? {} : { description }) } }));
}
