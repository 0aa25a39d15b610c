import { commands, ConfigurationTarget, l10n, tasks, Uri, window, workspace, type ExtensionContext, type QuickPickItem, type Task, type WorkspaceFolder } from 'vscode';
import { readIfThere } from '../storage';
import { telling, testCommand, testCommands, type FolderFacts } from './testCommand';
import { runCommand, runTask, type TestRun } from './testRun';

/** How the tests of a folder are run: started when it is wanted. `text` is what a person is shown. */
export interface TestWay {
  readonly text: string;
  start(): Promise<TestRun>;
}

/**
 * How to run the tests that belong to a change, as the settings say, or as the person chooses now. A command is shown in full, and runs only
 * after a yes, the first time and whenever it is another one. undefined where there is no way, or the person wants none.
 */
export async function testWay(folder: WorkspaceFolder | undefined, tests: readonly string[], context: TestContext): Promise<TestWay | undefined> {
  const obstacle = obstacleTo(folder, context);
  if (obstacle || !folder) return void tell(obstacle ?? l10n.t('Tests cannot be run: the changed files are in no folder of the workspace.'));

  const configured = configuredWay(folder);
  const chosen = configured ?? (await chooseWay(folder));
  if (!chosen) return undefined;
  if ('task' in chosen) return wayOfTask(chosen.task, folder);

  const below = tests.map((uri) => Uri.parse(uri)).filter((uri) => workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.uri.toString());
  const commandLine = testCommand(chosen.command, below.map((uri) => workspace.asRelativePath(uri, false)));
  if (!(await isConfirmed(chosen.command, commandLine, context))) return undefined;
  return { text: commandLine, start: () => runCommand(commandLine, folder, l10n.t('tests of the next step'), context.record) };
}

export interface TestContext {
  /** Whether the editor can start programs here: in a browser without a machine behind it it cannot. */
  readonly runsPrograms: boolean;
  readonly memory: ExtensionContext['workspaceState'];
  /** A file of ours that tells how the tests have ended. */
  readonly record: Uri;
}

type Way = { readonly command: string } | { readonly task: string };

const section = 'eventletMigration.test';
const confirmedKey = 'eventletMigration.confirmedTestCommand';

function obstacleTo(folder: WorkspaceFolder | undefined, { runsPrograms }: TestContext): string | undefined {
  if (!runsPrograms || (folder && folder.uri.scheme !== 'file')) return l10n.t('Tests cannot be run here: this window has no machine behind it that could start them. Run them by hand, and say with Next Step how it went on.');
  if (!workspace.isTrusted) return l10n.t('Tests are not run, because this workspace is not trusted: its code would be executed. Trust it, or run them by hand.');
  return undefined;
}

async function tell(obstacle: string): Promise<void> {
  const trust = l10n.t('Manage Trust');
  const answer = await window.showWarningMessage(obstacle, ...(workspace.isTrusted ? [] : [trust]));
  if (answer === trust) await commands.executeCommand('workbench.trust.manage');
}

function configuredWay(folder: WorkspaceFolder): Way | undefined {
  const settings = workspace.getConfiguration(section, folder);
  const command = settings.get('command', '').trim();
  const task = settings.get('task', '').trim();
  return command !== '' ? { command } : task !== '' ? { task } : undefined;
}

async function wayOfTask(name: string, folder: WorkspaceFolder): Promise<TestWay | undefined> {
  const all = await tasks.fetchTasks();
  const task = all.find((each) => each.name === name && isIn(each, folder)) ?? all.find((each) => each.name === name);
  if (task) return { text: name, start: () => runTask(task) };
  await window.showWarningMessage(l10n.t('There is no task “{0}” in this workspace, which the setting {1} names.', name, `${section}.task`));
  return undefined;
}

function isIn({ scope }: Task, folder: WorkspaceFolder): boolean {
  return typeof scope === 'object' && scope.uri.toString() === folder.uri.toString();
}

async function isConfirmed(template: string, commandLine: string, { memory }: TestContext): Promise<boolean> {
  if (memory.get(confirmedKey) === template) return true;
  const run = l10n.t('Run');
  const answer = await window.showWarningMessage(l10n.t('Run this command in the folder of the project?'), { modal: true, detail: commandLine }, run);
  if (answer !== run) return false;
  await memory.update(confirmedKey, template);
  return true;
}

interface WayItem extends QuickPickItem {
  readonly choose: () => Promise<Way | undefined>;
}

/** Asks how the tests are run, and remembers the answer in the settings of the workspace. */
async function chooseWay(folder: WorkspaceFolder): Promise<Way | undefined> {
  const commandItems = testCommands(await factsOf(folder), folder.uri.fsPath.includes('\\')).map((command): WayItem => ({ label: command, choose: async () => ({ command }) }));
  const other: WayItem = { label: `$(edit) ${l10n.t('Another Command…')}`, choose: () => askForCommand() };
  const task: WayItem = { label: `$(tools) ${l10n.t('A Task of VS Code…')}`, choose: () => askForTask() };
  const byHand: WayItem = { label: `$(person) ${l10n.t('I Run the Tests by Hand')}`, choose: async () => undefined };
  const title = l10n.t('How Are the Tests Run?');
  const placeHolder = l10n.t('{files} and {modules} become the tests of the change; kept in the workspace settings');
  const picked = await window.showQuickPick([...commandItems, other, task, byHand], { title, placeHolder, ignoreFocusOut: true });
  const way = await picked?.choose();
  if (way) await remember(way, folder);
  return way;
}

async function askForCommand(): Promise<Way | undefined> {
  const command = await window.showInputBox({ title: l10n.t('Command That Runs the Tests'), prompt: l10n.t('{files} and {modules} become the tests that belong to the change'), value: 'python3 -m pytest {files}', ignoreFocusOut: true });
  return command?.trim() ? { command: command.trim() } : undefined;
}

async function askForTask(): Promise<Way | undefined> {
  const names = [...new Set((await tasks.fetchTasks()).map(({ name }) => name))].sort();
  const name = await window.showQuickPick(names, { title: l10n.t('Task That Runs the Tests'), ignoreFocusOut: true });
  return name === undefined ? undefined : { task: name };
}

async function remember(way: Way, folder: WorkspaceFolder): Promise<void> {
  const settings = workspace.getConfiguration(section, folder);
  const isOnly = workspace.workspaceFile === undefined;
  const [key, value] = 'command' in way ? ['command', way.command] : ['task', way.task];
  await settings.update(key, value, isOnly ? ConfigurationTarget.Workspace : ConfigurationTarget.WorkspaceFolder);
}

async function factsOf(folder: WorkspaceFolder): Promise<FolderFacts> {
  const texts = await Promise.all(telling.map(async (name) => [name, await readIfThere(Uri.joinPath(folder.uri, name))] as const));
  return Object.fromEntries(texts.flatMap(([name, bytes]) => (bytes ? [[name, new TextDecoder().decode(bytes)]] : [])));
}
