import { parseArgs } from 'node:util';
import { GitRepository } from '../doors/gitRepository';
import { grammarIn, nodeHost } from '../doors/nodeHost';
import { identity } from './identity/replay';

/** What is promised: so many of a hundred uses keep their entry until they are gone. */
const least = 0.99;

/**
 * `npm run identity -- CLONE… [--since 2024-01-01] [--lost]`: replays the main line of repositories and measures whether the checklist
 * follows each use until it is gone. `--lost` lists where it did not. Exits with 1 where fewer keep their identity than is promised,
 * or where the done count fell by itself.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { since: { type: 'string', default: '2024-01-01' }, lost: { type: 'boolean', default: false } } });
  if (positionals.length === 0) {
    process.stderr.write('usage: npm run identity -- CLONE… [--since DAY] [--lost]\n');
    return 2;
  }
  const host = nodeHost(grammarIn(`${__dirname}/..`), (line) => void process.stderr.write(`${line}\n`));
  let isEnough = true;
  for (const folder of positionals) {
    const repository = await GitRepository.around(folder);
    if (!repository) throw new Error(`${folder} is no git repository`);
    const { commits, items, kept, lost, falls, returned, done, total } = await identity(repository, host, values.since, (line) => void process.stderr.write(`${line}\n`));
    repository.close();
    process.stdout.write(`${folder}: ${commits} commits, ${items} uses, ${kept} kept their identity (${((100 * kept) / items).toFixed(2)} %); ${done} of ${total} done since ${values.since}, ${returned} came back with their code, the count fell by itself ${falls.length} times\n`);
    if (values.lost) for (const { commit, how, before, after } of lost) process.stdout.write(`  ${commit.slice(0, 10)} ${how}: ${before} -> ${after}\n`);
    if (values.lost) for (const { commit, from, to, instead } of falls) process.stdout.write(`  ${commit.slice(0, 10)} done fell from ${from} to ${to}: ${instead.join(', ') || 'it is not known any more what was done'}\n`);
    isEnough &&= kept / items >= least && falls.length === 0;
  }
  return isEnough ? 0 : 1;
}

void main().then((code) => (process.exitCode = code));
