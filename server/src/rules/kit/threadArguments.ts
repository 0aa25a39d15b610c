import { field, type Node } from '../../syntax/node';
import { callLayout, codeBehind, columnOf, lineLimit, newLineAt, rowsOf, shiftRow, type CallLayout } from './callLayout';
import type { ChangeBuilder } from './change';
import { indentAt, isFirstOnLine, lineStart } from './lines';
import type { FileView } from './view';

/** A call whose arguments are packed. */
interface NewCall {
  /** What stands in the place of the callee: `threading.Thread`. */
  readonly callee: string;
  /** Where that begins; at the call itself where nothing is said. */
  readonly start?: number;
  /** What is put before the leading arguments, one for each: `['target=']`. */
  readonly lead: readonly string[];
  /** A last argument: `daemon=True`. */
  readonly tail?: string;
  /** How much code other edits put behind the call. */
  readonly more?: number;
}

/** Why the arguments of a call cannot be packed behind `count` leading ones; undefined where they can. */
export function unpackable(call: Node, count: number): string | undefined {
  const { lead, positional, keywords } = sorted(call, count);
  if (field(call, 'arguments')?.type !== 'argument_list') return 'its only argument is a generator';
  if (lead.length < count || lead.some(({ type }) => !isPlain(type))) return 'what is to be called is not a plain argument of its own';
  const last = positional.at(-1);
  if (last && keywords[0] && keywords[0].startIndex < last.startIndex) return 'keyword arguments stand before positional ones';
  if (keywords.some((node) => node.text.slice(0, (field(node, 'value')?.startIndex ?? node.startIndex) - node.startIndex).includes('#'))) return 'a comment stands between a keyword and its value';
  return undefined;
}

/**
 * Rewrites a call that passes arguments on into one that takes them packed, as `threading.Thread` and `threading.Timer` do. The text
 * of the arguments stays; new lines are begun where the author's own would not be longer.
 *
 *     spawn(f, a, key=1)  =>  threading.Thread(target=f, args=(a,), kwargs={'key': 1}, daemon=True)
 */
export function packArguments(edits: ChangeBuilder, view: FileView, call: Node, { callee, start = call.startIndex, lead, tail, more = 0 }: NewCall): void {
  edits.replaceRange(start, field(call, 'function')?.endIndex ?? call.startIndex, callee);
  const layout = callLayout(view, call, start, callee);
  const groups = sorted(call, lead.length);
  const chunks: Chunk[] = groups.lead.map((node, index) => ({ prefix: lead[index] ?? '', first: node, last: node, suffix: '' }));
  if (groups.positional.length > 0) chunks.push(positionalChunk(edits, view, groups.positional));
  if (groups.keywords.length > 0) chunks.push(keywordChunk(edits, view, groups.keywords));
  const breaks = layout.isOneLine ? greedyBreaks(view, layout, chunks, tail, more + codeBehind(view, call).length) : new Set(chunks.slice(lead.length));
  const hung = chunks[0] && breaks.has(chunks[0]) ? layout.hanging : undefined;
  if (hung !== undefined && chunks[0]) edits.replaceRange((field(call, 'arguments') ?? call).startIndex + 1, chunks[0].first.startIndex, newLineAt(view, start, hung));
  const newLine = newLineAt(view, start, hung ?? layout.to);
  for (const row of rowsOf(view, call)) shiftRow(edits, view, row, layout.from, layout.from + shiftOf(row, view, layout, chunks, breaks));
  chunks.forEach((chunk, index) => {
    const before = chunks[index - 1];
    if (before && breaks.has(chunk) && !isFirstOnLine(view.text, chunk.first.startIndex)) edits.replaceRange(before.last.endIndex, chunk.first.startIndex, `,${newLine}`);
    if (chunk.prefix) edits.insert(chunk.first.startIndex, chunk.prefix);
    const isLast = index === chunks.length - 1;
    const separator = layout.isOneLine && !breaks.has(tail) ? ', ' : `,${tailLine(view, chunk, layout, newLine)}`;
    const end = chunk.suffix + (isLast && tail ? separator + tail : '');
    if (end) edits.insert(chunk.last.endIndex, end);
  });
}

/** Arguments that come to stand in one new argument. */
interface Chunk {
  readonly prefix: string;
  readonly first: Node;
  readonly last: Node;
  readonly suffix: string;
  /** Characters that edits inside it add. */
  readonly growth?: number;
}

function sorted(call: Node, count: number): { readonly lead: readonly Node[]; readonly positional: readonly Node[]; readonly keywords: readonly Node[] } {
  const args = (field(call, 'arguments')?.namedChildren ?? []).filter((child): child is Node => !!child && child.type !== 'comment');
  const rest = args.slice(count);
  const isKeyword = ({ type }: Node) => type === 'keyword_argument' || type === 'dictionary_splat';
  return { lead: args.slice(0, count), positional: rest.filter((node) => !isKeyword(node)), keywords: rest.filter(isKeyword) };
}

function isPlain(type: string): boolean {
  return type !== 'list_splat' && type !== 'dictionary_splat' && type !== 'keyword_argument' && type !== 'named_expression';
}

// a, b  =>  args=(a, b)
// *args =>  args=args    where that is the tuple that the function itself was given
function positionalChunk(edits: ChangeBuilder, view: FileView, nodes: readonly Node[]): Chunk {
  const [first, last] = ends(nodes);
  if (nodes.length === 1 && isOwnParameter(view, first, 'list_splat_pattern')) {
    edits.replaceRange(first.startIndex, first.startIndex + 1, '');
    return { prefix: 'args=', first, last, suffix: '', growth: -1 };
  }
  return { prefix: 'args=(', first, last, suffix: nodes.length === 1 ? ',)' : ')' };
}

// key=1, **more  =>  kwargs={'key': 1, **more}
// **kwargs       =>  kwargs=kwargs    where that is the dictionary that the function itself was given
function keywordChunk(edits: ChangeBuilder, view: FileView, nodes: readonly Node[]): Chunk {
  const [first, last] = ends(nodes);
  if (nodes.length === 1 && isOwnParameter(view, first, 'dictionary_splat_pattern')) {
    edits.replaceRange(first.startIndex, first.startIndex + 2, '');
    return { prefix: 'kwargs=', first, last, suffix: '', growth: -2 };
  }
  const { quote } = view.layout;
  let growth = 0;
  for (const node of nodes) {
    const name = field(node, 'name');
    const value = field(node, 'value');
    if (node.type !== 'keyword_argument' || !name || !value) continue;
    edits.replaceRange(name.startIndex, value.startIndex, `${quote}${name.text}${quote}: `);
    growth += keyGrowth(node);
  }
  return { prefix: 'kwargs={', first, last, suffix: '}', growth };
}

function ends(nodes: readonly Node[]): readonly [Node, Node] {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (!first || !last) throw new Error('a chunk of arguments is never empty');
  return [first, last];
}

/** `*args` or `**kwargs` that passes on the function's own parameter: nobody else can change that between the call and the start. */
function isOwnParameter({ names }: FileView, splat: Node, pattern: string): boolean {
  const identifier = splat.namedChild(0);
  const bindings = identifier?.type === 'identifier' ? names.variableOf(identifier)?.bindings : undefined;
  return bindings?.length === 1 && bindings[0]?.node.parent?.type === pattern;
}

/** The line break before the last argument, where the author's own lines begin that are not aligned. */
function tailLine({ text, layout }: FileView, { first }: Chunk, { from }: CallLayout, newLine: string): string {
  const indent = indentAt(text, first.startIndex);
  const isOutdented = isFirstOnLine(text, first.startIndex) && indent.length < from;
  return isOutdented ? layout.lineEnding + indent : newLine;
}

/** The chunks (and the tail) that begin a new line, so that no line is longer than the author's; the first one too, where it must. */
function greedyBreaks(view: FileView, layout: CallLayout, chunks: readonly Chunk[], tail: string | undefined, more: number): ReadonlySet<Chunk | string | undefined> {
  const limit = lineLimit(view);
  const breaks = new Set<Chunk | string | undefined>();
  const parts: readonly (readonly [Chunk | string, number])[] = [...chunks.map((chunk) => [chunk, lengthOf(chunk)] as const), ...(tail === undefined ? [] : [[tail, tail.length] as const])];
  const widest = Math.max(...parts.map(([, length]) => length));
  const isHung = layout.open + widest + 1 > limit && chunks[0] !== undefined;
  let column = isHung ? limit : layout.open;
  parts.forEach(([part, length], index) => {
    const closing = index === parts.length - 1 ? 1 + more : 1;
    const gap = index === 0 ? 0 : 2;
    if ((index > 0 || isHung) && column + gap + length + closing > limit) {
      breaks.add(part);
      column = (isHung ? layout.hanging : layout.to) + length;
    } else column += length + gap;
  });
  return breaks;
}

function lengthOf({ prefix, first, last, suffix, growth = 0 }: Chunk): number {
  return prefix.length + last.endIndex - first.startIndex + suffix.length + growth;
}

/**
 * By how much a line of the arguments moves: with the parenthesis and what is put before its chunk, or with the argument inside which it begins.
 */
function shiftOf(row: number, view: FileView, layout: CallLayout, chunks: readonly Chunk[], breaks: ReadonlySet<unknown>): number {
  const { text } = view;
  const token = row + (/^[ \t]*/.exec(text.slice(row))?.[0].length ?? 0);
  const chunk = chunks.find(({ first, last }) => first.startIndex < token && token < last.endIndex);
  const plain = layout.to - layout.from + (chunk?.prefix.length ?? 0);
  const around = layout.args.find(({ startIndex, endIndex }) => startIndex < token && token < endIndex);
  const key = around?.type === 'keyword_argument' ? keyGrowth(around) : 0;
  if (!chunk || !around || isFirstOnLine(text, around.startIndex) || !breaks.has(chunk)) return plain + key;
  const isOnChunkLine = lineStart(text, chunk.first.startIndex) === lineStart(text, around.startIndex) && !isFirstOnLine(text, chunk.first.startIndex);
  return key + (isOnChunkLine ? layout.to + chunk.prefix.length - columnOf(view, chunk.first.startIndex) : plain);
}

/** By how much `key=` gets longer as `'key': `. */
function keyGrowth(argument: Node): number {
  const [name, value] = [field(argument, 'name'), field(argument, 'value')];
  return name && value ? name.text.length + 4 - (value.startIndex - name.startIndex) : 0;
}
