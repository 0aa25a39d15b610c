import { formats, formatsWithEdits, type Format } from '../features/report/formats';
import type { Report, ReportedFiles } from '../features/report/report';
import type { Host } from '../host';
import { decidedFiles, Decisions } from './checklist';
import { deliver } from './deliver';
import { placesOf, type Places } from './places';
import { Project, type ProjectOptions } from './project';
import type { ExitCode, Terminal } from './terminal';

export interface CheckOptions extends ProjectOptions {
  readonly format: Format;
  /** A file for the result, instead of standard output. */
  readonly output?: string;
}

/** Reports every finding. `tool` is the version that the report names. */
export async function check(paths: readonly string[], options: CheckOptions, host: Host, terminal: Terminal, tool: string): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const project = await Project.open(places, options, host, terminal);
  const files = formatsWithEdits.includes(options.format) ? await project.filesWithEdits() : project.files;
  const report = project.report(files, new Decisions(await decidedFiles(places, terminal), project, host.today()), tool);
  await deliver(formats[options.format](report), options.output, terminal);
  return exitCode(report, places);
}

/** Nobody can say that nothing is left where a file could not be analysed. */
function exitCode({ summary, files }: Report, places: Places): ExitCode {
  if (isNamedSkipped(files, places)) return 2;
  if (summary.findings > 0) return 1;
  return files.skipped.length > 0 ? 2 : 0;
}

/** Whether a file was not analysed that somebody named. */
export function isNamedSkipped({ skipped }: ReportedFiles, { roots, pathOf }: Places): boolean {
  const named = new Set(roots.map(pathOf));
  return skipped.some(({ path }) => named.has(path));
}
