import { extensions, type Event, type Uri } from 'vscode';
import { withMessage } from './commitBox';

/** What came of staging. */
export type Staged = 'staged' | 'noGit';

/**
 * Stages files, and puts a message for their commit in the Source Control box, below what a person has typed there. Nothing is committed.
 * `noGit` where the editor knows of no repository that all of them are in.
 */
export async function stage(files: readonly Uri[], message: string): Promise<Staged> {
  const git = await gitApi();
  const repositories = files.map((file) => git?.getRepository(file) ?? undefined);
  const [repository] = repositories;
  if (!repository || repositories.some((other) => other !== repository)) return 'noGit';

  await repository.add(files.map(({ fsPath }) => fsPath));
  const { inputBox } = repository;
  inputBox.value = withMessage(inputBox.value, message);
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
