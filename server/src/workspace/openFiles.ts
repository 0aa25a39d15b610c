import type { SyntaxParser, TextChange } from '../syntax/parser';
import type { Analysis, FileFacts } from './analysis';
import { Buffer, type Surroundings } from './buffer';
import type { CrossIndex } from './crossIndex';
import type { Territory } from './territory';
import type { Trace } from './trace';

/** The files that are open in the editor. Their buffers count, not what is on disk. */
export class OpenFiles {
  private readonly buffers = new Map<string, Buffer>();
  /** Those that the project does not count as its own: they are ignored or excluded. */
  private readonly foreign = new Set<string>();
  /** Whether the index has heard what the buffers mention. */
  private areHeard = false;
  /** What the index was told that each of them holds, and what it knew then. */
  private readonly told = new Map<string, { readonly facts: FileFacts | undefined; readonly revision: number }>();

  constructor(
    private readonly parser: SyntaxParser,
    private readonly territory: Territory,
    private readonly index: CrossIndex,
  ) {}

  get uris(): readonly string[] {
    return [...this.buffers.keys()];
  }

  has(uri: string): boolean {
    return this.buffers.has(uri);
  }

  text(uri: string): string | undefined {
    return this.buffers.get(uri)?.text;
  }

  open(uri: string, text: string): void {
    this.buffers.get(uri)?.dispose();
    this.buffers.set(uri, new Buffer(this.parser, this.territory.pathOf(uri), text));
    this.told.delete(uri);
    this.areHeard = false;
  }

  /** The buffer after changes; their offsets refer to the text before each of them, in order. */
  edit(uri: string, text: string, changes: readonly TextChange[]): void {
    const buffer = this.buffers.get(uri);
    if (!buffer) return this.open(uri, text);
    buffer.edit(text, changes);
    this.areHeard = false;
  }

  close(uri: string): void {
    this.buffers.get(uri)?.dispose();
    this.buffers.delete(uri);
    this.foreign.delete(uri);
    this.told.delete(uri);
  }

  setForeign(uri: string, isForeign: boolean): void {
    if (isForeign && this.buffers.has(uri)) this.foreign.add(uri);
    else this.foreign.delete(uri);
    this.areHeard = false;
  }

  /** What open files import and mention counts as it is in the buffer. */
  hear(): void {
    if (this.areHeard) return;
    this.areHeard = true;
    for (const [uri, { mentioned, path }] of this.buffers) this.index.hear(uri, path, mentioned, !this.foreign.has(uri));
  }

  /** Makes known what open files say and hold now. */
  tell(): void {
    for (const uri of this.buffers.keys()) this.facts(uri);
  }

  /** The analysis of a file that mentions eventlet. Valid until the file is edited or closed. */
  analysis(uri: string): Analysis | undefined {
    this.hear();
    return this.buffers.get(uri)?.analysis(this.surroundings(uri));
  }

  /** What is known of an open file of the project; what it hands on is made known. */
  facts(uri: string): FileFacts | undefined {
    if (this.foreign.has(uri)) return undefined;
    this.hear();
    const facts = this.buffers.get(uri)?.facts(this.surroundings(uri));
    const told = this.told.get(uri);
    if (!told || told.facts !== facts || told.revision !== this.index.revision) {
      this.index.hold(uri, facts);
      this.told.set(uri, { facts, revision: this.index.revision });
    }
    return facts;
  }

  /** What the analysis of an open file asked, if there was one. */
  trace(uri: string): Trace | undefined {
    return this.buffers.get(uri)?.trace;
  }

  /** The next look at each starts anew. */
  forget(): void {
    for (const buffer of this.buffers.values()) buffer.forget();
    this.areHeard = false;
  }

  /** Frees all trees. */
  dispose(): void {
    for (const buffer of this.buffers.values()) buffer.dispose();
    this.buffers.clear();
    this.told.clear();
  }

  private surroundings(uri: string): Surroundings {
    return { revision: this.index.revision, outlook: () => this.index.outlook(uri) };
  }
}
