import type { Host } from '../host';
import type { SyntaxParser, TextChange } from '../syntax/parser';
import { analyse, type Analysis, type FileFacts } from './analysis';
import { Courts } from './courts';
import type { CrossIndex } from './crossIndex';
import type { Entry } from './disk';
import type { Finding } from './finding';
import { Fixer, type Desk } from './fixer';
import { judge, type Court } from './judge';
import { moduleFile } from './moduleFile';
import type { OpenFiles } from './openFiles';
import type { PatchCall } from './process';
import type { Services } from './services/services';
import { isPython } from './survey';
import type { Territory } from './territory';

/** What both sides of a workspace share. */
export interface SharedBySides {
  readonly host: Host;
  readonly parser: SyntaxParser;
  readonly territory: Territory;
  /** The text of a file on disk; undefined where there is none, a reason where it cannot be had. */
  read(uri: string): Promise<string | undefined | { readonly reason: string }>;
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

/** The files of the project, or those that are open from elsewhere. Files of one side know each other, and nothing of those of the other. */
export class Side {
  readonly fixer: Fixer;
  private readonly courts: Courts;
  private readonly judged = new Map<string, Judged>();

  constructor(
    private readonly shared: SharedBySides,
    readonly index: CrossIndex,
    private readonly openFiles: OpenFiles,
    /** The files on disk that belong to it, by URI. */
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {
    this.courts = new Courts((text) => shared.host.text.digest(text), shared.territory, index, { facts: (uri) => this.facts(uri), where: (is) => this.filesWhere(is) });
    this.fixer = new Fixer(this.desk());
  }

  open(uri: string, text: string): void {
    this.openFiles.open(uri, text);
    this.courts.factsChanged();
  }

  edit(uri: string, text: string, changes: readonly TextChange[]): void {
    this.openFiles.edit(uri, text, changes);
    this.courts.factsChanged();
  }

  close(uri: string): void {
    this.openFiles.close(uri);
    // What was never on the disk says nothing to others any more.
    if (!this.entries.has(uri)) this.index.forget(uri);
    else this.index.hold(uri, this.entries.get(uri)?.analysed?.facts);
    this.courts.factsChanged();
  }

  /** Closes all files as if they had never been open, and tells what they said. */
  takeOut(): readonly { readonly uri: string; readonly text: string }[] {
    return this.openFiles.uris.map((uri) => {
      const text = this.openFiles.text(uri) ?? '';
      this.openFiles.close(uri);
      this.index.forget(uri);
      this.judged.delete(uri);
      return { uri, text };
    });
  }

  isOpen(uri: string): boolean {
    return this.openFiles.has(uri);
  }

  factsChanged(): void {
    this.courts.factsChanged();
  }

  /** Settings, project files or folders have changed. */
  settingsChanged(): void {
    this.openFiles.forget();
    this.courts.settingsChanged();
  }

  /** The Python files. */
  get modules(): readonly string[] {
    return [...new Set([...this.entries.keys(), ...this.openFiles.uris])].filter(isPython);
  }

  /** The files that have findings, sorted by URI. */
  get withFindings(): readonly string[] {
    return this.filesWhere(({ marks, suppressions }) => marks.length > 0 || suppressions.length > 0);
  }

  /** The calls of `monkey_patch` outside of tests. */
  get patchCalls(): readonly PatchCall[] {
    return this.courts.process.calls;
  }

  /** The processes that the code runs in. The same object as long as nothing changes that they follow from. */
  get services(): Services {
    this.openFiles.tell();
    return this.index.services;
  }

  facts(uri: string): FileFacts | undefined {
    return this.openFiles.has(uri) ? this.openFiles.facts(uri) : this.entries.get(uri)?.analysed?.facts;
  }

  court(uri: string): Court {
    return this.courts.of(uri);
  }

  judge(uri: string): Judged | undefined {
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

  /** The text of a file as it is now, in the buffer or on disk. */
  async read(uri: string): Promise<string | undefined | { readonly reason: string }> {
    return this.openFiles.text(uri) ?? this.shared.read(uri);
  }

  /** The analysis of an open file that mentions eventlet. Valid until the file is edited or closed. */
  analysis(uri: string): Analysis | undefined {
    return this.openFiles.analysis(uri);
  }

  /** The text and analysis of a file for one synchronous turn; undefined where it cannot be read. */
  async withAnalysis<Result>(uri: string, ask: (analysis: Analysis) => Result): Promise<Result | undefined> {
    const open = this.analysis(uri);
    if (open) return ask(open);
    const { parser, read } = this.shared;
    const text = await read(uri);
    if (typeof text !== 'string') return undefined;
    await parser.ready();
    return parser.look(text, (tree) => ask(analyse(text, tree, this.index.outlookOf(uri, text).context)));
  }

  /** Frees all trees. */
  dispose(): void {
    this.openFiles.dispose();
    this.judged.clear();
  }

  private desk(): Desk {
    const { index, courts, shared: { host, parser, territory } } = this;
    return {
      host,
      parser,
      court: (uri) => courts.of(uri),
      target: (uri) => territory.settings(uri).target,
      pathOf: (uri) => territory.pathOf(uri),
      isText: (uri) => territory.isText(uri),
      read: (uri) => this.read(uri),
      facts: (uri) => this.facts(uri),
      contextOf: (uri, text, instead) => index.contextOf(uri, text, instead),
      withAnalysis: (uri, ask) => this.withAnalysis(uri, ask),
      moduleFile: (module, near) => {
        const root = territory.rootOf(near);
        const files = this.modules.filter((uri) => territory.rootOf(uri) === root);
        return moduleFile(module, root, files.map((uri) => ({ uri, path: territory.pathOf(uri) })));
      },
    };
  }

  private filesWhere(is: (facts: FileFacts) => boolean): readonly string[] {
    const found: string[] = [];
    for (const [uri, { analysed }] of this.entries) if (analysed && is(analysed.facts) && !this.openFiles.has(uri)) found.push(uri);
    for (const uri of this.openFiles.uris) {
      const facts = this.facts(uri);
      if (facts && is(facts)) found.push(uri);
    }
    return found.sort();
  }
}
