import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { reasonOf } from '../doors/systemErrors';
import { formats, type Format } from '../features/report/formats';
import type { Report } from '../features/report/report';
import type { Project } from './project';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

export interface CheckOptions {
  readonly format: Format;
  /** A file for the result, instead of standard output. */
  readonly output?: string;
}

/** Reports every finding. */
export async function check(project: Project, options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const report = await project.report();
  await deliver(formats[options.format](report), options.output, terminal);
  return exitCode(report, project);
}

/** Into the file, if one is named, else to standard output. */
export async function deliver(result: string | Uint8Array, output: string | undefined, terminal: Terminal): Promise<void> {
  if (output === undefined) return terminal.print(result);
  try {
    await writeFile(path.resolve(terminal.folder, output), result);
  } catch (error) {
    throw new WrongUse(`${output} cannot be written: ${reasonOf(error, 'write')}`);
  }
}

/** Nobody can say that nothing is left of a file that could not be analysed. */
function exitCode({ summary, files }: Report, { places }: Project): ExitCode {
  const named = places.roots.map((uri) => places.pathOf(uri));
  if (files.skipped.some(({ path }) => named.includes(path))) return 2;
  if (summary.findings > 0) return 1;
  return files.skipped.length > 0 ? 2 : 0;
}
