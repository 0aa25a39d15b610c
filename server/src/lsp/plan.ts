import type { CancellationToken } from 'vscode-languageserver';
import { isLeft } from '../features/checklistFile/decisions';
import { planAnswer } from '../features/plan/answer';
import { makePlan } from '../features/plan/plan';
import { plannedFile } from '../features/plan/planned';
import type { PlannedFile } from '../features/plan/sites';
import { services } from '../features/services';
import { planRequest, type Plan } from '../protocol';
import type { Announcer } from './announcer';
import { safely, stopIfCancelled } from './safely';
import { reportedUris, type Session } from './session';
import { inTurns } from './turns';
import type { Watchman } from './watchman';

/** Answers our own client: what to do, in which order, and which process may drop monkey patching. */
export function servePlan(session: Session, announcer: Announcer, watchman: Watchman): void {
  const nothing: Plan = { state: 'ready', steps: [], effort: { from: 0, to: 0 }, services: { services: [], tests: [], unreached: [] } };
  session.connection.onRequest(
    planRequest,
    safely(
      session.host,
      (_: unknown, token: CancellationToken) => {
        announcer.addReader();
        return plan(session, watchman, token);
      },
      nothing,
    ),
  );
}

async function plan(session: Session, watchman: Watchman, token: CancellationToken): Promise<Plan> {
  const { host, workspace, documents } = session;
  const uris = reportedUris(session);
  const decisions = await session.checklists.decisions();
  const files: PlannedFile[] = [];
  for await (const uri of inTurns(host, uris)) {
    stopIfCancelled(token);
    files.push(plannedFile(uri, workspace, workspace.fullPathOf(uri), (finding) => !isLeft(decisions, uri, finding)));
  }
  const targetOf = (uri: string) => workspace.settings(uri).target;
  return planAnswer(makePlan(files, targetOf(uris[0] ?? '')), {
    state: watchman.state,
    services: services(workspace),
    targetOf,
    spelling: (uri) => documents.spelling(uri),
  });
}
