import { formats, formatsWithEdits } from '../features/report/formats';
import type { Host } from '../host';
import { Territory } from '../workspace/territory';
import type { Survey } from '../workspace/survey';
import type { CheckOptions } from './check';
import { decisionsIn } from './checklist';
import type { DecidedFile } from './decided';
import type { Result } from './keptResult';
import type { Places } from './places';
import { Project, settingsOf, type ProjectOptions } from './project';
import { endingWith } from './skipped';
import type { Terminal } from './terminal';

/** Looks for every finding, and puts it in words. */
export async function report(places: Places, options: CheckOptions, decided: readonly DecidedFile[], survey: Survey | undefined, host: Host, terminal: Terminal, tool: string): Promise<Result> {
  const project = await Project.open(places, options, host, terminal, survey);
  const files = formatsWithEdits.includes(options.format) ? await project.filesWithEdits() : project.files;
  const made = project.report(files, decisionsIn(decided, project, host.today()), tool);
  return { pieces: () => formats[options.format](made), exitCode: endingWith(made.summary.findings > 0 ? 1 : 0, project.workspace.counts, places), readBeside: project.workspace.readBeside };
}

/** What of each folder is left out. */
export function excluded(roots: readonly string[], options: ProjectOptions, host: Host): Promise<ReadonlyMap<string, readonly string[]>> {
  const { settings, explicit } = settingsOf(options);
  return new Territory(host, roots, settings, explicit).excluded();
}
