import type { Aspect, Guide } from '../rule';

export const aspects: readonly Aspect[] = ['value', 'exceptions', 'blocking', 'order', 'cancellation', 'defaults'];

/** For the aspects that no row tells of: the same words for each. */
export function allOf(reason: string): NonNullable<Guide['same']> {
  return Object.fromEntries(aspects.map((aspect) => [aspect, reason]));
}

/** For what is no code that runs, but says something about code. */
export const noCode = allOf('nothing to compare, because this is no code that runs but says how code is run, tested or installed');
