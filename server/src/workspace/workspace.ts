import type { Host } from '../host';
import { LineIndex } from '../edits/lines';
import type { Position, Range, Settings } from '../protocol';
import type { PatchGroup } from '../rules/rule';
import { SyntaxParser, type TextChange } from '../syntax/parser';
import { analyse, factsOf, type Analysis } from './analysis';
import { callChain, type CallChain } from './chain/callChain';
import { CrossIndex } from './crossIndex';
import { Disk, type ScanWatch } from './disk';
import { FactsCache } from './factsCache';
import type { FileChange, FileReport, Finding, Related } from './finding';
import type { Memo, WantedFix, WorkspaceFixChoice } from './fixer';
import { judge } from './judge';
import { OpenFiles } from './openFiles';
import type { ProjectProblem, ProjectSettings } from './projects';
import { Side } from './side';
import type { Survey } from './survey';
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

/**
 * The files of a project over time, and what is known of them. Everything is derived from the bytes on disk or, for open
 * files, from the buffer; what is kept is kept only until one of them changes. `scan`, `update` and `settle`
 * take turns: whoever calls one waits before calling the next.
 *
 * Where there are roots, a file that somebody opens from elsewhere (a library, a text without a name) is none of the project's:
 * it has findings and fixes of its own, and nothing that is said or done about the whole project knows of it.
 */
export class Workspace {
  private readonly territory: Territory;
  private readonly disk: Disk;
  private readonly own: Side;
  /** The files that are open from elsewhere. */
  private readonly outside: Side;

  private constructor(
    private readonly host: Host,
    private readonly parser: SyntaxParser,
    { roots, settings, explicit, survey }: WorkspaceOptions,
  ) {
    this.territory = new Territory(host, roots, settings, explicit, survey);
    const { territory } = this;
    const [index, outer] = [new CrossIndex(territory), new CrossIndex(territory)];
    const openFiles = new OpenFiles(parser, territory, index);
    this.disk = new Disk(host, parser, territory, index, openFiles, new FactsCache(host, host.text.digest(roots.join('\n'))), survey !== undefined, () => this.own.factsChanged());
    const shared = { host, parser, territory, read: (uri: string) => this.disk.read(uri) };
    this.own = new Side(shared, index, openFiles, this.disk.entries);
    this.outside = new Side(shared, outer, new OpenFiles(parser, territory, outer), new Map());
  }

  static async create(host: Host, options: WorkspaceOptions): Promise<Workspace> {
    const parser = new SyntaxParser(host.grammar);
    if (!options.isLazy) await parser.ready();
    return new Workspace(host, parser, options);
  }

  /** What is set, for all roots and for single ones. Whoever changes what is excluded, or the version of Python, scans again. */
  configure(settings: Settings, ofRoots: ReadonlyMap<string, Settings> = new Map()): void {
    this.territory.configure(settings, ofRoots);
    for (const side of this.sides) side.settingsChanged();
  }

  /** Other folders; takes effect on what is found with the next scan. Open files may belong to them now, or not any more. */
  moveTo(roots: readonly string[]): void {
    const open = this.sides.flatMap((side) => side.takeOut());
    this.territory.moveTo(roots);
    for (const side of this.sides) side.settingsChanged();
    for (const { uri, text } of open) this.open(uri, text);
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
    (this.isOutside(uri) ? this.outside : this.own).open(uri, text);
  }

  /** The buffer after changes; their offsets refer to the text before each of them, in order. */
  edit(uri: string, text: string, changes: readonly TextChange[]): void {
    this.sideOf(uri).edit(uri, text, changes);
  }

  /** The file on disk counts again, as it was seen last: `update` it. */
  close(uri: string): void {
    this.sideOf(uri).close(uri);
  }

  isOpen(uri: string): boolean {
    return this.sideOf(uri).isOpen(uri);
  }

  /** Whether a file lies in none of the roots, where there are any: then it is no part of the project, though it may be open. */
  isOutside(uri: string): boolean {
    return this.territory.isOutside(uri);
  }

  /** Whether a file is known to be one of the project's own. */
  isKnown(uri: string): boolean {
    return this.disk.entries.has(uri);
  }

  /** Whether everything in a file was found that there is to find: not where it was skipped, or as long as its syntax is broken. */
  isWhole(uri: string): boolean {
    if (!this.isOpen(uri)) return this.disk.entries.get(uri)?.skipped === undefined;
    const facts = this.sideOf(uri).facts(uri);
    return !facts?.hasErrors && !facts?.givenUp;
  }

  /** URIs of the folders or files that it is about. */
  get roots(): readonly string[] {
    return this.territory.uris;
  }

  /** The project's own Python files, sorted by URI. */
  get modules(): readonly string[] {
    return [...this.own.modules].sort();
  }

  /** The text of a file as it is now, in the buffer or on disk; undefined where it cannot be read. */
  async text(uri: string): Promise<string | undefined> {
    const text = await this.sideOf(uri).read(uri);
    return typeof text === 'string' ? text : undefined;
  }

  /** Frees all trees. */
  dispose(): void {
    for (const side of this.sides) side.dispose();
    this.disk.clear();
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
    return this.own.patchCalls.map(({ uri, groups }) => ({ entryPoint: uri, modules: groups ?? [] }));
  }

  /** The processes that the code runs in. The same object as long as nothing changes that they follow from. */
  get services(): Services {
    return this.own.services;
  }

  /** Where the calls of `monkey_patch` are in a file, in text order. */
  patchPlaces(uri: string): readonly Range[] {
    return this.sideOf(uri).facts(uri)?.patches.map(({ position }) => position) ?? [];
  }

  /** The files of the project that have findings, sorted by URI. */
  get uris(): readonly string[] {
    return this.own.withFindings;
  }

  /** The files that are open from elsewhere and have findings, sorted by URI. */
  get urisOutside(): readonly string[] {
    return this.outside.withFindings;
  }

  /** The findings of a file, kept ones included; their fixes without edits. */
  findings(uri: string): readonly Finding[] {
    return this.sideOf(uri).judge(uri)?.findings ?? [];
  }

  /** By fingerprint, what the findings of a file stand between. Not a part of them: it changes while they stay what they are. */
  surroundings(uri: string): ReadonlyMap<string, string> {
    const side = this.sideOf(uri);
    const court = side.court(uri);
    return new Map(side.facts(uri)?.marks.map(({ identity, near }) => [court.digest(identity), near]));
  }

  /** Where what a finding names is bound, hop by hop: in the file itself, and in the modules that hand it on. */
  related(uri: string, { trail = [], origin }: Pick<Finding, 'trail' | 'origin'>): readonly Related[] {
    const { index } = this.sideOf(uri);
    const hops = trail.flatMap((hop): readonly Related[] => {
      const place = index.placeOf(hop, uri);
      return place ? [{ ...place, ...hop }] : [];
    });
    return origin ? [{ uri, position: origin.position, name: origin.name }, ...hops] : hops;
  }

  /** Tells whether the findings of a file, and the places that they name, are the same as another time. */
  digest(uri: string): string {
    const judged = this.sideOf(uri).judge(uri);
    if (!judged) return '';
    const { findings } = judged;
    judged.digest ??= findings.length === 0 ? '' : this.host.text.digest(JSON.stringify(findings)).slice(0, 16);
    return judged.digest + this.placesDigest(uri);
  }

  /** Tells whether the places in other files that the findings of a file name are the same as another time. */
  placesDigest(uri: string): string {
    const side = this.sideOf(uri);
    const judged = side.judge(uri);
    if (!judged) return '';
    const { moves } = side.index;
    if (judged.related?.moves !== moves) {
      const related = judged.findings.flatMap((finding) => (finding.trail ? this.related(uri, finding) : []));
      judged.related = { moves, digest: related.length === 0 ? '' : this.host.text.digest(JSON.stringify(related)).slice(0, 16) };
    }
    return judged.related.digest;
  }

  /** The findings that a file would have if this were its text. */
  findingsIn(uri: string, text: string): readonly Finding[] {
    const side = this.sideOf(uri);
    if (this.isText(uri)) return judge(textFacts(text, this.pathOf(uri)), side.court(uri));
    return this.parser.look(text, (tree) => judge(factsOf(analyse(text, tree, side.index.outlookOf(uri, text).context)), side.court(uri)));
  }

  /** The findings of a file with the edits of all their fixes; reads the file where it is not open. Who asks for many files hands the same memo in for each. */
  report(uri: string, memo?: Memo): Promise<FileReport | undefined> {
    return this.sideOf(uri).fixer.report(uri, this.findings(uri), memo);
  }

  /** The same of some of its findings, and of those of their fixes that are wanted, only. */
  reportOf(uri: string, findings: readonly Finding[], memo: Memo, isWanted: WantedFix): Promise<FileReport | undefined> {
    return this.sideOf(uri).fixer.report(uri, findings, memo, isWanted);
  }

  /** The text and analysis of a file for one synchronous turn; undefined where it cannot be read. */
  withAnalysis<Result>(uri: string, ask: (analysis: Analysis) => Result): Promise<Result | undefined> {
    return this.sideOf(uri).withAnalysis(uri, ask);
  }

  /** The analysis of an open file that mentions eventlet. Valid until the file is edited or closed. */
  analysis(uri: string): Analysis | undefined {
    return this.sideOf(uri).analysis(uri);
  }

  /** What fixing would do to the files, and to others that a fix has to change with them; computed in memory to a fixed point. */
  async fix(choice: WorkspaceFixChoice, watch: ScanWatch = {}, uris: readonly string[] = this.uris): Promise<readonly FileChange[]> {
    const changes: FileChange[] = [];
    for (const side of this.sides) changes.push(...(await side.fixer.fix(choice, uris.filter((uri) => this.sideOf(uri) === side), watch)));
    return changes;
  }

  /** What one fix of a finding changes, in all files; `fix` is its place among the fixes of the finding. */
  changesOf(uri: string, finding: Finding, fix: number): Promise<readonly FileChange[]> {
    return this.sideOf(uri).fixer.changesOf(uri, finding, fix);
  }

  /** What it takes to make a coroutine of the function at a place, and of everybody who calls it; undefined where there is no such function. */
  async callChain(uri: string, place: Position): Promise<CallChain | undefined> {
    const side = this.sideOf(uri);
    const files = new Map<string, { readonly path: string; readonly text: string }>();
    for (const other of side.modules) {
      if (this.territory.rootOf(other) !== this.territory.rootOf(uri)) continue;
      const text = await this.text(other);
      if (text !== undefined) files.set(other, { path: this.pathOf(other), text });
    }
    const text = files.get(uri)?.text;
    if (text === undefined) return undefined;
    const desk = { parser: this.parser, files, contextOf: (other: string, its: string) => side.index.outlookOf(other, its).context };
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

  private get sides(): readonly Side[] {
    return [this.own, this.outside];
  }

  private sideOf(uri: string): Side {
    return this.outside.isOpen(uri) ? this.outside : this.own;
  }
}
