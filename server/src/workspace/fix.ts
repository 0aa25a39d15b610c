import { chain, follow } from '../edits/chain';
import { apply, type TextEdit } from '../edits/textEdit';
import type { Target } from '../protocol';
import { compose } from '../rules/compose';
import type { Change, OtherFile } from '../rules/kit/change';
import { isFix } from '../rules/rule';
import type { Tree } from '../syntax/node';
import type { SyntaxParser } from '../syntax/parser';
import { analyse, factsOf, type Analysis, type AnalysisContext, type FileFacts, type MarkFacts } from './analysis';
import type { Party, Pick } from './doubles';
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

/** Where a finding is in the text at hand: fingerprints change their owners when one of two like uses goes. */
interface Spot {
  readonly rule: string;
  readonly start: number;
}

type RoundChoice = FixChoice & { readonly spots?: readonly Spot[] };

/** What is to be changed in a file because of others, before all else. */
export interface Together {
  readonly parties: ReadonlySet<Party>;
  /** Those parts of the parties that are in this file. */
  readonly picks: readonly Pick[];
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
  together: Together = alone,
): Draft & { readonly after: string } {
  let after = before;
  let edits: readonly TextEdit[] = [];
  const elsewhere: OtherFile[] = [];
  let spots: readonly Spot[] | undefined;
  const isDoneAtOnce = choice.item !== undefined || choice.rules?.length === 0;
  for (let round = 0; round < (isDoneAtOnce ? 1 : rounds); round++) {
    const work = (tree: Tree): Draft => {
      const analysis = analyse(after, tree, context);
      spots ??= spotsOf(factsOf(analysis), choice, court);
      return draft(analysis, { ...choice, ...(spots ? { spots } : {}) }, court, round === 0 ? together : alone);
    };
    // Where there is a syntax error anywhere, nothing is rewritten; and rewriting makes none.
    const next = round === 0 ? parser.lookAtWhole(after, work) : parser.look(after, work);
    if (next.edits.length === 0) break;
    edits = round === 0 ? next.edits : chain(before.length, edits, next.edits);
    after = apply(after, next.edits);
    spots = spots?.flatMap(({ rule, start }) => {
      const moved = follow(start, next.edits);
      return moved === undefined ? [] : [{ rule, start: moved }];
    });
    elsewhere.push(...next.elsewhere);
  }
  return after === before ? { after, edits: [], elsewhere: [] } : { after, edits, elsewhere };
}

/** The places of the findings that are wanted by their fingerprints; undefined where all are wanted. */
function spotsOf({ marks }: FileFacts, { items }: FixChoice, court: Court): readonly Spot[] | undefined {
  return items && marks.filter(({ identity }) => items.has(court.digest(identity))).map(({ rule, range }) => ({ rule, start: range.start }));
}

const alone: Together = { parties: new Set(), picks: [] };

/** One round: the best fix of every finding that is wanted, joined. */
function draft(analysis: Analysis, choice: RoundChoice, court: Court, together: Together): Draft {
  const picked = together.picks.length > 0 ? pickedChanges(analysis, together.picks) : [];
  return compose(analysis.view, [...new Set([...(picked ?? []), ...wanted(analysis, choice, court, together)])]);
}

/** The changes of some fixes; undefined where one of them is not there any more. */
function pickedChanges(analysis: Analysis, picks: readonly Pick[]): readonly Change[] | undefined {
  const { marks } = factsOf(analysis);
  const changes = picks.map(({ item, proposal }) => {
    const found = analysis.marks[marks.findIndex(({ identity }) => identity === item)]?.proposals[proposal];
    return found && isFix(found) ? found.change : undefined;
  });
  const whole = changes.filter((change) => change !== undefined);
  return whole.length < changes.length ? undefined : [...new Set(whole)];
}

/** Whether all of these fixes can be made at once in a text. */
export function canMake(analysis: Analysis, picks: readonly Pick[]): boolean {
  const changes = pickedChanges(analysis, picks);
  return changes !== undefined && compose(analysis.view, changes).deferred.length === 0;
}

/** The parties that are wanted with the fixes of a file. */
export function partiesWanted(facts: FileFacts, choice: FixChoice, court: Court): readonly Party[] {
  return bestOffers(facts, choice, court, () => true).flatMap(({ parties }) => parties);
}

/** Whether no fix is wanted in a file: then it need not be parsed again. */
export function isDone(facts: FileFacts, choice: FixChoice, court: Court): boolean {
  return bestOffers(facts, choice, court, () => true).length === 0;
}

/** The changes of the best fixes that are wanted, each once. */
function wanted(analysis: Analysis, choice: RoundChoice, court: Court, { parties }: Together): readonly Change[] {
  const facts = factsOf(analysis);
  const best = bestOffers(facts, choice, court, (offered) => offered.parties.every((party) => parties.has(party)));
  const kept = facts.marks.filter((mark) => isKept(mark, facts));
  // An object moves as a whole: where one of its uses is kept, none of the others is rewritten.
  return best.flatMap((offered) => changesOf(offered, analysis)).filter((change) => !kept.some(({ range }) => touches(change, range)));
}

function bestOffers(facts: FileFacts, choice: RoundChoice, court: Court, isPossible: (offered: Offered) => boolean): readonly Offered[] {
  const asked = facts.marks.filter((mark) => isAskedFor(mark, choice, court) && !isSettled(mark, facts, court) && !isKept(mark, facts));
  const best = asked.flatMap((mark) => bestOffer(offers(mark, facts, court).filter(isPossible), choice.target) ?? []);
  return best.filter(({ report }) => choice.review || report.safety === 'safe');
}

function isKept(mark: MarkFacts, { suppressions }: FileFacts): boolean {
  return suppressions.some((suppression) => suppresses(suppression, mark));
}

function isAskedFor({ rule, identity, range }: MarkFacts, { rules, item, items, spots }: RoundChoice, court: Court): boolean {
  if (rules && !rules.includes(rule)) return false;
  if (severityOf(rule, court) === 'off') return false;
  if (item !== undefined && court.digest(identity) !== item) return false;
  if (spots) return spots.some((spot) => spot.rule === rule && spot.start === range.start);
  return items?.has(court.digest(identity)) ?? true;
}

function changesOf({ parts }: Offered, { marks }: Analysis): readonly Change[] {
  const proposals = parts.flatMap(({ mark, proposal }) => marks[mark]?.proposals[proposal] ?? []);
  return proposals.filter(isFix).map(({ change }) => change);
}

function touches({ edits }: Change, { start, end }: Span): boolean {
  return edits.some((edit) => edit.start < end && start < edit.end);
}

/** One fix of a finding; undefined where the facts are of another text. */
export function offerOf(facts: FileFacts, { rule, range }: Finding, index: number, court: Court): Offered | undefined {
  const mark = facts.marks.find((each) => each.rule === rule && each.range.start === range.start && each.range.end === range.end);
  return mark && offers(mark, facts, court)[index];
}

/** What a fix changes in this file, imports included. */
export function draftOf(analysis: Analysis, offered: Offered): Draft {
  return compose(analysis.view, [...new Set(changesOf(offered, analysis))]);
}
