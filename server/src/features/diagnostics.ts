import type { Range } from '../protocol';
import type { Finding, Related, Severity } from '../workspace/finding';
import type { DecidedUses } from './checklistFile/decisions';
import { decisionInWords, sentence } from './sentence';
import { remaining } from './trust';

/** What an editor underlines. */
export interface Problem {
  readonly position: Range;
  readonly severity: Severity;
  /** Id of the rule. */
  readonly code: string;
  /** URL of the guide page. */
  readonly href: string;
  /** Plain text: what it is, and why there is no safe fix, where there is none. */
  readonly message: string;
  /** Shown faded: it could go without any effect. */
  readonly isUnnecessary: boolean;
  readonly fingerprint: string;
  /** The places on the way of the name to eventlet, the nearest first. */
  readonly related: readonly { readonly uri: string; readonly position: Range; readonly message: string }[];
}

/**
 * The problems of a file: its findings but for those that a comment keeps. What the checklist file settles is no more than a hint that
 * says why, because nothing at the line does.
 */
export function problems(findings: readonly Finding[], decided: DecidedUses, relatedTo: (finding: Finding) => readonly Related[]): readonly Problem[] {
  return remaining(findings).map((finding) => {
    const plain = problem(finding, relatedTo(finding));
    const { decision, holds } = decided.get(finding.fingerprint) ?? {};
    if (!decision) return plain;
    if (holds) return { ...plain, severity: 'hint', message: `${sentence(decisionInWords(decision))}\n${finding.message}` };
    return { ...plain, message: `${plain.message}\n${decisionInWords(decision)}: that day has come.` };
  });
}

export function problem({ position, severity, rule, guide, message, reason, fingerprint }: Finding, related: readonly Related[]): Problem {
  return {
    position,
    severity,
    code: rule,
    href: guide,
    message: reason === undefined ? message : `${message}\nNo safe fix: ${sentence(reason)}`,
    isUnnecessary: rule === 'unused-keep',
    fingerprint,
    related: related.map((place) => ({ uri: place.uri, position: place.position, message: whatIsBound(place) })),
  };
}

/** What the reader finds at a place on the way. */
export function whatIsBound({ name, module }: Related): string {
  return module === undefined ? `\`${name}\` is defined here` : `\`${module}\` has \`${name}\` from here`;
}
