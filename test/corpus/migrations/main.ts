import { createWriteStream, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { noPython } from '../packages';
import { environment } from './environment';
import { patternByPattern, type State } from './patternByPattern';
import { project, projects } from './project';
import { choicesTable, reasons, wayTable } from './tables';
import { throughOneModule } from './throughOneModule';
import { lost, type Progress } from './unitTests';

/**
 * `npm run walk -- PROJECT TREE [--like TREE] [--near] [--log FILE]`: carries a migration through on a copy of a source tree, with the project's own unit tests
 * after each step, and prints what came of it as tables. `--like` names what people made of that tree, to compare the names with. What the project needs comes from Debian. Exits with 2 where something is missing,
 * and with 1 where a safe step lost a test, an import is left outside the module, or a module does not load without eventlet.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { like: { type: 'string' }, near: { type: 'boolean', default: false }, log: { type: 'string' } } });
  const [name, tree, ...more] = positionals;
  const known = projects.find((each) => each === name);
  if (!known || tree === undefined || more.length > 0) return wrong(`usage: npm run walk -- ${projects.join('|')} TREE [--like TREE] [--near] [--log FILE]`);
  const missing = [tree, values.like].find((each) => each !== undefined && !existsSync(each));
  if (missing !== undefined) return wrong(`there is no ${missing}`);
  const { way, choices, tests, ...needs } = project(known);
  const problem = noPython();
  if (problem !== undefined) return wrong(problem);
  const needed = environment(needs);
  if ('reason' in needed) return wrong(needed.reason);

  const file = values.log === undefined ? undefined : createWriteStream(values.log);
  const log = (text: string): void => void file?.write(text);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const ended = ({ module, done, all }: Progress): void => say(`  ${done} of ${all}: ${module}`);
  let isWell = true;
  if (way) {
    const result = await throughOneModule(tree, way, needed, { log, ended, reached: say, ...(values.like !== undefined && { like: values.like }) });
    process.stdout.write(`${wayTable(result)}\n${result.said}${result.importProblem}\n`);
    isWell &&= result.after.statements === 0 && result.importProblem === '' && result.down.every(({ tests }) => lost(result.native, tests).length === 0);
  }
  if (choices) {
    const reached = ({ choice, findings, lost: gone }: State): void => say(`${choice.title}: ${findings} findings left, lost: ${gone.join(' ') || 'none'}`);
    const states = await patternByPattern(tree, { choices, tests: tests ?? [], environment: needed, extent: values.near ? 'near' : 'all', reached, log, ended });
    process.stdout.write(`${choicesTable(states)}\n${reasons(states)}\n`);
    isWell &&= states.every(({ choice, lost }) => choice.take !== 'safe' || lost.length === 0);
  }
  file?.end();
  return isWell ? 0 : 1;
}

function wrong(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}

void main().then((code) => (process.exitCode = code));
