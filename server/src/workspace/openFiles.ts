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
  }

  /** The buffer after changes; their offsets refer to the text before each of them, in order. */
  edit(uri: string, text: string, changes: readonly TextChange[]): void {
    const buffer = this.buffers.get(uri);
    if (buffer) buffer.edit(text, changes);
    else this.open(uri, text);
  }

  close(uri: string): void {
    this.buffers.get(uri)?.dispose();
    this.buffers.delete(uri);
    this.foreign.delete(uri);
  }

  setForeign(uri: string, isForeign: boolean): void {
    if (isForeign && this.buffers.has(uri)) this.foreign.add(uri);
    else this.foreign.delete(uri);
  }

  /** What open files import and mention counts as it is in the buffer. */
  hear(): void {
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
    this.index.hold(uri, facts);
    return facts;
  }

  /** What the analysis of an open file asked, if there was one. */
  trace(uri: string): Trace | undefined {
    return this.buffers.get(uri)?.trace;
  }

  /** The next look at each starts anew. */
  forget(): void {
    for (const buffer of this.buffers.values()) buffer.forget();
  }

  /** Frees all trees. */
  dispose(): void {
    for (const buffer of this.buffers.values()) buffer.dispose();
    this.buffers.clear();
  }

  private surroundings(uri: string): Surroundings {
    return { revision: this.index.revision, outlook: () => this.index.outlook(uri) };
  }
}
