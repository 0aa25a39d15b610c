import type { CancellationToken } from 'vscode-languageserver';
import { decisionOn } from '../features/checklistFile/decisions';
import { formats, formatsWithEdits } from '../features/report/formats';
import { makeReport, type ReportedFile } from '../features/report/report';
import { exportFormats, reportRequest, type ReportParams, type ReportResult } from '../protocol';
import type { Memo } from '../workspace/workspace';
import { safely, stopIfCancelled } from './safely';
import type { Session } from './session';
import { record } from './settings';
import { inTurns } from './turns';
import type { Watchman } from './watchman';

/** Answers our own client: the whole list as a page, a table or for code scanning, as the command line prints it. */
export function serveReport(session: Session, watchman: Watchman): void {
  const { connection, host } = session;
  connection.onRequest(
    reportRequest,
    safely(
      host,
      (params: unknown, token: CancellationToken) => {
        if (watchman.state === 'ready') return report(paramsOf(params), session, token);
        host.log('there is no report before all files of the workspace have been looked at');
        return {};
      },
      {},
    ),
  );
}

async function report({ format, tool }: ReportParams, session: Session, token: CancellationToken): Promise<ReportResult> {
  const { workspace, host, checklists } = session;
  const files: ReportedFile[] = [];
  const memo: Memo = new Map();
  for await (const uri of inTurns(host, workspace.uris)) {
    stopIfCancelled(token);
    const file = formatsWithEdits.includes(format) ? await workspace.report(uri, memo) : { uri, findings: workspace.findings(uri) };
    if (file) files.push(file);
  }
  const decisions = await checklists.decisions();
  const made = makeReport({
    ...{ tool, root: '.', target: workspace.settings(workspace.roots[0] ?? '').target, counts: workspace.counts, patched: workspace.patched, files },
    pathOf: (uri) => workspace.fullPathOf(uri),
    relatedTo: (uri, finding) => workspace.related(uri, finding),
    decisionOn: (uri, finding) => decisionOn(decisions, uri, finding),
  });
  return { text: [...formats[format](made)].join('') };
}

function paramsOf(data: unknown): ReportParams {
  const { format, tool } = record(data);
  const known = exportFormats.find((each) => each === format);
  if (!known) throw new Error(`a report is one of ${exportFormats.join(', ')}`);
  return { format: known, tool: typeof tool === 'string' ? tool : '' };
}
