import type { Position } from 'vscode-languageserver';
import { LineIndex } from '../edits/lines';
import { chainRefusal, chainSummary } from '../features/callChain';
import { toWorkspaceEdit } from './convert';
import type { Session } from './session';
import { canonical } from './uris';

/**
 * Makes a coroutine of the function at a place, and of everybody who calls it: says first what that means, and shows the edits, file by
 * file, to whoever still wants it.
 */
export async function convertCallChain(uri: string, position: Position, session: Session): Promise<void> {
  const { connection, workspace, documents, abilities } = session;
  const file = canonical(uri);
  const name = (other: string) => workspace.pathOf(other);
  if (workspace.settings(file).forbid?.includes('asyncio')) return connection.window.showInformationMessage('The project file forbids asyncio, so nothing is converted to it.');
  const versions = documents.versions();
  const chain = await workspace.callChain(file, position);
  if (!chain) return connection.window.showInformationMessage('There is no function here that could become a coroutine: place the cursor in a function of a module or in a method of a class.');
  if (chain.obstacles.length > 0) {
    connection.window.showWarningMessage(chainRefusal(chain, name));
    return;
  }
  const wanted = await connection.window.showInformationMessage(chainSummary(chain, name), { title: showEdits });
  if (wanted?.title !== showEdits) return;
  const note = { label: 'Convert the call chain to asyncio', description: 'each caller awaits what it calls; a native call that blocks inside stops the whole loop' };
  const edit = toWorkspaceEdit(
    chain.changes.map(({ uri: changed, before, edits }) => ({ uri: documents.spelling(changed), version: versions.get(changed) ?? null, lines: new LineIndex(before), edits: edits.map((each) => ({ ...each, note })) })),
    abilities,
  );
  if (edit) await connection.workspace.applyEdit({ label: note.label, edit });
}

const showEdits = 'Show the edits';
