import type { Rule } from '../../server/src/rules/rule';
import { analyse, factsOf } from '../../server/src/workspace/analysis';
import type { Finding } from '../../server/src/workspace/finding';
import { fixText } from '../../server/src/workspace/fix';
import { judge } from '../../server/src/workspace/judge';
import { courtFor } from '../kit/check';
import { parser } from '../kit/host';

/** A program with its fixes applied, and what was found in it. */
export interface Rewriting {
  readonly after: string;
  readonly findings: readonly Finding[];
}

/** Which fixes are applied, and in which process. */
export interface Rewrites {
  /** Whether the process patches everything, or nothing. */
  readonly isPatched?: boolean;
  /** Also those that want a person’s look. */
  readonly review?: boolean;
  /** Only these rules; all where absent. */
  readonly rules?: readonly Rule[];
}

/** Applies fixes to a program: where nothing is said, the safe ones in a patched process. */
export async function rewritten(text: string, { isPatched = true, review = false, rules }: Rewrites = {}): Promise<Rewriting> {
  const court = courtFor(isPatched ? {} : { patched: [] }, 'threading');
  const context = { namedElsewhere: new Set<string>(), python: [3, 9] as const };
  const syntax = await parser();
  const { after } = fixText(text, { target: 'threading', review, ...(rules ? { rules: rules.map(({ id }) => id) } : {}) }, { parser: syntax, context, court });
  const tree = syntax.parse(text);
  try {
    return { after, findings: judge(factsOf(analyse(text, tree, context)), court) };
  } finally {
    tree.delete();
  }
}

/** Whether the first choice for threading needs nobody's look. */
export function isSafe({ fixes }: Finding): boolean {
  return fixes.some(({ target, safety }) => target === 'threading' && safety === 'safe');
}
