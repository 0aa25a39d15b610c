import type { SyntaxParser, TextChange } from '../syntax/parser';
import type { Tree } from '../syntax/node';
import { analyse, factsOf, type Analysis, type AnalysisContext, type FileFacts } from './analysis';
import { mentionsOf, moduleName, type Questions } from './mentions';

/** What a file sees of the others: it remembers what it was asked, so that an analysis can tell when it is out of date. */
export interface Outlook extends AnalysisContext {
  readonly namedElsewhere: Questions;
}

/** Characters; a file of more is no source that anybody wrote. */
export const tooLarge = 4_000_000;

/** Whether a text is worth parsing: it names eventlet, and somebody may have written it. */
export function isWorthParsing(text: string): boolean {
  return text.length <= tooLarge && text.includes('eventlet');
}

/**
 * An open file. It is parsed when somebody asks, and after that only where it changed; the tree lives in memory that nobody
 * collects, so whoever made a buffer disposes of it.
 */
export class Buffer {
  private tree: Tree | undefined;
  /** What happened since the tree was made, in order. */
  private changes: TextChange[] = [];
  private known: { readonly analysis: Analysis; readonly outlook: Outlook; facts?: FileFacts } | undefined;
  private knownMentions: readonly string[] | undefined;

  constructor(
    private readonly parser: SyntaxParser,
    readonly path: string,
    private content: string,
  ) {}

  get text(): string {
    return this.content;
  }

  /** The offsets of each change refer to the text before it. */
  edit(text: string, changes: readonly TextChange[]): void {
    this.content = text;
    this.changes.push(...changes);
    this.known = undefined;
    this.knownMentions = undefined;
  }

  get mentions(): readonly string[] {
    this.knownMentions ??= mentionsOf(this.content, moduleName(this.path));
    return this.knownMentions;
  }

  /** Valid until the next edit; undefined for a text that is not worth parsing. `outlook` makes what is known beside the text. */
  analysis(outlook: () => Outlook): Analysis | undefined {
    return this.look(outlook)?.analysis;
  }

  facts(outlook: () => Outlook): FileFacts | undefined {
    const known = this.look(outlook);
    return known && (known.facts ??= factsOf(known.analysis));
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

  private look(makeOutlook: () => Outlook): Buffer['known'] {
    if (this.known && !this.known.outlook.namedElsewhere.isStale) return this.known;
    if (!isWorthParsing(this.content)) {
      this.dispose();
      return undefined;
    }
    const outlook = makeOutlook();
    this.known = { analysis: analyse(this.content, this.parsed(), outlook), outlook };
    return this.known;
  }

  private parsed(): Tree {
    if (!this.tree) this.tree = this.parser.parse(this.content);
    else if (this.changes.length > 0) this.tree = this.parser.reparse(this.tree, this.content, this.changes);
    this.changes = [];
    return this.tree;
  }
}
