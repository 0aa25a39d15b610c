import type { Range } from '../protocol';
import type { Finding, Related, Severity } from '../workspace/finding';
import { sentence } from './sentence';
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

/** The problems of a file: its findings but for those that a comment keeps. */
export function problems(findings: readonly Finding[], relatedTo: (finding: Finding) => readonly Related[]): readonly Problem[] {
  return remaining(findings).map((finding) => problem(finding, relatedTo(finding)));
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
