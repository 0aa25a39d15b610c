import type { PreviewFixesParams } from '../../../server/src/protocol';

/**
 * Where a step is. `applying` and `takingBack` are only seen again where the editor went away in the middle of them; in `applied` the files
 * are changed and no test has told anything yet.
 */
export type Phase = 'shown' | 'applying' | 'applied' | 'testing' | 'passed' | 'failed' | 'takingBack';

/** What a person can do with a step. */
export type Choice = 'apply' | 'look' | 'skip' | 'stop' | 'test' | 'output' | 'stopTests' | 'stage' | 'takeBack' | 'keep';

/** What happens to a step, by a person or by itself. */
export type Happening = 'apply' | 'applied' | 'test' | 'pass' | 'fail' | 'interrupt' | 'takeBack' | 'end';

/** One change on its way from the plan to the index of git. Plain data: it is written down after each happening. */
export interface Step {
  /** Tells the contents that belong to it from those of other steps. */
  readonly id: string;
  /** `Sleep in lamp/light.py` */
  readonly title: string;
  /** Of what was chosen: `use:…` or `step:…`. */
  readonly source: string;
  readonly phase: Phase;
  /** What the server was asked for. */
  readonly wish: PreviewFixesParams;
  readonly files: readonly StepFile[];
  /** How many uses go, and how many of them want a person's look, and at what. */
  readonly uses: number;
  readonly review: number;
  readonly differences: readonly string[];
  /** For the commit. */
  readonly message: string;
  /** URIs of the test modules that belong to the files. */
  readonly tests: readonly string[];
  /** What the tests ended with, in `failed`. */
  readonly exitCode?: number;
  /** Whether the tests were begun and told nothing, in `applied`. */
  readonly isInterrupted?: boolean;
}

export interface StepFile {
  readonly uri: string;
  /** It is not there before the step. */
  readonly isNew?: boolean;
}

/** What a file holds: as before the step, as after it, the beginning of one of both, where writing was cut short, or what somebody else wrote. */
export type Holds = 'before' | 'after' | 'half' | 'other';

const ways: Readonly<Record<Phase, Readonly<Partial<Record<Happening, Phase | 'over'>>>>> = {
  shown: { apply: 'applying', end: 'over' },
  applying: { apply: 'applying', applied: 'applied', takeBack: 'takingBack' },
  applied: { test: 'testing', takeBack: 'takingBack', end: 'over' },
  testing: { pass: 'passed', fail: 'failed', interrupt: 'applied' },
  passed: { test: 'testing', takeBack: 'takingBack', end: 'over' },
  failed: { test: 'testing', takeBack: 'takingBack', end: 'over' },
  takingBack: { takeBack: 'takingBack', end: 'over' },
};

const choices: Readonly<Record<Phase, readonly Choice[]>> = {
  shown: ['apply', 'look', 'skip', 'stop'],
  applying: ['apply', 'takeBack', 'look'],
  applied: ['test', 'stage', 'look', 'takeBack', 'keep'],
  testing: ['output', 'stopTests'],
  passed: ['stage', 'look', 'test', 'takeBack', 'keep'],
  failed: ['takeBack', 'test', 'output', 'look', 'keep'],
  takingBack: ['takeBack', 'look', 'keep'],
};

/** The step after something happened; `over` where that is its end, undefined where it cannot happen now. */
export function after(step: Step, happening: Happening, exitCode?: number): Step | 'over' | undefined {
  const phase = ways[step.phase][happening];
  if (phase === undefined || phase === 'over') return phase;
  const { exitCode: _, isInterrupted: __, ...rest } = step;
  return { ...rest, phase, ...(exitCode === undefined ? {} : { exitCode }), ...(happening === 'interrupt' ? { isInterrupted: true } : {}) };
}

/** What can be done now; the first is what most people want. */
export function choicesIn({ phase }: Step): readonly Choice[] {
  return choices[phase];
}

/**
 * The step as it is found when the editor starts again, with what its files hold. What was in the middle of something is put where the
 * files say it is; tests that were running have told nothing.
 */
export function resumed(step: Step, files: readonly Holds[]): Step | 'over' {
  const all = (holds: Holds): boolean => files.every((file) => file === holds);
  switch (step.phase) {
    case 'applying':
      return all('before') ? { ...step, phase: 'shown' } : all('after') ? { ...step, phase: 'applied' } : step;
    case 'takingBack':
      return all('before') ? 'over' : step;
    case 'testing':
      return { ...step, phase: 'applied', isInterrupted: true };
    case 'shown':
    case 'applied':
    case 'passed':
    case 'failed':
      return step;
  }
}
