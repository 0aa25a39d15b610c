import type { CancellationToken } from 'vscode-languageserver';
import { left, whyLeft, wishedFor } from '../features/fixAll';
import { reviewChanges, type ReviewedFile } from '../features/review';
import { bestFix } from '../features/trust';
import { reviewEditRequest, reviewRequest, type ItemId, type Review, type ReviewEdit, type ReviewEditParams, type TextId } from '../protocol';
import type { Finding } from '../workspace/finding';
import type { Memo } from '../workspace/workspace';
import { editOfChanges } from './edits';
import { idsByFile, itemId } from './itemIds';
import { safely, stopIfCancelled } from './safely';
import type { Session } from './session';
import { record } from './settings';
import { inTurns } from './turns';
import { canonical } from './uris';

/** Shows changes before they are made, and makes an edit of those that were ticked. */
export function serveReview(session: Session): void {
  const { connection, host } = session;
  connection.onRequest(
    reviewRequest,
    safely(host, (params: unknown, token: CancellationToken) => review(list(params, 'items', itemId), session, token), { changes: [], texts: [], left: 0 }),
  );
  connection.onRequest(
    reviewEditRequest,
    safely(host, (params: unknown, token: CancellationToken) => reviewEdit({ items: list(params, 'items', itemId), texts: list(params, 'texts', textId) }, session, token), { fixed: 0, left: [], changed: [] }),
  );
}

async function review(items: readonly ItemId[], session: Session, token: CancellationToken): Promise<Review> {
  const { workspace, documents, host } = session;
  const files: ReviewedFile[] = [];
  const memo: Memo = new Map();
  for await (const [uri, wished] of inTurns(host, findingsOf(items, session))) {
    stopIfCancelled(token);
    const { target } = workspace.settings(uri);
    const report = await workspace.reportOf(uri, wished, memo, (finding, fix) => fix === bestFix(finding, target));
    files.push({ uri, findings: report?.findings ?? [], target });
  }
  const changes = reviewChanges(files);
  const texts: TextId[] = [];
  for await (const uri of inTurns(host, new Set(changes.flatMap((change) => change.files)))) {
    stopIfCancelled(token);
    const text = await workspace.text(uri);
    if (text !== undefined) texts.push({ uri: documents.spelling(uri), digest: digestOf(text, session) });
  }
  const spell = (uri: string): string => documents.spelling(uri);
  const spelled = <Item extends ItemId>(item: Item): Item => ({ ...item, uri: spell(item.uri) });
  return {
    changes: changes.map(({ items: [first, ...others], files: touched, ...change }) => ({ ...change, items: [spelled(first), ...others.map(spelled)], files: touched.map(spell) })),
    texts,
    left: files.flatMap(({ findings }) => findings).filter(({ fixes }) => fixes.length === 0).length,
  };
}

/** The edit of the ticked uses, where every text is still the one that was looked at. Nobody is asked again. */
async function reviewEdit({ items, texts }: ReviewEditParams, session: Session, token: CancellationToken): Promise<ReviewEdit> {
  const { workspace, documents, host } = session;
  const versions = documents.versions();
  const byFile = findingsOf(items, session);
  const seen = new Map(texts.map(({ uri, digest }) => [uri, digest]));
  const choice = { review: true, items: idsByFile(items) };
  const changes = await workspace.fix(choice, { isCancelled: () => token.isCancellationRequested }, [...byFile.keys()]);
  stopIfCancelled(token);

  const before = new Map(changes.map((change) => [change.uri, change.before]));
  const changed: string[] = [];
  for await (const [uri, digest] of inTurns(host, seen)) {
    // What was fixed is compared as it was read for it.
    const text = before.get(uri) ?? (await workspace.text(uri));
    if (text === undefined || digestOf(text, session) !== digest) changed.push(documents.spelling(uri));
  }
  stopIfCancelled(token);
  if (changed.length > 0) return { fixed: 0, left: [], changed };

  const stays: ReviewEdit['left'][number][] = [];
  let fixed = 0;
  for await (const [uri, findings] of inTurns(host, byFile)) {
    stopIfCancelled(token);
    const change = changes.find((each) => each.uri === uri);
    const staying = change ? left(findings, change.edits, workspace.findingsIn(uri, change.after)) : findings;
    fixed += findings.length - staying.length;
    stays.push(...staying.map((finding) => ({ uri: documents.spelling(uri), range: finding.position, reason: whyLeft(finding) })));
  }
  const edit = editOfChanges(changes, versions, session);
  return { ...(edit ? { edit } : {}), fixed, left: stays, changed };
}

/** The uses of the project that are still there, by file, in the order of the files. */
function findingsOf(items: readonly ItemId[], { workspace }: Session): ReadonlyMap<string, readonly Finding[]> {
  const files = [...idsByFile(items)].filter(([uri]) => !workspace.isOutside(uri)).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(files.map(([uri, ids]) => [uri, wishedFor(workspace.findings(uri), { items: ids })]));
}

/** An editor that opens a file may take away its byte order mark, and make all of its line ends the same: that changes nothing that was looked at. */
function digestOf(text: string, { host }: Session): string {
  return host.text.digest(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
}

function list<Item>(params: unknown, name: string, read: (data: unknown) => Item | undefined): readonly Item[] {
  const value = record(params)[name];
  return Array.isArray(value) ? value.flatMap((each: unknown) => read(each) ?? []) : [];
}

function textId(data: unknown): TextId | undefined {
  const { uri, digest } = record(data);
  return typeof uri === 'string' && typeof digest === 'string' ? { uri: canonical(uri), digest } : undefined;
}
