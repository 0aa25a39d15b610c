import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { corpus, type Tree } from '../../../test/corpus/packages';
import { curve } from './bench/curve';
import { editing } from './bench/editing';
import { scanning } from './bench/scanning';
import { table, type Row } from './bench/table';
import { waiting } from './bench/waiting';

/**
 * `npm run bench [-- --corpus DIR…] [--readme] [--typing]`: how fast the server answers while somebody types, how long scans of the trees take together, what
 * files cost that have nothing to do with eventlet, and how long hostile ones keep others waiting; each beside something else that was measured in the same run. The trees are those of Debian's
 * Mistral and Swift where none is named. Prints Markdown; with `--readme` it replaces the README's table, with `--typing` it only types.
 */
async function main(args: readonly string[]): Promise<number> {
  const isForReadme = args.includes('--readme');
  const named = args.filter((argument) => !argument.startsWith('--'));
  const missing = named.filter((folder) => !existsSync(folder));
  if (missing.length > 0) {
    process.stderr.write(`there is no folder ${missing.join(', ')}\n`);
    return 2;
  }
  const rows: Row[] = [...(await editing(500)), ...(await editing(2_000)), ...(await editing(5_000)), ...(await editing(12_000))];
  if (args.includes('--typing')) {
    process.stdout.write(`${table(rows)}\n`);
    return 0;
  }
  const trees = named.length > 0 ? named.map((folder) => ({ name: basename(folder), folder })) : debian();
  if (trees.length > 0) rows.push(...(await scanning(trees)));
  rows.push(...(await curve()), ...(await waiting()));
  const text = `${table(rows)}\n`;
  process.stdout.write(text);
  if (isForReadme) {
    const readme = readFileSync('README.md', 'utf8');
    writeFileSync('README.md', readme.replace(/(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/, (_, start: string, end: string) => `${start}${text}${end}`));
  }
  return 0;
}

/** Says what could not be had. */
function debian(): readonly Tree[] {
  const { trees, missing } = corpus(['python3-mistral', 'python3-swift']);
  for (const reason of missing) process.stderr.write(`${reason}\n`);
  return trees;
}

void main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
