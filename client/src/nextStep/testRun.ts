import { env, ShellExecution, Task, TaskRevealKind, TaskPanelKind, tasks, Uri, workspace, type Disposable, type TaskExecution, type WorkspaceFolder } from 'vscode';
import { readIfThere } from '../storage';

/** A run of tests that can be waited for and stopped. */
export interface TestRun {
  /** Name of the task, which is part of the name of its terminal. */
  readonly task: string;
  /** The exit code; undefined where the run was stopped, or never began. */
  readonly ended: Promise<number | undefined>;
  stop(): void;
}

/**
 * Runs a command line in the editor's terminal, in the folder of the project. Rejects where the editor cannot run programs. `record` is a file
 * of ours, in a folder that is there, and is overwritten.
 */
export async function runCommand(commandLine: string, folder: WorkspaceFolder, name: string, record: Uri): Promise<TestRun> {
  const task = new Task({ type: 'shell' }, folder, name, 'Eventlet', shellExecution(commandLine, folder.uri.fsPath, record), []);
  // The output is what a person wants to see while it comes, and the cursor stays where it is.
  task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.Dedicated, focus: false, clear: true };
  if (!hasSignals) return runTask(task);
  await workspace.fs.writeFile(record, new Uint8Array());
  const run = await runTask(task);
  return { ...run, ended: run.ended.then(() => recordedIn(record)) };
}

/**
 * Where there are signals, the editor says "exit code 0" of a program that one of them has ended: tests that crashed, or whose terminal was
 * closed, would have passed. So a shell waits for the shell of the person, and writes down what that exited with; where nothing is written,
 * the tests have told nothing.
 */
function shellExecution(commandLine: string, cwd: string, record: Uri): ShellExecution {
  if (!hasSignals) return new ShellExecution(commandLine, { cwd });
  // The editor puts the command line behind these, as the last argument.
  const waiting = ['-c', '"$1" -c "$3"; code=$?; echo "$code" > "$2"; exit "$code"', 'sh', env.shell || '/bin/sh', record.fsPath];
  return new ShellExecution(commandLine, { cwd, executable: '/bin/sh', shellArgs: waiting });
}

async function recordedIn(record: Uri): Promise<number | undefined> {
  const text = new TextDecoder().decode(await readIfThere(record)).trim();
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Windows has none. */
const hasSignals = Uri.file('/').fsPath === '/';

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
