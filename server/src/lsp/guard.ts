import { decodeSource } from '../edits/encoding';
import { guardNotes } from '../features/guard/advice';
import { guardOf } from '../features/guard/linters';
import { guardRequest, type GuardResult } from '../protocol';
import { editOfChanges } from './edits';
import { safely } from './safely';
import type { Session } from './session';
import { record } from './settings';
import { canonical } from './uris';

/** Answers what makes the linters of a project keep eventlet out, once it is gone. */
export function serveGuard(session: Session): void {
  const nothing: GuardResult = { notes: [] };
  session.connection.onRequest(guardRequest, safely(session.host, (params: unknown) => guard(record(params), session), nothing));
}

async function guard({ folder }: Readonly<Record<string, unknown>>, session: Session): Promise<GuardResult> {
  if (typeof folder !== 'string') throw new Error('no folder is named');
  const uriOf = (name: string): string => `${canonical(folder).replace(/\/$/, '')}/${name}`;
  const versions = session.documents.versions();
  const { settings, changes } = await guardOf((name) => textOf(uriOf(name), session));
  const edit = editOfChanges(changes.map(({ file, ...change }) => ({ uri: uriOf(file), ...change })), versions, session, { label: 'Keep eventlet out' });
  return { ...(edit ? { edit } : {}), notes: guardNotes(settings) };
}

/** What the editor shows of a file, else what is on disk; undefined where it cannot be read. */
async function textOf(uri: string, { documents, host }: Session): Promise<string | undefined> {
  const document = documents.get(uri);
  if (document) return document.text;
  const read = await host.files.read(uri);
  const source = 'bytes' in read ? decodeSource(read.bytes, host.text) : undefined;
  return source && 'text' in source ? source.text : undefined;
}
