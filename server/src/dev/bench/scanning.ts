import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SyntaxParser } from '../../syntax/parser';
import { astGrep, astGrepScan } from './astGrep';
import { milliseconds, quantile, times, type Row } from './table';

const runs = 3;

/** Scans trees together as the command line does, without and with what the last run found out, beside a search for the word, ast-grep and a parse of every file. */
export async function scanning(folders: readonly string[]): Promise<readonly Row[]> {
  const cache = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const check = [process.execPath, join(__dirname, '..', 'cli.js'), 'check', '--quiet'];
    const search = await measured(searcher(folders));
    const cold = await measured([...check, '--no-cache', ...folders]);
    const warm = await measured([...check, ...folders], { XDG_CACHE_HOME: cache });
    const parse = await parseAll(folders);
    const other = astGrep();
    const patterns = typeof other === 'string' ? astGrepScan(other, cache, folders) : undefined;
    const matched = patterns && (await measured(patterns.command));
    const searched = (time: number): string => `search for the word (${searcher(folders)[0] ?? ''}): ${milliseconds(search.time)} (${times(time, search.time)})`;
    return [
      { what: `first scan of ${folders.map((folder) => basename(folder)).join(', ')}`, value: milliseconds(cold.time), against: searched(cold.time) },
      { what: '', value: '', against: `parsing their ${parse.files.toLocaleString('en')} files: ${milliseconds(parse.time)} (${times(cold.time, parse.time)})` },
      { what: '', value: '', against: patterns && matched ? `ast-grep with ${patterns.count} patterns: ${milliseconds(matched.time)} (${times(cold.time, matched.time)})` : `ast-grep could not be had: ${typeof other === 'string' ? '' : other.reason}` },
      { what: 'second scan, with nothing changed', value: milliseconds(warm.time), against: searched(warm.time) },
      ...(cold.memory === undefined || warm.memory === undefined ? [] : [{ what: 'memory of the first and of the second scan', value: `${Math.round(cold.memory)} MB, ${Math.round(warm.memory)} MB` }]),
    ];
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function searcher(folders: readonly string[]): readonly string[] {
  const hasRipgrep = spawnSync('rg', ['--version']).status === 0;
  return hasRipgrep ? ['rg', '-l', 'eventlet', ...folders] : ['grep', '-rlI', '--include=*.py', 'eventlet', ...folders];
}

interface Measured {
  readonly time: number;
  /** Megabytes resident at the most; where the system tells. */
  readonly memory: number | undefined;
}

/** The first run is not counted: it brings the files, and ours what it keeps, to where they are found. */
async function measured([command = '', ...args]: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Measured> {
  const times: number[] = [];
  let memory: number | undefined;
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...environment } });
    let peak: number | undefined;
    const watch = setInterval(() => {
      peak = Math.max(peak ?? 0, residentMegabytes(child.pid) ?? 0) || undefined;
    }, 10);
    await new Promise<void>((resolve, reject) => child.on('close', () => resolve()).on('error', reject));
    clearInterval(watch);
    if (run === 0) continue;
    times.push(performance.now() - start);
    if (peak !== undefined) memory = Math.max(memory ?? 0, peak);
  }
  return { time: quantile(times, 0.5), memory };
}

function residentMegabytes(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    // The process has gone, or the system has no /proc.
    return undefined;
  }
}

async function parseAll(folders: readonly string[]): Promise<{ readonly files: number; readonly time: number }> {
  const dist = join(__dirname, '..');
  const parser = await SyntaxParser.create({ runtime: readFileSync(join(dist, 'web-tree-sitter.wasm')), python: readFileSync(join(dist, 'tree-sitter-python.wasm')) });
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path))).filter((file) => file.endsWith('.py') && statSync(file).isFile());
  const start = performance.now();
  for (const file of files) parser.parse(readFileSync(file, 'utf8')).delete();
  return { files: files.length, time: performance.now() - start };
}
