import type { TextEdit } from '../../edits/textEdit';
import { importedNames, type ImportedName } from '../../python/imports';
import { isStandardLibrary } from '../../python/stdlib';
import { field, type Node } from '../../syntax/node';
import { removal } from './change';
import { importGroups } from './importGroups';
import { spelled, type ImportRequest } from './imports';
import { indentAt, isFirstOnLine, lineAbove, lineEnd, lineStart } from './lines';
import { placeImports, type ImportLine } from './placeImports';
import type { FileView } from './view';

export interface Settled {
  readonly edits: readonly TextEdit[];
  /** Import statements that `edits` take out as a whole. */
  readonly removed: readonly Node[];
}

/**
 * The edits that take names out of import statements and bring in what new code needs. A statement that loses all its names goes
 * as a whole; what takes its place moves to the group it belongs to, or stays where it cannot.
 */
export function settleImports(view: FileView, dropped: readonly ImportedName[], requests: readonly ImportRequest[]): Settled {
  const edits: TextEdit[] = [];
  const removed: Node[] = [];
  const lines: ImportLine[] = requests.filter(({ insteadOf }) => !insteadOf).map((request) => ({ ...request, text: spelled(request) }));
  for (const statement of distinct(dropped.map((name) => name.statement))) {
    const all = importedNames(statement);
    const isDropped = (name: ImportedName) => dropped.some(({ item }) => item.id === name.item.id);
    const successors = requests.filter(({ insteadOf }) => insteadOf?.statement.id === statement.id);
    const isWhole = all.every(isDropped);
    const next = linesInstead(statement, all, successors, isWhole);
    if (staysInPlace(view, statement, successors)) edits.push(inPlace(view, statement, next, isWhole));
    else {
      const comment = isWhole && next.length > 0 ? commentBehind(view, statement) : undefined;
      lines.push(...next.map((line, index) => (index === 0 && comment ? { ...line, text: `${line.text}${comment.text}` } : line)));
      if (isWhole) edits.push(comment ? { start: lineStart(view.text, statement.startIndex), end: lineEnd(view.text, comment.end), newText: '' } : removal(view, statement));
      if (isWhole) removed.push(statement);
    }
    if (!isWhole) edits.push(...dropItems(view.text, all, isDropped));
  }
  return { edits: [...edits, ...placeImports(view, lines, removed)], removed };
}

/** What is to stand for the names that go: the old statement with another module name where that is all that changes, else one line each. */
function linesInstead(statement: Node, all: readonly ImportedName[], successors: readonly ImportRequest[], isWhole: boolean): readonly ImportLine[] {
  const [first] = successors;
  const from = field(statement, 'module_name');
  const isSame = (request: ImportRequest) => request.member === request.insteadOf?.imported.text && request.module === first?.module;
  if (first && from && isWhole && successors.length === all.length && successors.every(isSame)) {
    const { text, startIndex } = statement;
    return [{ ...first, near: statement, text: text.slice(0, from.startIndex - startIndex) + first.module + text.slice(from.endIndex - startIndex) }];
  }
  return successors.map((request) => ({ ...request, near: statement, text: spelled(request) }));
}

/**
 * Whether the new lines take the very place of the old statement: in a function or a branch, behind a definition, for a module that is
 * not of the standard library, and where a comment above belongs to the import.
 */
function staysInPlace(view: FileView, statement: Node, successors: readonly ImportRequest[]): boolean {
  if (successors.length === 0) return false;
  const isGrouped = importGroups(view).some(({ statements }) => statements.some(({ id }) => id === statement.id));
  const isExplained = lineAbove(view.text, lineStart(view.text, statement.startIndex))?.trimStart().startsWith('#') ?? false;
  return !isGrouped || isExplained || successors.some(({ module }) => !isStandardLibrary(module));
}

function inPlace(view: FileView, statement: Node, lines: readonly ImportLine[], isWhole: boolean): TextEdit {
  const { text, layout } = view;
  const texts = lines.map((line) => line.text);
  const isFirst = isFirstOnLine(text, statement.startIndex);
  const newLine = layout.lineEnding + indentAt(text, statement.startIndex);
  if (!isWhole) return { start: statement.startIndex, end: statement.startIndex, newText: texts.map((line) => line + (isFirst ? newLine : '; ')).join('') };
  const comments = statement.descendantsOfType('comment').flatMap((comment) => (comment && !texts.some((line) => line.includes(comment.text)) ? [comment.text] : []));
  const newText = isFirst ? [...texts, ...comments].join(newLine) : texts.join('; ') + comments.map((comment) => `  ${comment}`).join('');
  return { start: statement.startIndex, end: statement.endIndex, newText };
}

/** The comment behind a statement that is alone on its line, with the blanks before it: `  # noqa`. */
function commentBehind({ text }: FileView, { startIndex, endIndex }: Node): { readonly text: string; readonly end: number } | undefined {
  const comment = /^[ \t]*#[^\r\n]*/.exec(text.slice(endIndex, lineEnd(text, endIndex)))?.[0];
  return comment !== undefined && isFirstOnLine(text, startIndex) ? { text: comment, end: endIndex + comment.length } : undefined;
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
