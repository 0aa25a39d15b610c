import type { Host } from '../host';
import { makeReport, type Report } from '../features/report/report';
import { count } from '../features/report/words';
import type { Target } from '../protocol';
import type { FileReport } from '../workspace/finding';
import { Workspace } from '../workspace/workspace';
import { placesOf, type Places } from './places';
import type { Terminal } from './terminal';

/** What all commands that look at a project are told. */
export interface ProjectOptions {
  readonly target: Target;
  /** Ids; empty for all rules. */
  readonly rule: readonly string[];
  /** Globs in the syntax of `.gitignore`, relative to each named folder. */
  readonly exclude: readonly string[];
  /** Oldest Python, such as `3.9`. */
  readonly python?: string;
  readonly quiet: boolean;
}

/** The named files and folders, looked at once. */
export interface Project {
  readonly places: Places;
  readonly workspace: Workspace;
  /** What is found now. */
  report(): Promise<Report>;
}

export async function openProject(paths: readonly string[], options: ProjectOptions, host: Host, terminal: Terminal, version: string): Promise<Project> {
  const places = await placesOf(paths, terminal.folder);
  const { target, exclude, python } = options;
  const workspace = await Workspace.create(host, { roots: places.roots, settings: { target, exclude, ...(python === undefined ? {} : { pythonVersion: python }) } });
  await workspace.scan({ progress: (done, total) => terminal.show(`Looking at ${count(total, 'file')}: ${done}`) });
  terminal.show(undefined);
  return { places, workspace, report };

  async function report(): Promise<Report> {
    const { counts, patched, uris } = workspace;
    const files: FileReport[] = [];
    for (const uri of uris) {
      const file = await workspace.report(uri);
      if (file) files.push(file);
      terminal.show(`Reporting on ${count(uris.length, 'file')}: ${files.length}`);
    }
    terminal.show(undefined);
    const { rule: rules } = options;
    return makeReport({ ...places, tool: version, target, counts, patched, files, ...(rules.length > 0 ? { rules } : {}) });
  }
}
