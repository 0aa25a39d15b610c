import { decodeSource } from '../edits/encoding';
import type { FoundFile, Host } from '../host';
import { eventlet } from '../python/eventlet';
import { namesEventlet } from '../rules/texts/index';
import type { SyntaxParser } from '../syntax/parser';
import { analyse, factsOf, type FileFacts } from './analysis';
import { isWorthParsing, tooLarge } from './buffer';
import type { CrossIndex } from './crossIndex';
import type { OpenFiles } from './openFiles';
import type { Outlook } from './outlook';
import { foldersAround } from './roots';
import { isPython, type Territory } from './territory';
import { textFacts } from './texts';

export interface ScanWatch {
  progress?(done: number, total: number): void;
  isCancelled?(): boolean;
}

/** What is known of one file on disk: as much as its bytes say, or why they say nothing. */
export interface Entry {
  readonly analysed?: { readonly digest: string; readonly facts: FileFacts };
  /** What it saw of the others when it was looked at. */
  readonly outlook?: Outlook;
  /** Why the file was not analysed, or not wholly. */
  readonly skipped?: string;
}

/** Names are handed on from module to module; more rounds than this would be a mistake of ours. */
const rounds = 20;

/** The pause between two slices of work, in milliseconds: short enough that typing does not feel it. */
const slice = 12;

/**
 * The files of a project as they are on disk, and what is known of them. `scan`, `update` and `settle` take turns: whoever
 * calls one waits before calling the next.
 */
export class Disk {
  private readonly known = new Map<string, Entry>();
  /** The revision of what the files say of each other that everybody has heard. */
  private settled = -1;

  constructor(
    private readonly host: Host,
    private readonly parser: SyntaxParser,
    private readonly territory: Territory,
    private readonly index: CrossIndex,
    private readonly open: OpenFiles,
    /** Called when something is known that was not, before others have a turn. */
    private readonly changed: () => void,
  ) {}

  get entries(): ReadonlyMap<string, Entry> {
    return this.known;
  }

  /** Looks at every file of the territory. Files that have gone since the last scan are forgotten. */
  async scan(watch: ScanWatch): Promise<void> {
    const found = await this.territory.find(watch.isCancelled);
    if (watch.isCancelled?.()) return;
    const names = new Set(found.map(({ uri }) => uri));
    for (const uri of [...this.known.keys()]) if (!names.has(uri)) this.remove(uri);
    await this.sortOut(this.open.uris, names);
    await this.look(found, watch);
  }

  /**
   * Looks again at what changed, appeared or went. The URI of a folder that went stands for all that was in it; what the
   * project does not count as its own is left out.
   */
  async update(uris: readonly string[], watch: ScanWatch): Promise<void> {
    const gone = this.below(new Set(uris.filter((uri) => !isPython(uri))));
    const known = [...uris.filter((uri) => this.known.has(uri)), ...gone];
    const fresh = uris.filter((uri) => (isPython(uri) || this.territory.isText(uri)) && !this.known.has(uri) && this.territory.contains(uri));
    const found = fresh.length > 0 ? new Map((await this.territory.find(watch.isCancelled)).map((file) => [file.uri, file])) : new Map<string, FoundFile>();
    if (watch.isCancelled?.()) return;
    await this.sortOut(fresh, found);
    await this.look([...known.map((uri) => ({ uri, size: 0 })), ...fresh.flatMap((uri) => found.get(uri) ?? [])], watch);
  }

  /** Looks again at closed files about which the others say something different now, until nothing moves. */
  async settle(watch: ScanWatch): Promise<void> {
    for (let round = 0; round < rounds && !watch.isCancelled?.(); round++) {
      this.open.hear();
      const { revision } = this.index;
      if (revision === this.settled) return;
      const stale = [...this.known.keys()].filter((uri) => !this.open.has(uri) && this.isStale(uri));
      const read = async (uri: string): Promise<{ readonly uri: string; readonly text: string } | undefined> => {
        const text = await this.textOf({ uri, size: 0 });
        return text === undefined ? undefined : { uri, text };
      };
      await this.analyse(stale, read, watch, 0);
      if (!watch.isCancelled?.()) this.settled = revision;
    }
  }

  /** The text of a file as it is now; undefined where there is none, a reason where it cannot be had. */
  async read(uri: string): Promise<string | undefined | { readonly reason: string }> {
    const result = await this.host.files.read(uri);
    if ('missing' in result) return undefined;
    if ('unreadable' in result) return { reason: result.unreadable };
    const source = decodeSource(result.bytes, this.host.text);
    if ('text' in source) return source.text;
    // A text of another encoding is no loss where it has nothing to say of eventlet.
    const isSilent = this.territory.isText(uri) && !namesEventlet(this.host.text.decode(result.bytes, 'iso-8859-1') ?? '');
    return isSilent ? '' : { reason: source.reason };
  }

  clear(): void {
    this.known.clear();
  }

  /** Notes which of the files, as far as they are open, are not the project's own: they are on disk, and were not found. */
  private async sortOut(uris: readonly string[], found: { has(uri: string): boolean }): Promise<void> {
    for (const uri of uris) this.open.setForeign(uri, this.territory.contains(uri) && !found.has(uri) && (await this.read(uri)) !== undefined);
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
      const isNaming = this.territory.isText(file.uri) ? namesEventlet(text) : eventlet.isNamedIn(text);
      if (isNaming) naming.push({ uri: file.uri, text });
      if (!isNaming || !this.known.has(file.uri)) this.known.set(file.uri, {});
    });
    await this.analyse(naming, async (file) => file, watch, files.length);
    await this.lookAtScripts();
    this.changed();
    if (!watch.isCancelled?.()) watch.progress?.(files.length, files.length);
  }

  /** Programs of the project without the ending of a Python file: they are no modules, but processes start there. */
  private async lookAtScripts(): Promise<void> {
    for (const uri of this.index.scripts) {
      const text = this.known.has(uri) ? undefined : await this.read(uri);
      if (typeof text === 'string' && /^#!.*python/.test(text)) this.index.noteScript(uri, text);
    }
  }

  /** Analyses files in the light of what is known; what they hand on is made known afterwards, at once. */
  private async analyse<Item>(items: readonly Item[], textOf: (item: Item) => Promise<{ readonly uri: string; readonly text: string } | undefined>, watch: ScanWatch, total: number): Promise<void> {
    const analysed: string[] = [];
    await this.inSlices(items, watch, total, async (item) => {
      const file = await textOf(item);
      if (!file) return;
      this.known.set(file.uri, this.entryOf(file.uri, file.text));
      analysed.push(file.uri);
    });
    for (const uri of analysed) if (!this.open.has(uri)) this.index.hold(uri, this.known.get(uri)?.analysed?.facts);
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
    else if (typeof text !== 'string') this.known.set(uri, { skipped: text.reason });
    else {
      if (!this.open.has(uri)) this.index.note(uri, text);
      return text;
    }
    return undefined;
  }

  private entryOf(uri: string, text: string): Entry {
    if (this.territory.isText(uri)) return { analysed: { digest: '', facts: textFacts(text, this.territory.pathOf(uri)) } };
    const outlook = this.index.outlookOf(uri, text);
    if (!isWorthParsing(text, outlook)) {
      return text.length > tooLarge ? { outlook, skipped: `too large: ${Math.round(text.length / 1e6)} million characters, the limit is ${tooLarge / 1e6}` } : { outlook };
    }
    const analysed = this.factsOnDisk(uri, text, outlook);
    return { outlook, analysed, ...(analysed.facts.hasErrors ? { skipped: 'syntax errors: findings may be missing, and nothing is rewritten' } : {}) };
  }

  private isStale(uri: string): boolean {
    const { outlook, skipped } = this.known.get(uri) ?? {};
    return outlook ? outlook.isStale : skipped === undefined && this.index.leadsToEventlet(uri);
  }

  /** The known ones, where the file says the same as before and so do the others about it. */
  private factsOnDisk(uri: string, text: string, outlook: Outlook): NonNullable<Entry['analysed']> {
    const digest = this.host.text.digest(text);
    const known = this.known.get(uri);
    const isCurrent = known?.outlook !== undefined && !known.outlook.isStale && JSON.stringify(settingsIn(known.outlook)) === JSON.stringify(settingsIn(outlook));
    if (known?.analysed?.digest === digest && isCurrent) return known.analysed;
    const tree = this.parser.parse(text);
    try {
      return { digest, facts: factsOf(analyse(text, tree, outlook)) };
    } finally {
      tree.delete();
    }
  }

  private remove(uri: string): void {
    this.known.delete(uri);
    if (!this.open.has(uri)) this.index.forget(uri);
  }

  private below(folders: ReadonlySet<string>): readonly string[] {
    if (folders.size === 0) return [];
    return [...this.known.keys()].filter((uri) => foldersAround(uri).some((folder) => folders.has(folder)));
  }
}

/** What an analysis follows from beside the texts. */
function settingsIn({ python, helpers }: Outlook): unknown {
  return [python, helpers];
}
