import { enclosing, field, fields, type Node, type Tree } from '../syntax/node';

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
  for (const { index, 0: start } of text.matchAll(/(?:^|[;:])[ \t]*(?:from|import)\b/gm)) {
    const keyword = tree.rootNode.descendantForIndex(index + start.length - 1, index + start.length);
    const statement = keyword?.parent;
    if (statement && (statement.type === 'import_statement' || statement.type === 'import_from_statement')) yield statement;
  }
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
