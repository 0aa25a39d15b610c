import { planFormats, type PlanFormat } from '../features/plan/formats';
import { makePlan } from '../features/plan/plan';
import { planReport } from '../features/plan/planReport';
import type { Host } from '../host';
import { isNamedSkipped } from './check';
import { deliver } from './deliver';
import { placesOf } from './places';
import { Project, type ProjectOptions } from './project';
import type { ExitCode, Terminal } from './terminal';

export interface PlanOptions extends ProjectOptions {
  readonly format: PlanFormat;
  /** A file for the result, instead of standard output. */
  readonly output?: string;
}

/** Prints the steps in their order. To have something left to do is no failure. `tool` is the version that the report names. */
export async function plan(paths: readonly string[], options: PlanOptions, host: Host, terminal: Terminal, tool: string): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const project = await Project.open(places, options, host, terminal);
  const made = makePlan(project.plannedFiles, project.target);
  const report = planReport(made, { ...places, tool, counts: project.workspace.counts });
  await deliver(planFormats[options.format](report), options.output, terminal);
  return isNamedSkipped(report.files, places) ? 2 : 0;
}
