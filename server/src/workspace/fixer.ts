import { LineIndex } from '../edits/lines';
import { merge } from '../edits/merge';
import type { Host } from '../host';
import type { OtherFile } from '../rules/kit/change';
import type { SyntaxParser } from '../syntax/parser';
import { factsOf, type Analysis, type AnalysisContext, type FileFacts } from './analysis';
import { ChangeSet } from './changeSet';
import type { Party } from './doubles';
import type { FileChange, FileEdit, FileReport, Finding, FixReport } from './finding';
import { canMake, draftOf, fixText, isDone, offerOf, partiesWanted, type Draft, type FixChoice } from './fix';
import type { Court } from './judge';
import type { Target } from '../protocol';
import { draftOfText, fixTextFile } from './texts';

/** Which fixes are wanted; of each file for the target that is set for it, where none is named. */
export type WorkspaceFixChoice = Omit<FixChoice, 'target' | 'items'> & {
  readonly target?: Target;
  /** Only these findings: fingerprints by the URI of their file. */
  readonly items?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Leaves out what changes other files too. */
  readonly isAlone?: boolean;
};

/** What parties change, worked out once for all findings that belong to them. */
export type Memo = Map<Party, readonly FileChange[]>;

/** Whether the edits of one of the fixes of a finding are asked for. */
export type WantedFix = (finding: Finding, fix: FixReport) => boolean;

/** What fixing has to know of the workspace. */
export interface Desk {
  readonly host: Host;
  readonly parser: SyntaxParser;
  court(uri: string): Court;
  target(uri: string): Target;
  pathOf(uri: string): string;
  isText(uri: string): boolean;
  /** The text as it is now, in the buffer or on disk; undefined where there is no such file. */
  read(uri: string): Promise<string | undefined | { readonly reason: string }>;
  facts(uri: string): FileFacts | undefined;
  /** What is known beside a text, as if other files had the texts in `instead`, by URI. */
  contextOf(uri: string, text: string, instead: ReadonlyMap<string, string>): AnalysisContext;
  withAnalysis<Result>(uri: string, ask: (analysis: Analysis) => Result): Promise<Result | undefined>;
  /** The file of a module, named as a file of the same project does; where there is none yet, the one to be made. */
  moduleFile(module: string, near: string): string;
}

/** Computes what fixes change, in one file or in several. Nothing is written. */
export class Fixer {
  constructor(private readonly desk: Desk) {}

  /**
   * What fixing would do to the files, computed in memory to a fixed point. What moves together with test doubles in other files is
   * made there, too.
   */
  async fix(choice: WorkspaceFixChoice, uris: readonly string[], { progress, isCancelled }: { progress?(done: number, total: number): void; isCancelled?(): boolean } = {}): Promise<readonly FileChange[]> {
    const parties = choice.isAlone ? noParties : await this.wholeParties(choice, uris);
    const made = new ChangeSet();
    await this.desk.parser.ready();
    const order = inOrder(parties, uris);
    const asked = new Set(uris);
    for (const [index, uri] of order.entries()) {
      if (isCancelled?.()) break;
      const text = made.textOf(uri) ?? (await this.desk.read(uri));
      if (typeof text === 'string') await this.make(uri, text, this.fixed(uri, text, asked.has(uri) ? choice : { ...choice, rules: [] }, parties, made), made);
      progress?.(index + 1, order.length);
      await this.desk.host.pause();
    }
    for (const { files } of parties) made.tie(files.map(({ uri }) => uri));
    return made.all;
  }

  /** What one fix of a finding changes; nothing where the file has moved on and the finding is of another text. */
  async changesOf(uri: string, finding: Finding, fix: number): Promise<readonly FileChange[]> {
    const found = await this.drafts(uri, [finding], (_, each) => each === finding.fixes[fix]);
    return found ? this.changes(uri, found, finding, fix, new Map()) : [];
  }

  /** Findings of one text with the edits of their fixes filled in, or of those that are wanted. Who asks for many files hands the same memo in for each. */
  async report(uri: string, findings: readonly Finding[], memo: Memo = new Map(), isWanted: WantedFix = () => true): Promise<FileReport | undefined> {
    const found = await this.drafts(uri, findings, isWanted);
    if (!found) return undefined;
    const filled: Finding[] = [];
    for (const finding of findings) {
      const fixes: Finding['fixes'][number][] = [];
      for (const [index, fix] of finding.fixes.entries()) {
        fixes.push({ ...fix, edits: (await this.changes(uri, found, finding, index, memo)).flatMap(fileEdits) });
      }
      filled.push({ ...finding, fixes });
    }
    return { uri, text: found.text, findings: filled };
  }

  /** Those parties that are wanted and can be made in all their files at once, as these are now. */
  private async wholeParties(choice: WorkspaceFixChoice, uris: readonly string[]): Promise<ReadonlySet<Party>> {
    const { desk } = this;
    const wanted = uris.flatMap((uri) => {
      const facts = desk.facts(uri);
      return facts ? partiesWanted(facts, this.choiceFor(uri, choice), desk.court(uri)) : [];
    });
    return this.whole(new Set(wanted));
  }

  private async whole(parties: ReadonlySet<Party>): Promise<ReadonlySet<Party>> {
    const whole = new Set<Party>();
    for (const party of parties) {
      const isPossible = await Promise.all(party.files.map(({ uri, picks }) => this.desk.withAnalysis(uri, (analysis) => canMake(analysis, picks))));
      if (isPossible.every((possible) => possible === true)) whole.add(party);
    }
    return whole;
  }

  private fixed(uri: string, text: string, choice: WorkspaceFixChoice, parties: ReadonlySet<Party>, made: ChangeSet): Draft {
    const { desk } = this;
    const whole = this.choiceFor(uri, choice);
    const court = desk.court(uri);
    if (desk.isText(uri)) return { ...fixTextFile(text, desk.pathOf(uri), whole, court), elsewhere: [] };
    const picks = [...parties].flatMap(({ files }) => files.find((file) => file.uri === uri)?.picks ?? []);
    const facts = made.textOf(uri) === undefined && picks.length === 0 ? desk.facts(uri) : undefined;
    if (facts && isDone(facts, whole, court)) return noDraft;
    const instead = picks.length > 0 ? made.texts : noTexts;
    return fixText(text, whole, { parser: desk.parser, context: desk.contextOf(uri, text, instead), court }, { parties, picks });
  }

  private choiceFor(uri: string, { items, target, isAlone, ...choice }: WorkspaceFixChoice): FixChoice {
    return { ...choice, target: target ?? this.desk.target(uri), ...(items ? { items: items.get(uri) ?? new Set<string>() } : {}) };
  }

  /** The text of a file and the drafts of all fixes of its findings, worked out in one turn. */
  private async drafts(uri: string, findings: readonly Finding[], isWanted: WantedFix): Promise<Drafts | undefined> {
    const { desk } = this;
    const text = desk.isText(uri) ? await desk.read(uri) : undefined;
    const worked = (draft: (finding: Finding, fix: number) => Worked) => new Map(findings.map((finding) => [finding, finding.fixes.map((fix, index) => (isWanted(finding, fix) ? draft(finding, index) : nothing))]));
    if (typeof text === 'string') return { text, drafts: worked((finding, fix) => ({ draft: draftOfText(finding, fix, text, desk.pathOf(uri)), parties: noParties })) };
    return desk.withAnalysis(uri, (analysis) => {
      const facts = factsOf(analysis);
      const drafts = worked((finding, fix) => {
        const offered = offerOf(facts, finding, fix, desk.court(uri));
        return { draft: offered ? draftOf(analysis, offered) : { edits: [], elsewhere: [] }, parties: new Set(offered?.parties) };
      });
      return { text: analysis.view.text, drafts };
    });
  }

  private async changes(uri: string, { text, drafts }: Drafts, finding: Finding, fix: number, memo: Memo): Promise<readonly FileChange[]> {
    const { draft, parties } = drafts.get(finding)?.[fix] ?? nothing;
    const [party] = parties;
    if (party && finding.fixes[fix]?.uses === undefined) return this.partyChanges(party, memo);
    const made = new ChangeSet();
    const others = (await Promise.all([...parties].map((each) => this.partyChanges(each, memo)))).flat().filter((change) => change.uri !== uri);
    for (const change of distinctFiles(others)) made.add(change.uri, change.before, change.edits);
    const whole = party ? this.fixed(uri, text, { review: true, item: finding.fingerprint, target: 'threading' }, parties, made) : draft;
    await this.make(uri, text, whole, made);
    made.tie(made.all.map((change) => change.uri));
    return made.all;
  }

  private async partyChanges(party: Party, memo: Memo): Promise<readonly FileChange[]> {
    const known = memo.get(party);
    if (known) return known;
    const made = new ChangeSet();
    const parties = await this.whole(new Set([party]));
    for (const uri of inOrder(parties, [])) {
      await this.desk.host.pause();
      const text = await this.desk.read(uri);
      if (typeof text === 'string') await this.make(uri, text, this.fixed(uri, text, { review: false, rules: [], target: 'threading' }, parties, made), made);
    }
    made.tie(party.files.map(({ uri }) => uri));
    const changes = made.all;
    memo.set(party, changes);
    return changes;
  }

  /** All of a draft or, where a file that it needs cannot be read, nothing. */
  private async make(uri: string, text: string, { edits, elsewhere }: Draft, made: ChangeSet): Promise<void> {
    const others: { readonly file: string; readonly text: string | undefined; readonly other: OtherFile }[] = [];
    for (const other of elsewhere) {
      const file = this.desk.moduleFile(other.module, uri);
      const present = made.textOf(file) ?? (await this.desk.read(file));
      if (typeof present === 'object') return;
      others.push({ file, text: present, other });
    }
    made.add(uri, text, edits);
    for (const { file, text: present, other } of others) {
      made.add(file, present, other.edits(made.textOf(file) ?? present));
      made.tie([uri, file]);
    }
  }
}

const noParties: ReadonlySet<Party> = new Set();
const noDraft: Draft = { edits: [], elsewhere: [] };
const noTexts: ReadonlyMap<string, string> = new Map();
const nothing: Worked = { draft: noDraft, parties: noParties };

interface Worked {
  readonly draft: Draft;
  readonly parties: ReadonlySet<Party>;
}

interface Drafts {
  readonly text: string;
  readonly drafts: ReadonlyMap<Finding, readonly Worked[]>;
}

/** The changes of several parties, each file once. They are of one text, and parties that meet in a file change different names. */
function distinctFiles(changes: readonly FileChange[]): readonly FileChange[] {
  return [...new Set(changes.map(({ uri }) => uri))].flatMap((uri) => {
    const own = changes.filter((change) => change.uri === uri);
    const [first] = own;
    return first ? [{ ...first, edits: merge(own.map(({ edits }) => edits)).edits }] : [];
  });
}

/** Files with doubles come first: when they do not name the import of another module any more, it can go. */
function inOrder(parties: ReadonlySet<Party>, uris: readonly string[]): readonly string[] {
  const files = [...parties].flatMap((party) => party.files);
  return [...new Set([...files.filter(({ hasDoubles }) => hasDoubles), ...files].map(({ uri }) => uri).concat(uris))];
}

function fileEdits({ uri, before, edits }: FileChange): readonly FileEdit[] {
  const lines = new LineIndex(before);
  return edits.map(({ start, end, newText }) => ({ uri, start, end, newText, position: { start: lines.position(start), end: lines.position(end) } }));
}
