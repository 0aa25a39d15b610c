import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tree } from '../../../../test/corpus/packages';
import { SyntaxParser } from '../../syntax/parser';
import { astGrepScan } from './astGrep';
import { check, measured, searcher } from './measuring';
import { npmTool } from './npmTool';
import { milliseconds, times, type Row } from './table';

/** Scans trees together as the command line does, without and with what the last run found out, beside a search for the word, ast-grep, pyright and a parse of every file. */
export async function scanning(trees: readonly Tree[]): Promise<readonly Row[]> {
  const folders = trees.map(({ folder }) => folder);
  const cache = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const search = await measured(searcher(folders));
    const cold = await measured([...check, '--no-cache', ...folders]);
    const warm = await measured([...check, ...folders], { XDG_CACHE_HOME: cache });
    const parse = await parseAll(folders);
    const grep = npmTool('ast-grep', '@ast-grep/cli');
    const patterns = typeof grep === 'string' ? astGrepScan(grep, cache, folders) : undefined;
    const matched = patterns && (await measured(patterns.command));
    const pyright = npmTool('pyright', 'pyright');
    // A type checker takes its time: once is enough to compare with.
    const typed = typeof pyright === 'string' ? await measured([pyright, ...folders], {}, 1) : undefined;
    const searched = (time: number): string => `search for the word (${searcher(folders)[0] ?? ''}): ${milliseconds(search.time)} (${times(time, search.time)})`;
    return [
      { what: `first scan of ${trees.map(({ name }) => name).join(', ')}`, value: milliseconds(cold.time), against: searched(cold.time) },
      { what: '', value: '', against: `parsing their ${parse.files.toLocaleString('en')} files: ${milliseconds(parse.time)} (${times(cold.time, parse.time)})` },
      { what: '', value: '', against: patterns && matched ? `ast-grep with ${patterns.count} patterns: ${milliseconds(matched.time)} (${times(cold.time, matched.time)})` : missing('ast-grep', grep) },
      { what: '', value: '', against: typed ? `pyright, checking them once: ${milliseconds(typed.time)} (${times(cold.time, typed.time)})` : missing('pyright', pyright) },
      { what: 'second scan, with nothing changed', value: milliseconds(warm.time), against: searched(warm.time) },
      ...(cold.memory === undefined || warm.memory === undefined ? [] : [{ what: 'memory of the first and of the second scan', value: `${Math.round(cold.memory)} MB, ${Math.round(warm.memory)} MB` }]),
    ];
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function missing(name: string, found: ReturnType<typeof npmTool>): string {
  return `${name} could not be had${typeof found === 'string' ? '' : `: ${found.reason}`}`;
}

async function parseAll(folders: readonly string[]): Promise<{ readonly files: number; readonly time: number }> {
  const dist = join(__dirname, '..');
  const parser = await SyntaxParser.create({ runtime: readFileSync(join(dist, 'web-tree-sitter.wasm')), python: readFileSync(join(dist, 'tree-sitter-python.wasm')) });
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path))).filter((file) => file.endsWith('.py') && statSync(file).isFile());
  const start = performance.now();
  for (const file of files) parser.parse(readFileSync(file, 'utf8')).delete();
  return { files: files.length, time: performance.now() - start };
}
