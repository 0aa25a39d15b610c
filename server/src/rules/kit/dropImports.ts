import type { TextEdit } from '../../edits/textEdit';
import { importedNames, type ImportedName } from '../../python/imports';
import type { Node } from '../../syntax/node';
import { removal } from './change';
import type { FileView } from './view';

/** The edits that take names out of import statements; a statement that loses all its names goes as a whole. */
export function dropImports(view: FileView, dropped: readonly ImportedName[]): { readonly edits: readonly TextEdit[]; readonly statements: readonly Node[] } {
  const edits: TextEdit[] = [];
  const statements: Node[] = [];
  for (const statement of distinct(dropped.map((name) => name.statement))) {
    const all = importedNames(statement);
    const isDropped = (name: ImportedName) => dropped.some(({ item }) => item.id === name.item.id);
    if (all.every(isDropped)) statements.push(statement);
    else edits.push(...dropItems(view.text, all, isDropped));
  }
  for (const statement of statements) {
    if (!statement.parent || !isOneOfManyInBlock(statement, statements)) edits.push(removal(view, statement));
    else edits.push(...emptied(view, statement, statements));
  }
  return { edits, statements };
}

/** `removal` sees one statement at a time; where a block loses several and keeps none, the first of them becomes its `pass`. */
function isOneOfManyInBlock(statement: Node, statements: readonly Node[]): boolean {
  const block = statement.parent;
  if (block?.type !== 'block') return false;
  const others = block.namedChildren.filter((child) => child && child.type !== 'comment');
  return others.length > 1 && others.every((child) => child && statements.some(({ id }) => id === child.id));
}

function emptied(view: FileView, statement: Node, statements: readonly Node[]): readonly TextEdit[] {
  const isFirst = statements.find((other) => other.parent?.id === statement.parent?.id)?.id === statement.id;
  return isFirst ? [{ start: statement.startIndex, end: statement.endIndex, newText: 'pass' }] : [removal(view, statement)];
}

/** `a, b, c` without some of its parts: what follows a kept part goes with the dropped one, so that comments of kept lines stay. */
function dropItems(text: string, all: readonly ImportedName[], isDropped: (name: ImportedName) => boolean): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let lastKept: Node | undefined;
  all.forEach((name, index) => {
    if (!isDropped(name)) {
      lastKept = name.item;
      return;
    }
    const next = all[index + 1]?.item;
    const isTail = all.slice(index).every(isDropped);
    if (isTail && lastKept) {
      if (!all.slice(0, index).at(-1) || isDropped(all[index - 1] as ImportedName)) return;
      const end = all.at(-1)?.item.endIndex ?? name.item.endIndex;
      edits.push(...aroundComments(text, lastKept.endIndex, end));
    } else if (next) edits.push(...aroundComments(text, name.item.startIndex, next.startIndex));
  });
  return edits;
}

/** Deletes a range of an import list but for the comments in it. */
function aroundComments(text: string, start: number, end: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = start;
  for (const comment of text.slice(start, end).matchAll(/#[^\r\n]*(\r\n|\n|\r)[ \t]*/g)) {
    const from = start + comment.index;
    edits.push({ start: at, end: from, newText: text.slice(at, from).includes(',') ? ', ' : ' ' });
    at = from + comment[0].length;
  }
  edits.push({ start: at, end, newText: '' });
  return edits.filter((edit) => edit.end > edit.start);
}

function distinct(nodes: readonly Node[]): readonly Node[] {
  const seen = new Set<number>();
  return nodes.filter(({ id }) => !seen.has(id) && seen.add(id));
}
