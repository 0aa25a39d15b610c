import { eventlet } from '../python/eventlet';
import type { SyntaxParser, TextChange } from '../syntax/parser';
import type { Tree } from '../syntax/node';
import { analyse, factsOf, type Analysis, type FileFacts } from './analysis';
import { isTextFile, namesEventlet } from '../rules/texts/index';
import { tooLarge } from './limits';
import { mentionedIn, nothing } from './mentions';
import type { Mentioned } from './modules';
import type { Outlook } from './outlook';
import { isSameData } from './sameData';
import { textFacts } from './texts';
import { holds, Recorder, type Trace } from './trace';

/** Whether a text is worth parsing: it has to do with eventlet, and somebody may have written it. */
function isWorthParsing(text: string, outlook: Outlook): boolean {
  return text.length <= tooLarge && (eventlet.isNamedIn(text) || outlook.concerns(text));
}

/** The other files, as an open one sees them. */
export interface Surroundings {
  /** Grows with every change that may matter. */
  readonly revision: number;
  outlook(): Outlook;
}

/**
 * An open file. It is parsed when somebody asks, and after that only where it changed; the tree lives in memory that nobody
 * collects, so whoever made a buffer disposes of it.
 */
export class Buffer {
  private tree: Tree | undefined;
  /** What happened since the tree was made, in order. */
  private changes: TextChange[] = [];
  private known: { readonly analysis: Analysis; readonly recorder: Recorder; revision: number; facts?: FileFacts } | undefined;
  private knownMentioned: Mentioned | undefined;
  /** Those of the last version without a syntax error that somebody asked for. */
  private soundFacts: FileFacts | undefined;
  private isHeard = false;
  private knownText: FileFacts | undefined;
  /** Whether it is no Python: then there is no tree. */
  readonly isText: boolean;

  constructor(
    private readonly parser: SyntaxParser,
    readonly path: string,
    private content: string,
  ) {
    this.isText = isTextFile(path);
  }

  get text(): string {
    return this.content;
  }

  /** The offsets of each change refer to the text before it. */
  edit(text: string, changes: readonly TextChange[]): void {
    this.content = text;
    this.changes.push(...changes);
    this.known = undefined;
    this.isHeard = false;
    this.knownText = undefined;
  }

  /** What the buffer says of other files; the same object as long as that is the same. */
  get mentioned(): Mentioned {
    if (!this.isHeard) {
      const now = this.isText ? nothing : mentionedIn(this.content, this.path);
      if (!isSameData(now, this.knownMentioned)) this.knownMentioned = now;
      this.isHeard = true;
    }
    return this.knownMentioned ?? nothing;
  }

  /** Valid until the next edit; undefined for a text that is not worth parsing. */
  analysis(surroundings: Surroundings): Analysis | undefined {
    return this.look(surroundings)?.analysis;
  }

  facts(surroundings: Surroundings): FileFacts | undefined {
    if (this.isText) return namesEventlet(this.content) ? (this.knownText ??= textFacts(this.content, this.path)) : undefined;
    const known = this.look(surroundings);
    if (!known) return undefined;
    known.facts ??= factsOf(known.analysis, this.soundFacts);
    if (!known.facts.hasErrors) this.soundFacts = known.facts;
    return known.facts;
  }

  /** What its analysis asked. */
  get trace(): Trace | undefined {
    return this.known?.recorder.trace;
  }

  /** The next look starts anew, though not from another tree. */
  forget(): void {
    this.known = undefined;
  }

  dispose(): void {
    this.known = undefined;
    this.tree?.delete();
    this.tree = undefined;
  }

  private look({ revision, outlook: makeOutlook }: Surroundings): Buffer['known'] {
    if (this.isText) return undefined;
    if (this.known?.revision === revision) return this.known;
    const outlook = makeOutlook();
    if (this.known && holds(this.known.recorder.trace, outlook)) {
      this.known.revision = revision;
      return this.known;
    }
    if (!isWorthParsing(this.content, outlook)) {
      this.dispose();
      return undefined;
    }
    const recorder = new Recorder(outlook);
    this.known = { analysis: analyse(this.content, this.parsed(), recorder.context), recorder, revision };
    return this.known;
  }

  private parsed(): Tree {
    if (!this.tree) this.tree = this.parser.parse(this.content);
    else if (this.changes.length > 0) this.tree = this.parser.reparse(this.tree, this.content, this.changes);
    this.changes = [];
    return this.tree;
  }
}
