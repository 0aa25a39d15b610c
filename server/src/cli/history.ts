import * as path from 'node:path';
import { GitFiles, GitRepository, isNoGit } from '../doors/gitRepository';
import { evenly, historyPoint, historyTable, type HistoryPoint } from '../features/history';
import { burnDown } from '../features/report/burnDown';
import type { Host } from '../host';
import { Workspace } from '../workspace/workspace';
import { deliver } from './deliver';
import { placesOf } from './places';
import { settingsOf, type ProjectOptions } from './project';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

export const historyFormats = ['text', 'json', 'svg'] as const;

export interface HistoryOptions extends ProjectOptions {
  readonly format: (typeof historyFormats)[number];
  readonly output?: string;
  /** A day, `2024-01-01`. */
  readonly since?: string;
  /** How many commits to look at. */
  readonly points: number;
}

/** Tells how many uses were left over time, by commits of the main line that are read from git; nothing is checked out. */
export async function history(folder: string, options: HistoryOptions, host: Host, terminal: Terminal): Promise<ExitCode> {
  const { roots } = await placesOf([folder], terminal.folder);
  const absolute = path.resolve(terminal.folder, folder);
  const repository = await repositoryAround(absolute, folder);
  try {
    const commits = evenly(await repository.mainLine(options.since), options.points);
    if (commits.length === 0) throw new WrongUse(`${folder}: no commits${options.since === undefined ? '' : ` since ${options.since}`}`);

    const files = new GitFiles(repository);
    const workspace = await Workspace.create({ ...host, files }, { roots, ...settingsOf(options) });
    const points: HistoryPoint[] = [];
    for (const [index, commit] of commits.entries()) {
      const changed = await files.goTo(commit.id);
      await (index === 0 ? workspace.scan() : workspace.update(changed));
      points.push(historyPoint(commit, findingsOf(workspace, options), workspace.settings(roots[0] ?? '').target));
      terminal.show(`Looked at ${index + 1} of ${commits.length} commits`);
    }
    terminal.show(undefined);
    workspace.dispose();
    await deliver(formatted(points, path.basename(absolute), options), options.output, terminal);
    return 0;
  } finally {
    repository.close();
  }
}

function formatted(points: readonly HistoryPoint[], name: string, { format }: HistoryOptions): string {
  switch (format) {
    case 'text':
      return historyTable(points);
    case 'json':
      return `${JSON.stringify({ version: 1, points }, undefined, 2)}\n`;
    case 'svg':
      return burnDown(points, `Uses of eventlet in ${name}`);
  }
}

function findingsOf(workspace: Workspace, { rule: rules }: HistoryOptions): ReturnType<Workspace['findings']>[] {
  return workspace.uris.map((uri) => workspace.findings(uri).filter(({ rule }) => rules?.includes(rule) ?? true));
}

async function repositoryAround(absolute: string, folder: string): Promise<GitRepository> {
  try {
    const repository = await GitRepository.around(absolute);
    if (!repository) throw new WrongUse(`${folder} is in no git repository`);
    return repository;
  } catch (error) {
    if (isNoGit(error)) throw new WrongUse('`git` is needed for the history and was not found');
    throw error;
  }
}
