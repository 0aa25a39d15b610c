import { difference } from '../edits/difference';
import { attributesName, mergeLineFor } from '../features/checklistFile/attributes';
import { decided } from '../features/checklistFile/decide';
import { decisionKinds } from '../features/checklistFile/entries';
import type { SheetUse } from '../features/checklistFile/sheet';
import { decideRequest, isDay, type DecideParams, type DecideResult, type Decision } from '../protocol';
import type { FileChange } from '../workspace/finding';
import { foldersAround } from '../workspace/roots';
import type { ReadSheet } from './checklistFiles';
import { editOfChanges } from './edits';
import { itemId } from './itemIds';
import { safely } from './safely';
import type { Session } from './session';
import { record } from './settings';
import type { Watchman } from './watchman';

/** Answers whoever asks what a decision changes in the checklist files. */
export function serveDecisions(session: Session, watchman: Watchman): void {
  const nothing: DecideResult = { files: [], inventory: 0 };
  session.connection.onRequest(
    decideRequest,
    safely(
      session.host,
      (params: unknown) => {
        // The edit has to fit the files as they are, whether or not anybody told that they changed; the list follows.
        session.checklists.changed();
        watchman.somethingChanged();
        // Uses that nobody has seen would be missing in the file, and those written down in files that nobody has seen would count as done.
        if (watchman.state !== 'ready') return { ...nothing, problem: unseen };
        return decide(paramsOf(params), session);
      },
      nothing,
    ),
  );
}

const unseen = 'not all files of the workspace have been looked at yet; look at them all, then decide again';

async function decide({ items, decision }: DecideParams, session: Session): Promise<DecideResult> {
  const versions = session.documents.versions();
  const asked = new Set(items.map(({ uri, id }) => `${uri} ${id}`));
  const changes: FileChange[] = [];
  let inventory = 0;
  let isThere = false;
  for (const sheet of await session.checklists.read()) {
    const uses = usesAsked(sheet, asked, session);
    if (uses.length === 0) continue;
    isThere = true;
    if (sheet.unreadable !== undefined) return { files: [], inventory: 0, problem: `${session.workspace.pathOf(sheet.uri)} cannot be read: ${sheet.unreadable}` };
    const { uri, text } = sheet;
    const after = decided(text, sheet.account.progress, new Set(uses), decision);
    const edit = difference(text ?? '', after);
    if (!edit) continue;
    if (text === undefined) inventory += usesOf(sheet).length;
    changes.push({ uri, ...(text === undefined ? { isNew: true } : {}), before: text ?? '', after, edits: [edit] });
    if (text === undefined) changes.push(...(await letGitMerge(uri.slice(0, uri.lastIndexOf('/')), session)));
  }
  if (!isThere && items.length > 0) return { files: [], inventory: 0, problem: 'the code has changed, and the use is not where it was; choose it again in the list' };
  const edit = editOfChanges(changes, versions, session);
  if (changes.length > 0 && !edit) return { files: [], inventory: 0, problem: 'there is no checklist file, and this editor cannot make one; `eventlet-migration baseline --update` does' };
  return { ...(edit ? { edit } : {}), files: changes.map(({ uri }) => session.documents.spelling(uri)), inventory };
}

/** Adds the line for a new checklist file to `.gitattributes` of its folder, as `baseline --update` does. None outside of a work tree of git; a file that cannot be read stays as it is. */
async function letGitMerge(folder: string, { documents, host }: Session): Promise<readonly FileChange[]> {
  if (!(await isInWorkTree(folder, host))) return [];
  const uri = `${folder}/${attributesName}`;
  const open = documents.get(uri);
  const read = open ? undefined : await host.files.read(uri);
  const isNew = read !== undefined && 'missing' in read;
  const before = open?.text ?? (isNew ? '' : read && 'bytes' in read ? host.text.decode(read.bytes, 'utf-8') : undefined);
  const line = before === undefined ? '' : mergeLineFor(before);
  if (before === undefined || line === '') return [];
  return [{ uri, ...(isNew ? { isNew } : {}), before, after: before + line, edits: [{ start: before.length, end: before.length, newText: line }] }];
}

/** `.git` is a folder, or a file in a work tree that was added to a repository. */
async function isInWorkTree(folder: string, { files }: Session['host']): Promise<boolean> {
  for (const each of [folder, ...foldersAround(folder)]) for (const sign of ['.git/HEAD', '.git']) if ('bytes' in (await files.read(`${each}/${sign}`))) return true;
  return false;
}

/** Those that are named, with those that have been written down in a file which was renamed since somebody was asked about them. */
function usesAsked(sheet: ReadSheet, asked: ReadonlySet<string>, { workspace }: Session): readonly SheetUse[] {
  const { sheet: { uriOf }, progress } = sheet.account;
  const named = usesOf(sheet).filter(({ uri, fingerprint }) => asked.has(`${uri} ${fingerprint}`));
  const renamed = progress.there.filter(({ entry: { path, fingerprint } }) => !workspace.isKnown(uriOf(path)) && asked.has(`${uriOf(path)} ${fingerprint}`));
  return [...new Set([...named, ...renamed.map(({ use }) => use)])];
}

function usesOf({ account: { progress } }: ReadSheet): readonly SheetUse[] {
  return [...progress.there.map(({ use }) => use), ...progress.fresh];
}

function paramsOf(data: unknown): DecideParams {
  const { items, decision } = record(data);
  if (!Array.isArray(items)) throw new Error('no uses are named');
  const named = items.map((item) => {
    const id = itemId(item);
    if (!id) throw new Error('a use is named by `uri` and `id`');
    return id;
  });
  return { items: named, decision: decision === null ? null : decisionOf(record(decision)) };
}

function decisionOf({ kind, reason, until }: Readonly<Record<string, unknown>>): Decision {
  const known = decisionKinds.find((each) => each === kind);
  if (!known) throw new Error(`a decision is one of ${decisionKinds.join(', ')}`);
  if (until !== undefined && (typeof until !== 'string' || !isDay(until))) throw new Error('`until` is a day such as `2027-03-01`');
  return { kind: known, reason: typeof reason === 'string' ? reason : '', ...(until === undefined ? {} : { until }) };
}
