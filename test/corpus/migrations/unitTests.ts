import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { scratch } from '../scratch';
import { beside, python, type Environment } from './environment';

export type Outcome = 'passed' | 'failed' | 'skipped';

/** By test, as pytest names it. A module that does not load, or does not end, is one failed test. */
export type Outcomes = ReadonlyMap<string, Outcome>;

export interface TestRun {
  readonly environment: Environment;
  /** On a Python without eventlet. */
  readonly isHidden?: boolean;
  /** More variables of the environment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Takes what the tests that failed said. */
  readonly log?: (text: string) => void;
  /** Told of each module of tests that has ended. */
  readonly ended?: (progress: Progress) => void;
}

/** How far a run of tests has come. */
export interface Progress {
  readonly module: string;
  /** Modules that have ended, this one among them, and all that run. */
  readonly done: number;
  readonly all: number;
}

/** The modules of tests below a folder, or that file, relative to the tree. */
export function testModules(tree: string, below: string): readonly string[] {
  if (statSync(join(tree, below)).isFile()) return [below];
  return readdirSync(join(tree, below), { recursive: true, encoding: 'utf8' }).filter((path) => /^test_.*\.py$/.test(basename(path))).map((path) => `${below}/${path}`).sort();
}

/** Runs modules of tests, each in a process of its own and several at once: most of the time they wait. */
export async function outcomes(tree: string, modules: readonly string[], run: TestRun): Promise<Outcomes> {
  const left = [...modules];
  let done = 0;
  const all: (readonly [string, Outcome])[] = [];
  const worker = async (): Promise<void> => {
    for (let module = left.shift(); module !== undefined; module = left.shift()) {
      all.push(...(await outcomesOf(tree, module, run)));
      run.ended?.({ module, done: ++done, all: modules.length });
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, worker));
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Runs modules again after a change. Those with a test that passed before and fails now have a second go, one after the other: some tests lose
 * a race when the machine is busy.
 */
export async function again(before: Outcomes, tree: string, modules: readonly string[], run: TestRun): Promise<Outcomes> {
  const all = new Map(await outcomes(tree, modules, run));
  const gone = lost(before, all);
  for (const module of modules.filter((each) => gone.some((test) => test.startsWith(each)))) {
    const second = await outcomes(tree, [module], run);
    if (second.get(module) !== 'failed') all.delete(module);
    for (const [test, outcome] of second) if (outcome === 'passed') all.set(test, outcome);
  }
  return all;
}

/** Whether a module of tests is among the changed files, or imports one of them. */
export function isNextTo(changed: readonly string[], path: string, text: string): boolean {
  return changed.some((file) => {
    const parts = dotted(file).split('.');
    const last = parts.pop() ?? '';
    return file === path || text.includes(dotted(file)) || new RegExp(`^\\s*from ${parts.join('\\.')} import .*\\b${last}\\b`, 'm').test(text);
  });
}

/** How many of each. */
export function counts(all: Outcomes): Readonly<Record<Outcome, number>> {
  const of = (outcome: Outcome): number => [...all.values()].filter((each) => each === outcome).length;
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

/** The tests that passed and do no more. */
export function lost(before: Outcomes, after: Outcomes): readonly string[] {
  return [...before].filter(([test, outcome]) => outcome === 'passed' && after.get(test) !== 'passed').map(([test]) => test);
}

function dotted(path: string): string {
  return path.replace(/\.py$/, '').replaceAll('/', '.');
}

/** A module that takes longer hangs; the longest takes two minutes where nothing else runs. */
const patience = 900_000;

async function outcomesOf(tree: string, module: string, { environment, isHidden = false, variables = {}, log }: TestRun): Promise<readonly (readonly [string, Outcome])[]> {
  const own = scratch();
  try {
    const file = join(own.folder, 'outcomes');
    const first = [...(isHidden ? ['hidden'] : []), 'plugin'].map(beside);
    const options = ['-m', 'pytest', '-q', '-c', '/dev/null', '--rootdir', tree, '-p', 'no:cacheprovider', '-p', 'outcomes', '-W', 'ignore', module];
    const ended = await finished(options, tree, { ...environment.variables(tree, ...first), OUTCOMES: file, TMPDIR: own.folder, ...variables });
    log?.(ended.errors);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    // The plugin documents what it writes. What failed once stays so.
    const told = lines.map((line) => JSON.parse(line) as [string, Outcome]).sort(([, a], [, b]) => Number(a === 'failed') - Number(b === 'failed'));
    if (ended.code === 0) return told;
    log?.(`${module}: ended with ${ended.code}`);
    return [...told, [module, 'failed']];
  } finally {
    own.remove();
  }
}

interface Ended {
  /** The name of the signal where one ended it. */
  readonly code: number | string;
  readonly errors: string;
}

function finished(options: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((done, reject) => {
    const child = spawn(python, options, { cwd, env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors = (errors + data.toString()).slice(-100_000)));
    child.on('error', reject);
    // It leads a group, with the processes that the tests started.
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), patience);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ code: code ?? `${signal}`, errors });
    });
  });
}
