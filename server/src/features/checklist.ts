import type { Checklist, ChecklistItem, DoneUse, Target } from '../protocol';
import { anyRule } from '../rules/index';
import type { Finding } from '../workspace/finding';
import { keyOf, type Entry } from './checklistFile/entries';
import { isSettled, type Progress } from './checklistFile/progress';
import { counts, type Sheet, type SheetUse } from './checklistFile/sheet';
import { bestFix, remaining, trustOf } from './trust';

/** One file's part of the checklist. */
export interface ChecklistFile {
  /** Canonical. */
  readonly uri: string;
  /** As the client spells it. */
  readonly spelling: string;
  /** Kept ones included, in text order. */
  readonly findings: readonly Finding[];
  readonly target: Target;
}

/** A checklist file and what the uses of today say to it. */
export interface Account {
  readonly sheet: Sheet;
  readonly progress: Progress<SheetUse>;
}

/** What is left to do and what is not any more, in the order of the files given; `today` is a day such as `2026-11-21`. */
export function checklist(files: readonly ChecklistFile[], accounts: readonly Account[], today: string, rest: Pick<Checklist, 'state' | 'files' | 'patterns' | 'services'>): Checklist {
  const entries = new Map(accounts.flatMap(({ progress }) => progress.there.map(({ use, entry }) => [`${use.uri} ${use.fingerprint}`, entry] as const)));
  const all = files.flatMap(({ uri, spelling, findings, target }) =>
    remaining(findings).map((finding) => {
      const entry = entries.get(`${uri} ${finding.fingerprint}`);
      const item = { ...checklistItem(spelling, finding, target), ...(entry?.decision ? { decision: entry.decision } : {}) };
      return { item, isSettled: entry !== undefined && isSettled(entry, today) };
    }),
  );
  const found = files.reduce((sum, { findings }) => sum + findings.length, 0);
  const isBegun = accounts.some(({ sheet }) => sheet.entries.length > 0);
  return {
    ...rest,
    items: all.filter((each) => !each.isSettled).map(({ item }) => item),
    settled: all.filter((each) => each.isSettled).map(({ item }) => item),
    kept: found - all.length,
    done: rest.state === 'ready' ? accounts.flatMap(({ sheet, progress }) => progress.done.map((entry) => doneUse(entry, sheet))) : [],
    ...(isBegun && rest.state === 'ready' ? { progress: counts(accounts.map(({ progress }) => progress), today) } : {}),
  };
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

function doneUse(entry: Entry, { uri, uriOf }: Sheet): DoneUse {
  const { path, rule, api, safety } = entry;
  // A rule that a later version knows no more is still something that was done.
  return { id: `${uri} ${keyOf(entry)}`, uri: uriOf(path), rule, api, pattern: anyRule(rule)?.pattern ?? 1, ...(safety ? { trust: safety } : {}) };
}
