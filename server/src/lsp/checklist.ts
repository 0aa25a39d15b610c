import type { CancellationToken } from 'vscode-languageserver';
import { checklist } from '../features/checklist';
import { commitMessage, differences, type CommittedUse } from '../features/commitMessage';
import { left, whyLeft, wishedFor } from '../features/fixAll';
import { trustOf } from '../features/trust';
import { checklistRequest, previewFixesRequest, type Checklist, type CommitFacts, type PreviewFixesParams, type PreviewFixesResult, type Target } from '../protocol';
import { wikiPatterns } from '../rules/kit/links';
import type { FileChange, Finding } from '../workspace/finding';
import type { Announcer } from './announcer';
import { toWorkspaceEdit } from './convert';
import { editsForFiles } from './edits';
import { idsByFile, itemId } from './itemIds';
import { safely, stopIfCancelled } from './safely';
import { reportedUris, type Session } from './session';
import { record } from './settings';
import { inTurns } from './turns';
import { canonical } from './uris';
import type { Watchman } from './watchman';

/** Answers our own client: what is left, and what fixing would change. */
export function serveChecklist(session: Session, announcer: Announcer, watchman: Watchman): void {
  const { connection, host, workspace } = session;
  const nothing: Checklist = { state: 'ready', files: workspace.counts, items: [], kept: 0, patterns: wikiPatterns, settled: [], done: [], services: {} };
  connection.onRequest(
    checklistRequest,
    safely(
      host,
      (_: unknown, token: CancellationToken) => {
        announcer.addReader();
        return whatIsLeft(session, watchman, token);
      },
      nothing,
    ),
  );
  connection.onRequest(
    previewFixesRequest,
    safely(host, (params: unknown, token: CancellationToken) => preview(previewParams(params), session, token), { fixed: 0, left: [] }),
  );
}

async function whatIsLeft(session: Session, watchman: Watchman, token: CancellationToken): Promise<Checklist> {
  const { host, workspace, documents } = session;
  const files: Parameters<typeof checklist>[0][number][] = [];
  for await (const uri of inTurns(host, reportedUris(session))) {
    stopIfCancelled(token);
    files.push({ uri, spelling: documents.spelling(uri), findings: workspace.findings(uri), target: workspace.settings(uri).target });
  }
  const accounts = (await session.checklists.read()).map(({ account }) => account);
  stopIfCancelled(token);
  const { state } = watchman;
  return checklist(files, accounts, host.today(), { state, files: workspace.counts, patterns: wikiPatterns, services: state === 'ready' ? servicesOf(session) : {} });
}

function servicesOf({ workspace, documents }: Session): Checklist['services'] {
  const { services, uris } = workspace;
  const named = uris.map((uri) => [documents.spelling(uri), services.of(uri).map(({ name }) => name)] as const);
  return Object.fromEntries(named.filter(([, names]) => names.length > 0));
}

async function preview({ uri, item, items, rule, target, review = false, commit = false }: PreviewFixesParams, session: Session, token: CancellationToken): Promise<PreviewFixesResult> {
  const { workspace, documents, abilities } = session;
  const wish = { ...(rule === undefined ? {} : { rule }), ...(item === undefined ? {} : { item }) };
  const uris = uri === undefined ? reportedUris(session) : [uri];
  // Who names no use does not ask for those about which somebody decided otherwise.
  const byFile = items ? idsByFile(items) : item === undefined ? await session.checklists.open(uris) : undefined;
  const wished = new Map<string, readonly Finding[]>();
  for (const each of uris) {
    const findings = wishedFor(workspace.findings(each), { ...wish, ...(byFile ? { items: byFile.get(each) ?? new Set() } : {}) });
    if (findings.length > 0) wished.set(each, findings);
  }
  const choice = { review, ...(item === undefined ? {} : { item }), ...(byFile ? { items: byFile } : {}), ...(rule === undefined ? {} : { rules: [rule] }), ...(target === undefined ? {} : { target }) };
  const files = await editsForFiles([...wished.keys()], choice, session, token);

  const stays: Located[] = [];
  for await (const [each, findings] of inTurns(session.host, wished)) {
    stopIfCancelled(token);
    const change = files.find((file) => file.change.uri === each)?.change;
    for (const finding of leftAfter(findings, change, session)) stays.push({ uri: each, finding });
  }
  const edit = files.length > 0 ? toWorkspaceEdit(files.map(({ edits }) => edits), abilities) : undefined;
  const all = [...wished].flatMap(([each, findings]) => findings.map((finding) => ({ uri: each, finding })));
  const staying = new Set(stays.map(({ finding }) => finding));
  const done = all.filter(({ finding }) => !staying.has(finding));
  return {
    ...(edit ? { edit } : {}),
    ...(edit && commit && !uris.some((each) => workspace.isOutside(each)) ? { commit: commitFacts(done, stays, files.map(({ change }) => change), target, session) } : {}),
    fixed: done.length,
    left: stays.map(({ uri: at, finding }) => ({ uri: documents.spelling(at), range: finding.position, reason: whyLeft(finding) })),
  };
}

function commitFacts(done: readonly Located[], stays: readonly Located[], changes: readonly FileChange[], target: Target | undefined, { host, workspace, documents }: Session): CommitFacts {
  const use = ({ uri, finding }: Located): CommittedUse => ({ path: workspace.pathOf(uri), finding, target: target ?? workspace.settings(uri).target });
  const uses = done.map(use);
  return {
    message: commitMessage(uses, stays.map(use)),
    review: uses.filter(({ finding, target: to }) => trustOf(finding, to) === 'review').length,
    differences: differences(uses),
    tests: workspace.services.testsFor(changes.map((change) => change.uri)).map((each) => documents.spelling(each)),
    digests: changes.map(({ uri, before }) => ({ uri: documents.spelling(uri), digest: host.text.digest(before) })),
  };
}

interface Located {
  readonly uri: string;
  readonly finding: Finding;
}

function leftAfter(findings: readonly Finding[], change: FileChange | undefined, { workspace }: Session): readonly Finding[] {
  return change ? left(findings, change.edits, workspace.findingsIn(change.uri, change.after)) : findings;
}

function previewParams(data: unknown): PreviewFixesParams {
  const { uri, item, items, rule, target, review, commit } = record(data);
  return {
    ...(typeof uri === 'string' ? { uri: canonical(uri) } : {}),
    ...(typeof item === 'string' ? { item } : {}),
    ...(Array.isArray(items) ? { items: items.flatMap((each: unknown) => itemId(each) ?? []) } : {}),
    ...(typeof rule === 'string' ? { rule } : {}),
    ...(target === 'threading' || target === 'asyncio' ? { target } : {}),
    review: review === true,
    commit: commit === true,
  };
}
