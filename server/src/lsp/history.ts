import type { CancellationToken } from 'vscode-languageserver';
import { historyOf } from '../features/history';
import { illustratedHistoryPage } from '../features/report/historyPage';
import { historyRequest, type History } from '../protocol';
import { safely, stopIfCancelled } from './safely';
import type { Session } from './session';
import { record } from './settings';
import { canonical } from './uris';

/** Answers how many uses were left over time, read from git. */
export function serveHistory(session: Session): void {
  const failed: History = { problem: 'The history could not be read; the output of Eventlet Migration says why.', points: [] };
  session.connection.onRequest(historyRequest, safely(session.host, (params: unknown, token: CancellationToken) => history(record(params), session, token), failed));
}

async function history({ folder, name, workDoneToken }: Readonly<Record<string, unknown>>, { connection, host, workspace }: Session, token: CancellationToken): Promise<History> {
  if (typeof folder !== 'string' || typeof name !== 'string') throw new Error('no folder is named');
  const root = canonical(folder);
  if (!host.repository || !root.startsWith('file:')) return { problem: 'The history is read by `git`, which cannot be run here: open the folder in a window on a machine that has its files.', points: [] };
  const repository = await host.repository(root);
  if ('missing' in repository) return { problem: `There is no history of ${name}: ${repository.missing}.`, points: [] };
  const progress = typeof workDoneToken === 'string' ? connection.window.attachWorkDoneProgress(workDoneToken) : undefined;
  progress?.begin('', 0);
  try {
    const watch = { isCancelled: () => token.isCancellationRequested, progressed: (done: number, total: number) => progress?.report(Math.round((100 * done) / total), `${done} / ${total}`) };
    const points = await historyOf(repository, host, { roots: [root], settings: workspace.settings(root), points: wanted, since: yearsBefore(host.today()) }, watch);
    stopIfCancelled(token);
    return points.length > 0 ? { page: illustratedHistoryPage(points, name), points } : { problem: `There is no history of ${name}: the repository has no commits since ${yearsBefore(host.today())}.`, points };
  } finally {
    progress?.done();
    repository.close();
  }
}

/** The same day three years earlier: a migration takes one or two, and what was before it only makes the chart flat. */
function yearsBefore(day: string): string {
  return `${Number(day.slice(0, 4)) - 3}${day.slice(4)}`;
}

/** How many commits to look at, evenly over the time. */
const wanted = 24;
