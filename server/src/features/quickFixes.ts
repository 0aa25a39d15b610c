import type { Target } from '../protocol';
import { anyRule } from '../rules/index';
import type { Finding, FixReport } from '../workspace/finding';
import { bestFix, remaining, trustOf } from './trust';

/** Something that can be done about findings. What it changes is computed only when somebody chooses it. */
export interface Offer {
  /** What will happen, in the imperative; code in backticks. */
  readonly title: string;
  readonly kind: 'quickfix' | 'source.fixAll.eventlet';
  readonly isPreferred: boolean;
  /** What is dealt with by it. */
  readonly about: readonly Finding[];
  readonly order: Order;
}

/** What is to be done, in words that stay true while the file is edited: findings are named by their fingerprints. */
export type Order =
  /** The fix that stands at this place among the fixes of the finding. */
  | { readonly do: 'fix'; readonly item: string; readonly fix: number }
  /** All fixes of one file for its target. */
  | { readonly do: 'fixAll'; readonly rule?: string; readonly review: boolean }
  | { readonly do: 'keep'; readonly item: string }
  | { readonly do: 'openGuide'; readonly rule: string }
  /** Something about the concurrency module of a project, which is at this URI. */
  | { readonly do: 'route' | 'makeOptional' | 'removeDual'; readonly module: string };

/** What can be done about some of a file's findings; `all` are the file's. The best comes first. */
export function quickFixes(chosen: readonly Finding[], all: readonly Finding[], target: Target): readonly Offer[] {
  const findings = remaining(chosen);
  const rules = [...new Set(findings.map(({ rule }) => rule))].filter((rule) => anyRule(rule));
  return [
    ...findings.flatMap((finding) => fixes(finding, target)),
    ...rules.flatMap((rule) => fixAllOfRule(rule, remaining(all), target)),
    ...(findings.length > 0 ? fixAllSafe(remaining(all), target, 'quickfix') : []),
    ...rules.flatMap((rule) => keep(rule, findings)),
    ...rules.map((rule) => openGuide(rule, findings)),
  ];
}

/** What an editor does by itself when the user asked for it, on saving for instance. */
export function fixAllOnSave(all: readonly Finding[], target: Target): readonly Offer[] {
  return fixAllSafe(remaining(all), target, 'source.fixAll.eventlet');
}

function fixes(finding: Finding, target: Target): readonly Offer[] {
  const offers = finding.fixes.map((fix, index) => ({
    fix,
    offer: {
      title: titleOf(fix, target),
      kind: 'quickfix',
      isPreferred: fix.safety === 'safe' && fix === bestFix(finding, target),
      about: [finding],
      order: { do: 'fix', item: finding.fingerprint, fix: index },
    } satisfies Offer,
  }));
  const own = offers.filter(({ fix }) => fix.target === target);
  // What is the same whichever way the code goes is offered once.
  const others = offers.filter(({ fix }) => fix.target !== target && !own.some((other) => other.fix.title === fix.title));
  return [...own, ...others].map(({ offer }) => offer);
}

/** Names what the reader would not expect: another target than the project's, and that somebody has to look. */
function titleOf({ title, target: its, safety }: FixReport, target: Target): string {
  const remarks = [...(its === target ? [] : [its]), ...(safety === 'safe' ? [] : ['review'])];
  return remarks.length === 0 ? title : `${title} (${remarks.join(', ')})`;
}

function fixAllOfRule(rule: string, all: readonly Finding[], target: Target): readonly Offer[] {
  const own = all.filter((finding) => finding.rule === rule && !reachesFurther(finding, target));
  const safe = own.filter((finding) => trustOf(finding, target) === 'safe');
  const review = own.filter((finding) => trustOf(finding, target) === 'review');
  const offers: Offer[] = [];
  const offer = (title: string, about: readonly Finding[], isReview: boolean): void => {
    if (about.length > 1) offers.push({ title, kind: 'quickfix', isPreferred: false, about, order: { do: 'fixAll', rule, review: isReview } });
  };
  offer(`Fix all \`${rule}\` in this file (${review.length > 0 ? `the ${safe.length} safe ones` : safe.length})`, safe, false);
  if (review.length > 0) offer(`Fix all \`${rule}\` in this file (${safe.length > 0 ? `${safe.length} safe, ` : ''}${review.length} to review)`, [...safe, ...review], true);
  return offers;
}

function fixAllSafe(all: readonly Finding[], target: Target, kind: Offer['kind']): readonly Offer[] {
  const about = all.filter((finding) => trustOf(finding, target) === 'safe' && !reachesFurther(finding, target));
  if (about.length === 0) return [];
  return [{ title: `Fix all safe eventlet uses in this file (${about.length})`, kind, isPreferred: false, about, order: { do: 'fixAll', review: false } }];
}

/** Whether the best fix changes other files too: who asks for all fixes of a file does not ask for that. */
function reachesFurther(finding: Finding, target: Target): boolean {
  return bestFix(finding, target)?.files !== undefined;
}

/** One comment keeps all findings of the rule on its line, so there is one offer for each line. */
function keep(rule: string, findings: readonly Finding[]): readonly Offer[] {
  const lines = new Map<number, Finding[]>();
  for (const finding of findings.filter((candidate) => candidate.rule === rule)) {
    const { line } = finding.position.start;
    lines.set(line, [...(lines.get(line) ?? []), finding]);
  }
  return [...lines.values()].flatMap((about) => {
    const [first] = about;
    if (!first) return [];
    return [{ title: `Keep this use (\`# eventlet: keep[${rule}]\`)`, kind: 'quickfix', isPreferred: false, about, order: { do: 'keep', item: first.fingerprint } }];
  });
}

function openGuide(rule: string, findings: readonly Finding[]): Offer {
  const about = findings.filter((finding) => finding.rule === rule);
  return { title: `Open guidance for \`${rule}\``, kind: 'quickfix', isPreferred: false, about, order: { do: 'openGuide', rule } };
}
