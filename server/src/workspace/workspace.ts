import type { Host } from '../host';
import { LineIndex } from '../edits/lines';
import type { Position, Range, Settings } from '../protocol';
import type { PatchGroup } from '../rules/rule';
import { SyntaxParser, type TextChange } from '../syntax/parser';
import { analyse, factsOf, type Analysis, type FileFacts } from './analysis';
import { callChain, type CallChain } from './chain/callChain';
import { Courts, type Archive } from './courts';
import { CrossIndex } from './crossIndex';
import { Disk, type ScanWatch } from './disk';
import { FactsCache } from './factsCache';
import type { FileChange, FileReport, Finding, Related } from './finding';
import { Fixer, type Desk, type Memo, type WantedFix, type WorkspaceFixChoice } from './fixer';
import { judge, type Court } from './judge';
import { OpenFiles } from './openFiles';
import type { ProjectProblem, ProjectSettings } from './projects';
import { moduleFile } from './moduleFile';
import { isPython, type Survey } from './survey';
import { Territory } from './territory';
import { textFacts } from './texts';
import type { Services } from './services/services';

export { guidePage } from './courts';
export type { ScanWatch } from './disk';
export type { Memo, WorkspaceFixChoice } from './fixer';

export interface WorkspaceOptions {
  /** URIs of folders or files. */
  readonly roots: readonly string[];
  readonly settings?: Partial<Settings>;
  /** What counts more than any project file, because somebody wrote it on the command line. */
  readonly explicit?: Partial<Settings>;
  /** Whether the parser is loaded only when something has to be parsed; then no file may be opened before. */
  readonly isLazy?: boolean;
  /** What the first scan need not look for again. Whoever gives it learns what was `readBeside`. */
  readonly survey?: Survey;
}

export interface Counts {
  /** Python files that the project counts as its own; what else is looked at is not counted. */
  readonly found: number;
  /** Those whose text mentions eventlet, as far as they could be read. */
  readonly mentioning: number;
  readonly analysed: number;
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[];
}

/** The findings of a file, as long as nothing changes that they follow from. */
interface Judged {
  readonly facts: FileFacts;
  readonly court: Court;
  readonly findings: readonly Finding[];
  digest?: string;
  /** Of the places that they name in other files, until names there move. */
  related?: { readonly moves: number; readonly digest: string };
}

/**
 * The files of a project over time, and what is known of them. Everything is derived from the bytes on disk or, for open
 * files, from the buffer; what is kept is kept only until one of them changes. `scan`, `update` and `settle`
 * take turns: whoever calls one waits before calling the next.
 */
export class Workspace {
  private readonly territory: Territory;
  private readonly index: CrossIndex;
  private readonly openFiles: OpenFiles;
  private readonly disk: Disk;
  private readonly courts: Courts;
  private readonly fixer: Fixer;
  private readonly judged = new Map<string, Judged>();

  private constructor(
    private readonly host: Host,
    private readonly parser: SyntaxParser,
    { roots, settings, explicit, survey }: WorkspaceOptions,
  ) {
    this.territory = new Territory(host, roots, settings, explicit, survey);
    this.index = new CrossIndex(this.territory);
    this.openFiles = new OpenFiles(parser, this.territory, this.index);
    this.disk = new Disk(host, parser, this.territory, this.index, this.openFiles, new FactsCache(host, host.text.digest(roots.join('\n'))), survey !== undefined, () => this.courts.factsChanged());
    this.courts = new Courts((text) => host.text.digest(text), this.territory, this.index, this.archive());
    this.fixer = new Fixer(this.desk());
  }

  static async create(host: Host, options: WorkspaceOptions): Promise<Workspace> {
    const parser = new SyntaxParser(host.grammar);
    if (!options.isLazy) await parser.ready();
    return new Workspace(host, parser, options);
  }

  /** What is set, for all roots and for single ones. Whoever changes what is excluded, or the version of Python, scans again. */
  configure(settings: Settings, ofRoots: ReadonlyMap<string, Settings> = new Map()): void {
    this.territory.configure(settings, ofRoots);
    this.openFiles.forget();
    this.courts.settingsChanged();
  }

  /** Other folders; takes effect on what is found with the next scan. */
  moveTo(roots: readonly string[]): void {
    this.territory.moveTo(roots);
    this.courts.settingsChanged();
  }

  settings(uri: string): ProjectSettings {
    return this.territory.settings(uri);
  }

  /** What is wrong in the project files. */
  get projectProblems(): readonly ProjectProblem[] {
    return this.territory.problems;
  }

  /** The stamps of files that were read although no scan had found them (scripts that a configuration names, modules that are ignored), by URI. */
  get readBeside(): ReadonlyMap<string, string | undefined> {
    return this.disk.readBeside;
  }

  /** Looks at every Python file of the roots, and at what configures and documents them. Files that have gone since the last scan are forgotten. */
  scan(watch: ScanWatch = {}): Promise<void> {
    return this.disk.scan(watch);
  }

  /**
   * Looks again at what changed, appeared or went on disk. The URI of a folder that went stands for all that was in it; what
   * the project does not count as its own is left out.
   */
  update(uris: readonly string[], watch: ScanWatch = {}): Promise<void> {
    return this.disk.update(uris, watch);
  }

  /** Looks again at closed files about which the others say something different now, until nothing moves. */
  settle(watch: ScanWatch = {}): Promise<void> {
    return this.disk.settle(watch);
  }

  open(uri: string, text: string): void {
    this.openFiles.open(uri, text);
    this.courts.factsChanged();
  }

  /** The buffer after changes; their offsets refer to the text before each of them, in order. */
  edit(uri: string, text: string, changes: readonly TextChange[]): void {
    this.openFiles.edit(uri, text, changes);
    this.courts.factsChanged();
  }

  /** The file on disk counts again, as it was seen last: `update` it. */
  close(uri: string): void {
    this.openFiles.close(uri);
    this.index.hold(uri, this.disk.entries.get(uri)?.analysed?.facts);
    this.courts.factsChanged();
  }

  isOpen(uri: string): boolean {
    return this.openFiles.has(uri);
  }

  /** Whether a file is known to be one of the project's own. */
  isKnown(uri: string): boolean {
    return this.disk.entries.has(uri);
  }

  /** Whether everything in a file was found that there is to find: not where it was skipped, or as long as its syntax is broken. */
  isWhole(uri: string): boolean {
    if (!this.isOpen(uri)) return this.disk.entries.get(uri)?.skipped === undefined;
    const facts = this.facts(uri);
    return !facts?.hasErrors && !facts?.givenUp;
  }

  /** URIs of the folders or files that it is about. */
  get roots(): readonly string[] {
    return this.territory.uris;
  }

  /** The project's own Python files, sorted by URI. */
  get modules(): readonly string[] {
    return [...new Set([...this.disk.entries.keys(), ...this.openFiles.uris])].filter(isPython).sort();
  }

  /** The text of a file as it is now, in the buffer or on disk; undefined where it cannot be read. */
  async text(uri: string): Promise<string | undefined> {
    const text = this.openFiles.text(uri) ?? (await this.disk.read(uri));
    return typeof text === 'string' ? text : undefined;
  }

  /** Frees all trees. */
  dispose(): void {
    this.openFiles.dispose();
    this.disk.clear();
    this.judged.clear();
  }

  get counts(): Counts {
    const all = [...this.disk.entries];
    const entries = all.filter(([uri]) => !this.isText(uri));
    const skipped = all.flatMap(([uri, { skipped }]) => (skipped === undefined ? [] : [{ uri, reason: skipped }]));
    const mentioning = entries.filter(([, { analysed }]) => analysed !== undefined);
    return {
      found: entries.length,
      mentioning: mentioning.length,
      analysed: mentioning.filter(([, { skipped }]) => skipped === undefined).length,
      skipped: skipped.sort((a, b) => (a.uri < b.uri ? -1 : 1)),
    };
  }

  /** The files that run `monkey_patch`, with what they patch. */
  get patched(): readonly { readonly entryPoint: string; readonly modules: readonly PatchGroup[] }[] {
    return this.courts.process.calls.map(({ uri, groups }) => ({ entryPoint: uri, modules: groups ?? [] }));
  }

  /** The processes that the code runs in. The same object as long as nothing changes that they follow from. */
  get services(): Services {
    for (const uri of this.openFiles.uris) this.facts(uri);
    return this.index.services;
  }

  /** Where the calls of `monkey_patch` are in a file, in text order. */
  patchPlaces(uri: string): readonly Range[] {
    return this.facts(uri)?.patches.map(({ position }) => position) ?? [];
  }

  /** The files that have findings, sorted by URI. */
  get uris(): readonly string[] {
    return this.filesWhere(({ marks, suppressions }) => marks.length > 0 || suppressions.length > 0);
  }

  /** The findings of a file, kept ones included; their fixes without edits. */
  findings(uri: string): readonly Finding[] {
    return this.judge(uri)?.findings ?? [];
  }

  /** By fingerprint, what the findings of a file stand between. Not a part of them: it changes while they stay what they are. */
  surroundings(uri: string): ReadonlyMap<string, string> {
    const court = this.courts.of(uri);
    return new Map(this.facts(uri)?.marks.map(({ identity, near }) => [court.digest(identity), near]));
  }

  /** Where what a finding names is bound, hop by hop: in the file itself, and in the modules that hand it on. */
  related(uri: string, { trail = [], origin }: Pick<Finding, 'trail' | 'origin'>): readonly Related[] {
    const hops = trail.flatMap((hop): readonly Related[] => {
      const place = this.index.placeOf(hop, uri);
      return place ? [{ ...place, ...hop }] : [];
    });
    return origin ? [{ uri, position: origin.position, name: origin.name }, ...hops] : hops;
  }

  /** Tells whether the findings of a file, and the places that they name, are the same as another time. */
  digest(uri: string): string {
    const judged = this.judge(uri);
    if (!judged) return '';
    const { findings } = judged;
    judged.digest ??= findings.length === 0 ? '' : this.host.text.digest(JSON.stringify(findings)).slice(0, 16);
    return judged.digest + this.placesDigest(uri);
  }

  /** Tells whether the places in other files that the findings of a file name are the same as another time. */
  placesDigest(uri: string): string {
    const judged = this.judge(uri);
    if (!judged) return '';
    const { moves } = this.index;
    if (judged.related?.moves !== moves) {
      const related = judged.findings.flatMap((finding) => (finding.trail ? this.related(uri, finding) : []));
      judged.related = { moves, digest: related.length === 0 ? '' : this.host.text.digest(JSON.stringify(related)).slice(0, 16) };
    }
    return judged.related.digest;
  }

  /** The findings that a file would have if this were its text. */
  findingsIn(uri: string, text: string): readonly Finding[] {
    if (this.isText(uri)) return judge(textFacts(text, this.pathOf(uri)), this.courts.of(uri));
    return this.parser.look(text, (tree) => judge(factsOf(analyse(text, tree, this.index.outlookOf(uri, text).context)), this.courts.of(uri)));
  }

  /** The findings of a file with the edits of all their fixes; reads the file where it is not open. Who asks for many files hands the same memo in for each. */
  report(uri: string, memo?: Memo): Promise<FileReport | undefined> {
    return this.fixer.report(uri, this.findings(uri), memo);
  }

  /** The same of some of its findings, and of those of their fixes that are wanted, only. */
  reportOf(uri: string, findings: readonly Finding[], memo: Memo, isWanted: WantedFix): Promise<FileReport | undefined> {
    return this.fixer.report(uri, findings, memo, isWanted);
  }

  /** The text and analysis of a file for one synchronous turn; undefined where it cannot be read. */
  async withAnalysis<Result>(uri: string, ask: (analysis: Analysis) => Result): Promise<Result | undefined> {
    const open = this.analysis(uri);
    if (open) return ask(open);
    const text = await this.disk.read(uri);
    if (typeof text !== 'string') return undefined;
    await this.parser.ready();
    return this.parser.look(text, (tree) => ask(analyse(text, tree, this.index.outlookOf(uri, text).context)));
  }

  /** The analysis of an open file that mentions eventlet. Valid until the file is edited or closed. */
  analysis(uri: string): Analysis | undefined {
    return this.openFiles.analysis(uri);
  }

  /** What fixing would do to the files, and to others that a fix has to change with them; computed in memory to a fixed point. */
  fix(choice: WorkspaceFixChoice, watch: ScanWatch = {}, uris: readonly string[] = this.uris): Promise<readonly FileChange[]> {
    return this.fixer.fix(choice, uris, watch);
  }

  /** What one fix of a finding changes, in all files; `fix` is its place among the fixes of the finding. */
  changesOf(uri: string, finding: Finding, fix: number): Promise<readonly FileChange[]> {
    return this.fixer.changesOf(uri, finding, fix);
  }

  /** What it takes to make a coroutine of the function at a place, and of everybody who calls it; undefined where there is no such function. */
  async callChain(uri: string, place: Position): Promise<CallChain | undefined> {
    const files = new Map<string, { readonly path: string; readonly text: string }>();
    for (const other of new Set([...this.disk.entries.keys(), ...this.openFiles.uris])) {
      if (!isPython(other) || this.territory.rootOf(other) !== this.territory.rootOf(uri)) continue;
      const text = await this.text(other);
      if (text !== undefined) files.set(other, { path: this.pathOf(other), text });
    }
    const text = files.get(uri)?.text;
    if (text === undefined) return undefined;
    const desk = { parser: this.parser, files, contextOf: (other: string, its: string) => this.index.outlookOf(other, its).context };
    return callChain(desk, uri, new LineIndex(text).offset(place));
  }

  /** Path below the root that contains the file, with forward slashes; its last part where none does. */
  pathOf(uri: string): string {
    return this.territory.pathOf(uri);
  }

  /** The same, with the name of the root in front where there are several. */
  fullPathOf(uri: string): string {
    return this.territory.fullPathOf(uri);
  }

  /** Whether a file is one of those beside Python that are looked at. */
  isText(uri: string): boolean {
    return this.territory.isText(uri);
  }

  private desk(): Desk {
    const { host, parser, territory, index, courts, openFiles, disk } = this;
    return {
      host,
      parser,
      court: (uri) => courts.of(uri),
      target: (uri) => territory.settings(uri).target,
      pathOf: (uri) => territory.pathOf(uri),
      isText: (uri) => territory.isText(uri),
      read: async (uri) => openFiles.text(uri) ?? disk.read(uri),
      facts: (uri) => this.facts(uri),
      contextOf: (uri, text, instead) => index.contextOf(uri, text, instead),
      withAnalysis: (uri, ask) => this.withAnalysis(uri, ask),
      moduleFile: (module, near) => {
        const root = territory.rootOf(near);
        const files = [...new Set([...disk.entries.keys(), ...openFiles.uris])].filter((uri) => isPython(uri) && territory.rootOf(uri) === root);
        return moduleFile(module, root, files.map((uri) => ({ uri, path: territory.pathOf(uri) })));
      },
    };
  }

  private judge(uri: string): Judged | undefined {
    const facts = this.facts(uri);
    if (!facts) {
      this.judged.delete(uri);
      return undefined;
    }
    const court = this.courts.of(uri);
    const known = this.judged.get(uri);
    if (known?.facts === facts && known.court === court) return known;
    const judged: Judged = { facts, court, findings: judge(facts, court) };
    this.judged.set(uri, judged);
    return judged;
  }

  private archive(): Archive {
    const { disk } = this;
    return { get uris() { return disk.entries.keys(); }, facts: (uri) => this.facts(uri), where: (is) => this.filesWhere(is) };
  }

  private facts(uri: string): FileFacts | undefined {
    return this.openFiles.has(uri) ? this.openFiles.facts(uri) : this.disk.entries.get(uri)?.analysed?.facts;
  }

  private filesWhere(is: (facts: FileFacts) => boolean): readonly string[] {
    const found: string[] = [];
    for (const [uri, { analysed }] of this.disk.entries) if (analysed && is(analysed.facts) && !this.openFiles.has(uri)) found.push(uri);
    for (const uri of this.openFiles.uris) {
      const facts = this.facts(uri);
      if (facts && is(facts)) found.push(uri);
    }
    return found.sort();
  }
}
