import type { ReviewChange, Target } from '../protocol';
import type { FileEdit, Finding, FixReport } from '../workspace/finding';
import { checklistItem } from './checklist';
import { bestFix } from './trust';

/** The uses of one file that somebody wants to look at, with the edits of their fixes. */
export interface ReviewedFile {
  /** As the edits spell it. */
  readonly uri: string;
  readonly findings: readonly Finding[];
  readonly target: Target;
}

/**
 * The changes that the best fixes of these uses come down to. Uses that move together are one change; the fix of an import that
 * consists of the fixes of its uses is none of its own where these are all there.
 */
export function reviewChanges(files: readonly ReviewedFile[]): readonly ReviewChange[] {
  const changes = new Map<string, Fixed[]>();
  for (const file of files) {
    const fixed = file.findings.flatMap((finding) => fixedBy(finding, file));
    for (const each of fixed.filter((use) => !isSumOf(use, fixed))) {
      const key = keyOf(each.fix);
      changes.set(key, [...(changes.get(key) ?? []), each]);
    }
  }
  return [...changes.values()].flatMap((uses) => changeOf(uses) ?? []);
}

interface Fixed {
  readonly finding: Finding;
  readonly fix: FixReport;
  readonly file: ReviewedFile;
}

function fixedBy(finding: Finding, file: ReviewedFile): readonly Fixed[] {
  const fix = bestFix(finding, file.target);
  return fix && fix.edits.length > 0 ? [{ finding, fix, file }] : [];
}

/** Whether a fix of an import does nothing but what the fixes of the uses in this list do. */
function isSumOf({ finding, fix }: Fixed, all: readonly Fixed[]): boolean {
  if (fix.uses === undefined) return false;
  const parts = all.filter((other) => other.fix.uses === undefined && other.finding !== finding && fix.edits.some((edit) => touches(edit, other)));
  return parts.length >= fix.uses;
}

function touches({ uri, start, end }: FileEdit, { finding: { range }, file }: Fixed): boolean {
  return uri === file.uri && start < range.end && range.start < end;
}

/** Fixes that change the same text in the same way are one. */
function keyOf({ edits }: FixReport): string {
  return JSON.stringify(edits.map(({ uri, start, end, newText }) => [uri, start, end, newText]).sort());
}

function changeOf(uses: readonly Fixed[]): ReviewChange | undefined {
  // Of code and the test doubles that follow it the code tells what it is about.
  const [first, ...others] = [...uses].sort((a, b) => Number(a.finding.kind !== 'code') - Number(b.finding.kind !== 'code'));
  if (!first) return undefined;
  const { finding, fix, file } = first;
  const itemOf = (use: Fixed) => checklistItem(use.file.uri, use.finding, use.file.target);
  return {
    id: `${file.uri}#${finding.fingerprint}`,
    title: fix.title,
    trust: fix.safety,
    ...(fix.safety === 'review' && fix.why !== undefined ? { why: fix.why } : {}),
    items: [itemOf(first), ...others.map(itemOf)],
    files: [...new Set([file.uri, ...fix.edits.map(({ uri }) => uri)])],
  };
}
