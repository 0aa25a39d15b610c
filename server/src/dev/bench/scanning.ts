import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SyntaxParser } from '../../syntax/parser';
import { milliseconds, quantile, times, type Row } from './table';

const runs = 3;

/** Scans a tree as the command line does, beside a search for the word and a parse of every file. */
export async function scanning(folder: string): Promise<readonly Row[]> {
  const ours = [process.execPath, join(__dirname, '..', 'cli.js'), 'check', '--quiet', '--format', 'json', folder];
  const scan = await measured(ours);
  const search = await measured(searcher(folder));
  const parse = await parseAll(folder);
  const name = basename(folder);
  return [
    { what: `scan of ${name}`, value: milliseconds(scan.time), against: `search for the word (${searcher(folder)[0] ?? ''}): ${milliseconds(search.time)} (${times(scan.time, search.time)})` },
    { what: '', value: '', against: `parsing its ${parse.files} files: ${milliseconds(parse.time)} (${times(scan.time, parse.time)})` },
    ...(scan.memory === undefined ? [] : [{ what: `memory of that scan`, value: `${Math.round(scan.memory)} MB` }]),
  ];
}

function searcher(folder: string): readonly string[] {
  const hasRipgrep = spawnSync('rg', ['--version']).status === 0;
  return hasRipgrep ? ['rg', '-l', 'eventlet', folder] : ['grep', '-rlI', '--include=*.py', 'eventlet', folder];
}

interface Measured {
  readonly time: number;
  /** Megabytes resident at the most; where the system tells. */
  readonly memory: number | undefined;
}

async function measured([command = '', ...args]: readonly string[]): Promise<Measured> {
  const times: number[] = [];
  let memory: number | undefined;
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    const child = spawn(command, args, { stdio: 'ignore' });
    const watch = setInterval(() => {
      memory = Math.max(memory ?? 0, residentMegabytes(child.pid) ?? 0) || undefined;
    }, 10);
    await new Promise<void>((resolve, reject) => child.on('close', () => resolve()).on('error', reject));
    clearInterval(watch);
    if (run > 0) times.push(performance.now() - start);
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

async function parseAll(folder: string): Promise<{ readonly files: number; readonly time: number }> {
  const dist = join(__dirname, '..');
  const parser = await SyntaxParser.create({ runtime: readFileSync(join(dist, 'web-tree-sitter.wasm')), python: readFileSync(join(dist, 'tree-sitter-python.wasm')) });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py') && statSync(join(folder, path)).isFile());
  const start = performance.now();
  for (const file of files) parser.parse(readFileSync(join(folder, file), 'utf8')).delete();
  return { files: files.length, time: performance.now() - start };
}
