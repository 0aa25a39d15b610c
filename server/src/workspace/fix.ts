import { chain } from '../edits/chain';
import { apply, type TextEdit } from '../edits/textEdit';
import type { Target } from '../protocol';
import { compose } from '../rules/compose';
import type { Change, OtherFile } from '../rules/kit/change';
import { isFix } from '../rules/rule';
import type { SyntaxParser } from '../syntax/parser';
import { analyse, factsOf, type Analysis, type AnalysisContext } from './analysis';
import type { Finding, Span } from './finding';
import { severityOf, suppresses, verdict, type Court } from './judge';

/** Which fixes are wanted. */
export interface FixChoice {
  readonly target: Target;
  /** Only these rules; all where absent. */
  readonly rules?: readonly string[];
  /** Also fixes that want a person's look. */
  readonly review: boolean;
  /** Only the finding with this fingerprint. */
  readonly item?: string;
}

/** What fixes change in one file, and what they need in others. */
export interface Draft {
  /** Of one text, in order, not overlapping. */
  readonly edits: readonly TextEdit[];
  readonly elsewhere: readonly OtherFile[];
}

/** The fixes may uncover each other; more rounds than this would be a mistake of ours. */
const rounds = 8;

/** Applies fixes round by round until a round has nothing to do. The edits lead from the first text to the last. */
export function fixText(
  before: string,
  choice: FixChoice,
  { parser, context, court }: { readonly parser: SyntaxParser; readonly context: AnalysisContext; readonly court: Court },
): Draft & { readonly after: string } {
  let after = before;
  let edits: readonly TextEdit[] = [];
  const elsewhere: OtherFile[] = [];
  for (let round = 0; round < (choice.item === undefined ? rounds : 1); round++) {
    const tree = parser.parse(after);
    let next: Draft;
    try {
      next = draft(analyse(after, tree, context), choice, court);
    } finally {
      tree.delete();
    }
    if (next.edits.length === 0) break;
    edits = round === 0 ? next.edits : chain(before.length, edits, next.edits);
    after = apply(after, next.edits);
    elsewhere.push(...next.elsewhere);
  }
  return after === before ? { after, edits: [], elsewhere: [] } : { after, edits, elsewhere };
}

/** One round: the best fix of every finding that is wanted, joined. */
function draft(analysis: Analysis, choice: FixChoice, court: Court): Draft {
  return compose(analysis.view, wanted(analysis, choice, court));
}

/** The changes of the best fixes that are wanted, each once. */
function wanted(analysis: Analysis, choice: FixChoice, court: Court): readonly Change[] {
  const facts = factsOf(analysis);
  const kept = facts.marks.filter((mark) => facts.suppressions.some((suppression) => suppresses(suppression, mark)));
  const changes = new Set<Change>();
  analysis.marks.forEach(({ rule, proposals }, index) => {
    const mark = facts.marks[index];
    if (court.settings.forbid?.includes(choice.target) || (choice.rules && !choice.rules.includes(rule.id))) return;
    if (choice.item !== undefined && mark && court.digest(mark.identity) !== choice.item) return;
    if (!mark || severityOf(rule.id, court) === 'off' || kept.includes(mark)) return;
    const fixes = proposals.flatMap((proposal, at) => {
      const known = mark.proposals[at];
      return isFix(proposal) && proposal.target === choice.target && known && 'title' in known ? [{ change: proposal.change, known }] : [];
    });
    const best = fixes.find(({ known }) => verdict(known, mark, court).safety === 'safe') ?? (choice.review ? fixes[0] : undefined);
    // An object moves as a whole: where one of its uses is kept, none of the others is rewritten.
    if (best && !kept.some(({ range }) => touches(best.change, range))) changes.add(best.change);
  });
  return [...changes];
}

function touches({ edits }: Change, { start, end }: Span): boolean {
  return edits.some((edit) => edit.start < end && start < edit.end);
}

/** The edits of one fix of a finding, imports included; none where the analysis is of another text. */
export function draftOf(analysis: Analysis, { rule: id, range }: Finding, index: number): Draft {
  const mark = analysis.marks.find(({ use, rule }) => rule.id === id && use.start === range.start && use.end === range.end);
  const fix = mark?.proposals.filter(isFix)[index];
  return compose(analysis.view, fix ? [fix.change] : []);
}
