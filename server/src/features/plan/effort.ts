import type { Effort } from '../../protocol';

/** How many places a step changes, by what a person has to do at each. */
export interface Share {
  readonly safe: number;
  readonly review: number;
  readonly guidance: number;
}

/**
 * The effort of one step, for one person who knows the code. The model is small on purpose: a change has a price of its own (run the tests, describe it, have it reviewed),
 * and each place has one by its class. Measured is only how the work is spread: of 2,392 places that people changed in public
 * repositories, two thirds were one expression or one statement and the rest was redesigned or went with its feature, and half of
 * the 208 changes had two places or fewer. The hours are a judgement, hence the wide ranges: good for comparing steps, not for promises.
 */
export function effortOf({ safe, review, guidance }: Share): Effort {
  const at = (end: keyof Effort): number => change[end] + (safe * minutes.safe[end] + review * minutes.review[end] + guidance * minutes.guidance[end]) / 60;
  return { from: rounded(at('from')), to: rounded(at('to')) };
}

export function sumOf(efforts: readonly Effort[]): Effort {
  return efforts.reduce((sum, { from, to }) => ({ from: sum.from + from, to: sum.to + to }), { from: 0, to: 0 });
}

/** Of one change, in hours. */
const change: Effort = { from: 0.5, to: 1 };
/** Of one place. */
const minutes = { safe: { from: 0.5, to: 1 }, review: { from: 5, to: 20 }, guidance: { from: 15, to: 60 } } as const;

/** To half hours, from five on to hours. */
function rounded(hours: number): number {
  return hours < 5 ? Math.round(hours * 2) / 2 : Math.round(hours);
}
