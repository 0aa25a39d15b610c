import * as path from 'node:path';
import { URI } from 'vscode-uri';
import type { Host } from '../host';
import { makeOptional } from '../workspace/routing';
import { carryOut, warnOf, type OutputOptions } from './carryOut';
import { fileWithin, placesOf } from './places';
import { Project, type ProjectOptions } from './project';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

export interface DualOptions extends Pick<ProjectOptions, 'exclude' | 'quiet'>, OutputOptions {
  /** The file of the module that imports eventlet for all others. */
  readonly through: string;
  /** The environment variable that decides. */
  readonly switch: string;
  /** A file for the tests of the stand-ins. */
  readonly tests?: string;
}

/** Makes a concurrency module run with and without eventlet. */
export async function dual(paths: readonly string[], options: DualOptions, host: Host, terminal: Terminal): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const file = fileWithin(options.through, places, terminal.folder);

  const project = await Project.open(places, options, host, terminal);
  const mode = await makeOptional(project.workspace, URI.file(file).toString(), { variable: options.switch }, options.tests === undefined ? undefined : URI.file(path.resolve(terminal.folder, options.tests)).toString());
  if (!mode) throw new WrongUse(`${options.through} is no module that imports eventlet; \`route\` makes one`);
  const { untouched } = await carryOut(mode.changes, options, places, host, terminal);
  if (mode.missing.length > 0) terminal.say(`Nothing takes the place of ${mode.missing.join(', ')}: on native threads these fail when they are called.`);
  warnOf(untouched, places, terminal);
  return untouched.length > 0 ? 2 : 0;
}
