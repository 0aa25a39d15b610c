import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { debianPackage, debianPackageWithAll } from '../corpus/packages';

/** A Python that can import eventlet, and where it finds it. */
export interface Python {
  readonly executable: string;
  /** What PYTHONPATH must be for it; empty where eventlet is installed. */
  readonly path: string;
}

/** In which process a program runs: under eventlet with everything patched, with nothing patched, or where eventlet does not exist. */
export type Mode = 'patched' | 'unpatched' | 'plain';

/** The Python of the system where eventlet is installed, or else with Debian's packages beside it, which are unpacked and not installed. */
export function pythonWithEventlet(): Python | { readonly reason: string } {
  const installed = executables.map((executable) => ({ executable, path: '' })).find(canImport);
  if (installed) return installed;
  if (!executables.some(runs) && !installPython()) return { reason: 'python3 is not installed, and apt-get could not install it' };
  const folders: string[] = [];
  for (const name of ['python3-eventlet', 'python3-greenlet', 'python3-dnspython', 'python3-six', 'python3-monotonic']) {
    const found = debianPackage(name);
    if ('reason' in found) return found;
    folders.push(found.folder);
  }
  // The compiled part of greenlet fits one version of Python alone.
  const unpacked = executables.map((executable) => ({ executable, path: folders.join(delimiter) })).find(canImport);
  return unpacked ?? { reason: 'there is no python3 here that can import the eventlet of Debian' };
}

/**
 * The Python of Debian with the libraries that run on eventlet or configure it, as Debian has them: another process than that of the others,
 * which are not to find them. Some are of later releases, because what is rewritten is not in the one of 2023: `fix_eventlet` of oslo.log, and
 * the backends of oslo.service, with cotyledon. They are Python alone and run with the rest.
 */
export function pythonWithLibraries(): Python | { readonly reason: string } {
  const python = pythonWithEventlet();
  if ('reason' in python) return python;
  const found = debianPackageWithAll('python3-eventlet', 'python3-celery', 'python3-cotyledon', 'python3-fasteners', 'python3-flask-socketio', 'python3-gunicorn', 'python3-kazoo', 'python3-oslo.messaging', 'python3-taskflow');
  if ('reason' in found) return found;
  const folders: string[] = [];
  for (const [name, release] of [['python3-oslo.log', 'trixie'], ['python3-oslo.service', 'forky'], ['python3-cotyledon', 'forky']] as const) {
    const later = debianPackage(name, release);
    if ('reason' in later) return later;
    folders.push(later.folder);
  }
  return { ...python, path: [...folders, found.folder].join(delimiter) };
}

/** The same Python with the eventlet of Debian's next release, which is Python alone. */
export function pythonOfToday(): Python | { readonly reason: string } {
  const python = pythonWithEventlet();
  if ('reason' in python) return python;
  const later = debianPackage('python3-eventlet', 'forky');
  return 'reason' in later ? later : { ...python, path: [later.folder, python.path].filter(Boolean).join(delimiter) };
}

/** Runs programs that are handed over, and gives what they show. */
export class Runs {
  private readonly jobs: { readonly text: string; readonly mode: Mode; readonly beside: ReadonlyMap<string, string>; output?: string }[] = [];

  /** Gives the function that tells what the program shows, which it knows when all of them have run. `beside` are further files, by name. */
  add(text: string, mode: Mode, beside: ReadonlyMap<string, string> = new Map()): () => string | undefined {
    const job: (typeof this.jobs)[number] = { text, mode, beside };
    this.jobs.push(job);
    return () => job.output;
  }

  /** Runs all of them. With libraries, they are found natively, too. */
  run(python: Python, hasLibraries = false): void {
    const folder = mkdtempSync(join(tmpdir(), 'proof-'));
    try {
      for (const mode of ['patched', 'unpatched', 'plain'] as const) {
        const jobs = this.jobs.filter((job) => job.mode === mode);
        const path = [...(mode === 'plain' && !hasLibraries ? [] : [python.path]), ...(hasLibraries ? [] : servers())];
        const outcomes = outcomesOf(jobs.map((job, index) => written(job, join(folder, `${mode}${index}`))), mode, { ...python, path: path.filter(Boolean).join(delimiter) });
        jobs.forEach((job, index) => (job.output = shown(outcomes[index])));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

const executables = ['python3', '/usr/bin/python3'];

function canImport({ executable, path }: Python): boolean {
  return spawnSync(executable, ['-c', 'import eventlet, eventlet.greenio'], { env: { ...process.env, PYTHONPATH: path } }).status === 0;
}

function runs(executable: string): boolean {
  return spawnSync(executable, ['--version']).status === 0;
}

/** Only root can; the greenlet of Debian wants the Python of Debian. */
function installPython(): boolean {
  if (process.getuid?.() !== 0) return false;
  process.stderr.write('proof: running apt-get update and apt-get install python3\n');
  return spawnSync('sh', ['-c', 'apt-get -q update >&2 && apt-get -q install -y --no-install-recommends python3 >&2']).status === 0;
}

/** The path of a program in a folder of its own. */
function written({ text, beside }: { readonly text: string; readonly beside: ReadonlyMap<string, string> }, folder: string): string {
  mkdirSync(folder);
  for (const [name, code] of beside) writeFileSync(join(folder, name), code);
  const path = join(folder, 'main.py');
  writeFileSync(path, text);
  return path;
}

/** What a program printed, its complaints, and its exit code; null where it did not end in time. */
type Outcome = readonly [string, string, number | null];

function outcomesOf(paths: readonly string[], mode: Mode, { executable, path }: Python): readonly Outcome[] {
  const run = spawnSync(executable, ['-W', 'ignore', join(import.meta.dirname, 'run.py'), mode], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0', PYTHONPATH: path },
    input: JSON.stringify(paths),
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(`the programs could not be run: ${run.stderr}`);
  // The shape is that of run.py.
  return JSON.parse(run.stdout) as readonly Outcome[];
}

/** All that a program prints, how it ends where that is not well, and the last line of its complaints. Addresses are left out. */
function shown(outcome: Outcome | undefined): string {
  const [out = '', complaints = '', code = null] = outcome ?? [];
  const end = code === null ? 'does not end' : code === 0 ? '' : `exit code ${code}`;
  const parts = [out.trimEnd(), end, complaints.trimEnd().split('\n').at(-1) ?? ''];
  return parts.filter(Boolean).map((part) => `${part}\n`).join('').replace(/ at 0x[\da-f]+/g, '');
}

/** Where the servers are that rewrites of `wsgi.server` take; none where Debian's packages cannot be had. */
function servers(): readonly string[] {
  return ['python3-waitress', 'python3-cheroot', 'python3-jaraco.functools', 'python3-more-itertools'].flatMap((name) => {
    const found = debianPackage(name);
    return 'folder' in found ? [found.folder] : [];
  });
}
