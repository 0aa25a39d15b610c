import { layout, type Layout } from '../edits/layout';
import { LineIndex } from '../edits/lines';
import { merge } from '../edits/merge';
import type { TextEdit } from '../edits/textEdit';
import { eventlet } from '../python/eventlet';
import { Names, type Variable } from '../python/names';
import { membersReplacedAt } from '../python/stringTargets';
import { findUses, own, type Export, type NameUse, type Reach, type StandInUse, type StringUse, type Use } from '../python/uses';
import type { Hop } from '../python/values';
import { compose, isGone } from '../rules/compose';
import { ruleFor, ruleForStandIn } from '../rules/index';
import { standInMessage, standInProposals } from '../rules/standIns';
import { dottedName, type Change } from '../rules/kit/change';
import { doubleOf } from '../rules/kit/doubles';
import { greenModuleOf } from '../rules/kit/greenImports';
import { withHelper, type Helpers } from '../rules/kit/helpers';
import { patchedMember } from '../rules/kit/patchedMember';
import { Memory, type FileView } from '../rules/kit/view';
import { isFix, type Condition, type Fix, type NoFix, type Proposal, type Rule } from '../rules/rule';
import { deepestBracket } from '../syntax/brackets';
import { isField, type Tree } from '../syntax/node';
import type { Range, Target } from '../protocol';
import type { Double } from './doubles';
import type { FindingKind, Origin, Span } from './finding';
import { identity, numbered, scopeIn, surroundings } from './fingerprint';
import type { Held } from './moduleIndex';
import { originOf } from './origins';
import { Loading } from './loading';
import { isSameData } from './sameData';
import { patchCallsOf, type PlacedPatchCall } from './services/patchCalls';
import { suppressionsOf, type Suppression } from './suppressions';
import { withoutText } from './withoutText';

/** What the analysis of a file needs to know beside its text. */
export interface AnalysisContext {
  /** How the file's names lead to eventlet, and strings that may name it without its name; by default eventlet itself. */
  readonly reach?: Reach;
  readonly strings?: readonly string[];
  /** Names of this module that other files import from it or patch in it; with a dot in front, those with an underscore that they may mean by `thing._name`. */
  readonly namedElsewhere: Pick<ReadonlySet<string>, 'has'>;
  /** Whether it is a module of tests that no other module names: what is in it is its own. */
  readonly isUnshared?: true;
  /** Of a package: its modules that are called like one of the standard library. */
  readonly submodules?: readonly string[];
  readonly python: readonly [number, number];
  /** What the project has of its own in the place of eventlet's names; none by default. */
  readonly helpers?: Helpers;
  /** Dotted name of the module for helper code; rewrites that need such code are not offered where there is none. */
  readonly helperModule?: string | undefined;
}

/** One use and what its rule says of it. Valid as long as the tree is. */
export interface Mark {
  readonly use: Use | StandInUse;
  readonly rule: Rule;
  readonly proposals: readonly Proposal[];
}

/** Everything that is known of one version of one file, while its tree is alive. */
export interface Analysis {
  readonly view: FileView;
  readonly lines: LineIndex;
  readonly marks: readonly Mark[];
  readonly suppressions: readonly Suppression[];
  readonly exports: readonly Export[];
  /** Why nothing is said of it, where the code cannot be followed. */
  readonly givenUp?: GivenUp;
}

/** The code is nested too deeply, or broken in too many places. */
export type GivenUp = 'depth' | 'errors';

/** What outlives the tree: plain data, the same for equal texts. The verdict on each fix is passed later, when the process is known. */
export interface FileFacts {
  readonly marks: readonly MarkFacts[];
  readonly suppressions: readonly Suppression[];
  /** The calls of `monkey_patch`, in text order. */
  readonly patches: readonly PlacedPatchCall[];
  /** Whether green threads are started here. */
  readonly startsGreenThreads: boolean;
  /** What other modules can get of eventlet here. */
  readonly exports: readonly Held[];
  readonly doubles: readonly Double[];
  /** Whether it chooses a backend of oslo.service that runs on threads. */
  readonly choosesThreads?: true;
  readonly hasErrors: boolean;
  readonly givenUp?: GivenUp;
}

export interface MarkFacts {
  readonly rule: string;
  readonly api: string;
  readonly via?: string;
  readonly trail?: readonly Hop[];
  readonly origin?: Origin;
  /** `text` in a file that is no Python. */
  readonly form: Use['form'] | StandInUse['form'] | 'text';
  /** Of a name: the attribute of a module that is read whenever the code runs; absent for a bare name. */
  readonly attribute?: string;
  readonly kind: FindingKind;
  readonly message: string;
  readonly range: Span;
  readonly position: Range;
  readonly line: string;
  readonly highlight: readonly [number, number];
  readonly identity: string;
  /** What it stands between, see `surroundings`. */
  readonly near: string;
  readonly proposals: readonly ProposalFacts[];
}

export type ProposalFacts = FixFacts | NoFixFacts;

export interface NoFixFacts {
  readonly target: Target;
  readonly reason: string;
  /** The marks whose fixes together are the fix of this one. */
  readonly uses?: readonly number[];
}

/** A fix without its edits: they are computed again when somebody wants them. */
export interface FixFacts {
  readonly target: Target;
  readonly title: string;
  readonly claim: 'safe' | 'review';
  readonly conditions: readonly Condition[];
  readonly why?: string;
  readonly affects?: readonly string[];
  /** What the name or the target of this mark becomes: `time.sleep`; its own text where it stays, absent where the code changes in another way. */
  readonly becomes?: string;
  /** The dotted name of that, where it goes by another one there: `time.sleep` for `time_module.sleep`, and for a `sleep` that it is assigned to. */
  readonly means?: string;
  /** Nothing changes but names: what is called gets the same arguments. */
  readonly keepsArguments?: true;
}

export function analyse(text: string, tree: Tree, context: AnalysisContext): Analysis {
  if (isBrokenEverywhere(tree)) return nothingSaid(text, tree, context, 'errors');
  try {
    if (!isNestedTooDeeply(text, tree)) return analysed(text, tree, context);
  } catch (error) {
    if (!isTooDeep(error)) throw error;
  }
  return nothingSaid(text, tree, context, 'depth');
}

function nothingSaid(text: string, tree: Tree, context: AnalysisContext, givenUp: GivenUp): Analysis {
  const view: FileView = { text, tree, names: new Names(text, tree), uses: [], holders: [], layout: layout(text), namedElsewhere: context.namedElsewhere, python: context.python, memory: new Memory() };
  return { view, lines: new LineIndex(text), marks: [], exports: [], suppressions: [], givenUp };
}

/** Statements at the top; a file in which so many are broken is no Python that anybody works on. */
const mostBroken = 1000;

/** Whether syntax errors are all over a file. What is found between them costs more time than anybody would wait, and nothing of it could be fixed. */
function isBrokenEverywhere({ rootNode }: Tree): boolean {
  if (!rootNode.hasError) return false;
  let broken = 0;
  for (const statement of rootNode.children) if (statement.hasError && ++broken > mostBroken) return true;
  return false;
}

/** CPython's tokenizer refuses more brackets than these inside of each other ("too many nested parentheses", MAXLEVEL). */
const mostBrackets = 200;

/** Nodes on the way down to them; what is far beyond Python's own limit is not worth the time that it takes. */
const mostNodes = 1000;

/** Whether brackets are nested so deeply; those in strings and comments do not count, as the tree shows. */
function isNestedTooDeeply(text: string, tree: Tree): boolean {
  if (tree.opensAtMost(mostBrackets)) return false;
  let nodes = 0;
  for (let node = tree.rootNode.descendantForIndex(deepestBracket(text).offset).parent; node; node = node.parent) nodes++;
  return nodes > mostNodes;
}

/** Code that is nested, or hands a value on, more often than our stack is deep: a program wrote it, or somebody who means harm. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

function analysed(text: string, tree: Tree, context: AnalysisContext): Analysis {
  const names = new Names(text, tree);
  const { all, standIns, holders, exports } = findUses(names, eventlet, context.reach ?? own(eventlet), context.strings);
  let known: Layout | undefined;
  const view: FileView = { text, tree, names, uses: all, holders, get layout() { return (known ??= layout(text)); }, namedElsewhere: context.namedElsewhere, python: context.python, ...(context.isUnshared ? { isUnshared: context.isUnshared } : {}), ...(context.submodules ? { submodules: context.submodules } : {}), ...(context.helpers ? { helpers: context.helpers } : {}), ...(context.helperModule === undefined ? {} : { helperModule: context.helperModule }), memory: new Memory() };
  const lines = new LineIndex(text);
  const direct = all.flatMap((use): readonly Mark[] => {
    const rule = ruleFor(use);
    return rule ? [{ use, rule, proposals: proposals(rule, use, view) }] : [];
  });
  const behind = standIns.flatMap((use): readonly Mark[] => {
    const rule = ruleForStandIn(use);
    return rule ? [{ use, rule, proposals: standInProposals(use) }] : [];
  });
  const marks = behind.length === 0 ? direct : [...direct, ...behind].sort((a, b) => a.use.start - b.use.start || a.use.end - b.use.end);
  return { view, lines, marks, exports, suppressions: suppressionsOf(text, tree, lines) };
}

/** The edits of one fix, imports included. */
export function editsOf(analysis: Analysis, proposal: Proposal): ReturnType<typeof compose>['edits'] {
  return isFix(proposal) ? compose(analysis.view, [proposal.change]).edits : [];
}

/** Proposals that are the same as in `before`, the facts of the last version of the file, are the same objects: what was made of them still stands. */
export function factsOf(analysis: Analysis, before?: FileFacts): FileFacts {
  const { view, lines, marks, suppressions } = analysis;
  const hasErrors = view.tree.rootNode.hasError;
  // Where nothing is rewritten all proposals are others.
  const known = hasErrors ? undefined : before && new Map(before.marks.map(({ identity, proposals }) => [identity, proposals]));
  const loading = new Loading(analysis);
  const identities = numbered(marks.map(({ rule, use }) => identity(rule.id, use)));
  return {
    marks: marks.map((mark, index) => markFacts(mark, identities[index] ?? '', view, lines, marks, loading, known)),
    suppressions,
    patches: patchCallsOf(analysis),
    startsGreenThreads: marks.some(({ use: { form, api } }) => form !== 'string' && startingNames.test(api)),
    exports: analysis.exports.map((each) => held(each, lines)),
    doubles: marks.flatMap((mark, index) => doubleAt(mark, index) ?? [...replacedAt(mark, index)]),
    ...(view.uses.some(({ form, api }) => form === 'name' && api === 'oslo_service.backend.BackendType.THREADING') ? { choosesThreads: true } : {}),
    hasErrors,
    ...(analysis.givenUp ? { givenUp: analysis.givenUp } : {}),
  };
}

/** What starts green threads, by itself or when it is called. */
const startingNames = /^eventlet\.(spawn|GreenPool|GreenPile|serve$|wsgi\.server$|dagpool\.|backdoor\.|greenthread\.(spawn|call_after|exc_after)|hubs\.)/;

/** In a file with syntax errors nothing is rewritten: whether the result still parses could not be told. A change that cannot be made is no fix. */
function proposals(rule: Rule, use: Use, view: FileView): readonly Proposal[] {
  const made = withHelper(rule.proposals(use, view), use, view).map((proposal) => (isFix(proposal) && proposal.change.refusal !== undefined ? { target: proposal.target, reason: proposal.change.refusal } : proposal));
  if (!view.tree.rootNode.hasError) return made;
  return made.map(({ target }) => ({ target, reason: 'the file has syntax errors; nothing in it is rewritten before they are gone' }));
}

/** Where a finding is, with the line that it starts on, for those who do not have the text. `scope` names the function around. */
export function placeOf({ start, end }: Span, lines: LineIndex, scope = ''): Pick<MarkFacts, 'range' | 'position' | 'line' | 'highlight' | 'near'> {
  const position = { start: lines.position(start), end: lines.position(end) };
  const whole = lines.line(position.start.line);
  const line = whole.trim();
  const indent = whole.length - whole.trimStart().length;
  const from = Math.max(0, start - lines.start(position.start.line) - indent);
  return { range: { start, end }, position, line, near: surroundings(lines, position.start.line, scope), highlight: [from, Math.min(line.length, from + end - start)] };
}

function markFacts({ use, rule, proposals }: Mark, identity: string, { names }: FileView, lines: LineIndex, marks: readonly Mark[], loading: Loading, known: Known | undefined): MarkFacts {
  const origin = use.form === 'stand-in' ? originOf(use, names, lines) : undefined;
  return {
    rule: rule.id,
    api: use.api,
    ...(use.via === undefined ? {} : { via: use.via }),
    ...(use.trail ? { trail: use.trail } : {}),
    ...(origin ? { origin } : {}),
    form: use.form,
    ...(use.form === 'name' && use.attribute !== undefined ? { attribute: use.attribute } : {}),
    kind: rule.kind ?? (use.form === 'string' ? (use.purpose === 'mock' ? 'test-double' : 'string') : 'code'),
    message: use.form === 'stand-in' ? standInMessage(use) : rule.message(use) + through(use),
    ...placeOf(use, lines, scopeIn(identity)),
    identity,
    proposals: carriedOver(proposals.map((proposal) => proposalFacts(proposal, use, marks, loading)), identity, known),
  };
}

/** The proposals of the last version of a file, by the identity of their mark. */
type Known = ReadonlyMap<string, readonly ProposalFacts[]>;

/** What may live through many versions must not hold on to the text of one. */
function carriedOver(now: readonly ProposalFacts[], identity: string, known: Known | undefined): readonly ProposalFacts[] {
  if (!known) return now;
  const before = known.get(identity);
  return before && isSameData(before, now) ? before : withoutText(now);
}

/** What a module holds, with the place of the name instead of its offset. */
function held({ at, ...what }: Export, lines: LineIndex): Held {
  if (at === undefined) return { export: what };
  const name = what.name.slice(what.name.lastIndexOf('.') + 1);
  return { export: what, position: { start: lines.position(at), end: lines.position(at + name.length) } };
}

/** The way that a name came, in words. */
function through({ trail = [] }: Use): string {
  const modules = [...new Set(trail.map(({ module }) => `\`${module}\``))];
  return modules.length === 0 ? '' : ` It comes through ${modules.join(', which has it from ')}.`;
}

function proposalFacts(proposal: Proposal, use: Mark['use'], marks: readonly Mark[], loading: Loading): ProposalFacts {
  if (!isFix(proposal)) return noFixFacts(proposal, marks);
  const { target, title, claim, why, change } = proposal;
  const conditions = loading.conditions(proposal, use);
  const affects = [...new Set([...(proposal.affects ?? []), ...placesOf(change, marks).names])];
  return { target, title, claim, conditions, ...(why === undefined ? {} : { why }), ...(affects.length > 0 ? { affects } : {}), ...(use.form === 'name' ? renaming(use, change, marks) : {}), ...(use.form === 'string' ? retargeting(use, change) : {}) };
}

function renaming({ start, end, node }: NameUse, change: Change, marks: readonly Mark[]): Pick<FixFacts, 'becomes' | 'means' | 'keepsArguments'> {
  const { edits, modules } = change;
  const own = edits.filter((edit) => edit.start < end && start < edit.end);
  const [first] = own;
  const keepsArguments = placesOf(change, marks).others.every((edit) => edit.start < edit.end && start <= edit.start && edit.end <= end);
  const becomes = first ? (own.length === 1 && first.start === start && first.end === end ? first.newText : undefined) : node.text;
  const means = [becomes, ...(first ? [] : edits.map(({ newText }) => newText))].map((text) => dottedName(text, modules)).find((dotted) => dotted !== undefined);
  return { ...(becomes === undefined ? {} : { becomes }), ...(means === undefined || means === becomes ? {} : { means }), ...(keepsArguments ? { keepsArguments } : {}) };
}

/** What stands between the quotes afterwards, where nothing else changes; of `patch.object(time, 'sleep')` the whole name. */
function retargeting({ start, end, text, owner }: StringUse, { edits, modules }: Change): Pick<FixFacts, 'becomes'> {
  const [edit, ...others] = edits;
  if (owner) {
    const module = edit?.start === owner.startIndex && edit.end === owner.endIndex ? modules.get(edit.newText) : undefined;
    const member = others.find((other) => other.start === start)?.newText ?? text;
    return module === undefined ? {} : { becomes: `${module}.${member}` };
  }
  return edit && others.length === 0 && start <= edit.start && edit.end === end ? { becomes: text.slice(0, edit.start - start) + edit.newText } : {};
}

/** The test double at a mark, with what it becomes. */
function doubleAt({ use, proposals }: Mark, index: number): Double | undefined {
  const patched = use.form === 'name' ? patchedMember(use) : undefined;
  const target = use.form === 'string' && use.purpose === 'mock' ? { api: use.api, attribute: use.attribute ?? use.text, owner: ownerOf(use), namesEventlet: use.via === undefined } : typeof patched === 'object' ? { ...patched, owner: '', namesEventlet: use.via === undefined } : undefined;
  if (!target) return undefined;
  const { api, attribute, owner, namesEventlet } = target;
  const double = doubleOf(api);
  const isRewritten = proposals.some((proposal) => proposal.target === 'threading' && isFix(proposal));
  const isKept = !isRewritten && use.via !== undefined && greenModuleOf(api) !== undefined;
  return { mark: index, api, attribute, owner, namesEventlet, ...('native' in double && (isRewritten || isKept) ? { native: double.native } : {}), ...(isKept ? { isKept } : {}) };
}

/** What an assignment replaces (`pkg.mod.eventlet.sleep = fake`), and `patch.multiple`: code that moved would notice none of it. */
function* replacedAt({ use }: Mark, mark: number): Generator<Double> {
  if (use.form !== 'name') return;
  const namesEventlet = use.via === undefined;
  const { parent } = use.node;
  if (use.attribute !== undefined && parent?.type === 'assignment' && isField(parent, 'left', use.node)) yield { mark, api: use.api, attribute: use.attribute, owner: '', namesEventlet };
  for (const member of membersReplacedAt(use.node)) yield { mark, api: eventlet.canonical(`${use.api}.${member}`), attribute: `${use.api}.${member}`, owner: '', namesEventlet };
}

/** The module of the project that the target of a mock leads through; empty for a target that begins with eventlet itself. */
function ownerOf({ text, via }: StringUse): string {
  const parts = text.split('.');
  return via ?? parts.slice(0, Math.max(0, parts.indexOf('eventlet'))).join('.');
}

function noFixFacts({ target, reason, unlessFixed }: NoFix, marks: readonly Mark[]): NoFixFacts {
  const uses = unlessFixed && fixedUses(unlessFixed, target, marks);
  return { target, reason, ...(uses ? { uses } : {}) };
}

/** The marks of all uses of a name, where each has a fix that takes the name away and none has to wait for another. */
function fixedUses({ name, reads }: Variable, target: Target, marks: readonly Mark[]): readonly number[] | undefined {
  const uses = new Set<number>();
  const changes = new Set<Change>();
  const places = new Map(marks.flatMap(({ use }, index) => (use.form === 'name' ? [[use.root.id, index] as const] : [])).reverse());
  for (const { node } of reads) {
    const index = places.get(node.id) ?? -1;
    const fix = marks[index]?.proposals.find((proposal): proposal is Fix => proposal.target === target && isFix(proposal));
    if (!fix || !isGone(node.startIndex, node.endIndex, name, fix.change.edits)) return undefined;
    uses.add(index);
    changes.add(fix.change);
  }
  return merge([...changes].map(({ edits }) => edits)).deferred.length === 0 ? [...uses] : undefined;
}

/** What a change does to the places of a file's marks. */
interface Places {
  /** The names whose places it rewrites together: a test double of one of them is one of all. */
  readonly names: readonly string[];
  /** The edits that are not of such a place alone. */
  readonly others: readonly TextEdit[];
}

/** One change may be the fix of a thousand uses. */
const knownPlaces = new WeakMap<Change, Places>();

function placesOf(change: Change, marks: readonly Mark[]): Places {
  const known = knownPlaces.get(change);
  if (known) return known;
  const { edits } = change;
  const touched = edits.length < 2 ? [] : marks.filter(({ use }) => use.form === 'name' && edits.some(({ start, end }) => start < use.end && use.start < end));
  const others = edits.filter((edit) => edit.start === edit.end || !marks.some(({ use }) => use.start <= edit.start && edit.end <= use.end));
  const made = { names: [...new Set(touched.map(({ use }) => use.api))], others };
  knownPlaces.set(change, made);
  return made;
}
