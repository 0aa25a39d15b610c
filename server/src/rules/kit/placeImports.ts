import type { TextEdit } from '../../edits/textEdit';
import { importedNames } from '../../python/imports';
import { isStandardLibrary } from '../../python/stdlib';
import { field, type Node } from '../../syntax/node';
import { importGroups, isForeign, isFuture, isNative, startWithComments, type ImportGroup } from './importGroups';
import { spelled, type ImportRequest } from './imports';
import { lineAbove, lineEnd, lineStart } from './lines';
import type { FileView } from './view';

/** An import to be written. */
export interface ImportLine extends ImportRequest {
  /** The statement as it will stand there. */
  readonly text: string;
  /** What stands behind it: `  # noqa`. */
  readonly comment?: string;
  /** The statement that it comes from; it moves no further than up to the next call. */
  readonly near?: Node;
}

/**
 * The edits that add imports at module level where isort and OpenStack's hacking style (H301, H306) want them: one a line, in the
 * group of the standard library or of the third parties, in alphabetical order. `removed` are the statements that go in the same change.
 */
export function placeImports(view: FileView, lines: readonly ImportLine[], removed: readonly Node[]): readonly TextEdit[] {
  const groups = importGroups(view);
  const blocks = new Map<ImportGroup | undefined, ImportLine[]>();
  const edits: TextEdit[] = [];
  // Lines for one place are inserted in this order.
  for (const line of inAlphabet(joined(view, distinct(lines)))) {
    const reachable = groups.filter((group) => isReachable(group, groups, line));
    const belongs = isStandardLibrary(line.module) ? isNative : isForeign;
    const home = reachable.find(({ statements }) => statements.some((statement) => belongs(statement) && !isGone(statement, removed)));
    if (home) edits.push(intoStatement(view, home, line) ?? into(view, home, line));
    else {
      const next = reachable.find((group) => !group.statements.every(isFuture) && (isStandardLibrary(line.module) || !isKeptNative(group, removed)));
      blocks.set(next, [...(blocks.get(next) ?? []), line]);
    }
  }
  for (const [group, block] of blocks) edits.push(group ? beside(view, group, block, removed) : atTop(view, groups, block));
  return edits;
}

function isKeptNative({ statements }: ImportGroup, removed: readonly Node[]): boolean {
  return statements.some((statement) => isNative(statement) && !isGone(statement, removed));
}

/** A line that replaces another stays behind the calls above that one; any other must only stand above the code that needs it. */
function isReachable({ statements, run }: ImportGroup, groups: readonly ImportGroup[], { near, above = Infinity }: ImportLine): boolean {
  if (!near) return (statements[0]?.startIndex ?? Infinity) < above;
  return run === groups.find((group) => isGone(near, group.statements))?.run;
}

/** A group of its own before a group; in the place of that group where all of it goes. */
function beside(view: FileView, { statements }: ImportGroup, lines: readonly ImportLine[], removed: readonly Node[]): TextEdit {
  const [first] = statements;
  if (!first) return { start: 0, end: 0, newText: '' };
  const isVacant = statements.every((statement) => isGone(statement, removed));
  if (isVacant) return insertion(view, lineStart(view.text, first.startIndex), block(view, lines));
  return insertion(view, startWithComments(view.text, first), block(view, lines) + view.layout.lineEnding);
}

/** Below all imports, or the first of a file: below its docstring or its licence. */
function atTop(view: FileView, groups: readonly ImportGroup[], lines: readonly ImportLine[]): TextEdit {
  const { text, layout } = view;
  const preamble = groups.at(-1)?.statements.at(-1) ?? docstring(view);
  if (preamble) {
    const at = lineEnd(text, preamble.endIndex);
    const isFollowed = lineEnd(text, at) > at && text.slice(at, lineEnd(text, at)).trim() !== '';
    return insertion(view, at, layout.lineEnding + block(view, lines) + (isFollowed ? layout.lineEnding : ''));
  }
  const code = view.tree.rootNode.namedChildren.find((child) => child && child.type !== 'comment');
  const at = code ? startWithComments(text, code) : text.length;
  const space = code && /_definition$/.test(code.type) ? layout.lineEnding.repeat(2) : layout.lineEnding;
  const isUnderText = at > 0 && lineAbove(text, at)?.trim() !== '';
  return insertion(view, at, (isUnderText ? layout.lineEnding : '') + block(view, lines) + space);
}

function docstring(view: FileView): Node | undefined {
  const first = view.tree.rootNode.namedChildren.find((child) => child && child.type !== 'comment');
  return first?.type === 'expression_statement' && first.namedChild(0)?.type === 'string' ? first : undefined;
}

function into(view: FileView, { statements }: ImportGroup, line: ImportLine): TextEdit {
  const index = indexIn(statements, line);
  const before = statements[index - 1];
  const at = before ? lineEnd(view.text, before.endIndex) : startWithComments(view.text, statements[0] ?? view.tree.rootNode);
  return insertion(view, at, written(line) + view.layout.lineEnding);
}

/** `from socket import timeout` takes up another name where the file imports several names in one statement anyway. */
function intoStatement(view: FileView, { statements }: ImportGroup, line: ImportLine): TextEdit | undefined {
  if (!isSingle(line) || !joinsNames(view)) return undefined;
  const statement = statements.find((candidate) => field(candidate, 'module_name')?.text === line.module);
  const items = statement ? importedNames(statement) : [];
  if (items.length === 0 || items.some(({ bound }) => !bound)) return undefined;
  const [, name = ''] = line.text.split(' import ');
  const next = items.findIndex(({ imported }) => imported.text.toLowerCase() > name.toLowerCase());
  const neighbour = items[next < 0 ? items.length - 1 : next]?.item;
  if (!neighbour) return undefined;
  const gap = items.length > 1 ? view.text.slice(items[0]?.item.endIndex, items[1]?.item.startIndex) : ', ';
  const separator = gap.includes('#') ? ', ' : gap;
  const at = next < 0 ? neighbour.endIndex : neighbour.startIndex;
  return { start: at, end: at, newText: next < 0 ? separator + name : name + separator };
}

/**
 * Where a new statement belongs among those of its group: by hacking's order or by isort's, where plain imports come first. In a group
 * without an order it stays among its own kind.
 */
function indexIn(group: readonly Node[], line: ImportLine): number {
  const isPlain = line.member === undefined;
  const plainCount = group.findIndex(({ type }) => type !== 'import_statement');
  const [plain, rest] = [group.slice(0, Math.max(0, plainCount)), group.slice(Math.max(0, plainCount))];
  if (isSorted(group) || plainCount < 0) return isSorted(group) ? indexAmong(group, group, line) : indexAmong(group, ownKind(group, line), line);
  const isIsorted = plainCount > 0 && isSorted(plain) && isSorted(rest) && rest.every(({ type }) => type !== 'import_statement');
  if (isIsorted) return isPlain ? indexAmong(group, plain, line) : indexAmong(group, rest, line);
  return indexAmong(group, ownKind(group, line), line);
}

/** The place in a group before the first of some of its statements that comes later, else behind the last of them. */
function indexAmong(group: readonly Node[], some: readonly Node[], line: ImportLine): number {
  const key = sortKey(line);
  const next = some.find((statement) => keyOf(statement) > key);
  const last = some.at(-1);
  if (next) return group.indexOf(next);
  return last ? group.indexOf(last) + 1 : group.length;
}

function ownKind(group: readonly Node[], { module }: ImportLine): readonly Node[] {
  const own = group.filter((statement) => (isStandardLibrary(module) ? isNative(statement) : isForeign(statement)));
  return own.length > 0 ? own : group;
}

function isSorted(group: readonly Node[]): boolean {
  return group.every((statement, index) => index === 0 || keyOf(group[index - 1] as Node) <= keyOf(statement));
}

/** Hacking's H306 compares the whole dotted names without regard to case. */
function keyOf(statement: Node): string {
  const [first] = importedNames(statement);
  return (first?.dotted ?? '').toLowerCase();
}

function sortKey({ module, member }: ImportLine): string {
  return (member === undefined ? module : `${module}.${member}`).toLowerCase();
}

function block(view: FileView, lines: readonly ImportLine[]): string {
  return inAlphabet(lines)
    .map((line) => written(line) + view.layout.lineEnding)
    .join('');
}

function inAlphabet(lines: readonly ImportLine[]): readonly ImportLine[] {
  return lines.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** An insertion at a line start; at the end of a text without a final newline the line before is ended first. */
function insertion(view: FileView, at: number, newText: string): TextEdit {
  const isUnended = at === view.text.length && at > 0 && !/[\r\n]$/.test(view.text);
  return { start: at, end: at, newText: isUnended ? view.layout.lineEnding + newText : newText };
}

function isGone(statement: Node, removed: readonly Node[]): boolean {
  return removed.some(({ id }) => id === statement.id);
}

/** Each import once, as high as its most demanding request wants it. */
function distinct(lines: readonly ImportLine[]): readonly ImportLine[] {
  const byText = new Map<string, ImportLine>();
  for (const line of lines) {
    const known = byText.get(line.text) ?? line;
    byText.set(line.text, { ...known, above: Math.min(known.above ?? Infinity, line.above ?? Infinity), comment: known.comment || line.comment || '' });
  }
  return [...byText.values()];
}

/** Names from one module in one statement, where the file has that habit. */
function joined(view: FileView, lines: readonly ImportLine[]): readonly ImportLine[] {
  if (!joinsNames(view)) return lines;
  const byModule = new Map<string, ImportLine>();
  for (const line of lines) {
    const key = isSingle(line) ? `${line.module} ${line.near?.id ?? ''}` : line.text;
    const known = byModule.get(key);
    const [, name = ''] = line.text.split(' import ');
    byModule.set(key, known ? { ...known, text: `${known.text}, ${name}` } : line);
  }
  return [...byModule.values()];
}

/** Whether a line is one name from a module and nothing else, so that it can join others. */
function isSingle(line: ImportLine): boolean {
  return line.member !== undefined && !line.comment && line.text === spelled(line);
}

function written({ text, comment = '' }: ImportLine): string {
  return text + comment;
}

function joinsNames({ tree }: FileView): boolean {
  return tree.rootNode.namedChildren.some((node) => node?.type === 'import_from_statement' && importedNames(node).length > 1);
}
