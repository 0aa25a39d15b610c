import { expect } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import type { TextExample, TextRule } from '../../server/src/rules/texts/textRule';
import { judge } from '../../server/src/workspace/judge';
import { draftOfText, fixTextFile, textFacts } from '../../server/src/workspace/texts';
import { courtFor } from './check';
import { readMarked, withMarks, type Marker } from './markers';

/** Checks an example of a rule for files that are no Python: the marked findings and no others, the result, and the laws. */
export function checkTextExample(rule: TextRule, example: TextExample): void {
  const { text, markers } = readMarked(example.before);
  const { path, target = 'threading' } = example;
  const court = courtFor({}, target);
  const findings = judge(textFacts(text, path), court).filter((finding) => finding.rule === rule.id);
  const found = findings.map(({ range, fixes, suppressed, reason }): Marker => {
    const label = suppressed !== undefined ? 'kept' : (fixes.find((fix) => fix.target === target)?.safety ?? 'none');
    if (label !== 'safe') expect(reason ?? suppressed, 'there is neither a safe fix nor a reason').toBeDefined();
    return { ...range, label };
  });
  expect(withMarks({ text, markers: found })).toBe(withMarks({ text, markers }));

  const choice = { target, rules: [rule.id], review: true };
  const { after, edits } = fixTextFile(text, path, choice, court);
  expect(after).toBe(example.after === undefined ? text : readMarked(example.after).text);
  expect(apply(text, edits)).toBe(after);
  expect(linesOfComments(after)).toEqual(linesOfComments(text));
  expect(fixTextFile(after, path, choice, court).edits, 'a second run changes something').toEqual([]);
  for (const [finding, index, fix] of findings.flatMap((finding) => finding.fixes.map((fix, index) => [finding, index, fix] as const))) {
    const left = textFacts(apply(text, draftOfText(finding, index, text, path).edits), path).marks.filter((mark) => mark.rule === rule.id);
    expect(left.length, `${fix.title} leaves its finding`).toBeLessThan(findings.length);
  }
  expect(fixTextFile(text.replaceAll('\n', '\r\n'), path, choice, court).after).toBe(after.replaceAll('\n', '\r\n'));
}

/** A comment behind something goes with it; one that stands alone stays. */
function linesOfComments(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => /^\s*#/.test(line));
}
