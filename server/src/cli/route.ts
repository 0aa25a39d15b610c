import { URI } from 'vscode-uri';
import { count } from '../features/report/words';
import type { Host } from '../host';
import { route as routing } from '../workspace/routing';
import { carryOut, warnOf, type OutputOptions } from './carryOut';
import { fileWithin, placesOf } from './places';
import { Project, type ProjectOptions } from './project';
import { endingWith, warnOfSkipped } from './skipped';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

export interface RouteOptions extends Pick<ProjectOptions, 'exclude' | 'quiet'>, OutputOptions {
  /** The file of the module, there already or not. */
  readonly through: string;
}

/** Makes one module the only one that imports eventlet: all others import from it what they imported from eventlet. */
export async function route(paths: readonly string[], options: RouteOptions, host: Host, terminal: Terminal): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  if (!options.through.endsWith('.py')) throw new WrongUse(`${options.through} is no Python file`);
  // Its dotted name is told from the packages around it, and they are known only where they are looked at.
  const file = fileWithin(options.through, places, terminal.folder);

  const project = await Project.open(places, options, host, terminal);
  const { workspace } = project;
  const { module, changes, left } = await routing(workspace, URI.file(file).toString());
  const { made, untouched } = await carryOut(changes, options, places, host, terminal);

  const others = made.filter(({ change }) => URI.parse(change.uri).fsPath !== file).length;
  terminal.say(options.write ? `${count(others, 'file now imports', 'files now import')} from \`${module}\`.` : `${count(others, 'file')} would import from \`${module}\`; add --write to do so.`);
  for (const { uri, line, reason } of left) terminal.warn(`${places.pathOf(uri)}:${line + 1}: left as it is: ${reason}`);
  warnOf(untouched, places, terminal);
  warnOfSkipped(workspace.counts, places, terminal, left);
  return endingWith(untouched.length > 0 ? 2 : 0, workspace.counts, places);
}
