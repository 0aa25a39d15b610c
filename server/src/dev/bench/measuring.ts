import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quantile } from './table';

export interface Measured {
  readonly time: number;
  /** Megabytes resident at the most; where the system tells. */
  readonly memory: number | undefined;
}

/** The first run is not counted, where there are several: it brings the files, and ours what it keeps, to where they are found. */
export async function measured([command = '', ...args]: readonly string[], environment: Readonly<Record<string, string>> = {}, runs = 3): Promise<Measured> {
  const times: number[] = [];
  let memory: number | undefined;
  for (let run = runs > 1 ? 0 : 1; run <= runs; run++) {
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

/** Our own command, the built one. */
export const check: readonly string[] = [process.execPath, join(__dirname, '..', 'cli.js'), 'check', '--quiet'];

/** What a user would do without any tool: look for the word. */
export function searcher(folders: readonly string[]): readonly string[] {
  const hasRipgrep = spawnSync('rg', ['--version']).status === 0;
  return hasRipgrep ? ['rg', '-l', 'eventlet', ...folders] : ['grep', '-rlI', '--include=*.py', 'eventlet', ...folders];
}
