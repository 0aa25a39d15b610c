import { chain } from '../edits/chain';
import { apply, type TextEdit } from '../edits/textEdit';
import type { Target } from '../protocol';
import { compose } from '../rules/compose';
import type { Change, OtherFile } from '../rules/kit/change';
import { isFix } from '../rules/rule';
import type { SyntaxParser } from '../syntax/parser';
import { analyse, factsOf, type Analysis, type AnalysisContext, type FileFacts, type MarkFacts } from './analysis';
import type { Finding, Span } from './finding';
import { bestOffer, isSettled, offers, severityOf, suppresses, type Court, type Offered } from './judge';

/** Which fixes are wanted. */
export interface FixChoice {
  readonly target: Target;
  /** Only these rules; all where absent. */
  readonly rules?: readonly string[];
  /** Also fixes that want a person's look. */
  readonly review: boolean;
  /** Only the finding with this fingerprint. */
  readonly item?: string;
  /** Only the findings with these fingerprints. */
  readonly items?: ReadonlySet<string>;
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
  const asked = facts.marks.filter((mark) => !kept.includes(mark) && !isSettled(mark.rule, facts, court) && isAskedFor(mark, choice, court));
  const best = asked.flatMap((mark) => bestOffer(offers(mark, facts, court), choice.target) ?? []);
  const changes = best.filter(({ report }) => choice.review || report.safety === 'safe').flatMap((offered) => changesOf(offered, analysis));
  // An object moves as a whole: where one of its uses is kept, none of the others is rewritten.
  return [...new Set(changes)].filter((change) => !kept.some(({ range }) => touches(change, range)));
}

function isAskedFor({ rule, identity }: MarkFacts, { rules, item, items }: FixChoice, court: Court): boolean {
  if (rules && !rules.includes(rule)) return false;
  if (severityOf(rule, court) === 'off') return false;
  if (item !== undefined && court.digest(identity) !== item) return false;
  return items?.has(court.digest(identity)) ?? true;
}

function changesOf({ parts }: Offered, { marks }: Analysis): readonly Change[] {
  const proposals = parts.flatMap(({ mark, proposal }) => marks[mark]?.proposals[proposal] ?? []);
  return proposals.filter(isFix).map(({ change }) => change);
}

function touches({ edits }: Change, { start, end }: Span): boolean {
  return edits.some((edit) => edit.start < end && start < edit.end);
}

/** What one fix of a finding changes, imports included; nothing where the analysis, with its facts, is of another text. */
export function draftOf(analysis: Analysis, facts: FileFacts, { rule, range }: Finding, index: number, court: Court): Draft {
  const mark = facts.marks.find((each) => each.rule === rule && each.range.start === range.start && each.range.end === range.end);
  const offered = mark && offers(mark, facts, court)[index];
  return compose(analysis.view, offered ? [...new Set(changesOf(offered, analysis))] : []);
}
