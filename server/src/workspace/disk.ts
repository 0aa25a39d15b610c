import { decodeSource } from '../edits/encoding';
import type { FoundFile, Host } from '../host';
import { eventlet } from '../python/eventlet';
import { namesEventlet } from '../rules/texts/index';
import type { SyntaxParser } from '../syntax/parser';
import { workOut, type Finished } from './analyst';
import { Analysts } from './analysts';
import type { CrossIndex } from './crossIndex';
import type { FactsCache, SeenFile } from './factsCache';
import { importLevels } from './importLevels';
import { slice, tooLarge } from './limits';
import { mentionedIn, moduleName, nothing } from './mentions';
import type { OpenFiles } from './openFiles';
import type { Outlook } from './outlook';
import { foldersAround } from './roots';
import { declaredIn, declares } from './services/declared';
import { isPython, stampOf } from './survey';
import type { Territory } from './territory';
import { textFacts } from './texts';
import { holds, type Trace } from './trace';
import { withoutText } from './withoutText';

export interface ScanWatch {
  progress?(done: number, total: number): void;
  isCancelled?(): boolean;
}

/** What is known of one file on disk: as much as its bytes say, or why they say nothing. */
export interface Entry {
  /** What follows from the text, and from the answers to what was asked of the others. */
  readonly analysed?: Finished;
  /** In which ways it led to eventlet when there was no reason to parse it. */
  readonly passed?: string;
  /** Why the file was not analysed, or not wholly. */
  readonly skipped?: string;
}

/** Names are handed on from module to module; more rounds than this would be a mistake of ours. */
const rounds = 20;

/**
 * The files of a project as they are on disk, and what is known of them. `scan`, `update` and `settle` take turns: whoever
 * calls one waits before calling the next.
 */
export class Disk {
  private readonly known = new Map<string, Entry>();
  /** The revision of what the files say of each other that everybody has heard. */
  private settled = -1;
  /** Files that count as holding nothing until they have been looked at again. */
  private readonly taken = new Set<string>();
  /** The URIs that the last scan found. */
  private found: ReadonlySet<string> = new Set();
  private readonly beside = new Map<string, string | undefined>();
  private readonly analysts: Analysts;

  constructor(
    private readonly host: Host,
    private readonly parser: SyntaxParser,
    private readonly territory: Territory,
    private readonly index: CrossIndex,
    private readonly open: OpenFiles,
    private readonly cache: FactsCache,
    /** Whether somebody wants to know what was `readBeside`. */
    private readonly isNoting: boolean,
    /** Called when something is known that was not, before others have a turn. */
    private readonly changed: () => void,
  ) {
    this.analysts = new Analysts(host.threads, (line) => host.log(line));
  }

  get entries(): ReadonlyMap<string, Entry> {
    return this.known;
  }

  /** The stamps of the files that were read although no scan had found them, by URI; undefined for one whose changes nobody would see. */
  get readBeside(): ReadonlyMap<string, string | undefined> {
    return this.beside;
  }

  /** Looks at every file of the territory. Files that have gone since the last scan are forgotten. */
  async scan(watch: ScanWatch): Promise<void> {
    const found = await this.territory.find(watch.isCancelled);
    if (watch.isCancelled?.()) return;
    // Project files may say something else of open files than before.
    this.open.forget();
    const names = new Set(found.map(({ uri }) => uri));
    for (const uri of [...this.known.keys()]) if (!names.has(uri)) this.remove(uri);
    this.found = names;
    await this.sortOut(this.open.uris, names);
    await this.cache.load();
    await this.look(found, watch);
    if (!watch.isCancelled?.()) await this.cache.save(names);
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
    // One that went while it was open counted until now.
    for (const uri of fresh) if (!found.has(uri)) this.remove(uri);
    await this.look([...known.map((uri) => ({ uri, size: 0 })), ...fresh.flatMap((uri) => found.get(uri) ?? [])], watch);
  }

  /** Looks again at closed files about which the others say something different now, until nothing moves. */
  async settle(watch: ScanWatch): Promise<void> {
    try {
      await this.settleAll(watch, []);
    } finally {
      this.analysts.end();
    }
  }

  /** If nobody says anything different, only those that were looked at can have to be looked at again: one of them may be new, or have changed while it was open. */
  private async settleAll(watch: ScanWatch, looked: readonly string[]): Promise<void> {
    for (let round = 0; round < rounds && !watch.isCancelled?.(); round++) {
      this.open.tell();
      for (const uri of this.index.takeBack((each) => this.open.trace(each) ?? this.known.get(each)?.analysed?.trace)) this.taken.add(uri);
      const { revision } = this.index;
      const isSettled = revision === this.settled;
      // Those that were looked at have been gone through with all the others then.
      if (isSettled && round > 0 && this.taken.size === 0) return;
      const candidates = isSettled ? looked.filter((uri) => this.known.has(uri)) : [...this.known.keys()];
      const stale = candidates.filter((uri) => !this.open.has(uri) && (this.taken.has(uri) || this.isStale(uri)));
      if (isSettled && stale.length === 0) return;
      await this.analyse(stale, watch, 0);
      if (watch.isCancelled?.()) return;
      this.taken.clear();
      this.settled = revision;
    }
  }

  /** The text of a file as it is now; undefined where there is none, a reason where it cannot be had. */
  async read(uri: string): Promise<string | undefined | { readonly reason: string }> {
    if (this.isNoting && !this.found.has(uri) && !this.beside.has(uri)) this.beside.set(uri, await stampOf(uri, this.host));
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
    this.index.pauseServices();
    try {
      await this.lookAtEach(files, watch);
      await this.settleAll(watch.isCancelled ? { isCancelled: watch.isCancelled } : {}, files.map(({ uri }) => uri));
    } finally {
      this.analysts.end();
      this.index.resumeServices();
      this.changed();
    }
  }

  /** First what all the files say of each other, then each in the light of that: most are parsed once. */
  private async lookAtEach(files: readonly FoundFile[], watch: ScanWatch): Promise<void> {
    const naming: string[] = [];
    await this.inSlices(files, watch, files.length, async (file) => {
      if (await this.isNaming(file)) naming.push(file.uri);
    });
    await this.analyse(naming, watch, files.length);
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

  /** Notes what the text of a file alone says, and tells whether it says it of eventlet. */
  private async isNaming({ uri, stamp, unreadable }: FoundFile): Promise<boolean> {
    const seen = this.cache.file(uri, this.territory.pathOf(uri), stamp);
    const text = seen ? undefined : await this.textOf(uri, unreadable);
    const before = this.cache.lastSeen(uri)?.digest;
    const now = seen ?? (text === undefined ? undefined : this.see(uri, text, stamp));
    if (!now) return false;
    this.hear(uri, now);
    // What it held is of another text; what it holds now shows when it is analysed.
    if (before !== now.digest && !now.isNaming && !this.open.has(uri)) this.index.hold(uri, undefined);
    const known = this.known.get(uri);
    const isAnother = before !== now.digest || (known?.skipped !== undefined && !known.analysed);
    if (!known || (isAnother && !now.isNaming)) this.known.set(uri, {});
    return now.isNaming;
  }

  /** Remembers what a text says. A stamp is older than the text, so that what changes in between shows. */
  private see(uri: string, text: string, stamp = this.cache.lastSeen(uri)?.stamp): SeenFile {
    const path = this.territory.pathOf(uri);
    const isText = this.territory.isText(uri);
    const isNaming = isText ? namesEventlet(text) : eventlet.isNamedIn(text);
    const seen: SeenFile = {
      path,
      isNaming,
      ...(stamp === undefined ? {} : { stamp }),
      ...(isText ? {} : { mentioned: text.length > tooLarge ? nothing : withoutText(mentionedIn(text, path)) }),
      ...(declares(path) ? { declared: withoutText(declaredIn(text, path)) } : {}),
      digest: this.digest(uri, text),
    };
    this.cache.see(uri, seen);
    return seen;
  }

  private hear(uri: string, { path, mentioned, declared }: SeenFile): void {
    if (declared) this.index.declare(uri, declared);
    if (mentioned && !this.open.has(uri)) this.index.hear(uri, path, mentioned);
  }

  /** Analyses files in the light of what is known, those that others import first; what they hand on is made known after each group. */
  private async analyse(uris: readonly string[], watch: ScanWatch, total: number): Promise<void> {
    const files = uris.map((uri) => ({ uri, module: moduleName(this.territory.pathOf(uri)), imports: this.index.mentionedBy(uri).imports.map(({ dotted }) => dotted) }));
    let done = 0;
    for (const level of importLevels(files)) {
      await this.inSlices(level, { ...watch, progress: (part) => watch.progress?.(Math.floor(((done + part) / files.length) * total), total) }, level.length, async ({ uri }) => {
        const entry = await this.entryOf(uri);
        if (entry) this.known.set(uri, entry);
      }, this.analysts.atOnce);
      if (watch.isCancelled?.()) return;
      for (const { uri } of level) if (!this.open.has(uri)) this.index.hold(uri, this.known.get(uri)?.analysed?.facts);
      done += level.length;
    }
  }

  /** Does the work piece by piece, so many pieces `atOnce` as others help with it, and lets others have a turn in between. */
  private async inSlices<Item>(items: readonly Item[], watch: ScanWatch, total: number, work: (item: Item) => Promise<void>, atOnce = 1): Promise<void> {
    let since = this.host.now();
    const left = items.entries();
    const goOn = async (): Promise<void> => {
      for (const [index, item] of left) {
        if (watch.isCancelled?.()) return;
        await work(item);
        if (this.host.now() - since <= slice) continue;
        this.changed();
        watch.progress?.(Math.floor(((index + 1) / items.length) * total), total);
        await this.host.pause();
        since = this.host.now();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, goOn));
  }

  private async textOf(uri: string, unreadable?: string): Promise<string | undefined> {
    const text = unreadable === undefined ? await this.read(uri) : { reason: unreadable };
    if (typeof text === 'string') return text;
    if (text === undefined) this.remove(uri);
    else this.known.set(uri, { skipped: text.reason });
    return undefined;
  }

  /** What is to be known of a file now; undefined where it has gone or cannot be read, which is noted. */
  private async entryOf(uri: string): Promise<Entry | undefined> {
    const remembered = this.remembered(uri);
    if (remembered) return remembered;
    const text = await this.textOf(uri);
    if (text === undefined) return undefined;
    const digest = this.digest(uri, text);
    const seen = this.isAsSeen(uri, digest) ?? this.see(uri, text);
    this.hear(uri, seen);
    const { mentioned } = seen;
    if (!mentioned) return this.kept(digest, { facts: withoutText(textFacts(text, seen.path)), trace: nothingAsked });
    const outlook = this.index.outlookWith(uri, mentioned);
    if (text.length <= tooLarge && (seen.isNaming || outlook.concerns(text))) {
      return this.kept(digest, (await this.analysts.workOut(text, mentioned, outlook, () => this.index.namedOf(uri, text, mentioned))) ?? (await this.workOutHere(text, outlook)));
    }
    if (text.length <= tooLarge) {
      this.cache.pass(uri, outlook.key);
      return { passed: outlook.key };
    }
    return { passed: outlook.key, skipped: `too large: ${Math.round(text.length / 1e6)} million characters, the limit is ${tooLarge / 1e6}` };
  }

  private async workOutHere(text: string, outlook: Outlook): Promise<Finished> {
    await this.parser.ready();
    return workOut(text, this.parser, outlook);
  }

  /** What was seen last, if the text is the same. */
  private isAsSeen(uri: string, digest: string): SeenFile | undefined {
    const seen = this.cache.lastSeen(uri);
    return seen?.digest === digest ? seen : undefined;
  }

  /** What was found out earlier about the same text, where the others say the same about it. */
  private remembered(uri: string): Entry | undefined {
    const { digest, mentioned, passed } = this.cache.lastSeen(uri) ?? {};
    if (passed === undefined && (digest === undefined || !this.cache.hasFacts(digest))) return undefined;
    const outlook = mentioned && this.index.outlookWith(uri, mentioned);
    if (passed !== undefined && passed === outlook?.key) return { passed };
    const known = digest === undefined ? undefined : this.cache.facts(digest, outlook);
    return known && entry(known);
  }

  private kept(digest: string, finished: Finished): Entry {
    this.cache.keep(digest, finished);
    return entry(finished);
  }

  /** What a text that is no Python says depends on the name of its file. */
  private digest(uri: string, text: string): string {
    return this.host.text.digest(this.territory.isText(uri) ? `${this.territory.pathOf(uri)}\0${text}` : text);
  }

  private isStale(uri: string): boolean {
    const { analysed, passed = '', skipped } = this.known.get(uri) ?? {};
    if (analysed && this.territory.isText(uri)) return false;
    if (analysed) return !holds(analysed.trace, this.index.outlook(uri));
    return skipped === undefined && this.index.waysOf(uri) !== passed;
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

const nothingAsked: Trace = { strings: [], settings: '', asked: {} };

function entry(analysed: Finished): Entry {
  const { hasErrors, givenUp } = analysed.facts;
  if (givenUp === 'depth') return { analysed, skipped: 'nested too deeply to be analysed' };
  if (givenUp === 'errors') return { analysed, skipped: 'syntax errors all over it: nothing in it is looked at' };
  return { analysed, ...(hasErrors ? { skipped: 'syntax errors: findings may be missing, and nothing is rewritten' } : {}) };
}
