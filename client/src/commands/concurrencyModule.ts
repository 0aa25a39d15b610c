import { l10n, RelativePattern, Uri, window, workspace, type QuickPickItem, type WorkspaceFolder } from 'vscode';
import { makeOptionalRequest, removeDualRequest, routeRequest, type MakeOptionalParams, type ModuleEdits, type RemoveDualParams, type RemoveDualResult, type RouteParams } from '../../../server/src/protocol';
import { changedFiles } from '../edits';
import { asWork } from '../progress';
import type { Command, Parts } from './parts';
import { askForWideEdit, editIn } from './serverEdits';

/**
 * Swift's way of migrating: eventlet goes behind one module of the project, which then runs with it and without, until that is taken
 * down again. Asks which of these is wanted; on a folder of the explorer, only its files are routed. One undo takes each back.
 */
export const concurrencyModule: Command = async (parts, argument) => {
  const folder = argument instanceof Uri ? argument : undefined;
  const chosen = await window.showQuickPick(choices(folder), { title: l10n.t('One Concurrency Module'), matchOnDetail: true });
  const module = chosen && (await askForModule(chosen.label, chosen.prompt));
  if (module) await chosen.run(parts, module, folder);
};

interface Choice extends QuickPickItem {
  readonly prompt: string;
  readonly run: (parts: Parts, module: Uri, folder: Uri | undefined) => Promise<void>;
}

function choices(folder: Uri | undefined): readonly Choice[] {
  return [
    {
      label: folder ? l10n.t('Route Eventlet Through It, in {0}', workspace.asRelativePath(folder)) : l10n.t('Route Eventlet Through It'),
      detail: l10n.t('Other files import from it what they import from eventlet; nothing else changes'),
      prompt: l10n.t('The module that will import eventlet for all others; it is written where it is not there yet'),
      run: route,
    },
    {
      label: l10n.t('Make It Optional'),
      detail: l10n.t('It runs with eventlet and without, by an environment variable and by what is installed'),
      prompt: l10n.t('The module that imports eventlet for all others'),
      run: makeOptional,
    },
    {
      label: l10n.t('Remove the Dual Mode'),
      detail: l10n.t('One way is left: the next of three steps, each to be tested by itself'),
      prompt: l10n.t('The module that decides between eventlet and native threads'),
      run: remove,
    },
  ];
}

async function route(parts: Parts, module: Uri, folder: Uri | undefined): Promise<void> {
  const params: RouteParams = { module: module.toString(), ...(folder ? { folder: folder.toString() } : {}) };
  const edits = await editsOf<ModuleEdits>(parts, routeRequest, params);
  const files = edits && (await apply(parts, edits));
  if (!edits || files === undefined) return;
  const sentence = files === 0 ? l10n.t('Nothing was changed: no other module imports eventlet.') : folder ? l10n.t('In {0}, eventlet is imported by {1} alone now.', workspace.asRelativePath(folder), edits.module) : l10n.t('Eventlet is imported by {0} alone now.', edits.module);
  await tell(sentence, leftOf(edits));
}

async function makeOptional(parts: Parts, module: Uri): Promise<void> {
  const variable = await window.showInputBox({ title: l10n.t('Make It Optional'), prompt: l10n.t('The environment variable that decides; DISABLE_… turns its values round'), value: 'USE_EVENTLET', validateInput: variableProblem });
  if (!variable) return;
  const params: MakeOptionalParams = { module: module.toString(), variable };
  const edits = await editsOf<ModuleEdits>(parts, makeOptionalRequest, params);
  const files = edits && (await apply(parts, edits));
  if (!edits || files === undefined) return;
  const sentence = edits.module === '' ? l10n.t('Nothing was changed: this module imports nothing of eventlet.') : l10n.t('{0} runs with eventlet and without now.', edits.module);
  await tell(sentence, edits.missing.length > 0 ? l10n.t('Nothing takes the place of {0}: on native threads these fail when they are called.', edits.missing.join(', ')) : '');
}

async function remove(parts: Parts, module: Uri): Promise<void> {
  const params: RemoveDualParams = { module: module.toString() };
  const edits = await editsOf<RemoveDualResult>(parts, removeDualRequest, params);
  const files = edits && (await apply(parts, edits));
  if (edits && files !== undefined) await tell(edits.module === '' ? l10n.t('Nothing was changed: this module does not decide between eventlet and native threads.') : stepIn(edits), leftOf(edits));
}

/** What was done, and what comes next. */
function stepIn({ step, module }: RemoveDualResult): string {
  switch (step) {
    case 'switch':
      return l10n.t('Step 1 of 3: {0} decides no more, the native branches stay. Run the tests, then go on.', module);
    case 'names':
      return l10n.t('Step 2 of 3: every file imports from where a name is defined. Run the tests, then go on.');
    case 'files':
      return l10n.t('Step 3 of 3: what nothing needs any more is gone. Run the tests.');
    case 'nothing':
      return l10n.t('Nothing is left to do for {0}.', module);
  }
}

async function tell(...sentences: readonly string[]): Promise<void> {
  await window.showInformationMessage(sentences.filter(Boolean).join(' '));
}

function leftOf({ left }: ModuleEdits): string {
  const [first] = left;
  return first ? l10n.t('{0} places stay, such as {1}:{2}: {3}', left.length, workspace.asRelativePath(Uri.parse(first.uri)), first.line + 1, first.reason) : '';
}

async function askForModule(title: string, prompt: string): Promise<Uri | undefined> {
  const folder = await askForFolder();
  if (!folder) return undefined;
  const path = await window.showInputBox({ title, prompt, value: await likelyModule(folder), validateInput: pathProblem });
  return path === undefined ? undefined : Uri.joinPath(folder.uri, path.trim());
}

async function askForFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return void window.showInformationMessage(l10n.t('Open a folder first.'));
  return folders.length === 1 ? folders[0] : window.showWorkspaceFolderPick();
}

/** The one that is there, else a place for it in the project's package. */
async function likelyModule(folder: WorkspaceFolder): Promise<string> {
  const found = async (pattern: string): Promise<string | undefined> => {
    const uris = await workspace.findFiles(new RelativePattern(folder, pattern), undefined, 100);
    return uris.map((uri) => uri.path.slice(folder.uri.path.length + 1)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
  };
  const known = await found('**/concurrency.py');
  const init = known === undefined ? await found('{*,src/*}/__init__.py') : undefined;
  return known ?? `${init?.replace(/__init__\.py$/, '') ?? ''}concurrency.py`;
}

function pathProblem(path: string): string | undefined {
  const isGood = /^[^/\\:]+(\/[^/\\:]+)*\.py$/.test(path.trim()) && !path.split('/').includes('..');
  return isGood ? undefined : l10n.t('A path below the folder, such as {0}', 'pkg/common/concurrency.py');
}

function variableProblem(name: string): string | undefined {
  return /^[A-Za-z_]\w*$/.test(name) ? undefined : l10n.t('The name of an environment variable, such as {0}', 'USE_EVENTLET');
}

function editsOf<Answer extends ModuleEdits>(parts: Parts, request: string, params: RouteParams | MakeOptionalParams | RemoveDualParams): Promise<Answer | undefined> {
  return askForWideEdit<Answer>(parts, asWork(l10n.t('Computing changes')), request, params);
}

/** How many files were changed; undefined where the editor refused. */
async function apply(parts: Parts, edits: ModuleEdits): Promise<number | undefined> {
  const edit = editIn(edits);
  if (!edit) return 0;
  return (await parts.edits.make(edit)) ? changedFiles(edit) : undefined;
}
