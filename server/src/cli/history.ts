import * as path from 'node:path';
import { URI } from 'vscode-uri';
import type { historyForms } from '../features/formNames';
import { historyOf, historyTable } from '../features/history';
import { burnDown } from '../features/report/burnDown';
import { historyPage } from '../features/report/historyPage';
import type { Host } from '../host';
import type { HistoryPoint } from '../protocol';
import { deliver } from './deliver';
import type { World } from './main';
import { placesOf } from './places';
import { settingsOf, type ProjectOptions } from './project';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

export interface HistoryOptions extends ProjectOptions {
  readonly format: (typeof historyForms)[number];
  readonly output?: string;
  /** A day, `2024-01-01`. */
  readonly since?: string;
  /** How many commits to look at. */
  readonly points: number;
}

/** Tells how many uses were left over time, by commits of the main line that are read from git; nothing is checked out. */
export async function history(folder: string, options: HistoryOptions, host: Host, terminal: Terminal, png: World['png']): Promise<ExitCode> {
  const { roots } = await placesOf([folder], terminal.folder);
  const absolute = path.resolve(terminal.folder, folder);
  const repository = await host.repository?.(URI.file(absolute).toString());
  if (!repository || 'missing' in repository) throw new WrongUse(`${folder}: ${repository?.missing ?? 'git cannot be run here'}`);
  const { since, points: wanted, rule } = options;
  try {
    const choice = { roots, ...settingsOf(options), points: wanted, ...(since === undefined ? {} : { since }), ...(rule ? { rules: rule } : {}) };
    const points = await historyOf(repository, host, choice, { isCancelled: () => false, progressed: (done, total) => terminal.show(`Looked at ${done} of ${total} commits`) });
    terminal.show(undefined);
    if (points.length === 0) throw new WrongUse(`${folder}: no commits${since === undefined ? '' : ` since ${since}`}`);
    await deliver(await formatted(points, path.basename(absolute), options, png), options.output, terminal);
    return 0;
  } finally {
    repository.close();
  }
}

async function formatted(points: readonly HistoryPoint[], name: string, { format }: HistoryOptions, png: World['png']): Promise<string | Uint8Array> {
  switch (format) {
    case 'text':
      return historyTable(points);
    case 'json':
      return `${JSON.stringify({ version: 1, points }, undefined, 2)}\n`;
    case 'svg':
      return burnDown(points, `Uses of eventlet in ${name}`);
    case 'png': {
      const picture = await png(burnDown(points, `Uses of eventlet in ${name}`));
      if ('missing' in picture) throw new WrongUse(picture.missing);
      return picture;
    }
    case 'markdown':
      return historyPage(points, name);
  }
}
