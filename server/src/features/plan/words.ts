import type { Effort } from '../../protocol';
import { count } from '../report/words';
import type { Share } from './effort';
import type { PlanReport } from './planReport';

/** The whole plan where it has no step. */
export function nothingLeft({ files: { skipped } }: Pick<PlanReport, 'files'>): string {
  return skipped.length === 0 ? 'Nothing is left to do.' : `Nothing was found that is left to do, but ${count(skipped.length, 'file')} could not be analysed.`;
}

/** `12 places, all safe` or `9 places: 2 safe, 4 to review, 3 need a person`. */
export function shareInWords({ safe, review, guidance }: Share): string {
  const all = safe + review + guidance;
  const parts = [
    ...(safe > 0 ? [`${safe} safe`] : []),
    ...(review > 0 ? [`${review} to review`] : []),
    ...(guidance > 0 ? [guidance === 1 ? '1 needs a person' : `${guidance} need a person`] : []),
  ];
  const places = all === 1 ? '1 place' : `${all} places`;
  if (parts.length > 1) return `${places}: ${parts.join(', ')}`;
  const same = safe > 0 ? 'safe' : review > 0 ? 'to review' : all === 1 ? 'needs a person' : 'need a person';
  return all === 1 ? `1 place, ${same}` : `${places}, all ${same}`;
}

/** `0.5–1 h`, `3 h`; days of eight hours from two days on. */
export function effortInWords({ from, to }: Effort): string {
  const [low, high, unit] = from >= 16 ? [Math.round(from / 8), Math.round(to / 8), 'days'] : [from, to, 'h'];
  return low === high ? `${low} ${unit}` : `${low}–${high} ${unit}`;
}

/** `1, 3–5 and 9`: numbers in order, neighbours together. */
export function numbersInWords(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  const parts = runs.map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`));
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts.join('');
}
