import { expect } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import type { Target } from '../../server/src/protocol';
import { defaultGroups } from '../../server/src/rules/kit/patching';
import { isFix, type Fix, type Example, type Rule } from '../../server/src/rules/rule';
import { analyse, editsOf, factsOf, type Analysis, type AnalysisContext } from '../../server/src/workspace/analysis';
import { fixText } from '../../server/src/workspace/fix';
import { judge, type Court } from '../../server/src/workspace/judge';
import { Process } from '../../server/src/workspace/process';
import { parser } from './host';
import { expectLaws } from './laws';
import { readMarked, withMarks, type Marker } from './markers';

/** Checks an example of a rule: the marked findings and no others, the written result, and all laws. */
export async function checkExample(rule: Rule, example: Example): Promise<void> {
  const { text, markers } = readMarked(example.before);
  const target = example.target ?? 'threading';
  const court = courtFor(example, target);
  const context = { namedElsewhere: new Set<string>(), python: example.python ?? ([3, 9] as const), ...(example.helperModule === undefined ? {} : { helperModule: example.helperModule }) };
  const syntax = await parser();

  const found = await withAnalysis(text, context, (analysis) => {
    const findings = judge(factsOf(analysis), court).filter((finding) => finding.rule === rule.id);
    for (const finding of findings) expect(finding.suppressed !== undefined || finding.reason !== undefined || finding.fixes.some(({ safety }) => safety === 'safe'), `${finding.api} has neither a safe fix nor a reason`).toBe(true);
    return findings.map(({ range, fixes, suppressed }): Marker => {
      const own = fixes.filter((fix) => fix.target === target);
      const label = suppressed !== undefined ? 'kept' : (own.find(({ safety }) => safety === 'safe') ?? own[0])?.safety ?? 'none';
      return { ...range, label };
    });
  });
  expect(withMarks({ text, markers: found })).toBe(withMarks({ text, markers }));

  const choice = { target, rules: [rule.id, ...(example.also ?? [])], review: true };
  const { after } = fixText(text, choice, { parser: syntax, context, court });
  expect(after).toBe(example.after === undefined ? text : readMarked(example.after).text);
  await expectLaws(text, after);
  expect(fixText(after, choice, { parser: syntax, context, court }).edits, 'a second run changes something').toEqual([]);

  const alone = await withAnalysis(text, context, (analysis) => analysis.marks.flatMap(({ proposals }) => proposals.filter(isFix).map((fix) => ({ fix, result: apply(text, editsOf(analysis, fix)) }))));
  const offered = await offeredIn(text);
  for (const { fix, result } of alone) {
    await expectLaws(text, result);
    expect(timesIn(await offeredIn(result), nameOf(fix)), `made once, “${fix.title}” is still offered as often:\n${result}`).toBeLessThan(timesIn(offered, nameOf(fix)));
  }

  function offeredIn(some: string): Promise<readonly string[]> {
    return withAnalysis(some, context, (analysis) => judge(factsOf(analysis), court).flatMap(({ fixes }) => fixes.map(nameOf)));
  }
}

function nameOf({ target, title }: Pick<Fix, 'target' | 'title'>): string {
  return `${target}: ${title}`;
}

function timesIn(names: readonly string[], name: string): number {
  return names.filter((each) => each === name).length;
}

async function withAnalysis<Result>(text: string, context: AnalysisContext, ask: (analysis: Analysis) => Result): Promise<Result> {
  const tree = (await parser()).parse(text);
  try {
    return ask(analyse(text, tree, context));
  } finally {
    tree.delete();
  }
}

/** The court of one file whose process patches these groups, which none does where the list is empty. */
export function courtFor({ patched: groups = defaultGroups }: Pick<Example, 'patched'>, target: Target): Court {
  return {
    process: new Process(groups.length > 0 ? [{ uri: 'service.py', groups }] : []),
    settings: { target, severity: {} },
    choosesThreads: false, ownPackages: new Set(),
    name: (uri) => uri,
    digest: (text) => text,
    guide: (rule) => `https://example.org/${rule}`,
  };
}
