import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './cli';
import { isNextTo } from './migrations/unitTests';
import { debianPackageWithAll, leaveOut, noPython } from './packages';
import { contents, differing, scratchCopy } from './scratch';

const minute = 60_000;

/** How many tests ran, how many of them failed, how many were left out. */
type Counts = readonly [ran: number, failed: number, skipped: number];

/**
 * Mistral's own tests, before and after. Those that are next to a change run always: the modules that were rewritten, and those that import
 * what was. With EVENTLET_MIGRATION_UNIT_TESTS=all all of them run, which takes a good part of an hour.
 */
test('all safe fixes applied, Debian’s Mistral passes its unit tests as before', async ({ skip }) => {
  const all = noPython() ?? debianPackageWithAll('python3-mistral', 'python3-oslotest', 'python3-requests-mock');
  if (typeof all === 'string') return leaveOut(all, skip);
  if ('reason' in all) return leaveOut(all.reason, skip);
  const [before, after] = [scratchCopy(join(all.folder, 'mistral'), 'mistral'), scratchCopy(join(all.folder, 'mistral'), 'mistral')];
  try {
    const ended = run(after.folder, 'fix', '--write', '.');
    expect(ended.status, ended.stderr).toBeLessThan(2);
    const changed = differing(contents(before.folder), contents(after.folder));
    expect(changed.length).toBeGreaterThan(10);
    const modules = testModules(before.folder).filter((path) => process.env['EVENTLET_MIGRATION_UNIT_TESTS'] === 'all' || isNextTo(changed, path, readFileSync(join(before.folder, path), 'utf8')));
    const names = modules.map(dotted);
    const [old, now] = await Promise.all([before, after].map(({ folder }) => outcomes([folder, all.folder], names)));
    const [counts, sum] = [Object.values(old ?? {}), (index: number) => counts.reduce((total, each) => total + (each[index] ?? 0), 0)];
    process.stderr.write(`Mistral: ${changed.length} files fixed; of ${names.length} modules ${sum(0)} tests ran before, ${sum(1)} failed, ${sum(2)} were left out\n`);
    expect(sum(0)).toBeGreaterThan(20);
    expect(sum(1)).toBeLessThan(sum(0) / 20);
    // Some tests lose a race when the machine is busy: where the sides differ, both run again, by themselves.
    for (const name of names.filter((each) => JSON.stringify(old?.[each]) !== JSON.stringify(now?.[each]))) {
      const [first] = Object.values(await outcomes([before.folder, all.folder], [name]));
      const [second] = Object.values(await outcomes([after.folder, all.folder], [name]));
      expect(second, name).toEqual(first);
    }
  } finally {
    before.remove();
    after.remove();
  }
}, 60 * minute);

function testModules(folder: string): readonly string[] {
  return readdirSync(join(folder, 'mistral/tests/unit'), { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)test_[^/]*\.py$/.test(path)).map((path) => `mistral/tests/unit/${path}`).sort();
}

function dotted(path: string): string {
  return path.replace(/\.py$/, '').replaceAll('/', '.');
}

/** Runs the modules in a few processes at once; most of the time they wait. */
async function outcomes(pythonPath: readonly string[], modules: readonly string[]): Promise<Readonly<Record<string, Counts>>> {
  const processes = Math.min(modules.length, 2 * availableParallelism());
  const shares = Array.from({ length: processes }, (_, index) => modules.filter((_, at) => at % processes === index));
  return Object.assign({}, ...(await Promise.all(shares.map((share) => outcomesOf(pythonPath, share)))));
}

function outcomesOf(pythonPath: readonly string[], modules: readonly string[]): Promise<Readonly<Record<string, Counts>>> {
  return new Promise((resolve, reject) => {
    // The compiled packages are made for the Python of the distribution.
    const child = spawn('/usr/bin/python3', ['-W', 'ignore', join(import.meta.dirname, 'run_unit_tests.py')], {
      cwd: pythonPath[0],
      env: { PATH: process.env['PATH'], HOME: pythonPath[0], PYTHONPATH: pythonPath.join(delimiter), PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let [output, complaints] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (complaints = (complaints + data.toString()).slice(-2000)));
    child.on('error', reject);
    // The script documents what it prints.
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(output) as Readonly<Record<string, Counts>>) : reject(new Error(`the tests ended with ${code}: ${complaints}`))));
    child.stdin.end(JSON.stringify(modules));
  });
}
