import type { Position } from 'vscode-languageserver';
import { LineIndex } from '../edits/lines';
import { chainRefusal, chainSummary } from '../features/callChain';
import type { CallChain } from '../workspace/chain/callChain';
import { toWorkspaceEdit } from './convert';
import type { Session } from './session';
import { canonical } from './uris';

/**
 * Makes a coroutine of the function at a place, and of everybody who calls it: says first what that means, and shows the edits, file by
 * file, to whoever still wants it.
 */
export async function convertCallChain(uri: string, position: Position, session: Session): Promise<void> {
  const { connection, workspace } = session;
  const file = canonical(uri);
  const name = (other: string) => workspace.pathOf(other);
  if (workspace.settings(file).forbid?.includes('asyncio')) return connection.window.showInformationMessage('The project file forbids asyncio, so nothing is converted to it.');
  // A question may stand for an hour. The edits are of what the files say after it; where that means something else, it is asked again.
  for (let agreed: string | undefined; ; ) {
    const versions = session.documents.versions();
    const chain = await workspace.callChain(file, position);
    if (!chain) return connection.window.showInformationMessage('There is no function here that could become a coroutine: place the cursor in a function of a module or in a method of a class.');
    if (chain.obstacles.length > 0) return connection.window.showWarningMessage(chainRefusal(chain, name));
    const summary = chainSummary(chain, name);
    if (summary === agreed) return edit(chain, versions, session);
    const wanted = await connection.window.showInformationMessage(summary, { title: showEdits });
    if (wanted?.title !== showEdits) return;
    agreed = summary;
  }
}

async function edit({ changes }: CallChain, versions: ReadonlyMap<string, number>, { connection, documents, abilities }: Session): Promise<void> {
  const note = { label: 'Convert the call chain to asyncio', description: 'each caller awaits what it calls; a native call that blocks inside stops the whole loop' };
  const made = toWorkspaceEdit(
    changes.map(({ uri, before, edits }) => ({ uri: documents.spelling(uri), version: versions.get(uri) ?? null, lines: new LineIndex(before), edits: edits.map((each) => ({ ...each, note })) })),
    abilities,
  );
  if (made) await connection.workspace.applyEdit({ label: note.label, edit: made });
}

const showEdits = 'Show the edits';
