import { decodeSource } from '../edits/encoding';
import type { Files, FoundFile, Host } from '../host';
import { defaultSettings, type Settings } from '../protocol';
import type { PatchGroup } from '../rules/rule';
import { isTextFile, namesEventlet } from '../rules/texts/index';
import { SyntaxParser, type TextChange } from '../syntax/parser';
import { analyse, factsOf, type Analysis, type FileFacts } from './analysis';
import { Buffer, isWorthParsing, tooLarge } from './buffer';
import type { FileChange, FileReport, Finding } from './finding';
import { fixText, withEdits, type FixChoice } from './fix';
import { Doubles } from './doubles';
import { judge, type Court } from './judge';
import { helpersBeside } from './project/helpers';
import { mentionedIn, Mentions, moduleName, Questions } from './mentions';
import { ModuleIndex } from './moduleIndex';
import type { Mentioned } from './modules';
import { Outlook } from './outlook';
import { Process, type PatchCall } from './process';
import { isProjectFile } from './projectFile';
import { Projects, type ProjectProblem, type ProjectSettings } from './projects';
import { foldersAround, Roots } from './roots';
import { isTest } from './testFiles';
import { fixTextFile, textFacts, withTextEdits } from './texts';

export interface WorkspaceOptions {
  /** URIs of folders or files. */
  readonly roots: readonly string[];
  readonly settings?: Partial<Settings>;
  /** What counts more than any project file, because somebody wrote it on the command line. */
  readonly explicit?: Partial<Settings>;
}

export interface ScanWatch {
  progress?(done: number, total: number): void;
  isCancelled?(): boolean;
}

export interface Counts {
  /** Python files that the project counts as its own; what else is looked at is not counted. */
  readonly found: number;
  /** Those whose text mentions eventlet, as far as they could be read. */
  readonly mentioning: number;
  readonly analysed: number;
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[];
}

/** Which fixes are wanted; of each file for the target that is set for it, where none is named. */
export type WorkspaceFixChoice = Omit<FixChoice, 'target'> & Partial<Pick<FixChoice, 'target'>>;

/** What is known of one file on disk: as much as its bytes say, or why they say nothing. */
interface Entry {
  readonly analysed?: { readonly digest: string; readonly facts: FileFacts };
  /** What it saw of the others when it was looked at. */
  readonly outlook?: Outlook;
  /** Why the file was not analysed, or not wholly. */
  readonly skipped?: string;
}

/** The findings of a file, as long as nothing changes that they follow from. */
interface Judged {
  readonly facts: FileFacts;
  readonly court: Court;
  readonly findings: readonly Finding[];
  digest?: string;
}

/** Names are handed on from module to module; more rounds than this would be a mistake of ours. */
const rounds = 20;

/** The pause between two slices of work, in milliseconds: short enough that typing does not feel it. */
const slice = 12;

/**
 * The files of a project over time, and what is known of them. Everything is derived from the bytes on disk or, for open
 * files, from the buffer; what is kept is kept only until one of them changes. `scan`, `update` and `settle`
 * take turns: whoever calls one waits before calling the next.
 */
export class Workspace {
  private readonly entries = new Map<string, Entry>();
  private readonly buffers = new Map<string, Buffer>();
  /** Open files that the project does not count as its own: they are ignored or excluded. */
  private readonly foreign = new Set<string>();
  private readonly mentions = new Mentions();
  private readonly modules = new ModuleIndex();
  /** The revision of what the files say of each other that everybody has heard. */
  private settled = -1;
  private readonly judged = new Map<string, Judged>();
  private readonly fingerprints = new Map<string, string>();
  private readonly courts = new Map<string, { readonly process: Process; readonly settings: Settings; readonly doubles: Doubles; readonly court: Court }>();
  /** Processes that project files describe, by the file. */
  private readonly stated = new Map<string, Process>();
  private doubles = new Doubles([]);
  private areDoublesCurrent = false;
  private process = new Process([]);
  private isProcessCurrent = false;
  private testsAsked = '';
  private areUnpatched = false;

  private constructor(
    private readonly host: Host,
    private readonly parser: SyntaxParser,
    private roots: Roots,
    private readonly projects: Projects,
  ) {}

  static async create(host: Host, { roots, settings, explicit }: WorkspaceOptions): Promise<Workspace> {
    return new Workspace(host, await SyntaxParser.create(host.grammar), new Roots(roots, { ...defaultSettings, ...settings }), new Projects(explicit));
  }

  /** What is set, for all roots and for single ones. Whoever changes what is excluded, or the version of Python, scans again. */
  configure(settings: Settings, ofRoots: ReadonlyMap<string, Settings> = new Map()): void {
    this.roots = this.roots.withSettings(settings, ofRoots);
    for (const buffer of this.buffers.values()) buffer.forget();
    this.courts.clear();
    this.changed();
  }

  /** Other folders; takes effect on what is found with the next scan. */
  moveTo(roots: readonly string[]): void {
    this.roots = this.roots.withUris(roots);
    this.courts.clear();
    this.changed();
  }

  settings(uri: string): ProjectSettings {
    return this.projects.settings(uri, this.roots.settings(uri));
  }

  /** What is wrong in the project files. */
  get projectProblems(): readonly ProjectProblem[] {
    return this.projects.problems;
  }

  /** Looks at every Python file of the roots, and at what configures and documents them. Files that have gone since the last scan are forgotten. */
  async scan(watch: ScanWatch = {}): Promise<void> {
    const found = await this.find(watch);
    if (watch.isCancelled?.()) return;
    const known = new Set(found.map(({ uri }) => uri));
    for (const uri of [...this.entries.keys()]) if (!known.has(uri)) this.remove(uri);
    await this.sortOut([...this.buffers.keys()], known);
    await this.look(found, watch);
  }

  /**
   * Looks again at what changed, appeared or went on disk. The URI of a folder that went stands for all that was in it; what
   * the project does not count as its own is left out.
   */
  async update(uris: readonly string[], watch: ScanWatch = {}): Promise<void> {
    const gone = this.below(new Set(uris.filter((uri) => !isPython(uri))));
    const known = [...uris.filter((uri) => this.entries.has(uri)), ...gone];
    const fresh = uris.filter((uri) => (isPython(uri) || this.isText(uri)) && !this.entries.has(uri) && this.roots.of(uri) !== undefined);
    const found = fresh.length > 0 ? new Map((await this.find(watch)).map((file) => [file.uri, file])) : new Map<string, FoundFile>();
    if (watch.isCancelled?.()) return;
    await this.sortOut(fresh, found);
    await this.look([...known.map((uri) => ({ uri, size: 0 })), ...fresh.flatMap((uri) => found.get(uri) ?? [])], watch);
  }

  /** Looks again at closed files about which the others say something different now, until nothing moves. */
  async settle(watch: ScanWatch = {}): Promise<void> {
    for (let round = 0; round < rounds && !watch.isCancelled?.(); round++) {
      this.hearBuffers();
      const revision = this.modules.revision + this.mentions.revision;
      if (revision === this.settled) return;
      const stale = [...this.entries.keys()].filter((uri) => !this.buffers.has(uri) && this.isStale(uri));
      const read = async (uri: string): Promise<{ readonly uri: string; readonly text: string } | undefined> => {
        const text = await this.textOf({ uri, size: 0 });
        return text === undefined ? undefined : { uri, text };
      };
      await this.analyse(stale, read, watch, 0);
      if (!watch.isCancelled?.()) this.settled = revision;
    }
  }

  open(uri: string, text: string): void {
    this.buffers.get(uri)?.dispose();
    this.buffers.set(uri, new Buffer(this.parser, this.pathOf(uri), text));
    this.changed();
  }

  /** The buffer after changes; their offsets refer to the text before each of them, in order. */
  edit(uri: string, text: string, changes: readonly TextChange[]): void {
    const buffer = this.buffers.get(uri);
    if (!buffer) return this.open(uri, text);
    buffer.edit(text, changes);
    this.changed();
  }

  /** The file on disk counts again, as it was seen last: `update` it. */
  close(uri: string): void {
    this.buffers.get(uri)?.dispose();
    this.buffers.delete(uri);
    this.foreign.delete(uri);
    this.changed();
  }

  isOpen(uri: string): boolean {
    return this.buffers.has(uri);
  }

  /** Whether a file is known to be one of the project's own. */
  isKnown(uri: string): boolean {
    return this.entries.has(uri);
  }

  /** Frees all trees. */
  dispose(): void {
    for (const buffer of this.buffers.values()) buffer.dispose();
    this.buffers.clear();
    this.entries.clear();
    this.judged.clear();
  }

  get counts(): Counts {
    const all = [...this.entries];
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
    return this.currentProcess().calls.map(({ uri, groups }) => ({ entryPoint: uri, modules: groups ?? [] }));
  }

  /** The files that have findings, sorted by URI. */
  get uris(): readonly string[] {
    return this.filesWhere(({ marks, suppressions }) => marks.length > 0 || suppressions.length > 0);
  }

  /** The findings of a file, kept ones included; their fixes without edits. */
  findings(uri: string): readonly Finding[] {
    return this.judge(uri)?.findings ?? [];
  }

  /** Tells whether the findings of a file are the same as another time. */
  digest(uri: string): string {
    const judged = this.judge(uri);
    if (!judged) return '';
    judged.digest ??= judged.findings.length === 0 ? '' : this.host.text.digest(JSON.stringify(judged.findings)).slice(0, 16);
    return judged.digest;
  }

  /** The findings that a file would have if this were its text. */
  findingsIn(uri: string, text: string): readonly Finding[] {
    if (this.isText(uri)) return judge(textFacts(text, this.pathOf(uri)), this.court(uri));
    const tree = this.parser.parse(text);
    try {
      return judge(factsOf(analyse(text, tree, this.outlookOf(uri, text))), this.court(uri));
    } finally {
      tree.delete();
    }
  }

  /** The findings of a file with the edits of all their fixes; reads the file where it is not open. */
  async report(uri: string): Promise<FileReport | undefined> {
    if (this.isText(uri)) {
      const text = await this.currentText(uri);
      return text === undefined ? undefined : { uri, text, findings: withTextEdits(this.findings(uri), text, this.pathOf(uri), uri) };
    }
    return this.withAnalysis(uri, (analysis) => ({ uri, text: analysis.view.text, findings: withEdits(this.findings(uri), analysis, uri) }));
  }

  /** The text and analysis of a file for one synchronous turn; undefined where it cannot be read. */
  async withAnalysis<Result>(uri: string, ask: (analysis: Analysis) => Result): Promise<Result | undefined> {
    const open = this.analysis(uri);
    if (open) return ask(open);
    const text = await this.read(uri);
    if (typeof text !== 'string') return undefined;
    const tree = this.parser.parse(text);
    try {
      return ask(analyse(text, tree, this.outlookOf(uri, text)));
    } finally {
      tree.delete();
    }
  }

  /** The analysis of an open file that mentions eventlet. Valid until the file is edited or closed. */
  analysis(uri: string): Analysis | undefined {
    this.hearBuffers();
    return this.buffers.get(uri)?.analysis(() => this.outlook(uri));
  }

  /** What fixing would do to the files, computed in memory to a fixed point. */
  async fix(choice: WorkspaceFixChoice, watch: ScanWatch = {}, uris: readonly string[] = this.uris): Promise<readonly FileChange[]> {
    const changes: FileChange[] = [];
    for (const [index, uri] of uris.entries()) {
      if (watch.isCancelled?.()) break;
      const before = this.buffers.get(uri)?.text ?? (await this.read(uri));
      if (typeof before === 'string') {
        const target = choice.target ?? this.settings(uri).target;
        const court = this.court(uri);
        const change = this.isText(uri)
          ? fixTextFile(before, this.pathOf(uri), { ...choice, target }, court)
          : fixText(before, { ...choice, target }, { parser: this.parser, context: this.outlookOf(uri, before), court });
        if (change.edits.length > 0) changes.push({ uri, before, ...change });
      }
      watch.progress?.(index + 1, uris.length);
      await this.host.pause();
    }
    return changes;
  }

  /** Path below the root that contains the file, with forward slashes; its last part where none does. */
  pathOf(uri: string): string {
    return this.roots.path(uri);
  }

  /** Whether a file is one of those beside Python that are looked at. */
  isText(uri: string): boolean {
    return !isPython(uri) && isTextFile(this.pathOf(uri));
  }

  /** Whether a file is no Python, looked at and of a size that somebody wrote; a link that leads nowhere is no loss. */
  private isReadable({ uri, size, unreadable }: FoundFile): boolean {
    return unreadable === undefined && size <= tooLarge && this.isText(uri);
  }

  private async find({ isCancelled }: ScanWatch): Promise<readonly FoundFile[]> {
    const found: FoundFile[] = [];
    const projectFiles: string[] = [];
    await this.projects.load(this.host, this.roots.uris, []);
    for (const root of this.roots.uris) {
      const options: Parameters<Files['find']>[1] = { exclude: this.settings(root).exclude, ...(isCancelled ? { isCancelled } : {}) };
      for await (const file of this.host.files.find(root, options)) {
        if (isPython(file.uri) || this.isReadable(file) || this.roots.uris.includes(file.uri) || (file.unreadable !== undefined && file.uri.endsWith('/'))) found.push(file);
        if (isProjectFile(file.uri)) projectFiles.push(file.uri);
      }
    }
    await this.projects.load(this.host, this.roots.uris, projectFiles);
    this.courts.clear();
    this.stated.clear();
    return found;
  }

  /** Notes which of the files, as far as they are open, are not the project's own: they are on disk, and were not found. */
  private async sortOut(uris: readonly string[], found: { has(uri: string): boolean }): Promise<void> {
    for (const uri of uris) {
      const isForeign = this.roots.of(uri) !== undefined && !found.has(uri) && (await this.read(uri)) !== undefined;
      if (isForeign && this.buffers.has(uri)) this.foreign.add(uri);
      else this.foreign.delete(uri);
    }
    this.changed();
  }

  private async look(files: readonly FoundFile[], watch: ScanWatch): Promise<void> {
    await this.lookAtEach(files, watch);
    await this.settle(watch.isCancelled ? { isCancelled: watch.isCancelled } : {});
  }

  /** First what all the files say of each other, then each in the light of that: most are parsed once. */
  private async lookAtEach(files: readonly FoundFile[], watch: ScanWatch): Promise<void> {
    const naming: { readonly uri: string; readonly text: string }[] = [];
    await this.inSlices(files, watch, files.length, async (file) => {
      const text = await this.textOf(file);
      if (text === undefined) return;
      const isNaming = this.isText(file.uri) ? namesEventlet(text) : text.includes('eventlet');
      if (isNaming) naming.push({ uri: file.uri, text });
      if (!isNaming || !this.entries.has(file.uri)) this.entries.set(file.uri, {});
    });
    await this.analyse(naming, async (file) => file, watch, files.length);
    this.changed();
    if (!watch.isCancelled?.()) watch.progress?.(files.length, files.length);
  }

  /** Analyses files in the light of what is known; what they hand on is made known afterwards, at once. */
  private async analyse<Item>(items: readonly Item[], textOf: (item: Item) => Promise<{ readonly uri: string; readonly text: string } | undefined>, watch: ScanWatch, total: number): Promise<void> {
    const analysed: string[] = [];
    await this.inSlices(items, watch, total, async (item) => {
      const file = await textOf(item);
      if (!file) return;
      this.entries.set(file.uri, this.entryOf(file.uri, file.text));
      analysed.push(file.uri);
    });
    for (const uri of analysed) if (!this.buffers.has(uri)) this.modules.hold(uri, this.entries.get(uri)?.analysed?.facts.exports ?? []);
  }

  /** Does the work piece by piece and lets others have a turn in between. */
  private async inSlices<Item>(items: readonly Item[], watch: ScanWatch, total: number, work: (item: Item) => Promise<void>): Promise<void> {
    let since = this.host.now();
    for (const [index, item] of items.entries()) {
      if (watch.isCancelled?.()) return;
      await work(item);
      if (this.host.now() - since <= slice) continue;
      this.changed();
      watch.progress?.(Math.floor(((index + 1) / items.length) * total), total);
      await this.host.pause();
      since = this.host.now();
    }
  }

  /** Reads a file and notes what its text alone says: that it has gone or cannot be read, what it imports and mentions. */
  private async textOf({ uri, unreadable }: FoundFile): Promise<string | undefined> {
    const text = unreadable === undefined ? await this.read(uri) : { reason: unreadable };
    if (text === undefined) this.remove(uri);
    else if (typeof text !== 'string') this.entries.set(uri, { skipped: text.reason });
    else {
      if (!this.buffers.has(uri)) this.note(uri, text);
      return text;
    }
    return undefined;
  }

  private note(uri: string, text: string): void {
    if (this.isText(uri)) return;
    const path = this.pathOf(uri);
    const mentioned = mentionedIn(text, path);
    this.mentions.set(uri, mentioned);
    this.modules.set(uri, path, mentioned.imports);
  }

  private entryOf(uri: string, text: string): Entry {
    if (this.isText(uri)) return { analysed: { digest: '', facts: textFacts(text, this.pathOf(uri)) } };
    const outlook = this.outlookOf(uri, text);
    if (!isWorthParsing(text, outlook)) {
      return text.length > tooLarge ? { outlook, skipped: `too large: ${Math.round(text.length / 1e6)} million characters, the limit is ${tooLarge / 1e6}` } : { outlook };
    }
    const analysed = this.factsOnDisk(uri, text, outlook);
    return { outlook, analysed, ...(analysed.facts.hasErrors ? { skipped: 'syntax errors: findings may be missing, and nothing is rewritten' } : {}) };
  }

  private isStale(uri: string): boolean {
    const { outlook, skipped } = this.entries.get(uri) ?? {};
    if (outlook) return outlook.isStale;
    return skipped === undefined && this.modules.current.concerns(this.mentions.from(uri)).length > 0;
  }

  /** The known ones, where the file says the same as before and so do the others about it. */
  private factsOnDisk(uri: string, text: string, outlook: Outlook): NonNullable<Entry['analysed']> {
    const digest = this.host.text.digest(text);
    const known = this.entries.get(uri);
    const isCurrent = known?.outlook !== undefined && !known.outlook.isStale && isSameVersion(known.outlook.python, outlook.python) && JSON.stringify(known.outlook.helpers) === JSON.stringify(outlook.helpers);
    if (known?.analysed?.digest === digest && isCurrent) return known.analysed;
    const tree = this.parser.parse(text);
    try {
      return { digest, facts: factsOf(analyse(text, tree, outlook)) };
    } finally {
      tree.delete();
    }
  }

  private async currentText(uri: string): Promise<string | undefined> {
    const text = this.buffers.get(uri)?.text ?? (await this.read(uri));
    return typeof text === 'string' ? text : undefined;
  }

  private async read(uri: string): Promise<string | undefined | { readonly reason: string }> {
    const result = await this.host.files.read(uri);
    if ('missing' in result) return undefined;
    if ('unreadable' in result) return { reason: result.unreadable };
    const source = decodeSource(result.bytes, this.host.text);
    if ('text' in source) return source.text;
    // A text of another encoding is no loss where it has nothing to say of eventlet.
    const isSilent = this.isText(uri) && !namesEventlet(this.host.text.decode(result.bytes, 'iso-8859-1') ?? '');
    return isSilent ? '' : { reason: source.reason };
  }

  private remove(uri: string): void {
    this.entries.delete(uri);
    this.judged.delete(uri);
    if (this.buffers.has(uri)) return;
    this.mentions.delete(uri);
    this.modules.delete(uri);
  }

  private below(folders: ReadonlySet<string>): readonly string[] {
    if (folders.size === 0) return [];
    return [...this.entries.keys()].filter((uri) => foldersAround(uri).some((folder) => folders.has(folder)));
  }

  private filesWhere(is: (facts: FileFacts) => boolean): readonly string[] {
    const closed = [...this.entries.keys()].filter((uri) => !this.buffers.has(uri));
    const matches = (uri: string): boolean => {
      const facts = this.facts(uri);
      return facts !== undefined && is(facts);
    };
    return [...closed, ...this.buffers.keys()].filter(matches).sort();
  }

  private facts(uri: string): FileFacts | undefined {
    const buffer = this.buffers.get(uri);
    if (!buffer) return this.entries.get(uri)?.analysed?.facts;
    if (this.foreign.has(uri)) return undefined;
    this.hearBuffers();
    const facts = buffer.facts(() => this.outlook(uri));
    this.modules.hold(uri, facts?.exports ?? []);
    return facts;
  }

  private judge(uri: string): Judged | undefined {
    const facts = this.facts(uri);
    if (!facts) return undefined;
    const court = this.court(uri);
    const known = this.judged.get(uri);
    if (known?.facts === facts && known.court === court) return known;
    const judged: Judged = { facts, court, findings: judge(facts, court) };
    this.judged.set(uri, judged);
    return judged;
  }

  private court(uri: string): Court {
    const settings = this.settings(uri);
    const process = this.processOf(settings);
    const doubles = this.currentDoubles();
    const known = this.courts.get(uri);
    if (known?.process === process && known.settings === settings && known.doubles === doubles) return known.court;
    const module = moduleName(this.pathOf(uri));
    const court: Court = {
      process,
      settings,
      name: (file) => this.pathOf(file),
      digest: (text) => this.fingerprint(text),
      guide: guidePage,
      doubled: (api) => doubles.of(api, module),
    };
    this.courts.set(uri, { process, settings, doubles, court });
    return court;
  }

  /** What the project states counts more than what its calls of `monkey_patch` show. */
  private processOf({ patched }: ProjectSettings): Process {
    if (!patched) return this.currentProcess();
    const known = this.stated.get(patched.uri);
    const stated = known ?? new Process([patched], true);
    this.stated.set(patched.uri, stated);
    return stated;
  }

  private currentDoubles(): Doubles {
    if (this.areDoublesCurrent) return this.doubles;
    const files = this.filesWhere(({ doubles }) => doubles.length > 0).map((uri) => ({ file: this.pathOf(uri), doubles: this.facts(uri)?.doubles ?? [] }));
    if (JSON.stringify(files) !== JSON.stringify(this.doubles.files)) this.doubles = new Doubles(files);
    this.areDoublesCurrent = true;
    return this.doubles;
  }

  /** Most findings stay while somebody types in their file, and their identity does so, too. */
  private fingerprint(identity: string): string {
    const known = this.fingerprints.get(identity) ?? this.host.text.digest(identity).slice(0, 16);
    this.fingerprints.set(identity, known);
    return known;
  }

  /** The same object as long as the calls are the same, so that what was judged stands. */
  private currentProcess(): Process {
    if (this.isProcessCurrent) return this.process;
    const calls = this.patchCalls();
    const hasUnpatchedTests = calls.length > 0 && this.areTestsUnpatched(calls);
    if (!this.process.isLike(calls, hasUnpatchedTests)) this.process = new Process(calls, false, hasUnpatchedTests);
    this.isProcessCurrent = true;
    return this.process;
  }

  /** Calls in tests say nothing of the services; they count only for the tests themselves. */
  private patchCalls(): readonly PatchCall[] {
    const uris = this.filesWhere(({ patches }) => patches.length > 0).filter((uri) => !isTest(this.pathOf(uri)));
    return uris.flatMap((uri) => (this.facts(uri)?.patches ?? []).map((groups) => ({ uri, groups })));
  }

  /** Whether the project has tests that use eventlet's code in a process where nothing is patched (catalogue R2). */
  private areTestsUnpatched(calls: readonly PatchCall[]): boolean {
    const tests = [...this.entries.keys()].filter((uri) => isTest(this.pathOf(uri)));
    if (tests.length === 0) return false;
    const key = `${this.modules.revision} ${calls.map(({ uri }) => uri).join()} ${tests.length}`;
    if (this.testsAsked === key) return this.areUnpatched;
    const loaded = this.modules.current.loadedBy(tests.map((uri) => this.pathOf(uri)));
    const patchers = this.filesWhere(({ patches }) => patches.length > 0).map((uri) => this.pathOf(uri));
    this.areUnpatched = !patchers.some((path) => loaded.has(path));
    this.testsAsked = key;
    return this.areUnpatched;
  }

  private outlook(uri: string): Outlook {
    this.hearBuffers();
    return this.outlookWith(uri, this.mentions.from(uri));
  }

  /** For a text that may not be the one that the others know. */
  private outlookOf(uri: string, text: string): Outlook {
    return this.outlookWith(uri, mentionedIn(text, this.pathOf(uri)));
  }

  private outlookWith(uri: string, mentioned: Mentioned): Outlook {
    const path = this.pathOf(uri);
    const { pythonVersion: python, helpers } = this.settings(uri);
    return new Outlook(this.modules, path, mentioned, new Questions(this.mentions, moduleName(path)), versionOf(python), helpersBeside(path, helpers));
  }

  /** What open files import and mention counts as it is in the buffer. */
  private hearBuffers(): void {
    for (const [uri, { mentioned, path }] of this.buffers) {
      this.mentions.set(uri, mentioned);
      if (!this.foreign.has(uri)) this.modules.set(uri, path, mentioned.imports);
    }
  }

  private changed(): void {
    this.isProcessCurrent = false;
    this.areDoublesCurrent = false;
  }
}

/** The page of a rule; packaged with the extension and on the project's site. */
export function guidePage(rule: string): string {
  return `https://github.com/eventlet-migration/eventlet-migration/blob/main/media/guide/${rule}.md`;
}

function isPython(uri: string): boolean {
  return /\.pyw?$/.test(uri);
}

function versionOf(text: string): readonly [number, number] {
  const [, major = '3', minor = '9'] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return [Number(major), Number(minor)];
}

function isSameVersion(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
