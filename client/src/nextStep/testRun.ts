import { ShellExecution, Task, TaskRevealKind, TaskPanelKind, tasks, type Disposable, type TaskExecution, type WorkspaceFolder } from 'vscode';

/** A run of tests that can be waited for and stopped. */
export interface TestRun {
  /** Name of the task, which is part of the name of its terminal. */
  readonly task: string;
  /** The exit code; undefined where the run was stopped, or never began. */
  readonly ended: Promise<number | undefined>;
  stop(): void;
}

/** Runs a command line in the editor's terminal, in the folder of the project. Rejects where the editor cannot run programs. */
export function runCommand(commandLine: string, folder: WorkspaceFolder, name: string): Promise<TestRun> {
  const task = new Task({ type: 'shell' }, folder, name, 'Eventlet', new ShellExecution(commandLine, { cwd: folder.uri.fsPath }), []);
  // The output is what a person wants to see while it comes, and the cursor stays where it is.
  task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.Dedicated, focus: false, clear: true };
  return runTask(task);
}

/** Runs a task that the workspace defines. */
export async function runTask(task: Task): Promise<TestRun> {
  // A task may be over before its execution is handed out, so what ends is kept from the start.
  const ends: End[] = [];
  const listeners = new Set<(end: End) => void>();
  const tell = (end: End): void => {
    ends.push(end);
    for (const listener of listeners) listener(end);
  };
  const subscriptions: readonly Disposable[] = [
    tasks.onDidEndTaskProcess(({ execution, exitCode }) => tell({ execution, exitCode })),
    // Comes alone where no process was ever started, and after the other event otherwise.
    tasks.onDidEndTask(({ execution }) => tell({ execution, exitCode: undefined })),
  ];
  const stopListening = (): void => {
    for (const subscription of subscriptions) subscription.dispose();
  };
  try {
    const execution = await tasks.executeTask(task);
    const ended = new Promise<number | undefined>((resolve) => {
      const settle = (end: End): void => {
        if (end.execution !== execution) return;
        stopListening();
        resolve(end.exitCode);
      };
      for (const end of ends) settle(end);
      listeners.add(settle);
    });
    return { task: task.name, ended, stop: () => execution.terminate() };
  } catch (error) {
    stopListening();
    throw error;
  }
}

interface End {
  readonly execution: TaskExecution;
  readonly exitCode: number | undefined;
}
