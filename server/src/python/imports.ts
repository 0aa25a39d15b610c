import { enclosing, field, fields, type Node, type Tree } from '../syntax/node';
import { wordOffsets } from './words';

/** One name that an import statement brings in. */
export interface ImportedName {
  readonly statement: Node;
  /** The part of the statement that stands for this name alone: `a.b as c`, `name`, or the `*`. */
  readonly item: Node;
  /** What is imported, as it is spelled: `a.b`, `name`, `*`. */
  readonly imported: Node;
  /** The identifier that is bound; undefined for `*`. */
  readonly bound: Node | undefined;
  /** Dotted name of what the bound name means: for `import a.b` that is `a`, for `from .m import n` it is `.m.n`. */
  readonly meaning: string;
  /** Dotted name of what is imported: for `import a.b` that is `a.b`; for `*` the module. */
  readonly dotted: string;
}

/** The names of an `import_statement` or `import_from_statement`, in order; empty for anything else. */
export function importedNames(statement: Node): readonly ImportedName[] {
  switch (statement.type) {
    case 'import_statement':
      return fields(statement, 'name').flatMap((item) => plainImport(statement, item));
    case 'import_from_statement':
      return fromImport(statement);
    default:
      return [];
  }
}

/** The import statements of a file, in text order: the text shows where one may start, the tree whether it does. */
export function* importStatements({ text, tree }: { readonly text: string; readonly tree: Tree }): Generator<Node> {
  for (const end of keywordEnds(text)) {
    const statement = tree.rootNode.descendantForIndex(end - 1, end).parent;
    if (statement && (statement.type === 'import_statement' || statement.type === 'import_from_statement')) yield statement;
  }
}

/** Where `from` and `import` end that may start a statement. */
function keywordEnds(text: string): readonly number[] {
  const ends = ['from', 'import'].flatMap((keyword) => [...wordOffsets(text, keyword)].flatMap((start) => (mayStartStatement(text, start) ? [start + keyword.length] : [])));
  return ends.sort((a, b) => a - b);
}

/** Whether there is nothing on the line before an offset, or another statement or the head of a block. */
function mayStartStatement(text: string, offset: number): boolean {
  let at = offset - 1;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at--;
  return at < 0 || /[\n\r\u2028\u2029;:]/.test(text.charAt(at));
}

/** The import statement that a node is part of. */
export function importAround(node: Node): Node | undefined {
  return enclosing(node, 'import_statement', 'import_from_statement', 'future_import_statement');
}

function plainImport(statement: Node, item: Node): readonly ImportedName[] {
  const imported = item.type === 'aliased_import' ? field(item, 'name') : item;
  const bound = item.type === 'aliased_import' ? field(item, 'alias') : item.namedChild(0);
  if (!imported || !bound) return [];
  const dotted = spelled(imported);
  return [{ statement, item, imported, bound, dotted, meaning: item.type === 'aliased_import' ? dotted : bound.text }];
}

function fromImport(statement: Node): readonly ImportedName[] {
  const from = field(statement, 'module_name');
  if (!from) return [];
  const module = spelled(from);
  const prefix = module.endsWith('.') ? module : `${module}.`;
  const star = statement.namedChildren.find((child) => child?.type === 'wildcard_import');
  if (star) return [{ statement, item: star, imported: star, bound: undefined, dotted: module, meaning: module }];
  return fields(statement, 'name').flatMap((item) => {
    const imported = item.type === 'aliased_import' ? field(item, 'name') : item;
    const bound = item.type === 'aliased_import' ? field(item, 'alias') : item.namedChild(0);
    if (!imported || !bound) return [];
    const dotted = prefix + spelled(imported);
    return [{ statement, item, imported, bound, dotted, meaning: dotted }];
  });
}

/** A dotted name without the white space and the line continuations that Python allows in it. */
function spelled(node: Node): string {
  return node.text.replace(/[\s\\]+/g, '');
}
