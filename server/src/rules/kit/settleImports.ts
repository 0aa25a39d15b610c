import type { TextEdit } from '../../edits/textEdit';
import { importedNames, type ImportedName } from '../../python/imports';
import { isStandardLibrary } from '../../python/stdlib';
import { field, type Node } from '../../syntax/node';
import { commentsIn, removal } from './change';
import { dropItems } from './dropItems';
import { importGroups } from './importGroups';
import { isImported, spelled, type ImportRequest } from './imports';
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
  const others = requests.filter(({ insteadOf }) => !insteadOf).map((request): ImportLine => ({ ...request, text: spelled(request) }));
  const lines: ImportLine[] = [...others];
  const comments = new Map<ImportLine, string>();
  const isDropped = (name: ImportedName) => dropped.some(({ item }) => item.id === name.item.id);
  for (const statement of distinct(dropped.map((name) => name.statement))) {
    const isWhole = importedNames(statement).every(isDropped);
    const successors = requests.filter(({ insteadOf }) => insteadOf?.statement.id === statement.id);
    if (!isWhole) edits.push(...dropItems(view.text, statement, isDropped));
    if (staysInPlace(view, statement, successors)) {
      edits.push(inPlace(view, statement, linesInstead(statement, successors, isWhole), isWhole));
      continue;
    }
    const missing = successors.filter((request) => !isImported(view, request, isDropped));
    const next = linesInstead(statement, missing, isWhole);
    lines.push(...next);
    if (!isWhole) continue;
    removed.push(statement);
    const heir = heirOf(view, statement, next.length > 0 ? next : others, comments);
    edits.push(heir ? { start: lineStart(view.text, statement.startIndex), end: lineEnd(view.text, statement.endIndex), newText: '' } : removal(view, statement));
    if (heir) comments.set(heir, commentBehind(view, statement) ?? '');
  }
  const written = lines.map((line): ImportLine => ({ ...line, comment: comments.get(line) ?? '' }));
  return { edits: [...edits, ...placeImports(view, written, removed)], removed };
}

/** What is to stand for the names that go: the old statement with another module name where that is all that changes, else one line each. */
function linesInstead(statement: Node, successors: readonly ImportRequest[], isWhole: boolean): readonly ImportLine[] {
  const [first] = successors;
  const module = field(statement, 'module_name');
  const isRenamed = (request: ImportRequest) => request.module === first?.module && request.member === request.insteadOf?.imported.text;
  if (first && module && isWhole && successors.length === importedNames(statement).length && successors.every(isRenamed)) {
    const { text, startIndex } = statement;
    return [{ ...first, near: statement, text: text.slice(0, module.startIndex - startIndex) + first.module + text.slice(module.endIndex - startIndex) }];
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

function inPlace({ text, layout }: FileView, statement: Node, lines: readonly ImportLine[], isWhole: boolean): TextEdit {
  const texts = lines.map((line) => line.text);
  const isFirst = isFirstOnLine(text, statement.startIndex);
  const newLine = layout.lineEnding + indentAt(text, statement.startIndex);
  if (!isWhole) return { start: statement.startIndex, end: statement.startIndex, newText: texts.map((line) => line + (isFirst ? newLine : '; ')).join('') };
  const comments = commentsIn(statement).filter((comment) => !texts.some((line) => line.includes(comment)));
  const newText = isFirst ? [...texts, ...comments].join(newLine) : texts.join('; ') + comments.map((comment) => `  ${comment}`).join('');
  return { start: statement.startIndex, end: statement.endIndex, newText };
}

/**
 * The new line that takes over the comments of a statement at module level: what came from it, and of other lines one that needs a
 * `noqa` as much as the old one did. undefined where a comment has to stay behind, and where there is none.
 */
function heirOf(view: FileView, statement: Node, lines: readonly ImportLine[], taken: ReadonlyMap<ImportLine, string>): ImportLine | undefined {
  const comment = commentBehind(view, statement);
  if (!isFirstOnLine(view.text, statement.startIndex) || statement.parent?.type !== 'module') return undefined;
  const heir = lines.find((line) => !taken.has(line) && (line.near ? line.near.id === statement.id : /^\s*#\s*noqa/i.test(comment ?? '')));
  const isComplete = comment !== undefined && commentsIn(statement).every((inner) => heir?.text.includes(inner));
  return isComplete ? heir : undefined;
}

/** The comment behind a statement with the blanks before it, `  # noqa`; empty where there is none, undefined where code follows. */
function commentBehind({ text }: FileView, { endIndex }: Node): string | undefined {
  const rest = text.slice(endIndex, lineEnd(text, endIndex)).trimEnd();
  return rest === '' || rest.trimStart().startsWith('#') ? rest : undefined;
}

function distinct(nodes: readonly Node[]): readonly Node[] {
  const seen = new Set<number>();
  return nodes.filter(({ id }) => !seen.has(id) && seen.add(id));
}
