import { Edit, Language, Parser, type Tree as RawTree } from 'web-tree-sitter';
import type { GrammarBytes } from '../host';
import { bodiesIn, withoutBodies, type Body, type Piece } from './bodies';
import { withCommentsAround, withJoinedComments } from './commentRuns';
import { Sketched, Tree } from './tree';

/** Offsets into the old text (UTF-16, half-open) and what stands there now. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/**
 * The Python parser. Trees live in WebAssembly memory, which nobody collects: whoever gets a tree frees it with `delete()`.
 * Any text gives a tree; what is not Python shows as ERROR and MISSING nodes in it.
 */
export class SyntaxParser {
  private loading: Promise<void> | undefined;
  private loaded: Parser | undefined;

  /** Nothing is loaded before somebody waits for `ready`: who finds everything in a cache needs no parser. */
  constructor(private readonly grammar: GrammarBytes) {}

  static async create(grammar: GrammarBytes): Promise<SyntaxParser> {
    const parser = new SyntaxParser(grammar);
    await parser.ready();
    return parser;
  }

  /** Settles when there can be parsed. */
  ready(): Promise<void> {
    this.loading ??= this.load();
    return this.loading;
  }

  private async load(): Promise<void> {
    const { runtime, python } = this.grammar;
    // In a browser, bytes alone are not enough: without `locateFile` the runtime still builds a URL for its file and fails.
    await Parser.init({ wasmBinary: runtime, locateFile: (name: string) => name } as Parameters<typeof Parser.init>[0]);
    const parser = new Parser();
    parser.setLanguage(await Language.load(python));
    this.loaded = parser;
  }

  private get parser(): Parser {
    if (!this.loaded) throw new Error('something is parsed before the parser is ready');
    return this.loaded;
  }

  parse(text: string): Tree {
    return Tree.of(this.whole(this.parser.parse(withJoinedComments(text))), text);
  }

  /**
   * What a look at the tree of a text gives; then the tree is freed. In a long text, the bodies of functions that nobody looks into are not parsed:
   * where one is looked into that is no Python, there is a second look, at the tree of the whole.
   */
  look<Result>(text: string, look: (tree: Tree) => Result): Result {
    const bodies = text.length < short ? [] : bodiesIn(text);
    if (bodies.length > 0) {
      const first = freed(this.sketch(text, bodies), (tree) => {
        const result = tree.isMisread ? [] : [look(tree)];
        return tree.isMisread ? [] : result;
      });
      for (const result of first) return result;
    }
    return this.lookAtWhole(text, look);
  }

  /** The same, with nothing left out. */
  lookAtWhole<Result>(text: string, look: (tree: Tree) => Result): Result {
    return freed(this.parse(text), look);
  }

  private sketch(text: string, bodies: readonly Body[]): Tree {
    const joined = withJoinedComments(text);
    const body = ({ def, until }: Body): RawTree => this.inPieces([{ start: def, text: joined.slice(def, until) }]);
    return Tree.of(this.inPieces(withoutBodies(joined, bodies)), text, new Sketched(bodies, body));
  }

  /** Parses what these pieces have, as if nothing was between them. */
  private inPieces(pieces: readonly Piece[]): RawTree {
    const includedRanges = pieces.map(({ start, text }) => ({ startIndex: start, endIndex: start + text.length, startPosition: origin, endPosition: origin }));
    let last = 0;
    const from = (index: number): string => {
      // It is read from the first piece to the last, and now and then a little again.
      while (last > 0 && index < (pieces[last]?.start ?? 0)) last--;
      while (last + 1 < pieces.length && index >= (pieces[last + 1]?.start ?? 0)) last++;
      const { start = 0, text = '' } = pieces[last] ?? {};
      return text.slice(index - start);
    };
    return this.whole(this.parser.parse(from, null, { includedRanges }));
  }

  /** Parses the text again, reusing what the changes left alone. The old tree is edited and freed. */
  reparse(old: Tree, text: string, changes: readonly TextChange[]): Tree {
    const basis = old.basisFor(changes);
    for (const { start, oldEnd, newEnd } of changes) basis.edit(edit(start, oldEnd, newEnd));
    for (const { start, end } of changed(changes)) {
      const around = withCommentsAround(text, start, end);
      basis.edit(edit(around.start, around.end, around.end));
    }
    return old.followedBy(this.whole(this.parser.parse(withJoinedComments(text), basis)), text);
  }

  private whole(tree: RawTree | null): RawTree {
    if (!tree) {
      this.parser.reset();
      throw new Error('the parser gave no tree although a language is set');
    }
    return tree;
  }
}

/** Where the changes stand when all of them have been made. */
function changed(changes: readonly TextChange[]): readonly { readonly start: number; readonly end: number }[] {
  return changes.map(({ start, newEnd }, index) => {
    const moved = (offset: number): number => changes.slice(index + 1).reduce((at, later) => (at < later.start ? at : at < later.oldEnd ? later.newEnd : at + later.newEnd - later.oldEnd), offset);
    return { start: moved(start), end: moved(newEnd) };
  });
}

function freed<Result>(tree: Tree, look: (tree: Tree) => Result): Result {
  try {
    return look(tree);
  } finally {
    tree.delete();
  }
}

/** Characters; a text that is shorter is parsed whole in some milliseconds. */
const short = 8_000;

/** Rows and columns are left at zero: we never ask a node for a position, and tree-sitter goes by offset alone. */
const origin = { row: 0, column: 0 };

function edit(startIndex: number, oldEndIndex: number, newEndIndex: number): Edit {
  return new Edit({
    startIndex,
    oldEndIndex,
    newEndIndex,
    startPosition: origin,
    oldEndPosition: origin,
    newEndPosition: origin,
  });
}
