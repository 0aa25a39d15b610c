import { field, type Node } from '../../syntax/node';
import { importedNames } from '../../python/imports';
import { isStandardLibrary } from '../../python/stdlib';
import { isImport } from './imports';
import { lineAbove, lineStart } from './lines';
import type { FileView } from './view';

/** Import statements at module level that stand together without a blank line or other code between them; those from `__future__` by themselves. */
export interface ImportGroup {
  readonly statements: readonly Node[];
  /** The same for groups with no call between them: nothing is patched or prepared there that an import would have to wait for. */
  readonly run: number;
}

/** The groups of a file in text order, as far as its first definition. */
export function importGroups(view: FileView): readonly ImportGroup[] {
  const groups: { statements: Node[]; run: number }[] = [];
  let run = 0;
  let last: Node | undefined;
  for (const node of view.tree.rootNode.namedChildren) {
    if (!node || node.type === 'comment') continue;
    if (definitions.has(node.type)) break;
    if (!isImport(node)) {
      if (node.descendantsOfType('call').length > 0) run++;
      last = undefined;
      continue;
    }
    const isNew = !last || isFuture(last) !== isFuture(node) || /(\r\n|\n|\r(?!\n))[ \t]*[\r\n]/.test(view.text.slice(last.endIndex, node.startIndex));
    if (isNew) groups.push({ statements: [node], run });
    else groups.at(-1)?.statements.push(node);
    last = node;
  }
  return groups;
}

const definitions = new Set(['class_definition', 'function_definition', 'decorated_definition']);

/** Whether a statement imports from the standard library alone; `__future__` does not count. */
export function isNative(statement: Node): boolean {
  if (isFuture(statement)) return false;
  const from = field(statement, 'module_name');
  if (from) return isStandardLibrary(from.text);
  return importedNames(statement).every(({ dotted }) => isStandardLibrary(dotted));
}

/** Whether a statement imports something that is neither of the standard library nor relative. */
export function isForeign(statement: Node): boolean {
  return !isFuture(statement) && !isNative(statement) && !field(statement, 'module_name')?.text.startsWith('.');
}

/** Whether a statement imports from `__future__`: nothing but comments, the docstring and others of its kind may stand above it. */
export function isFuture({ type }: Node): boolean {
  return type === 'future_import_statement';
}

/**
 * Where to put a line that is to stand above a statement: above the comments that belong to it. A comment that begins the file is
 * a licence and belongs to nothing.
 */
export function startWithComments(text: string, statement: Node): number {
  const own = lineStart(text, statement.startIndex);
  let at = own;
  for (let line = lineAbove(text, at); line !== undefined && line.trimStart().startsWith('#'); line = lineAbove(text, at)) {
    at = lineStart(text, at - (text.startsWith('\r\n', at - 2) ? 2 : 1));
  }
  return at > 0 && lineAbove(text, at)?.trim() === '' ? at : own;
}
