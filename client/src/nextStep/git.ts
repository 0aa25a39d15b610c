import { extensions, type Event, type Uri } from 'vscode';
import { withMessage } from './commitBox';

/** What came of staging. */
export type Staged = 'staged' | 'noGit';

/**
 * Stages files, each in its repository, and puts a message for their commit in the Source Control box of each, below what a person has typed
 * there. Nothing is committed. `noGit` where the editor knows of no repository for one of them; then nothing is staged.
 */
export async function stage(files: readonly Uri[], message: string): Promise<Staged> {
  const git = await gitApi();
  // By their folders: each answer is an object of its own, also for the same repository.
  const repositories = new Map<string, { readonly repository: Repository; readonly paths: string[] }>();
  for (const file of files) {
    const repository = git?.getRepository(file);
    if (!repository) return 'noGit';
    const root = repository.rootUri.toString();
    const known = repositories.get(root);
    if (known) known.paths.push(file.fsPath);
    else repositories.set(root, { repository, paths: [file.fsPath] });
  }
  for (const { repository, paths } of repositories.values()) await repository.add(paths);
  for (const { repository: { inputBox } } of repositories.values()) inputBox.value = withMessage(inputBox.value, message);
  return 'staged';
}

/** The part we use of what the editor's own git extension offers to others (`extensions/git/src/api/git.d.ts`, version 1). */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: Event<GitApi['state']>;
  getRepository(uri: Uri): Repository | null;
}

interface Repository {
  readonly rootUri: Uri;
  readonly inputBox: { value: string };
  add(paths: readonly string[]): Promise<void>;
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return undefined;
  const git = extension.isActive ? extension.exports : await extension.activate();
  if (!git.enabled) return undefined;
  const api = git.getAPI(1);
  if (api.state !== 'initialized') await new Promise<void>((resolve) => {
    const subscription = api.onDidChangeState((state) => {
      if (state !== 'initialized') return;
      subscription.dispose();
      resolve();
    });
  });
  return api;
}
