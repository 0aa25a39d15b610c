import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../cli';
import { contents, differing, scratchCopy } from '../scratch';
import { describe, type Environment } from './environment';
import { command, importCount, imports } from './tree';
import { again, isNextTo, lost, outcomes, testModules, type Outcomes, type TestRun } from './unitTests';

/** What a person does with the fixes of some rules, and why. */
export interface Choice {
  readonly title: string;
  readonly rules: readonly string[];
  /** `review` takes the fixes that want a look, too. */
  readonly take: 'safe' | 'review' | 'nothing';
  /** Files and folders; the whole tree where there are none. */
  readonly paths?: readonly string[];
  readonly because: string;
}

/** The tree as it came, or after a choice. */
export interface State {
  readonly choice: Choice;
  /** How to get there from the state before; undefined where nothing was done. */
  readonly command: string | undefined;
  /** Findings, and those of them with a safe fix. */
  readonly findings: number;
  readonly safe: number;
  /** Statements that import eventlet. */
  readonly imports: number;
  /** Files that changed. */
  readonly changed: number;
  /** The tests that ran now. */
  readonly tests: Outcomes;
  /** Those of them that passed when the tree came, and do no more. */
  readonly lost: readonly string[];
}

export interface Walk {
  readonly choices: readonly Choice[];
  /** Folders or files of tests. */
  readonly tests: readonly string[];
  readonly environment: Environment;
  /**
   * `all` runs all tests on the tree as it came, after the last safe choice and at the end, and those next to a change after each other
   * choice; `near` leaves out those that are next to no change at all.
   */
  readonly extent: 'all' | 'near';
  /** Told of each state as soon as it is reached. */
  readonly reached?: (state: State) => void;
  /** Takes what tests that failed said. */
  readonly log?: (text: string) => void;
  /** Told of each module of tests that has ended. */
  readonly ended?: TestRun['ended'];
}

/** Makes the choices in a copy of a tree, one after the other, with the tests after each. */
export async function patternByPattern(tree: string, { choices, tests, environment, extent, reached, log, ended }: Walk): Promise<readonly State[]> {
  const [copy, rehearsal] = [scratchCopy(tree), scratchCopy(tree)];
  try {
    const { folder } = copy;
    describe(folder);
    const run = { environment, ...(log && { log }), ...(ended && { ended }) };
    const all = tests.flatMap((each) => testModules(folder, each));
    const isNear = (changed: readonly string[]) => (path: string) => isNextTo(changed, path, readFileSync(join(folder, path), 'utf8'));
    const wanted = extent === 'all' ? all : all.filter(isNear(rehearsed(rehearsal.folder, choices)));
    const asItCame = await outcomes(folder, wanted, run);

    const states: State[] = [];
    const reach = (about: Omit<State, 'findings' | 'safe' | 'imports'>): void => {
      const { findings } = check(folder).report;
      const safe = findings.filter(({ fixes }) => fixes.some(({ safety }) => safety === 'safe')).length;
      const state = { ...about, findings: findings.length, safe, imports: importCount(imports(folder, '')) };
      states.push(state);
      reached?.(state);
    };
    reach({ choice: asIs, command: undefined, changed: 0, tests: asItCame, lost: [] });
    for (const choice of choices) {
      const changed = made(folder, choice);
      const isStation = choice === choices.at(-1) || choice === choices.findLast(({ take }) => take === 'safe');
      const modules = isStation ? wanted : wanted.filter(isNear(changed));
      const before = new Map([...asItCame].filter(([test]) => modules.some((module) => test.startsWith(module))));
      const now = await again(before, folder, modules, run);
      const options = optionsOf(choice);
      reach({ choice, command: options && `eventlet-migration ${options.join(' ')}`, changed: changed.length, tests: now, lost: lost(before, now) });
    }
    return states;
  } finally {
    copy.remove();
    rehearsal.remove();
  }
}

const asIs: Choice = { title: 'As it came', rules: [], take: 'nothing', because: '' };

/** The files that all choices together change. */
function rehearsed(folder: string, choices: readonly Choice[]): readonly string[] {
  return [...new Set(choices.flatMap((choice) => made(folder, choice)))];
}

/** Makes a choice, and gives the files that it changed. */
function made(folder: string, choice: Choice): readonly string[] {
  const options = optionsOf(choice);
  if (!options) return [];
  const before = contents(folder);
  command(folder, ...options);
  return differing(before, contents(folder));
}

function optionsOf({ rules, take, paths = ['.'] }: Choice): readonly string[] | undefined {
  if (take === 'nothing') return undefined;
  return ['fix', '--write', ...(take === 'review' ? ['--review'] : []), ...rules.flatMap((rule) => ['--rule', rule]), ...paths];
}
