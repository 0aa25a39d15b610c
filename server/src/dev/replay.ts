import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { grammarIn, nodeHost } from '../doors/nodeHost';
import type { Host } from '../host';
import { readCases, type Case } from './replay/cases';
import { Clone } from './replay/clone';
import { replay, type Outcome } from './replay/replay';
import { misses, shares, summary } from './replay/summary';
import { describeWarning, readTraps, warnings, type Trap, type Warning } from './replay/traps';

const ownCases = 'test/corpus/cases.txt';

/**
 * `npm run replay -- CLONE… [--cases FILE] [--commit SHA] [--misses]`: goes back to before the commits in which people took eventlet out of
 * their code, and compares what we would have said and offered with what they did. A clone has the history with its contents; of the list,
 * what happened elsewhere is left out. Then the traps (`test/corpus/traps.txt`): what we would have said before a change went wrong. Exits with 1
 * where less than the promised shares is reached or a trap is not named.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { cases: { type: 'string', default: ownCases }, commit: { type: 'string', default: '' }, misses: { type: 'boolean', default: false } },
  });
  const missing = [...positionals, values.cases].filter((path) => !existsSync(path));
  if (positionals.length === 0 || missing.length > 0) {
    process.stderr.write(missing.length > 0 ? `there is no ${missing.join(', ')}\n` : 'usage: npm run replay -- CLONE… [--cases FILE] [--commit SHA] [--misses]\n');
    return 2;
  }
  const traps = values.commit === '' && values.cases === ownCases ? readTraps(readFileSync('test/corpus/traps.txt', 'utf8')) : [];
  const cases = readCases(readFileSync(values.cases, 'utf8')).filter(({ sha }) => sha.startsWith(values.commit));
  const outcomes: Outcome[] = [];
  const warned: Warning[] = [];
  for (const folder of positionals) {
    const own = await replayed(new Clone(folder), cases);
    if (positionals.length > 1) process.stdout.write(`## ${own[0]?.row.repo ?? folder}\n\n${summary(own)}\n`);
    outcomes.push(...own);
    warned.push(...(await warnedOf(new Clone(folder), traps)));
  }
  if (outcomes.length === 0) {
    process.stderr.write('none of the commits of the list is in these clones\n');
    return 2;
  }
  process.stdout.write(`${positionals.length > 1 ? '## Together\n\n' : ''}${summary(outcomes)}`);
  if (warned.length > 0) process.stdout.write(`\nWhere it went wrong, our finding before:\n\n${warned.map((warning) => `${describeWarning(warning)}\n`).join('')}`);
  if (values.misses) process.stdout.write(`\n${misses(outcomes).map((line) => `${line}\n`).join('')}`);
  const isEnough = shares(outcomes).every(({ reached, of, least = 0 }) => of === 0 || reached / of >= least);
  return isEnough && warned.every(({ named }) => named !== 'nowhere') ? 0 : 1;
}

async function warnedOf(clone: Clone, traps: readonly Trap[]): Promise<readonly Warning[]> {
  const here = new Set(clone.commits([...new Set(traps.map(({ sha }) => sha))]));
  const all: Warning[] = [];
  for await (const warning of warnings(clone, traps.filter(({ sha }) => here.has(sha)), await host())) all.push(warning);
  return all;
}

async function host(): Promise<Host> {
  return nodeHost(grammarIn(`${__dirname}/..`), (line) => void process.stderr.write(`${line}\n`));
}

async function replayed(clone: Clone, cases: readonly Case[]): Promise<readonly Outcome[]> {
  const here = new Set(clone.commits([...new Set(cases.map(({ sha }) => sha))]));
  const own = cases.filter(({ sha }) => here.has(sha));
  const outcomes: Outcome[] = [];
  for await (const some of replay(clone, own, await host())) {
    outcomes.push(...some);
    process.stderr.write(`${some[0]?.row.repo} ${some[0]?.row.sha.slice(0, 12)}: ${outcomes.length} of ${own.length} places\n`);
  }
  return outcomes;
}

void main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
