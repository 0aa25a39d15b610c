import { formats, formatsWithEdits } from '../features/report/formats';
import type { Report, ReportedFiles } from '../features/report/report';
import type { Host } from '../host';
import { Territory } from '../workspace/territory';
import type { Survey } from '../workspace/survey';
import type { CheckOptions } from './check';
import { decisionsIn } from './checklist';
import type { DecidedFile } from './decided';
import type { Result } from './keptResult';
import type { Places } from './places';
import { Project, settingsOf, type ProjectOptions } from './project';
import type { ExitCode, Terminal } from './terminal';

/** Looks for every finding, and puts it in words. */
export async function report(places: Places, options: CheckOptions, decided: readonly DecidedFile[], survey: Survey | undefined, host: Host, terminal: Terminal, tool: string): Promise<Result> {
  const project = await Project.open(places, options, host, terminal, survey);
  const files = formatsWithEdits.includes(options.format) ? await project.filesWithEdits() : project.files;
  const made = project.report(files, decisionsIn(decided, project, host.today()), tool);
  return { text: formats[options.format](made), exitCode: exitCode(made, places), readBeside: project.workspace.readBeside };
}

/** What of each folder is left out. */
export function excluded(roots: readonly string[], options: ProjectOptions, host: Host): Promise<ReadonlyMap<string, readonly string[]>> {
  const { settings, explicit } = settingsOf(options);
  return new Territory(host, roots, settings, explicit).excluded();
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
