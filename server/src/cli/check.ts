import { formats, formatsWithEdits, type Format } from '../features/report/formats';
import type { Report, ReportedFiles } from '../features/report/report';
import type { Host } from '../host';
import { decidedFiles, decisionsIn } from './checklist';
import { deliver } from './deliver';
import { KeptReport } from './keptReport';
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
  const report = await reportOf(places, options, host, terminal, tool);
  await deliver(formats[options.format](report), options.output, terminal);
  return exitCode(report, places);
}

/** The one of the last run, where nothing has changed since. */
async function reportOf(places: Places, { format, ...options }: CheckOptions, host: Host, terminal: Terminal, tool: string): Promise<Report> {
  const { target, rule, exclude, python } = options;
  const decided = await decidedFiles(places, terminal);
  const project = await Project.at(places, options, host, terminal);
  const hasEdits = formatsWithEdits.includes(format);
  const asked = { tool, hasEdits, target, rule, exclude, python, root: places.root, places: places.roots.map((uri) => [uri, places.pathOf(uri)]) };
  const decisions = decided.length > 0 ? [host.today(), ...decided] : [];
  const kept = host.cache && new KeptReport(JSON.stringify(asked), await project.workspace.survey(), JSON.stringify(decisions), project.workspace, host);
  const known = await kept?.read();
  if (known) return known;
  await project.look();
  const report = project.report(hasEdits ? await project.filesWithEdits() : project.files, decisionsIn(decided, project, host.today()), tool);
  await kept?.write(report);
  return report;
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
