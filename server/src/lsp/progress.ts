import type { WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { ScanWatch } from '../workspace/workspace';
import type { Session } from './session';

/** Milliseconds; what is done sooner is not worth a person's look. */
const worthShowing = 300;

/** Does work that the editor shows and can cancel, if it takes long enough. */
export async function withProgress({ connection, host, abilities }: Session, title: string, work: (watch: Required<ScanWatch>) => Promise<void>): Promise<void> {
  const began = host.now();
  let reporter: WorkDoneProgressServerReporter | undefined;
  let opening: Promise<void> | undefined;
  const open = async (percentage: number, message: string): Promise<void> => {
    reporter = await connection.window.createWorkDoneProgress();
    reporter.begin(title, percentage, message, true);
  };
  const progress = (done: number, total: number): void => {
    const percentage = Math.round((100 * done) / Math.max(1, total));
    const message = `${done} of ${total} files`;
    if (reporter) reporter.report(percentage, message);
    else if (abilities.showsProgress && host.now() - began >= worthShowing) {
      opening ??= open(percentage, message).catch((error: unknown) => host.log(`the client shows no progress: ${error}`));
    }
  };
  try {
    await work({ progress, isCancelled: () => reporter?.token.isCancellationRequested ?? false });
  } finally {
    await opening;
    reporter?.done();
  }
}
