import type { Range } from '../protocol';
import type { Finding, Severity } from '../workspace/finding';
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
}

/** The problems of a file: its findings but for those that a comment keeps. */
export function problems(findings: readonly Finding[]): readonly Problem[] {
  return remaining(findings).map(problem);
}

export function problem({ position, severity, rule, guide, message, reason, fingerprint }: Finding): Problem {
  return {
    position,
    severity,
    code: rule,
    href: guide,
    message: reason === undefined ? message : `${message}\nNo safe fix: ${sentence(reason)}`,
    isUnnecessary: rule === 'unused-keep',
    fingerprint,
  };
}
