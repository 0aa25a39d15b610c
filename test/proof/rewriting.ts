import { apply } from '../../server/src/edits/textEdit';
import { compose } from '../../server/src/rules/compose';
import type { Change } from '../../server/src/rules/kit/change';
import { isFix, type Rule } from '../../server/src/rules/rule';
import { analyse, factsOf, type Analysis } from '../../server/src/workspace/analysis';
import type { Finding } from '../../server/src/workspace/finding';
import { fixText } from '../../server/src/workspace/fix';
import { judge } from '../../server/src/workspace/judge';
import { courtFor } from '../kit/check';
import { parser } from '../kit/host';

/** A program with its fixes applied, and what was found in it. */
export interface Rewriting {
  readonly after: string;
  readonly findings: readonly Finding[];
  /** The modules that the fixes made beside it, by file name. */
  readonly beside: ReadonlyMap<string, string>;
}

/** Which fixes are applied, and in which process. */
export interface Rewrites {
  /** Whether the process patches everything, or nothing. */
  readonly isPatched?: boolean;
  /** Also those that want a person’s look. */
  readonly review?: boolean;
  /** Only these rules; all where absent. */
  readonly rules?: readonly Rule[];
  /** The module for helper code; none where absent. */
  readonly helperModule?: string | undefined;
  /** The title of the fix that is taken first. */
  readonly fix?: string | undefined;
}

/** Applies fixes to a program: where nothing is said, the safe ones in a patched process. */
export async function rewritten(text: string, { isPatched = true, review = false, rules, helperModule, fix }: Rewrites = {}): Promise<Rewriting> {
  const court = courtFor(isPatched ? {} : { patched: [] }, 'threading');
  const context = { namedElsewhere: new Set<string>(), python: [3, 9] as const, helperModule };
  const syntax = await parser();
  const tree = syntax.parse(text);
  try {
    const analysis = analyse(text, tree, context);
    const chosen = fix === undefined ? undefined : compose(analysis.view, changesOf(analysis, fix));
    const choice = { target: 'threading', review, ...(rules ? { rules: rules.map(({ id }) => id) } : {}) } as const;
    const { after, elsewhere } = fixText(chosen ? apply(text, chosen.edits) : text, choice, { parser: syntax, context, court });
    const beside = new Map<string, string>();
    for (const { module, edits } of [...(chosen?.elsewhere ?? []), ...elsewhere]) beside.set(`${module}.py`, apply(beside.get(`${module}.py`) ?? '', edits(beside.get(`${module}.py`))));
    return { after, beside, findings: judge(factsOf(analysis), court) };
  } finally {
    tree.delete();
  }
}

/** What the fixes of a title change. */
function changesOf({ marks }: Analysis, title: string): readonly Change[] {
  const chosen = marks.flatMap(({ proposals }) => proposals.filter(isFix).filter((proposal) => proposal.target === 'threading' && proposal.title === title));
  if (chosen.length === 0) throw new Error(`no fix is called “${title}”`);
  return [...new Set(chosen.map(({ change }) => change))];
}

/** Whether the first choice for threading needs nobody's look. */
export function isSafe({ fixes }: Finding): boolean {
  return fixes.some(({ target, safety }) => target === 'threading' && safety === 'safe');
}
