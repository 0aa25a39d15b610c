import { l10n, Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import { makeOptionalRequest, routeRequest, type MakeOptionalParams, type ModuleEdits, type RouteParams } from '../../../server/src/protocol';
import { changedFiles } from '../edits';
import type { Command, Parts } from './parts';
import { askForEdit, editIn, makeEdit } from './serverEdits';

/** Takes eventlet behind one module of the project: Swift's way of migrating. One undo takes it back. */
export const routeThroughModule: Command = async (parts) => {
  const module = await askForModule(l10n.t('Route Eventlet Through One Module'), l10n.t('The module that will import eventlet for all others; it is written where it is not there yet'));
  if (!module) return;
  const params: RouteParams = { module: module.toString() };
  const edits = await editsOf(parts, routeRequest, params);
  const files = edits && (await apply(parts, edits));
  if (!edits || files === undefined) return;
  const sentence = files === 0 ? l10n.t('Nothing was changed: no other module imports eventlet.') : l10n.t('Eventlet is imported by {0} alone now.', edits.module);
  const [first] = edits.left;
  const stays = first ? l10n.t('{0} imports stay, such as {1}:{2}: {3}', edits.left.length, workspace.asRelativePath(Uri.parse(first.uri)), first.line + 1, first.reason) : '';
  await window.showInformationMessage([sentence, stays].filter(Boolean).join(' '));
};

/** Lets that module decide between eventlet and native threads, by an environment variable and by what is installed. */
export const makeModuleOptional: Command = async (parts) => {
  const title = l10n.t('Make the Concurrency Module Optional');
  const module = await askForModule(title, l10n.t('The module that imports eventlet for all others'));
  const variable = module && (await window.showInputBox({ title, prompt: l10n.t('The environment variable that decides; DISABLE_… turns its values round'), value: 'USE_EVENTLET', validateInput: variableProblem }));
  if (!module || !variable) return;
  const params: MakeOptionalParams = { module: module.toString(), variable };
  const edits = await editsOf(parts, makeOptionalRequest, params);
  const files = edits && (await apply(parts, edits));
  if (!edits || files === undefined) return;
  const sentence = edits.module === '' ? l10n.t('Nothing was changed: this module imports nothing of eventlet.') : l10n.t('{0} runs with eventlet and without now.', edits.module);
  const missing = edits.missing.length > 0 ? l10n.t('Nothing takes the place of {0}: on native threads these fail when they are called.', edits.missing.join(', ')) : '';
  await window.showInformationMessage([sentence, missing].filter(Boolean).join(' '));
};

async function askForModule(title: string, prompt: string): Promise<Uri | undefined> {
  const folder = await askForFolder();
  if (!folder) return undefined;
  const path = await window.showInputBox({ title, prompt, value: 'concurrency.py', validateInput: pathProblem });
  return path === undefined ? undefined : Uri.joinPath(folder.uri, path.trim());
}

async function askForFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return void window.showInformationMessage(l10n.t('Open a folder first.'));
  return folders.length === 1 ? folders[0] : window.showWorkspaceFolderPick();
}

function pathProblem(path: string): string | undefined {
  const isGood = /^[^/\\:]+(\/[^/\\:]+)*\.py$/.test(path.trim()) && !path.split('/').includes('..');
  return isGood ? undefined : l10n.t('A path below the folder, such as {0}', 'pkg/common/concurrency.py');
}

function variableProblem(name: string): string | undefined {
  return /^[A-Za-z_]\w*$/.test(name) ? undefined : l10n.t('The name of an environment variable, such as {0}', 'USE_EVENTLET');
}

function editsOf(parts: Parts, request: string, params: RouteParams | MakeOptionalParams): Promise<ModuleEdits | undefined> {
  return askForEdit<ModuleEdits>(parts, l10n.t('Computing changes'), request, params);
}

/** How many files were changed; undefined where the editor refused. */
async function apply(parts: Parts, edits: ModuleEdits): Promise<number | undefined> {
  const edit = editIn(edits);
  if (!edit) return 0;
  return (await makeEdit(parts, edit)) ? changedFiles(edit) : undefined;
}
