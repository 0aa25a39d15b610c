import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** How our command ended. */
export interface Run {
  /** The exit code; null after a signal. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the corpus tests read of `check --format json`. */
export interface Report {
  readonly files: {
    readonly found: number;
    readonly mentioning: number;
    readonly analysed: number;
    readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  };
  readonly findings: readonly Finding[];
}

export interface Finding {
  readonly path: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly rule: string;
  readonly api: string;
  readonly via: string | null;
  readonly kind: 'code' | 'test-double' | 'string' | 'config' | 'dependency' | 'docs' | 'hazard';
  readonly fixes: readonly { readonly title: string; readonly safety: 'safe' | 'review' }[];
  readonly reason: string | null;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Runs the built command in a folder. */
export function run(folder: string, ...options: readonly string[]): Run {
  return runIn({ XDG_CACHE_HOME: resolve(process.env['EVENTLET_MIGRATION_CACHE'] ?? '.cache', 'command') }, folder, ...options);
}

/** The same with these variables in its environment. */
export function runIn(environment: Readonly<Record<string, string>>, folder: string, ...options: readonly string[]): Run {
  const built = resolve('dist/cli.js');
  if (!existsSync(built)) throw new Error('dist/cli.js is not there: run `npm run build` first');
  const child = spawnSync(process.execPath, [built, ...options], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, ...environment } });
  if (child.error) throw child.error;
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

/** The report on a folder; throws with what the command said where it printed none. */
export function check(folder: string, ...options: readonly string[]): { readonly run: Run; readonly report: Report } {
  const ended = run(folder, 'check', '--format', 'json', ...options, '.');
  try {
    // The shape is promised by the command's own documentation.
    return { run: ended, report: JSON.parse(ended.stdout) as Report };
  } catch {
    throw new Error(`no report, exit ${ended.status}: ${ended.stderr || ended.stdout.slice(0, 2000)}`);
  }
}

/** Asks one of the Python scripts beside this file, which print JSON. `pythonPath` is searched for modules first. */
export function askPython<Answer>(
  script: string,
  options: readonly string[],
  { input = '', pythonPath = '' }: { readonly input?: string; readonly pythonPath?: string } = {},
): Answer {
  const child = spawnSync('python3', [join(import.meta.dirname, script), ...options], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 30,
    env: { ...process.env, PYTHONPATH: pythonPath },
  });
  if (child.status !== 0) throw new Error(`${script} failed: ${child.error?.message ?? child.stderr}`);
  // The scripts document what they print.
  return JSON.parse(child.stdout) as Answer;
}
