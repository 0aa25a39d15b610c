import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import type { Host } from '../host';

/**
 * Puts the net under a handler of requests: what goes wrong is logged, and the client gets the harmless answer. What the
 * protocol wants said, that a request was cancelled for instance, goes through.
 */
export function safely<Params extends readonly unknown[], Answer>(
  host: Pick<Host, 'log'>,
  handle: (...params: Params) => Answer | Promise<Answer>,
  harmless: Answer,
): (...params: Params) => Promise<Answer> {
  return async (...params) => {
    try {
      return await handle(...params);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      host.log(inWords(error));
      return harmless;
    }
  };
}

/** Ends the request that nobody waits for any more. */
export function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled');
}

/** What went wrong and where, for the log. */
function inWords(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
