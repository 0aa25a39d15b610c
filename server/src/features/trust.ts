import type { Target, Trust } from '../protocol';
import type { Finding, FixReport } from '../workspace/finding';

/** The fix to offer for a target: the first safe one, else the first one. */
export function bestFix(finding: Finding, target: Target): FixReport | undefined {
  const fixes = finding.fixes.filter((fix) => fix.target === target);
  return fixes.find(({ safety }) => safety === 'safe') ?? fixes[0];
}

export function trustOf(finding: Finding, target: Target): Trust {
  return bestFix(finding, target)?.safety ?? 'guidance';
}

/** Those that nobody decided to keep. */
export function remaining(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === undefined);
}
