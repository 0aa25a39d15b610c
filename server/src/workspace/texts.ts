import { chain } from '../edits/chain';
import { LineIndex } from '../edits/lines';
import { merge } from '../edits/merge';
import { apply, type TextEdit } from '../edits/textEdit';
import { textMatches } from '../rules/texts/index';
import type { TextFix, TextMatch, TextProposal } from '../rules/texts/textRule';
import { placeOf, type FileFacts, type MarkFacts, type ProposalFacts } from './analysis';
import type { Finding } from './finding';
import type { Draft, FixChoice } from './fix';
import { numbered } from './fingerprint';
import { severityOf, suppresses, type Court } from './judge';
import { suppressionsOfText } from './suppressions';

/** What a file says that is no Python: the same facts as of a module, though there is no tree and nothing to hand on. */
export function textFacts(text: string, path: string): FileFacts {
  const lines = new LineIndex(text);
  const found = textMatches(text, path);
  const identities = numbered(found.map(({ rule, match }) => [rule.id, match.api, 'text', placeOf(match, lines).line.replace(/\s+/g, ' ')].join('|')));
  const marks = found.map(({ rule, match }, index): MarkFacts => ({
    ...{ rule: rule.id, api: match.api, form: 'text', kind: rule.kind, message: rule.message(match), ...placeOf(match, lines) },
    identity: identities[index] ?? '',
    proposals: match.proposals.map(proposalFacts),
  }));
  return { marks, suppressions: suppressionsOfText(text, path, lines), patches: [], startsGreenThreads: false, exports: [], doubles: [], hasErrors: false };
}

/** Applies fixes round by round until a round has nothing to do, as in modules. */
export function fixTextFile(before: string, path: string, choice: FixChoice, court: Court): { readonly after: string; readonly edits: readonly TextEdit[] } {
  let after = before;
  let edits: readonly TextEdit[] = [];
  for (let round = 0; round < (choice.item === undefined ? rounds : 1); round++) {
    const next = merge(wanted(after, path, choice, court)).edits;
    if (next.length === 0) break;
    edits = round === 0 ? next : chain(before.length, edits, next);
    after = apply(after, next);
  }
  return after === before ? { after, edits: [] } : { after, edits };
}

/** One fix may put another off, where both change one line; more rounds than this would be a mistake of ours. */
const rounds = 8;

function wanted(text: string, path: string, choice: FixChoice, court: Court): readonly (readonly TextEdit[])[] {
  const { marks, suppressions } = textFacts(text, path);
  return textMatches(text, path).flatMap(({ rule, match }, index) => {
    const mark = marks[index];
    if (!mark || (choice.rules && !choice.rules.includes(rule.id)) || severityOf(rule.id, court) === 'off') return [];
    if (choice.item !== undefined && court.digest(mark.identity) !== choice.item) return [];
    if (choice.items && !choice.items.has(court.digest(mark.identity))) return [];
    if (suppressions.some((suppression) => suppresses(suppression, mark))) return [];
    const fixes = fixesOf(match).filter(({ target }) => target === choice.target);
    const best = fixes.find(({ claim }) => claim === 'safe') ?? (choice.review ? fixes[0] : undefined);
    return best ? [best.edits] : [];
  });
}

/** The edits of one fix of a finding; none where the finding is of another text. */
export function draftOfText({ rule: id, range }: Finding, index: number, text: string, path: string): Draft {
  const found = textMatches(text, path).find(({ rule, match }) => rule.id === id && match.start === range.start && match.end === range.end);
  return { edits: found ? (fixesOf(found.match)[index]?.edits ?? []) : [], elsewhere: [] };
}

function fixesOf({ proposals }: TextMatch): readonly TextFix[] {
  return proposals.filter((proposal): proposal is TextFix => 'edits' in proposal);
}

function proposalFacts(proposal: TextProposal): ProposalFacts {
  if (!('edits' in proposal)) return proposal;
  const { target, title, claim, why } = proposal;
  return { target, title, claim, conditions: [], ...(why === undefined ? {} : { why }) };
}
