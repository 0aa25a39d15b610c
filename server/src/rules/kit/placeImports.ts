import type { TextEdit } from '../../edits/textEdit';
import { importedNames } from '../../python/imports';
import { isStandardLibrary } from '../../python/stdlib';
import { field, type Node } from '../../syntax/node';
import { spelled, topLevelImports, type ImportRequest } from './imports';
import type { FileView } from './view';

/** Import statements that stand together without a blank line or other code between them. */
type Group = readonly Node[];

/**
 * The edits that add imports to a file where isort and OpenStack's hacking style (H301, H306) want them: one a line, in the group
 * of the standard library, in alphabetical order. `dropped` are the statements that go in the same change.
 */
export function placeImports(view: FileView, requests: readonly ImportRequest[], dropped: readonly Node[]): readonly TextEdit[] {
  const missing = distinct(requests);
  if (missing.length === 0) return tidyGroups(view, dropped, undefined);
  const above = Math.min(...missing.map((request) => request.above ?? Infinity));
  const groups = importGroups(view).filter(([first]) => first && first.startIndex < above);
  const home = groups.find((group) => group.some((statement) => isNative(statement) && !isGone(statement, dropped)));
  if (home) return [...missing.map((request) => into(view, home, request)), ...tidyGroups(view, dropped, undefined)];
  const vanished = groups.find((group) => group.every((statement) => isGone(statement, dropped)));
  if (vanished?.[0] && vanished === groups.find((group) => !isFuture(group))) {
    const lines = block(view, missing);
    return [{ start: lineStart(view.text, vanished[0].startIndex), end: lineStart(view.text, vanished[0].startIndex), newText: lines }, ...tidyGroups(view, dropped, vanished)];
  }
  return [newGroup(view, groups, missing), ...tidyGroups(view, dropped, undefined)];
}

/** Groups in text order, as far as the first definition. */
function importGroups(view: FileView): readonly Group[] {
  const groups: Node[][] = [];
  let last: Node | undefined;
  for (const statement of topLevelImports(view)) {
    const between = last ? view.text.slice(last.endIndex, statement.startIndex) : undefined;
    if (between !== undefined && /\n[ \t]*(class|def|async def)\b/.test(between)) break;
    const isNew = between === undefined || /(\r\n|\n|\r)[ \t]*(\r\n|\n|\r)/.test(between) || hasCode(between);
    if (isNew) groups.push([]);
    groups.at(-1)?.push(statement);
    last = statement;
  }
  return groups;
}

function hasCode(between: string): boolean {
  return between.split(/\r\n|\n|\r/).some((line, index) => index > 0 && line.trim() !== '' && !line.trim().startsWith('#'));
}

function into(view: FileView, group: Group, request: ImportRequest): TextEdit {
  const index = indexIn(group, request);
  const before = group[index - 1];
  const at = before ? lineEnd(view.text, before.endIndex) : lineStart(view.text, group[0]?.startIndex ?? 0);
  return insertion(view, at, spelled(request) + view.layout.lineEnding);
}

/** Where a new statement belongs among those of its group. */
function indexIn(group: Group, request: ImportRequest): number {
  const key = sortKey(request.module, request.member);
  const isPlain = request.member === undefined;
  const plainCount = group.filter(({ type }) => type === 'import_statement').length;
  const isPlainFirst =
    plainCount > 0 && plainCount < group.length && group.slice(0, plainCount).every(({ type }) => type === 'import_statement') && !isSorted(group);
  const from = isPlainFirst && !isPlain ? plainCount : 0;
  const to = isPlainFirst && isPlain ? plainCount : group.length;
  const later = group.slice(from, to).findIndex((statement) => keyOf(statement) > key);
  return later < 0 ? to : from + later;
}

function isSorted(group: Group): boolean {
  return group.every((statement, index) => index === 0 || keyOf(group[index - 1] as Node) <= keyOf(statement));
}

/** Hacking's H306 compares the whole dotted names without regard to case. */
function keyOf(statement: Node): string {
  const [first] = importedNames(statement);
  return (first?.dotted ?? '').toLowerCase();
}

function sortKey(module: string, member: string | undefined): string {
  return (member === undefined ? module : `${module}.${member}`).toLowerCase();
}

function newGroup(view: FileView, groups: readonly Group[], requests: readonly ImportRequest[]): TextEdit {
  const { text, layout } = view;
  const first = groups.find((group) => !isFuture(group))?.[0];
  if (first) return insertion(view, lineStart(text, first.startIndex), block(view, requests) + layout.lineEnding);
  const preamble = groups.at(-1)?.at(-1) ?? docstring(view);
  if (preamble) return insertion(view, lineEnd(text, preamble.endIndex), layout.lineEnding + block(view, requests));
  const code = view.tree.rootNode.namedChildren.find((child) => child && child.type !== 'comment');
  const at = code ? lineStart(text, code.startIndex) : text.length;
  return insertion(view, at, block(view, requests) + layout.lineEnding);
}

function docstring(view: FileView): Node | undefined {
  const first = view.tree.rootNode.namedChildren.find((child) => child && child.type !== 'comment');
  return first?.type === 'expression_statement' && first.namedChild(0)?.type === 'string' ? first : undefined;
}

/** Where a whole group goes, one run of blank lines goes with it. `filled` is a group that gets new lines in place of its own. */
function tidyGroups(view: FileView, dropped: readonly Node[], filled: Group | undefined): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const group of importGroups(view)) {
    const [first] = group;
    const last = group.at(-1);
    if (group === filled || first?.startIndex === filled?.[0]?.startIndex || !first || !last) continue;
    if (!group.every((statement) => isGone(statement, dropped)) || hasComment(view.text, first, last)) continue;
    const start = lineStart(view.text, first.startIndex);
    const end = lineEnd(view.text, last.endIndex);
    const above = /(\r\n|\n|\r)([ \t]*(?:\r\n|\n|\r))+$/.exec(view.text.slice(0, start));
    const below = /^([ \t]*(?:\r\n|\n|\r))+/.exec(view.text.slice(end));
    if (!below && end < view.text.length) continue;
    const isAfterImport = above && topLevelImports(view).some(({ endIndex }) => lineEnd(view.text, endIndex) === start - above[0].length + (above[1]?.length ?? 0));
    if (isAfterImport) edits.push({ start: start - (above[0].length - (above[1]?.length ?? 0)), end: start, newText: '' });
    else if (below) edits.push({ start: end, end: end + below[0].length, newText: '' });
  }
  return edits;
}

/** A comment among or behind the statements keeps its place, and so do the blank lines around it. */
function hasComment(text: string, first: Node, last: Node): boolean {
  const above = text.slice(0, lineStart(text, first.startIndex)).trimEnd();
  const lastLine = above.slice(above.lastIndexOf('\n') + 1).trim();
  const isAttached = lastLine.startsWith('#') && /#[^\r\n]*(\r\n|\n|\r)$/.test(text.slice(0, lineStart(text, first.startIndex)));
  return isAttached || text.slice(first.startIndex, lineEnd(text, last.endIndex)).includes('#');
}

function block(view: FileView, requests: readonly ImportRequest[]): string {
  const sorted = requests.toSorted((a, b) => (sortKey(a.module, a.member) < sortKey(b.module, b.member) ? -1 : 1));
  return sorted.map((request) => spelled(request) + view.layout.lineEnding).join('');
}

/** An insertion at a line start; at the end of a text without a final newline the line before is ended first. */
function insertion(view: FileView, at: number, newText: string): TextEdit {
  const isUnended = at === view.text.length && at > 0 && !/[\r\n]$/.test(view.text);
  return { start: at, end: at, newText: isUnended ? view.layout.lineEnding + newText : newText };
}

function isNative(statement: Node): boolean {
  if (statement.type === 'future_import_statement') return false;
  const from = field(statement, 'module_name');
  if (from) return isStandardLibrary(from.text);
  return importedNames(statement).every(({ dotted }) => isStandardLibrary(dotted));
}

function isFuture(group: Group): boolean {
  return group.every(({ type }) => type === 'future_import_statement');
}

function isGone(statement: Node, dropped: readonly Node[]): boolean {
  return dropped.some(({ id }) => id === statement.id);
}

function distinct(requests: readonly ImportRequest[]): readonly ImportRequest[] {
  const byText = new Map<string, ImportRequest>();
  for (const request of requests) {
    const text = spelled(request);
    const known = byText.get(text);
    if (!known || (request.above ?? Infinity) < (known.above ?? Infinity)) byText.set(text, request);
  }
  return [...byText.values()];
}

function lineStart(text: string, offset: number): number {
  const before = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1));
  return before + 1;
}

/** The offset behind the line end of the line that contains `offset`. */
function lineEnd(text: string, offset: number): number {
  const found = /\r\n|\n|\r/g;
  found.lastIndex = offset;
  const match = found.exec(text);
  return match ? match.index + match[0].length : text.length;
}
