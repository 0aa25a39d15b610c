import { makeOptionalRequest, removeDualRequest, routeRequest, type ModuleEdits, type RemoveDualResult } from '../protocol';
import { makeOptional, route } from '../workspace/routing';
import { takeDown } from '../workspace/takingDown';
import { editOfChanges } from './edits';
import { safely } from './safely';
import type { Session } from './session';
import { record } from './settings';
import { canonical } from './uris';

/** Answers our own client: what taking eventlet behind one module changes, what letting that module decide, and what the way back. */
export function serveModules(session: Session): void {
  const { connection, host } = session;
  const nothing: ModuleEdits = { module: '', left: [], missing: [] };
  connection.onRequest(routeRequest, safely(host, (params: unknown) => routed(record(params), session), nothing));
  connection.onRequest(makeOptionalRequest, safely(host, (params: unknown) => optional(record(params), session), nothing));
  connection.onRequest(removeDualRequest, safely(host, (params: unknown) => removed(record(params), session), { ...nothing, step: 'nothing' }));
}

async function routed({ module: file, folder }: Readonly<Record<string, unknown>>, session: Session): Promise<ModuleEdits> {
  if (typeof file !== 'string') throw new Error('no module is named');
  const { workspace } = session;
  const versions = session.documents.versions();
  const below = typeof folder === 'string' ? `${canonical(folder).replace(/\/$/, '')}/` : '';
  const { module, changes, left } = await route(workspace, canonical(file), workspace.uris.filter((uri) => uri.startsWith(below)));
  const edit = editOfChanges(changes, versions, session);
  return { ...(edit ? { edit } : {}), module, left: spelled(left, session), missing: [] };
}

async function optional({ module: file, variable, tests }: Readonly<Record<string, unknown>>, session: Session): Promise<ModuleEdits> {
  if (typeof file !== 'string' || typeof variable !== 'string') throw new Error('no module or no variable is named');
  const versions = session.documents.versions();
  const mode = await makeOptional(session.workspace, canonical(file), { variable }, typeof tests === 'string' ? canonical(tests) : undefined);
  if (!mode) return { module: '', left: [], missing: [] };
  const edit = editOfChanges(mode.changes, versions, session);
  return { ...(edit ? { edit } : {}), module: mode.module, left: spelled(mode.left, session), missing: mode.missing };
}

async function removed({ module: file }: Readonly<Record<string, unknown>>, session: Session): Promise<RemoveDualResult> {
  if (typeof file !== 'string') throw new Error('no module is named');
  const versions = session.documents.versions();
  const down = await takeDown(session.workspace, canonical(file));
  if (!down) return { module: '', step: 'nothing', left: [], missing: [] };
  const edit = editOfChanges(down.changes, versions, session);
  return { ...(edit ? { edit } : {}), module: down.module, step: down.step, left: spelled(down.left, session), missing: [] };
}

function spelled(left: ModuleEdits['left'], { documents }: Session): ModuleEdits['left'] {
  return left.map(({ uri, ...rest }) => ({ uri: documents.spelling(uri), ...rest }));
}
