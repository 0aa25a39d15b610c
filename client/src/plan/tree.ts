import type { Plan, PlanStep, Trust } from '../../../server/src/protocol';
import { withUniqueIds, type Use } from '../checklist/tree';

export type PlanNode = StepNode | PlanFile | Use;

export interface StepNode {
  readonly kind: 'step';
  readonly id: string;
  /** From 1. */
  readonly number: number;
  readonly step: PlanStep;
  /** Numbers of the steps that must come first. */
  readonly after: readonly number[];
  /** The hardest of its places; undefined for a step without any. */
  readonly trust: Trust | undefined;
  /** Whether an edit can be previewed for some of it. */
  readonly hasFix: boolean;
  readonly children: readonly PlanFile[];
}

/** The part of a step that is in one file. */
export interface PlanFile {
  readonly kind: 'planFile';
  readonly id: string;
  readonly uri: string;
  readonly children: readonly Use[];
}

/**
 * The steps in their order, below each the files that it changes, and below those the places. Ids stay the same as long as the
 * step, the file, the place is there; no two nodes share one.
 */
export function planTree({ steps }: Plan): readonly StepNode[] {
  const numbers = new Map(steps.map(({ id }, index) => [id, index + 1]));
  return steps.map((step, index): StepNode => {
    const { safe, review, guidance } = step;
    return {
      kind: 'step',
      id: `step:${step.id}`,
      number: index + 1,
      step,
      after: step.after.flatMap((id) => numbers.get(id) ?? []),
      trust: guidance > 0 ? 'guidance' : review > 0 ? 'review' : safe > 0 ? 'safe' : undefined,
      hasFix: step.items.some(({ fix }) => fix !== undefined),
      children: filesOf(step),
    };
  });
}

/** `1, 3–5, 9`: numbers in order, neighbours together. */
export function numberRanges(numbers: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

function filesOf({ id, items }: PlanStep): readonly PlanFile[] {
  const files = [...new Set(items.map(({ uri }) => uri))].sort();
  return files.map((uri) => {
    const own = items.filter((item) => item.uri === uri).sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
    const children = withUniqueIds(own).map((use) => ({ ...use, id: `${id}:${uri}:${use.id}` }));
    return { kind: 'planFile', id: `${id}:${uri}`, uri, children };
  });
}
