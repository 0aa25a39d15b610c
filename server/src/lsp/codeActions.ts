import { CodeActionKind, type CodeAction, type CodeActionParams, type CancellationToken, type Position } from 'vscode-languageserver';
import { isInPlainFunction } from '../features/callChain';
import type { Decisions } from '../features/checklistFile/decisions';
import { moduleOffers } from '../features/moduleOffers';
import { fixAllOnSave, quickFixes, type Offer } from '../features/quickFixes';
import { convertCallChainCommand } from '../protocol';
import { guideCommandOf } from './commands';
import { touch } from './convert';
import { diagnosticsOf } from './diagnostics';
import { editFor } from './edits';
import { actionDataOf } from './orders';
import { safely, stopIfCancelled } from './safely';
import type { Session } from './session';
import { canonical } from './uris';

const rewriteKind = `${CodeActionKind.RefactorRewrite}.eventlet`;

/** The kinds of actions that there are. */
export const actionKinds: CodeActionKind[] = [CodeActionKind.QuickFix, rewriteKind, 'source.fixAll.eventlet'];

/** Offers what can be done at a place, and computes the edit of what was chosen. */
export function serveCodeActions(session: Session): void {
  const { connection, host } = session;
  connection.onCodeAction(safely(host, (params: CodeActionParams, token: CancellationToken) => actions(params, session, token), []));
  connection.onCodeActionResolve(async (action: CodeAction, token: CancellationToken) => safely(host, () => resolved(action, session, token), action)());
}

async function actions({ textDocument, range, context }: CodeActionParams, session: Session, token: CancellationToken): Promise<CodeAction[]> {
  const { workspace, abilities } = session;
  if (!abilities.takesCodeActions) return [];
  const uri = canonical(textDocument.uri);
  const all = workspace.findings(uri);
  const { target } = workspace.settings(uri);
  const offers = [...quickFixes(all.filter(({ position }) => touch(position, range)), all, target), ...fixAllOnSave(all, target)];
  const decisions = await session.checklists.decisions();
  const made: CodeAction[] = [];
  for (const offer of offers.filter(({ kind }) => isWanted(kind, context.only))) {
    const action = toAction(offer, uri, decisions, session);
    if (!action) continue;
    stopIfCancelled(token);
    made.push(abilities.resolvesEdits || action.command ? action : await resolved(action, session, token));
  }
  return [...made, ...moduleActions(uri, range.start, context.only, session), ...chainActions(uri, range.start, context.only, session)];
}

/** Swift's way, at an import of eventlet. What it changes is worked out when it is chosen, and it may make or remove a file. */
function moduleActions(uri: string, position: Position, only: readonly string[] | undefined, { workspace, abilities }: Session): readonly CodeAction[] {
  const analysis = isWanted(rewriteKind, only) && abilities.resolvesEdits && abilities.createsFiles && abilities.deletesFiles ? workspace.analysis(uri) : undefined;
  if (!analysis) return [];
  return moduleOffers(workspace, uri, analysis.lines.offset(position)).map(({ title, order }) => ({ title, kind: rewriteKind, data: { uri, order } }));
}

/** To make a coroutine of the function at a place: where the project goes to asyncio, or somebody looks for ways to rewrite. */
function chainActions(uri: string, position: Position, only: readonly string[] | undefined, { workspace, abilities, documents }: Session): readonly CodeAction[] {
  const { target, forbid } = workspace.settings(uri);
  const isAsked = only ? isWanted(rewriteKind, only) : target === 'asyncio';
  const analysis = isAsked && abilities.appliesEdits && !forbid?.includes('asyncio') ? workspace.analysis(uri) : undefined;
  if (!analysis || !isInPlainFunction(analysis, analysis.lines.offset(position))) return [];
  const title = 'Convert this call chain to asyncio…';
  return [{ title, kind: rewriteKind, command: { title, command: convertCallChainCommand, arguments: [documents.spelling(uri), position] } }];
}

/** Nobody gets what a person has to ask for, such as a change of the whole file on saving, without asking. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  if (!only) return !kind.startsWith(CodeActionKind.Source);
  return only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

/** undefined for what the client has no way to do. */
function toAction({ title, kind, isPreferred, about, order }: Offer, uri: string, decisions: Decisions, session: Session): CodeAction | undefined {
  const { abilities } = session;
  const diagnostics = diagnosticsOf(uri, about, decisions, session);
  const action: CodeAction = { title, kind, diagnostics, ...(isPreferred && abilities.prefersActions ? { isPreferred } : {}) };
  if (order.do !== 'openGuide') return { ...action, data: { uri, order } };
  const command = guideCommandOf(order.rule, title, session);
  return command && { ...action, command };
}

/** The action with its edit; without one, and with the reason, where the text has moved on so far that there is none any more. */
async function resolved(action: CodeAction, session: Session, token: CancellationToken): Promise<CodeAction> {
  const data = actionDataOf(action.data);
  if (!data) return action;
  const edit = await editFor(data, action.title, session, token);
  if (edit) return { ...action, edit };
  return session.abilities.disablesActions ? { ...action, disabled: { reason: 'The file has changed, and this use is not there any more.' } } : action;
}
