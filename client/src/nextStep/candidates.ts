import type { ChecklistItem, Plan, PlanStep, PreviewFixesParams } from '../../../server/src/protocol';

/** Something that the next step can be. */
export interface Candidate {
  /** A step of the plan, its safe fixes only, or one of its uses. */
  readonly kind: 'pattern' | 'safePart' | 'use';
  /** Stays the same as long as it is there. */
  readonly id: string;
  readonly step: PlanStep;
  /** Of the step in the plan, from 1. */
  readonly number: number;
  /** For `use`. */
  readonly item?: ChecklistItem;
  readonly wish: PreviewFixesParams;
  readonly isSkipped: boolean;
}

/** What somebody wanted to leave as it is. */
export interface LeftOut {
  /** Ids of candidates that come last. */
  readonly skipped: ReadonlySet<string>;
  /** The uses about which it was decided, by `idOfUse`: they are left alone. */
  readonly settled: ReadonlySet<string>;
}

/**
 * What can be done next, in the order of the plan: the first step that has fixes, as a whole and with its first use alone, and then the
 * others as a whole.
 */
export function candidates({ steps }: Pick<Plan, 'steps'>, leftOut: LeftOut): readonly Candidate[] {
  const all = steps.flatMap((step, index) => candidatesIn(step, index + 1, leftOut));
  const first = all.find(({ isSkipped }) => !isSkipped);
  const wanted = all.filter(({ kind, step }) => kind !== 'use' || step === first?.step);
  return [...wanted.filter(({ isSkipped }) => !isSkipped), ...wanted.filter(({ isSkipped }) => isSkipped)];
}

/** A step of the plan, whole. */
export function idOfStep({ id }: Pick<PlanStep, 'id'>): string {
  return `step:${id}`;
}

export function idOfUse({ uri, id }: Pick<ChecklistItem, 'uri' | 'id'>): string {
  return `use:${uri}:${id}`;
}

/** One use, as a step of its own. */
export function wishForUse({ uri, id }: Pick<ChecklistItem, 'uri' | 'id'>): PreviewFixesParams {
  return { uri, item: id, review: true };
}

/** All of a step of the plan about which nobody decided otherwise. */
export function wishForStep({ items, review }: Pick<PlanStep, 'items' | 'review'>, settled: LeftOut['settled']): PreviewFixesParams {
  return { items: placed(open(items, settled)), review: review > 0 };
}

function candidatesIn(step: PlanStep, number: number, { skipped, settled }: LeftOut): readonly Candidate[] {
  const fixable = open(step.items, settled).filter(({ fix }) => fix !== undefined);
  const safe = fixable.filter(({ trust }) => trust === 'safe');
  // The import goes with the last use of its name, and is no step of its own.
  const item = fixable.find(({ rule }) => rule !== 'import');
  if (!item) return [];
  const candidate = (kind: Candidate['kind'], id: string, wish: PreviewFixesParams): Candidate => ({ kind, id, step, number, wish, isSkipped: skipped.has(id) });
  const isMixed = safe.some(({ rule }) => rule !== 'import') && step.review > 0;
  return [
    ...(isMixed ? [candidate('safePart', `safe:${step.id}`, { items: placed(safe), review: false })] : []),
    candidate('pattern', idOfStep(step), wishForStep(step, settled)),
    ...(fixable.length > 1 ? [{ ...candidate('use', idOfUse(item), wishForUse(item)), item }] : []),
  ];
}

function open(items: readonly ChecklistItem[], settled: LeftOut['settled']): readonly ChecklistItem[] {
  return items.filter((item) => !settled.has(idOfUse(item)));
}

function placed(items: readonly ChecklistItem[]): NonNullable<PreviewFixesParams['items']> {
  return items.map(({ uri, id }) => ({ uri, id }));
}
