import type { Checklist, ChecklistItem, Target } from '../protocol';
import type { Finding } from '../workspace/finding';
import { bestFix, remaining, trustOf } from './trust';

/** One file's part of the checklist. */
export interface ChecklistFile {
  readonly uri: string;
  /** Kept ones included, in text order. */
  readonly findings: readonly Finding[];
  readonly target: Target;
}

/** What is left to do: every finding that no comment keeps, in the order of the files given. */
export function checklist(files: readonly ChecklistFile[], rest: Omit<Checklist, 'items' | 'kept'>): Checklist {
  const items = files.flatMap(({ uri, findings, target }) => remaining(findings).map((finding) => checklistItem(uri, finding, target)));
  const all = files.reduce((sum, { findings }) => sum + findings.length, 0);
  return { ...rest, items, kept: all - items.length };
}

/** One finding, as clients are told of it. */
export function checklistItem(uri: string, finding: Finding, target: Target): ChecklistItem {
  const fix = bestFix(finding, target);
  const { reason } = finding;
  return {
    id: finding.fingerprint,
    uri,
    range: finding.position,
    rule: finding.rule,
    api: finding.api,
    message: finding.message,
    pattern: finding.pattern,
    trust: trustOf(finding, target),
    line: finding.line,
    highlight: finding.highlight,
    ...(fix ? { fix: fix.title } : {}),
    ...(reason === undefined ? {} : { reason }),
    guide: finding.guide,
  };
}
