import { planFormats, type PlanFormat } from '../features/plan/formats';
import { makePlan } from '../features/plan/plan';
import { planReport } from '../features/plan/planReport';
import { services } from '../features/services';
import type { Host } from '../host';
import type { ServicesReport } from '../protocol';
import { decisionsIn } from './checklist';
import { decidedFiles } from './decided';
import { deliver } from './deliver';
import { placesOf } from './places';
import { Project, type ProjectOptions } from './project';
import { endingWith, warnOfSkipped } from './skipped';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

export interface PlanOptions extends ProjectOptions {
  readonly format: PlanFormat;
  /** Only what this process loads, by its name. */
  readonly service?: string;
  /** A file for the result, instead of standard output. */
  readonly output?: string;
}

/** Prints the steps in their order. To have something left to do is no failure. `tool` is the version that the report names. */
export async function plan(paths: readonly string[], options: PlanOptions, host: Host, terminal: Terminal, tool: string): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const project = await Project.open(places, options, host, terminal);
  const all = services(project.workspace);
  const wanted = options.service === undefined ? all : only(options.service, all);
  const files = project.plannedFiles(decisionsIn(await decidedFiles(places, terminal), project, host.today())).filter((file) => options.service === undefined || file.services.includes(options.service));
  const report = planReport(makePlan(files, project.target), { ...places, tool, counts: project.workspace.counts, services: wanted });
  await deliver(planFormats[options.format](report), options.output, terminal);
  warnOfSkipped(project.workspace.counts, places, terminal);
  return endingWith(0, project.workspace.counts, places);
}

function only(name: string, all: ServicesReport): ServicesReport {
  const service = all.services.find((each) => each.name === name);
  if (!service) throw new WrongUse(`there is no process ${name}; those that are known are ${all.services.map((each) => each.name).join(', ') || 'none'}`);
  return { ...all, services: [service] };
}
