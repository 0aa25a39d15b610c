import type { CancellationToken } from 'vscode';
import { ConnectionError, ErrorCodes, ResponseError, State, type BaseLanguageClient } from 'vscode-languageclient';

/**
 * The answer of the server; undefined where it was cancelled. Where the server goes away over a question it is asked again when it is back, so
 * that nobody has to say the same twice: a question changes nothing, it may be put as often as one likes. Rejects where it does not come back.
 */
export async function answer<Answer>(client: BaseLanguageClient, request: string, params: object, cancelled: CancellationToken): Promise<Answer | undefined> {
  for (;;) {
    try {
      return await client.sendRequest<Answer>(request, params, cancelled);
    } catch (error) {
      if (cancelled.isCancellationRequested) return undefined;
      if (!isCutOff(error) || !(await isBack(client, cancelled))) throw error;
    }
  }
}

function isCutOff(error: unknown): boolean {
  return error instanceof ConnectionError || (error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected);
}

// In milliseconds; a server that does not die again is back in one or two seconds.
const patience = 30_000;

function isBack(client: BaseLanguageClient, cancelled: CancellationToken): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isSo: boolean): void => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      resolve(isSo);
    };
    const timer = setTimeout(() => settle(false), patience);
    const subscriptions = [client.onDidChangeState(({ newState }) => void (newState === State.Running && settle(true))), cancelled.onCancellationRequested(() => settle(false))];
  });
}
