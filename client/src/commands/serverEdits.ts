import { window, type CancellationToken, type ProgressOptions } from 'vscode';
import type { WorkspaceEdit as ProtocolEdit } from 'vscode-languageclient';
import { answer, answerAboutAll, type Asked } from './asking';
import type { Parts } from './parts';

/** An answer of the server with an edit in it. The server's protocol file is free of LSP's types; by its contract the edit is a `WorkspaceEdit`. */
export interface WithEdit {
  readonly edit?: unknown;
}

/** The edit of an answer; undefined where there is nothing to do. */
export function editIn({ edit }: WithEdit): ProtocolEdit | undefined {
  // The cast is by the contract above.
  return edit as ProtocolEdit | undefined;
}

/**
 * Asks the server for an edit; undefined where it was cancelled. Asks again where somebody typed in the meantime, so that the edit fits
 * the text it is applied to.
 */
export function askForEdit<Answer extends WithEdit>({ client }: Pick<Parts, 'client'>, progress: ProgressOptions, request: string, params: object): Promise<Answer | undefined> {
  return fittingEdit(client, progress, (cancelled) => answer<Answer>(client, request, params, cancelled));
}

/** As `askForEdit`, where the edit depends on every file of the workspace: of a server that has looked at them all. */
export function askForWideEdit<Answer extends WithEdit>(asked: Asked, progress: ProgressOptions, request: string, params: object): Promise<Answer | undefined> {
  return fittingEdit(asked.client, progress, (cancelled) => answerAboutAll<Answer>(asked, request, () => params, cancelled));
}

async function fittingEdit<Answer extends WithEdit>(client: Parts['client'], progress: ProgressOptions, ask: (cancelled: CancellationToken) => Promise<Answer | undefined>): Promise<Answer | undefined> {
  return window.withProgress(progress, async (_, cancelled) => {
    while (!cancelled.isCancellationRequested) {
      const answered = await ask(cancelled);
      const edit = answered && editIn(answered);
      if (!edit || client.validateWorkspaceEdit(edit)) return answered;
    }
    return undefined;
  });
}
