import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { editing } from './bench/editing';
import { scanning } from './bench/scanning';
import { table, type Row } from './bench/table';

/**
 * `npm run bench [-- --corpus DIR…] [--readme]`: how fast the server answers while somebody types, and how long scans of the trees take together, each
 * beside something else that was measured in the same run. Prints Markdown; with `--readme` it replaces the README's table.
 */
async function main(args: readonly string[]): Promise<number> {
  const isForReadme = args.includes('--readme');
  const folders = args.filter((argument) => !argument.startsWith('--'));
  const missing = folders.filter((folder) => !existsSync(folder));
  if (missing.length > 0) {
    process.stderr.write(`there is no folder ${missing.join(', ')}\n`);
    return 2;
  }
  const rows: Row[] = [...(await editing(500)), ...(await editing(5_000)), ...(await editing(12_000))];
  if (folders.length > 0) rows.push(...(await scanning(folders)));
  const text = `${table(rows)}\n`;
  process.stdout.write(text);
  if (isForReadme) {
    const readme = readFileSync('README.md', 'utf8');
    writeFileSync('README.md', readme.replace(/(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/, (_, start: string, end: string) => `${start}${text}${end}`));
  }
  return 0;
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
