import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { debianPackage } from '../corpus/packages';

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
  const installed = executables.map((executable) => ({ executable, path: '' })).find(imports);
  if (installed) return installed;
  if (!executables.some(runs) && !installPython()) return { reason: 'python3 is not installed, and apt-get could not install it' };
  const folders: string[] = [];
  for (const name of ['python3-eventlet', 'python3-greenlet', 'python3-dnspython', 'python3-six', 'python3-monotonic']) {
    const found = debianPackage(name);
    if ('reason' in found) return found;
    folders.push(found.folder);
  }
  // The compiled part of greenlet fits one version of Python alone.
  const unpacked = executables.map((executable) => ({ executable, path: folders.join(delimiter) })).find(imports);
  return unpacked ?? { reason: 'there is no python3 here that can import the eventlet of Debian' };
}

/** What a program shows: all that it prints, how it ends where that is not well, and the last line of its complaints. Addresses are left out. */
export function outputOf(text: string, mode: Mode, python: Python): string {
  const folder = mkdtempSync(join(tmpdir(), 'proof-'));
  try {
    const program = join(folder, 'main.py');
    writeFileSync(program, text);
    const { status, stdout, stderr } = spawnSync(python.executable, ['-W', 'ignore', runner, mode, program], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0', PYTHONPATH: mode === 'plain' ? '' : python.path, TMPDIR: folder },
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    });
    const end = status === null ? `does not end within ${seconds} seconds` : status === 0 ? '' : `exit code ${status}`;
    return [stdout, end, stderr.trim().split('\n').at(-1) ?? ''].filter(Boolean).map((part) => `${part.replace(/\n$/, '')}\n`).join('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const executables = ['python3', '/usr/bin/python3'];

const runner = join(import.meta.dirname, 'run.py');

/** None of the programs takes more than one or two. */
const seconds = 30;

function imports({ executable, path }: Python): boolean {
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
