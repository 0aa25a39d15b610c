import { decodeSource } from '../edits/encoding';
import type { Host, FoundFile } from '../host';
import { defaultSettings, type Settings } from '../protocol';
import type { PatchGroup } from '../rules/rule';
import { SyntaxParser, type TextChange } from '../syntax/parser';
import type { Tree } from '../syntax/node';
import { analyse, factsOf, type Analysis, type FileFacts } from './analysis';
import type { FileChange, FileReport, Finding } from './finding';
import { fixText, withEdits, type FixChoice } from './fix';
import { judge, type Court } from './judge';
import { Mentions, mentionsOf, moduleName } from './mentions';
import { Process, type PatchCall } from './process';

export interface WorkspaceOptions {
  /** URIs of folders or files. */
  readonly roots: readonly string[];
  readonly settings?: Partial<Settings>;
}

export interface ScanWatch {
  progress?(done: number, total: number): void;
  isCancelled?(): boolean;
}

export interface Counts {
  /** Python files that the project counts as its own. */
  readonly found: number;
  /** Those whose text mentions eventlet, as far as they could be read. */
  readonly mentioning: number;
  readonly analysed: number;
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[];
}

/** What is known of one file: as much as its bytes say, or why they say nothing. */
interface Entry {
  readonly mentions: readonly string[];
  readonly facts?: FileFacts;
  /** Why the file was not analysed, or not wholly. */
  readonly skipped?: string;
}

interface OpenFile {
  text: string;
  tree: Tree;
  analysis?: Analysis;
  facts?: FileFacts;
}

/** Characters; a file of more is no source that anybody wrote. */
const tooLarge = 4_000_000;

/** The pause between two slices of work, in milliseconds: short enough that typing does not feel it. */
const slice = 12;

/**
 * The files of a project over time, and what is known of them. Everything is derived from the bytes on disk or, for open
 * files, from the buffer; nothing else is remembered.
 */
export class Workspace {
  private readonly entries = new Map<string, Entry>();
  private readonly openFiles = new Map<string, OpenFile>();
  private mentions: Mentions | undefined;
  private knownProcess: Process | undefined;
  private settings: Settings;

  private constructor(
    private readonly host: Host,
    private readonly parser: SyntaxParser,
    private readonly roots: readonly string[],
    settings: Partial<Settings>,
  ) {
    this.settings = { ...defaultSettings, ...settings };
  }

  static async create(host: Host, options: WorkspaceOptions): Promise<Workspace> {
    return new Workspace(host, await SyntaxParser.create(host.grammar), options.roots, options.settings ?? {});
  }

  configure(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    this.forget();
  }

  /** Looks at every Python file of the roots. Files that have gone since the last scan are forgotten. */
  async scan(watch: ScanWatch = {}): Promise<void> {
    const found: FoundFile[] = [];
    for (const root of this.roots) {
      for await (const file of this.host.files.find(root, { exclude: this.settings.exclude, ...(watch.isCancelled ? { isCancelled: watch.isCancelled } : {}) })) {
        if (isPython(file.uri) || this.roots.includes(file.uri) || file.unreadable !== undefined) found.push(file);
      }
    }
    const known = new Set(found.map(({ uri }) => uri));
    for (const uri of this.entries.keys()) if (!known.has(uri)) this.entries.delete(uri);
    await this.look(found, watch);
  }

  /** Looks again at files that changed, appeared or went on disk. */
  async update(uris: readonly string[], watch: ScanWatch = {}): Promise<void> {
    await this.look(uris.filter(isPython).map((uri) => ({ uri, size: 0 })), watch);
  }

  open(uri: string, text: string): void {
    this.closeTree(uri);
    this.openFiles.set(uri, { text, tree: this.parser.parse(text) });
    this.forget();
  }

  /** The buffer after changes; their offsets refer to the text before each of them, in order. */
  edit(uri: string, text: string, changes: readonly TextChange[]): void {
    const file = this.openFiles.get(uri);
    if (!file) return this.open(uri, text);
    this.openFiles.set(uri, { text, tree: this.parser.reparse(file.tree, text, changes) });
    this.forget();
  }

  /** The file on disk counts again. */
  async close(uri: string): Promise<void> {
    this.closeTree(uri);
    await this.update([uri]);
  }

  isOpen(uri: string): boolean {
    return this.openFiles.has(uri);
  }

  /** Frees all trees. */
  dispose(): void {
    for (const uri of [...this.openFiles.keys()]) this.closeTree(uri);
    this.entries.clear();
  }

  get counts(): Counts {
    const entries = [...this.entries];
    const skipped = entries.flatMap(([uri, { skipped }]) => (skipped === undefined ? [] : [{ uri, reason: skipped }]));
    const mentioning = entries.filter(([, { facts }]) => facts !== undefined);
    return {
      found: entries.length,
      mentioning: mentioning.length,
      analysed: mentioning.filter(([, { skipped }]) => skipped === undefined).length,
      skipped: skipped.sort((a, b) => (a.uri < b.uri ? -1 : 1)),
    };
  }

  /** The files that run `monkey_patch`, with what they patch. */
  get patched(): readonly { readonly entryPoint: string; readonly modules: readonly PatchGroup[] }[] {
    return this.process.calls.map(({ uri, groups }) => ({ entryPoint: uri, modules: groups ?? [] }));
  }

  /** The files that have findings, sorted by URI. */
  get uris(): readonly string[] {
    const all = new Set([...this.entries.keys(), ...this.openFiles.keys()]);
    return [...all].filter((uri) => (this.facts(uri)?.marks.length ?? 0) > 0 || (this.facts(uri)?.suppressions.length ?? 0) > 0).sort();
  }

  /** The findings of a file, kept ones included; their fixes without edits. */
  findings(uri: string): readonly Finding[] {
    const facts = this.facts(uri);
    return facts ? judge(facts, this.court) : [];
  }

  /** The findings of a file with the edits of all their fixes; reads the file where it is not open. */
  async report(uri: string): Promise<FileReport | undefined> {
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
      return ask(analyse(text, tree, this.context(uri)));
    } finally {
      tree.delete();
    }
  }

  /** The analysis of an open file. Valid until the file is edited or closed. */
  analysis(uri: string): Analysis | undefined {
    const file = this.openFiles.get(uri);
    if (!file) return undefined;
    file.analysis ??= analyse(file.text, file.tree, this.context(uri));
    return file.analysis;
  }

  /** What fixing would do to the files, computed in memory to a fixed point. */
  async fix(choice: FixChoice, watch: ScanWatch = {}): Promise<readonly FileChange[]> {
    const changes: FileChange[] = [];
    const uris = this.uris;
    for (const [index, uri] of uris.entries()) {
      if (watch.isCancelled?.()) break;
      const before = this.openFiles.get(uri)?.text ?? (await this.read(uri));
      if (typeof before === 'string') {
        const change = fixText(before, choice, { parser: this.parser, context: this.context(uri), court: this.court });
        if (change.edits.length > 0) changes.push({ uri, before, ...change });
      }
      watch.progress?.(index + 1, uris.length);
      await this.host.pause();
    }
    return changes;
  }

  get court(): Court {
    return {
      process: this.process,
      settings: this.settings,
      name: (uri) => this.pathOf(uri),
      digest: (text) => this.host.text.digest(text).slice(0, 16),
      guide: guidePage,
    };
  }

  /** Path below the root that contains the file, with forward slashes; the URI itself where none does. */
  pathOf(uri: string): string {
    const root = this.roots.find((folder) => uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
    return decodeURIComponent(root === undefined ? (uri.split('/').at(-1) ?? uri) : uri.slice(root.length).replace(/^\//, ''));
  }

  private async look(files: readonly FoundFile[], watch: ScanWatch): Promise<void> {
    let since = this.host.now();
    for (const [index, file] of files.entries()) {
      if (watch.isCancelled?.()) return;
      const entry = await this.entryOf(file);
      if (entry) this.entries.set(file.uri, entry);
      else this.entries.delete(file.uri);
      if (this.host.now() - since > slice) {
        watch.progress?.(index + 1, files.length);
        await this.host.pause();
        since = this.host.now();
      }
    }
    watch.progress?.(files.length, files.length);
    this.forget();
  }

  /** undefined for a file that is no longer there. */
  private async entryOf(file: FoundFile): Promise<Entry | undefined> {
    const skip = (reason: string): Entry => ({ mentions: [], skipped: reason });
    if (file.unreadable !== undefined) return skip(file.unreadable);
    const text = await this.read(file.uri);
    if (text === undefined) return undefined;
    if (typeof text !== 'string') return skip(text.reason);
    const mentions = mentionsOf(text, moduleName(this.pathOf(file.uri)));
    if (!text.includes('eventlet')) return { mentions };
    if (text.length > tooLarge) return skip(`too large: ${Math.round(text.length / 1e6)} million characters, the limit is ${tooLarge / 1e6}`);
    const tree = this.parser.parse(text);
    try {
      const facts = factsOf(analyse(text, tree, this.context(file.uri)));
      return { mentions, facts, ...(facts.hasErrors ? { skipped: 'syntax errors: findings may be missing, and nothing is rewritten' } : {}) };
    } finally {
      tree.delete();
    }
  }

  private async read(uri: string): Promise<string | undefined | { readonly reason: string }> {
    const result = await this.host.files.read(uri);
    if ('missing' in result) return undefined;
    if ('unreadable' in result) return { reason: result.unreadable };
    const source = decodeSource(result.bytes, this.host.text);
    return 'text' in source ? source.text : { reason: source.reason };
  }

  private facts(uri: string): FileFacts | undefined {
    const file = this.openFiles.get(uri);
    if (!file) return this.entries.get(uri)?.facts;
    const analysis = this.analysis(uri);
    if (analysis) file.facts ??= factsOf(analysis);
    return file.facts;
  }

  private get process(): Process {
    this.knownProcess ??= new Process(this.patchCalls());
    return this.knownProcess;
  }

  /** Calls in tests say nothing of the services; they count only for the tests themselves. */
  private patchCalls(): readonly PatchCall[] {
    const uris = [...new Set([...this.entries.keys(), ...this.openFiles.keys()])].sort();
    return uris
      .filter((uri) => !isTest(this.pathOf(uri)))
      .flatMap((uri) => (this.facts(uri)?.patches ?? []).map((groups) => ({ uri, groups })));
  }

  private context(uri: string): { readonly namedElsewhere: ReadonlySet<string>; readonly python: readonly [number, number] } {
    const workspace = this;
    return {
      get namedElsewhere() {
        workspace.mentions ??= new Mentions([...workspace.entries.values()].flatMap(({ mentions }) => mentions));
        return workspace.mentions.of(moduleName(workspace.pathOf(uri)));
      },
      python: pythonVersion(this.settings.pythonVersion),
    };
  }

  /** What was derived from several files at once is derived again when one of them changed. */
  private forget(): void {
    this.mentions = undefined;
    this.knownProcess = undefined;
  }

  private closeTree(uri: string): void {
    this.openFiles.get(uri)?.tree.delete();
    this.openFiles.delete(uri);
  }
}

/** The page of a rule; packaged with the extension and on the project's site. */
export function guidePage(rule: string): string {
  return `https://github.com/eventlet-migration/eventlet-migration/blob/main/media/guide/${rule}.md`;
}

function isPython(uri: string): boolean {
  return /\.pyw?$/.test(uri);
}

function isTest(path: string): boolean {
  return /(^|\/)(tests?|functional|unit)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}

function pythonVersion(text: string): readonly [number, number] {
  const [, major = '3', minor = '9'] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return [Number(major), Number(minor)];
}

