import { importedNames, type ImportedName } from '../../python/imports';
import { isField, type Node, type Tree } from '../../syntax/node';

/** A logical line of Python: a simple statement, or the head of one that has a block. */
export interface CodeLine {
  /** Offsets, UTF-16, half-open. */
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  readonly isImport: boolean;
}

/** What is left of a token when formatting and the spelling of imported names are taken away. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One imported name. */
export interface ImportItem {
  /** Offset of the statement. */
  readonly start: number;
  readonly item: string;
}

/** The logical lines of a text in order. Comments, layout, quotes and trailing commas are gone; a name that an import binds is what it stands for. */
export function codeLines(tree: Tree): readonly CodeLine[] {
  const imported = meanings(tree);
  const lines: { start: number; end: number; tokens: Token[]; isImport: boolean }[] = [];
  visit(tree.rootNode);
  return lines;

  function visit(node: Node): void {
    if (node.type === 'comment' || node.endIndex === node.startIndex) return;
    if (startsLine(node)) lines.push({ start: node.startIndex, end: node.endIndex, tokens: [], isImport: /^(future_)?import_/.test(node.type) });
    const line = lines.at(-1);
    if (line && (node.type === 'string' || node.children.length === 0)) {
      line.tokens.push(...tokensOf(node, imported));
      line.end = node.endIndex;
    } else for (const child of node.children) if (child) visit(child);
  }
}

/** What a text imports, name by name: `queue.Queue as Queue`, with the offset of the statement. */
export function importItems(tree: Tree): readonly ImportItem[] {
  return imports(tree).map(({ statement, dotted, bound }) => ({ start: statement.startIndex, item: `${dotted} as ${bound?.text ?? '*'}` }));
}

/** The tokens as one text: equal texts are the same code. */
export function spelling(tokens: readonly Token[]): string {
  const texts = tokens.map(({ text }) => text);
  return texts.filter((text, index) => text !== ',' || !/^[)\]}]$/.test(texts[index + 1] ?? '')).join(' ');
}

/** The tokens of the logical lines between two offsets. */
export function tokensIn(lines: readonly CodeLine[], start: number, end: number): readonly Token[] {
  return lines.flatMap(({ tokens }) => tokens.filter((token) => start <= token.start && token.end <= end));
}

function startsLine({ type, parent }: Node): boolean {
  if (parent?.type === 'module' || parent?.type === 'block' || parent?.type === 'decorated_definition') return type !== ';';
  return ['elif_clause', 'else_clause', 'except_clause', 'finally_clause', 'case_clause'].includes(type);
}

function tokensOf(leaf: Node, imported: ReadonlyMap<string, string>): readonly Token[] {
  const { startIndex: start, endIndex: end } = leaf;
  if (leaf.type === 'string') return [{ start, end, text: unquoted(leaf.text) }];
  // The comma of `(a,)` makes the tuple and is no formatting.
  if (leaf.type === ',' && leaf.parent?.type === 'tuple' && leaf.parent.namedChildCount === 1) return [{ start, end, text: ',)' }];
  const text = isName(leaf) ? (imported.get(leaf.text) ?? leaf.text) : leaf.text;
  return leaf.type === 'identifier' ? text.split(/(\.)/).map((part) => ({ start, end, text: part })) : [{ start, end, text }];
}

/** Whether an identifier is a name of its own, not an attribute or the keyword of an argument. */
function isName(leaf: Node): boolean {
  if (leaf.type !== 'identifier') return false;
  const { parent } = leaf;
  if (parent?.type === 'attribute') return isField(parent, 'object', leaf);
  return !(parent?.type === 'keyword_argument' && isField(parent, 'name', leaf));
}

function unquoted(string: string): string {
  return string.replace(/^(\w*)("""|'''|"|')([^]*)\2$/, (_, prefix: string, _quotes: string, content: string) => `${prefix.toLowerCase().replace('u', '')}'${content}'`);
}

/** What the names that imports bind stand for, by the name. */
function meanings(tree: Tree): ReadonlyMap<string, string> {
  return new Map(imports(tree).flatMap(({ bound, meaning }) => (bound ? [[bound.text, meaning] as const] : [])));
}

function imports({ rootNode }: Tree): readonly ImportedName[] {
  return rootNode.descendantsOfType(['import_statement', 'import_from_statement']).flatMap(importedNames);
}
