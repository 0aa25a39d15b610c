import { follow } from '../edits/chain';
import type { TextEdit } from '../edits/textEdit';
import type { Finding } from '../workspace/finding';
import { remaining } from './trust';

/** Which findings somebody asked to fix; all of a file where nothing is said. */
export interface Wish {
  readonly rule?: string;
  /** Fingerprint. */
  readonly item?: string;
  /** Fingerprints of the file; all where nothing is said. */
  readonly items?: ReadonlySet<string>;
}

export function wishedFor(findings: readonly Finding[], { rule, item, items }: Wish): readonly Finding[] {
  const isWished = (finding: Finding): boolean =>
    (rule === undefined || finding.rule === rule) && (item === undefined || finding.fingerprint === item) && (items?.has(finding.fingerprint) ?? true);
  return remaining(findings).filter(isWished);
}

/** Those findings that are still there after the edits; `after` are the findings of the new text. */
export function left(before: readonly Finding[], edits: readonly TextEdit[], after: readonly Finding[]): readonly Finding[] {
  return before.filter((finding) => {
    const start = follow(finding.range.start, edits);
    return after.some((other) => other.rule === finding.rule && other.range.start === start);
  });
}

/** Why a finding stays although fixes were asked for. */
export function whyLeft({ reason }: Finding): string {
  return reason ?? 'its fix touches the same lines as another one; it can be made in a second step';
}

/** An edit, and whether a person has to look at it before it is made. */
export interface SortedEdit extends TextEdit {
  readonly wantsLook: boolean;
}

/**
 * Sorts the edits of all fixes into those that the safe fixes alone would make, and the others. The safe ones make sense without
 * the others; where they cannot be told apart, everything wants a look.
 */
export function sortEdits(all: readonly TextEdit[], safe: readonly TextEdit[]): readonly SortedEdit[] {
  const parts = all.flatMap((edit) => split(edit, safe));
  const isWhole = safe.every((edit) => parts.some((part) => isSame(part, edit)));
  return parts.map((part) => ({ ...part, wantsLook: !isWhole || !safe.some((edit) => isSame(edit, part)) }));
}

/** An insertion that contains a safe one falls into the safe one and what stands around it: `import queue` and `import time`. */
function split(edit: TextEdit, safe: readonly TextEdit[]): readonly TextEdit[] {
  const { start, end, newText } = edit;
  const core = safe.find((other) => other.start === start && other.end === end && start === end && newText.includes(other.newText));
  if (!core || core.newText === newText) return [edit];
  const at = newText.indexOf(core.newText);
  const around = [newText.slice(0, at), core.newText, newText.slice(at + core.newText.length)];
  return around.filter((text) => text !== '').map((text) => ({ start, end, newText: text }));
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.newText === b.newText;
}
