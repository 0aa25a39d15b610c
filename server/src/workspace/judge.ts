import type { Target } from '../protocol';
import type { Condition } from '../rules/rule';
import { anyRule } from '../rules/index';
import type { Party } from './doubles';
import type { DoublesHere } from './parties';
import type { FileFacts, FixFacts, MarkFacts, ProposalFacts } from './analysis';
import type { Finding, FixReport, Precondition, Severity } from './finding';
import type { Judge } from './process';
import type { ProjectSettings } from './projects';
import type { Suppression } from './suppressions';

/** What turns the facts of a file into findings: the process it runs in, and what the user wants to hear. */
export interface Court {
  readonly process: Judge;
  readonly settings: Pick<ProjectSettings, 'target' | 'severity' | 'forbid'>;
  /** Whether a module outside the tests chooses a backend of oslo.service that runs on threads. */
  readonly choosesThreads: boolean;
  /** The packages on top of eventlet whose own project the file belongs to: it does not leave itself. */
  readonly ownPackages: ReadonlySet<string>;
  /** Short name of a file for people. */
  name(uri: string): string;
  /** Digest of an identity. */
  digest(text: string): string;
  /** URL of the guide page of a rule. */
  guide(rule: string): string;
  /** What the test doubles of the project mean for this file; nothing where there are none. */
  readonly doubles?: DoublesHere;
  /** What it has answered before, while it sits. */
  readonly minutes?: Minutes;
  /** What it has said of fixes, for as long as it is kept: proposals outlive the version of a file that they were made for. */
  readonly reports?: WeakMap<FixFacts, FixReport>;
}

interface Minutes {
  /** The fixes of the marks of the file at hand. */
  readonly offered: Map<MarkFacts, readonly Offered[]>;
  /** The files whose doubles take the place of a canonical name, in words. */
  readonly doubled: Map<string, string>;
}

/** The court while it sits: it answers once what many marks of one file ask. Who keeps a court keeps the one that was given. */
export function inSession(court: Court): Court {
  const heard = new Map<string, Precondition>();
  const judge = (condition: Condition): Precondition => {
    if (condition.kind === 'checked') return court.process.judge(condition, court.name);
    const what = `${condition.groups.join()} ${JSON.stringify(condition.binds)}`;
    const known = heard.get(what) ?? court.process.judge(condition, court.name);
    heard.set(what, known);
    return known;
  };
  return { ...court, process: { judge }, minutes: { offered: new Map(), doubled: new Map() } };
}

/** The findings of a file, suppressed ones included, in text order. Rules that are switched off report nothing. */
export function judge(facts: FileFacts, given: Court): readonly Finding[] {
  const court = inSession(given);
  const findings = facts.marks.flatMap((mark) => (isSettled(mark, facts, court) ? [] : (finding(mark, facts, court) ?? [])));
  return [...findings, ...aboutSuppressions(facts, court)].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** A proposal as it stands in this process: a safe fix whose conditions do not all hold wants a person's look. */
export function verdict(proposal: FixFacts, { api, form }: Pick<MarkFacts, 'api' | 'form'>, court: Court): Omit<FixReport, 'edits'> {
  const isDoubled = (name: string): boolean => court.doubles?.byApi[name] !== undefined;
  const doubled = form === 'name' && isDoubled(api) ? api : proposal.affects?.find(isDoubled);
  const doubles = doubled === undefined ? '' : doubledBy(doubled, court);
  const judged = proposal.conditions.map((condition) => court.process.judge(condition, court.name));
  if (doubled !== undefined) judged.push({ text: `no test double takes the place of \`${doubled}\` (${doubles})`, holds: false, about: 'doubles' });
  const failed = proposal.conditions.find((_, index) => !judged[index]?.holds);
  const byDouble = doubled === undefined ? undefined : `tests patch \`${doubled}\` (${doubles}) and would no longer reach this place; change them in the same step`;
  const why = proposal.why ?? (failed && explanation(failed)) ?? byDouble;
  return {
    title: proposal.title,
    target: proposal.target,
    safety: proposal.claim === 'safe' && judged.every(({ holds }) => holds) ? 'safe' : 'review',
    preconditions: judged,
    ...(why === undefined ? {} : { why }),
  };
}

function doubledBy(name: string, { doubles, minutes }: Court): string {
  const words = minutes?.doubled.get(name) ?? (doubles?.byApi[name] ?? []).join(', ');
  minutes?.doubled.set(name, words);
  return words;
}

/** A fix that is offered for a mark, and the marks whose fixes it consists of: the mark itself or, for an import, all uses of the name. */
export interface Offered {
  readonly report: FixReport;
  /** Worked out when somebody asks: most want to hear of a fix, not to make it. */
  readonly parts: readonly { readonly mark: number; readonly proposal: number }[];
  /** The code and test doubles, here and in other files, that the fix moves together. */
  readonly parties: readonly Party[];
}

/** The fixes of a mark, best first; what is forbidden is left out. */
export function offers(mark: MarkFacts, facts: FileFacts, court: Court): readonly Offered[] {
  const made = court.minutes?.offered.get(mark) ?? madeOffers(mark, facts, court);
  court.minutes?.offered.set(mark, made);
  return made;
}

function madeOffers(mark: MarkFacts, facts: FileFacts, court: Court): readonly Offered[] {
  const party = court.settings.forbid?.includes('threading') ? undefined : court.doubles?.parties[mark.identity];
  return [...(party ? [offeredTogether(party, facts, court.doubles?.uri)] : []), ...ownOffers(mark, facts, court)];
}

function ownOffers(mark: MarkFacts, facts: FileFacts, court: Court): readonly Offered[] {
  if (court.doubles?.keeps[mark.identity] !== undefined) return [];
  return mark.proposals.flatMap((proposal, index): Offered | [] => {
    if (court.settings.forbid?.includes(proposal.target)) return [];
    if ('title' in proposal) return new OwnOffer(reportOn(proposal, mark, court), mark, index, facts);
    return (proposal.uses && allOf(proposal.uses, mark, proposal.target, facts, court)) ?? [];
  });
}

/** A proposal belongs to one mark, whose name and form stay what they are. */
function reportOn(proposal: FixFacts, mark: MarkFacts, court: Court): FixReport {
  const report = court.reports?.get(proposal) ?? { ...verdict(proposal, mark, court), edits: [] };
  court.reports?.set(proposal, report);
  return report;
}

class OwnOffer implements Offered {
  readonly parties = [];

  constructor(
    readonly report: FixReport,
    private readonly mark: MarkFacts,
    private readonly proposal: number,
    private readonly facts: FileFacts,
  ) {}

  get parts(): Offered['parts'] {
    return [{ mark: this.facts.marks.indexOf(this.mark), proposal: this.proposal }];
  }
}

/** The best fix for a target: the first safe one, else the first one. */
export function bestOffer(offered: readonly Offered[], target: Target): Offered | undefined {
  const own = offered.filter(({ report }) => report.target === target);
  return own.find(({ report }) => report.safety === 'safe') ?? own[0];
}

/** The best fixes of several marks as one fix; none where one of them is kept, or not reported at all. */
function allOf(indices: readonly number[], { api }: MarkFacts, target: Target, facts: FileFacts, court: Court): Offered | undefined {
  const best = indices.map((index) => {
    const mark = facts.marks[index];
    const isLeft = !mark || severityOf(mark.rule, court) === 'off' || facts.suppressions.some((suppression) => suppresses(suppression, mark));
    return isLeft ? undefined : bestOffer(offers(mark, facts, court), target);
  });
  const found = best.filter((offer) => offer !== undefined);
  if (found.length < best.length) return undefined;
  const review = found.filter(({ report }) => report.safety === 'review');
  const parties = [...new Set(found.flatMap((offered) => offered.parties))];
  const [first] = review;
  const title = found.length === 1 ? `Replace the only use of \`${api}\` in this file` : `Replace all uses of \`${api}\` in this file`;
  const share = found.length === 1 || review.length === 0 ? '' : ` (${found.length - review.length} safe, ${review.length} to review)`;
  const doubt = found.length === 1 ? '' : `${review.length} of the ${found.length} uses of this name ${review.length === 1 ? 'wants' : 'want'} a look: `;
  return {
    report: {
      title: title + share,
      target,
      safety: review.length === 0 ? 'safe' : 'review',
      preconditions: distinct(found.flatMap(({ report }) => report.preconditions)),
      ...(first?.report.why === undefined ? {} : { why: doubt + first.report.why }),
      uses: found.length,
      ...(parties.length > 0 ? { files: new Set(parties.flatMap(({ files }) => files.map(({ uri }) => uri))).size } : {}),
      edits: [],
    },
    get parts() { return found.flatMap(({ parts }) => parts); },
    parties,
  };
}

/** A fix of several files; its parts are those of this one. */
function offeredTogether(party: Party, facts: FileFacts, uri: string | undefined): Offered {
  const { title, safety, why, preconditions, files } = party;
  return { report: { title, target: 'threading', safety, preconditions, ...(why === undefined ? {} : { why }), files: files.length, edits: [] }, get parts() { return partsHere(party, facts, uri); }, parties: [party] };
}

/** The marks of a file that move with a party. */
function partsHere({ files }: Party, { marks }: FileFacts, uri: string | undefined): Offered['parts'] {
  const picks = new Map(files.find((file) => file.uri === uri)?.picks.map(({ item, proposal }) => [item, proposal]));
  return marks.flatMap(({ identity }, mark) => {
    const proposal = picks.get(identity);
    return proposal === undefined ? [] : [{ mark, proposal }];
  });
}

function distinct(preconditions: readonly Precondition[]): readonly Precondition[] {
  return [...new Map(preconditions.map((each) => [each.text, each])).values()];
}

function finding(mark: MarkFacts, facts: FileFacts, court: Court): Finding | undefined {
  const severity = severityOf(mark.rule, court);
  if (severity === 'off') return undefined;
  const keptBy = facts.suppressions.find((suppression) => suppresses(suppression, mark));
  const fixes = offers(mark, facts, court).map(({ report }) => report);
  const reason = court.doubles?.keeps[mark.identity] ?? reasonFor(mark.proposals, fixes, court.settings.target);
  return {
    rule: mark.rule,
    api: mark.api,
    ...(mark.via === undefined ? {} : { via: mark.via }),
    ...(mark.trail ? { trail: mark.trail } : {}),
    ...(mark.origin ? { origin: mark.origin } : {}),
    kind: mark.kind,
    message: court.doubles?.remarks[mark.identity] ?? mark.message,
    severity,
    range: mark.range,
    position: mark.position,
    line: mark.line,
    highlight: mark.highlight,
    guide: court.guide(mark.rule),
    pattern: anyRule(mark.rule)?.pattern ?? 1,
    fingerprint: court.digest(mark.identity),
    ...(keptBy ? { suppressed: keptBy.reason } : {}),
    ...(reason === undefined ? {} : { reason }),
    fixes,
  };
}

/** Why there is no safe fix for the target; undefined where there is one. */
function reasonFor(proposals: readonly ProposalFacts[], fixes: readonly FixReport[], target: Target): string | undefined {
  const own = fixes.filter((fix) => fix.target === target);
  if (own.some(({ safety }) => safety === 'safe')) return undefined;
  const refused = proposals.find((proposal) => proposal.target === target && 'reason' in proposal);
  return own[0]?.why ?? (refused && 'reason' in refused ? refused.reason : `there is no rewrite to ${target} for this; the guide page says what to do`);
}

export function suppresses(suppression: Suppression, mark: MarkFacts): boolean {
  const isReached = suppression.reach.some(({ start, end }) => start <= mark.range.start && mark.range.start <= end);
  if (!isReached) return false;
  return suppression.isNoqa ? mark.form === 'import' : suppression.rules.some(({ id }) => id === mark.rule);
}

/** An id that no rule has, and a comment that keeps nothing, are findings themselves. */
function aboutSuppressions(facts: FileFacts, court: Court): readonly Finding[] {
  return facts.suppressions.flatMap((suppression) => {
    if (suppression.isNoqa) return [];
    return suppression.rules.flatMap((name): readonly Finding[] => {
      if (!anyRule(name.id)) return [commentFinding('unknown-keep', `\`${name.id}\` is no rule of this tool, so this comment keeps nothing.`, name, suppression, court)];
      const isUsed = facts.marks.some((mark) => mark.rule === name.id && suppresses(suppression, mark));
      return isUsed ? [] : [commentFinding('unused-keep', `There is no \`${name.id}\` finding here to keep; the comment can go.`, name, suppression, court)];
    });
  });
}

function commentFinding(rule: string, message: string, at: Suppression['rules'][number], suppression: Suppression, court: Court): Finding {
  return {
    rule,
    api: 'eventlet',
    kind: 'code',
    message,
    severity: 'warning',
    range: { start: at.start, end: at.end },
    position: at.position,
    line: suppression.line,
    highlight: [at.start - suppression.lineStart, at.end - suppression.lineStart],
    guide: court.guide(rule),
    pattern: 9,
    fingerprint: court.digest(`${rule}|${at.id}|${suppression.reason}`),
    reason: 'a comment is edited by its author',
    fixes: [],
  };
}

/**
 * Whether there is nothing to say of a mark: a native backend has been chosen, it names a part of the package that the project makes, or it
 * is a test double of what has taken eventlet's place.
 */
export function isSettled({ rule: id, api, identity }: Pick<MarkFacts, 'rule' | 'api' | 'identity'>, facts: FileFacts, court: Court): boolean {
  const rule = anyRule(id);
  const hasBackend = (court.choosesThreads || facts.choosesThreads === true) && rule !== undefined && 'endsWithNativeBackend' in rule;
  return hasBackend || (court.ownPackages.size > 0 && court.ownPackages.has(/^\w*/.exec(api)?.[0] ?? '')) || court.doubles?.ofOurs[identity] === true;
}

/** How loudly a rule speaks here. */
export function severityOf(rule: string, court: Court): Severity | 'off' {
  return court.settings.severity[rule] ?? anyRule(rule)?.severity ?? 'warning';
}

function explanation(condition: Condition): string {
  return condition.kind === 'patched' ? condition.otherwise : `it could not be shown that ${condition.text}`;
}

