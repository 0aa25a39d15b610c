import * as path from 'node:path';
import { URI } from 'vscode-uri';
import type { Host } from '../host';
import { makeOptional } from '../workspace/routing';
import { takeDown, type TakingDown } from '../workspace/takingDown';
import { carryOut, warnOf, type OutputOptions } from './carryOut';
import { fileWithin, placesOf, type Places } from './places';
import { Project, type ProjectOptions } from './project';
import { endingWith, warnOfSkipped } from './skipped';
import { WrongUse, type ExitCode, type Terminal } from './terminal';

export interface DualOptions extends Pick<ProjectOptions, 'exclude' | 'quiet'>, OutputOptions {
  /** The file of the module that imports eventlet for all others. */
  readonly through: string;
  /** The environment variable that decides. */
  readonly switch: string;
  /** A file for the tests of the stand-ins. */
  readonly tests?: string;
  /** The next step on the way back. */
  readonly remove?: boolean;
}

/** Makes a concurrency module run with and without eventlet, or takes down what did so. */
export async function dual(paths: readonly string[], options: DualOptions, host: Host, terminal: Terminal): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const file = fileWithin(options.through, places, terminal.folder);

  const project = await Project.open(places, options, host, terminal);
  if (options.remove) return remove(project, file, options, places, host, terminal);
  const mode = await makeOptional(project.workspace, URI.file(file).toString(), { variable: options.switch }, options.tests === undefined ? undefined : URI.file(path.resolve(terminal.folder, options.tests)).toString());
  if (!mode) throw new WrongUse(`${options.through} is no module that imports eventlet; \`route\` makes one`);
  const { untouched } = await carryOut(mode.changes, options, places, host, terminal);
  if (mode.missing.length > 0) terminal.say(`Nothing takes the place of ${mode.missing.join(', ')}: on native threads these fail when they are called.`);
  for (const { uri, line, reason } of mode.left) terminal.warn(`${places.pathOf(uri)}:${line + 1}: left as it is: ${reason}`);
  warnOf(untouched, places, terminal);
  warnOfSkipped(project.workspace.counts, places, terminal, mode.left);
  return endingWith(untouched.length > 0 ? 2 : 0, project.workspace.counts, places);
}

async function remove({ workspace }: Project, file: string, options: DualOptions, places: Places, host: Host, terminal: Terminal): Promise<ExitCode> {
  const down = await takeDown(workspace, URI.file(file).toString());
  if (!down) throw new WrongUse(`${options.through} does not decide between eventlet and native threads, and has names of its own: there is nothing to take down`);
  const { untouched } = await carryOut(down.changes, options, places, host, terminal);
  terminal.say(stepIn(down, options.write ?? false));
  for (const line of staying(down)) terminal.say(line);
  for (const { uri, line, reason } of down.left) terminal.warn(`${places.pathOf(uri)}:${line + 1}: ${reason}`);
  warnOf(untouched, places, terminal);
  warnOfSkipped(workspace.counts, places, terminal, down.left);
  return endingWith(untouched.length > 0 ? 2 : 0, workspace.counts, places);
}

/** The stand-ins that stay, those with one reason on one line. */
function staying({ kept = new Map<string, string>() }: TakingDown): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const [name, why] of kept) byReason.set(why, [...(byReason.get(why) ?? []), `\`${name}\``]);
  return [...byReason].map(([why, names]) => `${names.sort().join(', ')} ${names.length === 1 ? 'stays a stand-in' : 'stay stand-ins'}: ${why}.`);
}

/** What a step does, and what comes next. */
function stepIn({ step, module }: TakingDown, isMade: boolean): string {
  const next = isMade ? 'Run the tests, commit, and run this again for the next step.' : 'Add --write to do so.';
  switch (step) {
    case 'switch':
      return `Step 1 of 3: \`${module}\` decides no more; of each choice the native branch stays. ${next}`;
    case 'names':
      return `Step 2 of 3: every file imports from where a name is defined, and not through \`${module}\`. ${next}`;
    case 'files':
      return `Step 3 of 3: what nothing needs any more goes. ${isMade ? 'Run the tests, and commit.' : next}`;
    case 'nothing':
      return `Nothing is left to do for \`${module}\`.`;
  }
}
