import { l10n, Uri, window, workspace, type Terminal } from 'vscode';
import { asWork } from '../progress';
import type { CurrentStep } from './current';
import type { Step } from './step';
import type { TestRun } from './testRun';
import { testWay, type TestContext, type TestWay } from './testWay';

/** Runs the tests of the step that is under way, one run at a time. */
export class Tester {
  #run: TestRun | undefined;
  /** Of the last run. */
  #task: string | undefined;

  constructor(
    private readonly current: CurrentStep,
    private readonly context: TestContext,
  ) {}

  /** Settles when the tests have told something or were stopped, and the step knows. Whether they were begun. */
  async test({ files: [first], tests }: Step): Promise<boolean> {
    const folder = first && workspace.getWorkspaceFolder(Uri.parse(first.uri));
    const way = await testWay(folder, tests, this.context);
    if (!way || !(await this.current.happen('test'))) return false;
    const exitCode = await this.#ended(way);
    if (exitCode === undefined) await this.current.happen('interrupt');
    else if (exitCode === 0) await this.current.happen('pass');
    else await this.current.happen('fail', exitCode);
    return true;
  }

  stop(): void {
    this.#run?.stop();
  }

  /** Whether there is anything to show: a terminal of the last run, which does not outlive the window. */
  get hasOutput(): boolean {
    return this.#terminal !== undefined;
  }

  showOutput(): void {
    this.#terminal?.show(true);
  }

  get #terminal(): Terminal | undefined {
    const task = this.#task;
    return task === undefined ? undefined : window.terminals.find(({ name }) => name.includes(task));
  }

  async #ended(way: TestWay): Promise<number | undefined> {
    const title = l10n.t('Next Step: running {0}', way.text);
    try {
      return await window.withProgress(asWork(title), async (_, cancelled) => {
        const run = await way.start();
        this.#run = run;
        this.#task = run.task;
        const subscription = cancelled.onCancellationRequested(() => run.stop());
        if (cancelled.isCancellationRequested) run.stop();
        return run.ended.finally(() => subscription.dispose());
      });
    } catch (error) {
      void window.showErrorMessage(l10n.t('The tests could not be started: {0}', error instanceof Error ? error.message : String(error)));
      return undefined;
    } finally {
      this.#run = undefined;
    }
  }
}
