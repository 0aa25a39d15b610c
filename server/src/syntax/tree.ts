import type { Node as RawNode, Tree as RawTree } from 'web-tree-sitter';
import type { Body } from './bodies';
import { deepestBracket } from './brackets';
import type { TextChange } from './parser';

/**
 * A syntax tree that is made as far as somebody looks at it. Every question to the parser's own tree is a call into
 * WebAssembly, and asking for a parent there means to walk down from the root; here each node is asked about once.
 *
 * After an edit the parser shares what did not change between its old and its new tree. The nodes of those parts are taken over
 * as they are, wherever they have moved to: offsets count from the start of the parent.
 */
export class Tree {
  private constructor(
    private readonly source: Source,
    readonly rootNode: Node,
  ) {}

  /** Where bodies are left out in `raw`, `sketched` has them; such a tree is not parsed again. */
  static of(raw: RawTree, text: string, sketched?: Sketched): Tree {
    const source: Source = { raw, text, version: 0, nodes: 0, found: new Map(), brackets: undefined, sound: undefined, sketched };
    return new Tree(source, new Node(source, undefined, 0, raw.rootNode, undefined));
  }

  /** The parser's tree. */
  get raw(): RawTree {
    return this.source.raw;
  }

  /** Whether it is another tree than that of the whole text, as far as it was looked at. */
  get isMisread(): boolean {
    const { sketched, raw } = this.source;
    return sketched !== undefined && (sketched.isMisread || raw.rootNode.hasError);
  }

  /**
   * What the text is parsed from after some more changes: the last tree without a syntax error, which has seen all changes since. An open
   * bracket swallows what follows it, and from that nothing could be taken over when the bracket is closed.
   */
  basisFor(changes: readonly TextChange[]): RawTree {
    const { source } = this;
    const changed = changes.reduce((sum, { start, oldEnd, newEnd }) => sum + oldEnd + newEnd - 2 * start, 0);
    if (source.brackets !== undefined) source.brackets += changed;
    source.sound ??= this.rootNode.hasError ? undefined : { raw: source.raw, changed: 0 };
    if (!source.sound) return source.raw;
    source.sound.changed += changed;
    return source.sound.raw;
  }

  /** The tree of the next text: `raw` was made from this one's basis. What is of no use any more is freed. Nodes of this tree must not be used any more. */
  followedBy(raw: RawTree, text: string): Tree {
    const { source } = this;
    const { raw: before, sound } = source;
    const isKept = sound !== undefined && sound.changed <= near && raw.rootNode.hasError;
    Object.assign(source, { raw, text, version: source.version + 1, found: new Map(), sound: isKept ? sound : undefined });
    const next = new Tree(source, new Node(source, undefined, 0, raw.rootNode, this.rootNode));
    for (const tree of new Set([before, sound?.raw])) if (!isKept || tree !== sound.raw) tree?.delete();
    return next;
  }

  /** Whether no more brackets than these are open at once anywhere in the text, those in strings and comments among them. */
  opensAtMost(most: number): boolean {
    const { source } = this;
    if (source.brackets === undefined || source.brackets > most) source.brackets = deepestBracket(source.text).depth;
    return source.brackets <= most;
  }

  /** The body that an offset lies in, where that is parsed only when somebody looks into it. */
  bodyAt(offset: number): Body | undefined {
    return this.source.sketched?.at(offset);
  }

  /** Those of such bodies that lie in a node, in text order. */
  bodiesIn({ startIndex, endIndex }: Node): readonly Body[] {
    return this.source.sketched?.between(startIndex, endIndex) ?? [];
  }

  /** Trees live in memory that nobody collects: whoever has one frees it. */
  delete(): void {
    const { raw, sound, sketched } = this.source;
    if (sound?.raw !== raw) sound?.raw.delete();
    raw.delete();
    sketched?.delete();
  }
}

/** The bodies of functions that are left out in a tree, and parsed when somebody looks into them. */
export class Sketched {
  private readonly byStart: ReadonlyMap<number, Body>;
  private readonly trees = new Map<number, RawTree>();
  /** Whether one of them is no Python, or ends elsewhere than it seemed. */
  isMisread = false;

  constructor(
    private readonly bodies: readonly Body[],
    private readonly parse: (body: Body) => RawTree,
  ) {
    this.byStart = new Map(bodies.map((body) => [body.start, body]));
  }

  /** The block for one that was left out; undefined where none was. */
  block(drawn: RawNode): RawNode | undefined {
    const body = drawn.type === 'block' ? this.byStart.get(drawn.startIndex) : undefined;
    if (!body) return undefined;
    const known = this.trees.get(body.start);
    const tree = known ?? this.parse(body);
    this.trees.set(body.start, tree);
    const block = tree.rootNode.namedChildren[0]?.childForFieldName('body') ?? undefined;
    if (tree.rootNode.hasError || block?.startIndex !== drawn.startIndex || block.endIndex !== drawn.endIndex) this.isMisread = true;
    return block;
  }

  /** The one that an offset lies in. */
  at(offset: number): Body | undefined {
    const body = this.bodies[this.firstEndingAfter(offset)];
    return body && body.start <= offset ? body : undefined;
  }

  /** Those between two offsets. */
  between(start: number, end: number): readonly Body[] {
    let first = this.firstEndingAfter(start);
    if ((this.bodies[first]?.start ?? start) < start) first++;
    let last = first;
    while ((this.bodies[last]?.end ?? Infinity) <= end) last++;
    return this.bodies.slice(first, last);
  }

  private firstEndingAfter(offset: number): number {
    let low = 0;
    let high = this.bodies.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.bodies[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  delete(): void {
    for (const tree of this.trees.values()) tree.delete();
  }
}

/** What all versions of a tree have in common. */
interface Source {
  raw: RawTree;
  text: string;
  version: number;
  /** How many nodes there were so far. */
  nodes: number;
  /** The smallest nodes of this version that somebody looked for from the root, by the offset that was asked for. */
  found: Map<number, Node>;
  /** So many brackets are open at once at the most, once somebody counted: each character that came or went since then may have been one. */
  brackets: number | undefined;
  /** The last tree without a syntax error, if this one has some and it is not too long ago; `changed` counts the characters that came and went since. */
  sound: { readonly raw: RawTree; changed: number } | undefined;
  readonly sketched: Sketched | undefined;
}

/** Characters. */
const small = 2000;

/** Characters; who has typed or pasted more than these into broken code will not be back soon where it was whole. */
const near = 2000;

/** A node of a syntax tree. Valid only as long as its tree is neither edited nor freed: never keep one across an `await`. */
export class Node {
  /** Tells nodes of one tree apart. */
  readonly id: number;
  /** Where the parser keeps it: what it shares between two trees has the same place in both. */
  private place: number;
  private offset: number;
  private start = -1;
  private startVersion = -1;
  private length: number | undefined;
  private symbol: string | undefined;
  private named: boolean | undefined;
  private broken: boolean | undefined;
  private known: readonly Node[] | undefined;
  private knownNamed: readonly Node[] | undefined;
  private field: Map<string, Node | null> | undefined;
  private fields: Map<string, readonly Node[]> | undefined;
  /** Of a small node: the smallest nodes in it that somebody looked for, by how far from its start. They are taken over with it. */
  private found: Map<number, Node> | undefined;

  constructor(
    private readonly source: Source,
    private above: Node | undefined,
    private index: number,
    private rawNode: RawNode | undefined,
    /** What stood here in the last version. */
    private twin: Node | undefined,
  ) {
    this.id = source.nodes++;
    this.rawVersion = source.version;
    this.place = rawNode?.id ?? 0;
    this.offset = (rawNode?.startIndex ?? 0) - (above?.startIndex ?? 0);
  }

  private rawVersion: number;

  get parent(): Node | null {
    return this.above ?? null;
  }

  /** As the grammar calls it: `call`; for what is no name but itself, such as a bracket, the text. */
  get type(): string {
    return (this.symbol ??= this.raw.type);
  }

  get text(): string {
    return this.source.text.slice(this.startIndex, this.endIndex);
  }

  /** UTF-16. */
  get startIndex(): number {
    if (this.startVersion !== this.source.version) {
      this.start = (this.above?.startIndex ?? 0) + this.offset;
      this.startVersion = this.source.version;
    }
    return this.start;
  }

  /** UTF-16, exclusive. */
  get endIndex(): number {
    this.length ??= this.raw.endIndex - this.startIndex;
    return this.startIndex + this.length;
  }

  get children(): readonly Node[] {
    return (this.known ??= this.look());
  }

  get namedChildren(): readonly Node[] {
    return (this.knownNamed ??= this.children.filter((child) => child.isNamed));
  }

  get namedChildCount(): number {
    return this.namedChildren.length;
  }

  namedChild(index: number): Node | null {
    return this.namedChildren[index] ?? null;
  }

  get firstChild(): Node | null {
    return this.children[0] ?? null;
  }

  get lastChild(): Node | null {
    return this.children.at(-1) ?? null;
  }

  get firstNamedChild(): Node | null {
    return this.namedChildren[0] ?? null;
  }

  childForFieldName(name: string): Node | null {
    this.field ??= new Map();
    const known = this.field.get(name);
    if (known !== undefined) return known;
    const place = this.raw.childForFieldName(name)?.id;
    const found = place === undefined ? null : (this.children.find((child) => child.place === place) ?? null);
    this.field.set(name, found);
    return found;
  }

  childrenForFieldName(name: string): readonly Node[] {
    this.fields ??= new Map();
    const known = this.fields.get(name);
    if (known) return known;
    const places = new Set(this.raw.childrenForFieldName(name).map(({ id }) => id));
    const found = places.size === 0 ? [] : this.children.filter(({ place }) => places.has(place));
    this.fields.set(name, found);
    return found;
  }

  /** Whether the grammar gives it a name, as against punctuation and keywords. */
  get isNamed(): boolean {
    return (this.named ??= this.raw.isNamed);
  }

  /** Whether there is a syntax error in it. */
  get hasError(): boolean {
    return (this.broken ??= this.raw.hasError);
  }

  /** Whether the parser put it in although it is not there. */
  get isMissing(): boolean {
    return this.raw.isMissing;
  }

  fieldNameForNamedChild(index: number): string | null {
    return this.raw.fieldNameForNamedChild(index);
  }

  /** The smallest node in this one that the range lies in. */
  descendantForIndex(start: number, end = start): Node {
    // The same words are looked for again and again; a node around one of them contains all that is in it.
    const found = this.above ? undefined : this.source.found;
    let at = found?.get(start) ?? this;
    while (at.above && (at.endIndex <= start || at.endIndex < end)) at = at.above;
    for (let next = at.childAround(start, end); next; next = at.childAround(start, end)) {
      at = next;
      if (at.endIndex - at.startIndex > small) continue;
      at = at.smallestAt(start, end);
      break;
    }
    found?.set(start, at);
    return at;
  }

  /** The same in a small node that the range lies in. */
  private smallestAt(start: number, end: number): Node {
    this.found ??= new Map();
    const place = start - this.startIndex;
    let at = this.found.get(place) ?? this;
    while (at !== this && at.above && (at.endIndex <= start || at.endIndex < end)) at = at.above;
    for (let next = at.childAround(start, end); next; next = at.childAround(start, end)) at = next;
    this.found.set(place, at);
    return at;
  }

  /** The nodes of these types in this one, itself included, in text order. */
  descendantsOfType(types: string | readonly string[]): readonly Node[] {
    const wanted = new Set([types].flat());
    // What is left out has to be parsed for this, wherever it is.
    if (this.source.sketched?.between(this.startIndex, this.endIndex).length) return [...this.walk()].filter(({ type }) => wanted.has(type));
    // What is small is walked through here, and then known; for a whole file the parser is faster.
    if (this.endIndex - this.startIndex <= small) return [...this.walk()].filter(({ type }) => wanted.has(type));
    return this.raw.descendantsOfType([...wanted]).flatMap((raw) => (raw ? this.ownOf(raw) : []));
  }

  toString(): string {
    return this.raw.toString();
  }

  private *walk(): Generator<Node> {
    yield this;
    for (const child of this.children) yield* child.walk();
  }

  private get raw(): RawNode {
    if (!this.rawNode || this.rawVersion !== this.source.version) {
      const raw = this.above ? this.above.raw.children[this.index] : this.source.raw.rootNode;
      if (!raw) throw new Error(`the parser has no ${this.symbol ?? 'node'} at ${this.startIndex} any more`);
      this.rawNode = raw;
      this.rawVersion = this.source.version;
    }
    return this.rawNode;
  }

  /** The children as the parser has them now; those that it shares with the last version are the same nodes as then. */
  private look(): readonly Node[] {
    const { twin } = this;
    this.twin = undefined;
    const drawn = this.raw;
    this.length ??= drawn.endIndex - this.startIndex;
    const block = drawn.tree === this.source.raw ? this.source.sketched?.block(drawn) : undefined;
    if (block) this.rawNode = block;
    const raws = this.raw.children.filter((raw): raw is RawNode => raw !== null);
    const twins = twin?.known ? this.pair(raws, twin, twin.known) : [];
    return raws.map((raw, index) => {
      const old = twins[index];
      return old?.place === raw.id ? old.moveTo(this, index, raw) : new Node(this.source, this, index, raw, old);
    });
  }

  /** For each child its likely twin: counted from the front as long as they start at the same distance, and so from the end. */
  private pair(raws: readonly RawNode[], twin: Node, twins: readonly Node[]): readonly (Node | undefined)[] {
    const { startIndex, endIndex } = this;
    const grown = endIndex - startIndex - (twin.length ?? 0);
    let front = 0;
    while (front < raws.length && front < twins.length && offsetOf(raws[front]) === twins[front]?.offset) front++;
    let back = 0;
    const left = Math.min(raws.length, twins.length) - front;
    while (back < left && offsetOf(raws.at(-1 - back)) === (twins.at(-1 - back)?.offset ?? NaN) + grown) back++;
    return raws.map((_, index) => {
      if (index < front) return twins[index];
      if (index >= raws.length - back) return twins[index - raws.length + twins.length];
      return raws.length === twins.length ? twins[index] : undefined;
    });

    function offsetOf(raw: RawNode | undefined): number {
      return (raw?.startIndex ?? NaN) - startIndex;
    }
  }

  /** Takes its place under another parent, whose rule of the grammar may call it otherwise. */
  private moveTo(above: Node, index: number, raw: RawNode): this {
    this.above = above;
    this.index = index;
    this.offset = raw.startIndex - above.startIndex;
    this.startVersion = -1;
    this.rawNode = raw;
    this.rawVersion = this.source.version;
    this.symbol = undefined;
    this.named = undefined;
    return this;
  }

  private childAround(start: number, end: number): Node | undefined {
    const { children } = this;
    let low = 0;
    let high = children.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((children[middle]?.startIndex ?? Infinity) <= start) low = middle + 1;
      else high = middle;
    }
    // What is missing has no width, and another child may start in the same place.
    for (let at = low - 1; at >= 0; at--) {
      const child = children[at];
      if (!child || (child.endIndex > child.startIndex && child.endIndex <= start)) return undefined;
      if (child.endIndex > start && child.endIndex >= end) return child;
    }
    return undefined;
  }

  /** This tree's node for one of the parser's below this node. */
  private ownOf(raw: RawNode): Node | [] {
    const { id, startIndex, endIndex } = raw;
    for (let at: Node | undefined = this; at; at = at.childAround(startIndex, endIndex)) if (at.place === id) return at;
    return [];
  }
}
