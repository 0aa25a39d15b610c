import { CancellationTokenSource, commands, l10n, window, type CancellationToken } from 'vscode';
import { ConnectionError, ErrorCodes, ResponseError, State, type BaseLanguageClient } from 'vscode-languageclient';
import { checklistRequest, type Checklist, type ChecklistParams } from '../../../server/src/protocol';
import type { Remaining } from '../checklist/remaining';
import { isWhole } from '../checklist/state';
import { lookAgain } from '../checklist/words';
import { inPassing } from '../progress';

/** Whom a question about the whole workspace goes to: the server, and what it said was left. */
export interface Asked {
  readonly client: BaseLanguageClient;
  readonly remaining: Remaining;
}

/**
 * The answer of the server; undefined where it was cancelled. Where the server goes away over a question it is asked again when it is back, so
 * that nobody has to say the same twice: a question changes nothing, it may be put as often as one likes. Where it does not come back, that
 * is said, and there is no answer either.
 */
export function answer<Answer>(client: BaseLanguageClient, request: string, params: object, cancelled: CancellationToken): Promise<Answer | undefined> {
  let isNew = false;
  return insisting(client, cancelled, async () => {
    if (isNew && !(await untilItHasLooked(client, cancelled))) return undefined;
    isNew = true;
    return client.sendRequest<Answer>(request, params, cancelled);
  });
}

/** The answer to a question about many files, of a server that has looked at them all; the parameters are wanted when it has. Otherwise as `answer`. */
export async function answerAboutAll<Answer>(asked: Asked, request: string, params: () => object, cancelled: CancellationToken): Promise<Answer | undefined> {
  return (await untilListed(asked, cancelled)) ? answer<Answer>(asked.client, request, params(), cancelled) : undefined;
}

/**
 * Waits until what is left is known whole: at the start, and where the server was started again. Whether it is; not where that was cancelled, or
 * the server does not come back. Where somebody stopped the look at the workspace, it is for them to say that it goes on.
 */
export async function untilListed({ client, remaining }: Asked, cancelled: CancellationToken): Promise<boolean> {
  while (!isWhole(remaining.checklist)) {
    const hasLooked = await insisting(client, cancelled, () => untilItHasLooked(client, cancelled));
    if (hasLooked === undefined || (!hasLooked && !(await looksAgain()))) return false;
    await remaining.refresh();
  }
  return true;
}

/** The same in passing, told in the status bar. */
export async function untilListedInPassing(asked: Asked): Promise<boolean> {
  return window.withProgress(inPassing(l10n.t('Looking through the workspace…')), () => untilListed(asked, new CancellationTokenSource().token));
}

async function insisting<Answer>(client: BaseLanguageClient, cancelled: CancellationToken, ask: () => Promise<Answer>): Promise<Answer | undefined> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (cancelled.isCancellationRequested) return undefined;
      if (!isCutOff(error)) throw error;
      if (await isBack(client, cancelled, error)) continue;
      client.error('The server did not come back.', error, false);
      if (!cancelled.isCancellationRequested) void window.showErrorMessage(l10n.t('The language server went away before it could answer. Nothing was changed; try again.'));
      return undefined;
    }
  }
}

/** A server that has just started knows of no file yet: what it was asked then, it would have no answer for. Whether it has seen all; not where somebody stopped it. */
async function untilItHasLooked(client: BaseLanguageClient, cancelled: CancellationToken): Promise<boolean> {
  const params: ChecklistParams = {};
  for (;;) {
    const checklist = await client.sendRequest<Checklist>(checklistRequest, params, cancelled);
    if (checklist.state !== 'scanning') return isWhole(checklist);
    await new Promise((resolve) => setTimeout(resolve, betweenLooks));
  }
}

async function looksAgain(): Promise<boolean> {
  const { command, title } = lookAgain();
  const answer = await window.showWarningMessage(l10n.t('Looking for eventlet was stopped, so not all of its uses are known.'), title);
  if (answer === title) await commands.executeCommand(command);
  return answer === title;
}

// In milliseconds.
const betweenLooks = 300;

function isCutOff(error: unknown): error is ConnectionError | ResponseError<unknown> {
  return error instanceof ConnectionError || (error instanceof ResponseError && lost.includes(error.code));
}

const lost: readonly number[] = [ErrorCodes.PendingResponseRejected, ErrorCodes.ConnectionInactive];

// In milliseconds. A server that does not die again is back in one or two seconds, on a machine that has nothing else to do.
const patience = 120_000;
const moment = 3_000;

function isBack(client: BaseLanguageClient, cancelled: CancellationToken, { code }: { readonly code: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isSo: boolean): void => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      resolve(isSo);
    };
    // One that keeps dying is not started again. One that died while it started is, a moment later.
    let timer = setTimeout(() => settle(false), code === ErrorCodes.ConnectionInactive && client.state !== State.Starting ? moment : patience);
    const follow = (state: State): void => {
      if (state === State.Running) return settle(true);
      if (state !== State.Starting) return;
      clearTimeout(timer);
      timer = setTimeout(() => settle(false), patience);
    };
    const subscriptions = [client.onDidChangeState(({ newState }) => follow(newState)), cancelled.onCancellationRequested(() => settle(false))];
  });
}
