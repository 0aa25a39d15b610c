import { env, l10n } from 'vscode';
import { wholeProject, type Effort, type PlanStep } from '../../../server/src/protocol';

/** `Sleep in lamp/light.py` */
export function titleOfStep({ action, topic, where }: Pick<PlanStep, 'action' | 'topic' | 'where'>): string {
  if (where === '') return plain(action);
  return where === wholeProject ? l10n.t('{0} in the project', topic) : l10n.t('{0} in {1}', topic, where);
}

/** `12 places, all safe` or `9 places: 2 safe, 4 to review, 3 need a person`; empty for a step without places. */
export function shareInWords({ safe, review, guidance }: Pick<PlanStep, 'safe' | 'review' | 'guidance'>): string {
  const all = safe + review + guidance;
  if (all === 0) return '';
  const parts = [
    ...(safe > 0 ? [l10n.t('{0} safe', safe)] : []),
    ...(review > 0 ? [l10n.t('{0} to review', review)] : []),
    ...(guidance > 0 ? [l10n.t('{0} by guidance', guidance)] : []),
  ];
  return parts.length > 1 ? `${places(all)}: ${parts.join(', ')}` : `${places(all)}, ${allSame(safe, review)}`;
}

/** `1 place`, `12 places`. */
export function places(count: number): string {
  return count === 1 ? l10n.t('1 place') : l10n.t('{0} places', count);
}

/** `0.5–1 h`; days of eight hours from two days on. */
export function effortInWords({ from, to }: Effort): string {
  const isLong = from >= 16;
  const [low, high] = isLong ? [Math.round(from / 8), Math.round(to / 8)] : [from, to];
  const number = new Intl.NumberFormat(env.language);
  const range = low === high ? number.format(low) : `${number.format(low)}–${number.format(high)}`;
  return isLong ? l10n.t('{0} days', range) : l10n.t('{0} h', range);
}

/** Editors show the backticks of code in a label. */
export function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}

function allSame(safe: number, review: number): string {
  return safe > 0 ? l10n.t('safe') : review > 0 ? l10n.t('to review') : l10n.t('by guidance');
}
