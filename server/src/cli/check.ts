import type { Format } from '../features/report/formats';
import type { Host } from '../host';
import { isOwnProjectFile, projectFilesAround } from '../workspace/project/files';
import { survey, textsIn, type Survey } from '../workspace/survey';
import { decidedFiles } from './decided';
import { deliver } from './deliver';
import { KeptResult, type Result } from './keptResult';
import type { World } from './main';
import { placesOf, type Places } from './places';
import type { ProjectOptions } from './project';
import type { ExitCode, Terminal } from './terminal';

export interface CheckOptions extends ProjectOptions {
  readonly format: Format;
  /** A file for the result, instead of standard output. */
  readonly output?: string;
}

/**
 * Reports every finding. `tool` is the version that the report names. Where nothing has changed since the last run its result is good, and nothing is loaded of what
 * it takes to find it.
 */
export async function check(paths: readonly string[], options: CheckOptions, host: Host, terminal: Terminal, tool: string, commands: World['commands']): Promise<ExitCode> {
  const places = await placesOf(paths, terminal.folder);
  const decided = await decidedFiles(places, terminal);
  const surveyed = host.cache && (await surveyOf(places, options, host, commands));
  const { format, target, rule, exclude, python } = options;
  const asked = { tool, format, target, rule, exclude, python, root: places.root, places: places.roots.map((uri) => [uri, places.pathOf(uri)]) };
  const decisions = decided.length > 0 ? [host.today(), ...decided] : [];
  const kept = surveyed && new KeptResult(JSON.stringify(asked), [...surveyed.found, ...surveyed.projectFiles], JSON.stringify([decisions, surveyed.said]), host);
  const { pieces, exitCode } = (await kept?.read()) ?? (await fresh());
  await deliver(pieces(), options.output, terminal);
  return exitCode;

  async function fresh(): Promise<Result> {
    const result = await (await commands()).report(places, options, decided, surveyed, host, terminal, tool);
    await kept?.write(result);
    return result;
  }
}

/** Which files count, and what the project files say that are not among them. */
async function surveyOf({ roots }: Places, { exclude = [], ...options }: CheckOptions, host: Host, commands: World['commands']): Promise<Survey & { readonly said: unknown }> {
  const said: (readonly [uri: string, text: string])[] = [];
  for (const uri of projectFilesAround(roots)) {
    const read = await host.files.read(uri);
    // Whatever the encoding, another content is another text.
    if ('bytes' in read) said.push([uri, host.text.decode(read.bytes, 'iso-8859-1') ?? '']);
  }
  const excluded = said.some(([uri, text]) => mayExclude(uri, text)) ? await (await commands()).excluded(roots, { exclude, ...options }, host) : undefined;
  const found = await survey(host, roots, { exclude: (root) => excluded?.get(root) ?? exclude, isText: textsIn(roots) });
  return { ...found, said };
}

/** Whether a project file may say which files count; what is escaped in it, or in an encoding of its own, may say anything. */
function mayExclude(uri: string, text: string): boolean {
  return /exclude|\\[uUx]|\0/.test(text) && (isOwnProjectFile(uri) || /eventlet-migration|\\[uUx]|\0/.test(text));
}
