import { merge } from '../edits/merge';
import type { TextEdit } from '../edits/textEdit';
import type { ImportedName } from '../python/imports';
import type { Variable } from '../python/names';
import type { ImportUse } from '../python/uses';
import { wordOffsets } from '../python/words';
import type { Node } from '../syntax/node';
import { passInstead, removal, type Change, type OtherFile } from './kit/change';
import { spelled, type ImportRequest } from './kit/imports';
import { isNamedOtherwise } from './kit/namedOtherwise';
import { settleImports } from './kit/settleImports';
import { tidied } from './kit/tidy';
import type { FileView } from './kit/view';

export interface Composed {
  /** Of one text, in order, not overlapping. */
  readonly edits: readonly TextEdit[];
  /** Indices of the changes that wait for another round, because an earlier one touches the same text. */
  readonly deferred: readonly number[];
  /** What those that do not wait need in other files. */
  readonly elsewhere: readonly OtherFile[];
}

/**
 * Joins the changes of one file into one set of edits. Imports are settled here, once for all of them: what the new code needs is
 * added, and an import of eventlet goes when the last reference to it has gone.
 */
export function compose(view: FileView, changes: readonly Change[]): Composed {
  const { applied, deferred } = sortOut(changes);
  const edits = merge(applied.map((change) => change.edits)).edits;
  const needs = distinctRequests(applied.flatMap((change) => change.needs));
  const replaced = needs.flatMap(({ insteadOf }) => insteadOf ?? []);
  const given = distinct([...applied.flatMap((change) => change.drops).filter((name) => !isSpelled(name, applied)), ...replaced]);
  const imports = settleImports(view, [...given, ...superfluous(view, edits, given)], needs);
  const removed = [...applied.flatMap((change) => change.removed), ...imports.removed];
  const all = merge([...edits, ...imports.edits.map((edit) => upTo(edits, edit))].map((edit) => [edit])).edits;
  return { edits: tidied(view.text, withoutEmptyBlocks(view, all, removed)), deferred, elsewhere: applied.flatMap((change) => change.elsewhere) };
}

/** Whether new code names a module by this import, which nothing but what another change takes away has read until now. */
function isSpelled({ bound, meaning }: ImportedName, changes: readonly Change[]): boolean {
  const isThis = ([name, module]: readonly [string, string]): boolean => bound !== undefined && isBelow(name, bound.text) && isBelow(module, meaning);
  return changes.some(({ modules }) => [...modules].some(isThis));
}

/** `a.b` and `a` itself are below `a`. */
function isBelow(dotted: string, name: string): boolean {
  return dotted === name || dotted.startsWith(`${name}.`);
}

/** Earlier changes have precedence; a change is made as a whole or not at all. */
function sortOut(changes: readonly Change[]): { readonly applied: readonly Change[]; readonly deferred: readonly number[] } {
  const waiting = new Set(merge(changes.map((change) => change.edits)).deferred);
  const deferred = changes.flatMap((change, index) => (waiting.has(change.edits) ? [index] : []));
  return { applied: changes.filter((change) => !waiting.has(change.edits)), deferred };
}

/** The imports whose last reference the edits take away; `given` go or are replaced already. */
function superfluous(view: FileView, edits: readonly TextEdit[], given: readonly ImportedName[]): readonly ImportedName[] {
  const dropped = new Set(given.map(({ item }) => item.id));
  const found: ImportedName[] = [];
  for (const variable of importedVariables(view)) {
    if (!edits.some(({ start, end }) => view.text.slice(start, end).includes(variable.name))) continue;
    const isTouched = variable.reads.some(({ node }) => isGone(node.startIndex, node.endIndex, variable.name, edits));
    const isUnused = variable.reads.every(({ node }) => isGone(node.startIndex, node.endIndex, variable.name, edits));
    if (!isTouched || !isUnused || isNamedOtherwise(view, variable)) continue;
    const imports = variable.bindings.map(({ node }) => importOf(view, node.id));
    if (imports.every((imported) => imported !== undefined)) found.push(...imports.filter(({ item }) => !dropped.has(item.id)));
  }
  return found;
}

/** Two statements of one line that both go share the semicolon between them. */
function upTo(others: readonly TextEdit[], edit: TextEdit): TextEdit {
  const next = others.find((other) => edit.newText === '' && other.newText === '' && edit.start < other.start && other.start < edit.end);
  return next ? { ...edit, end: next.start } : edit;
}

/** Where several removals together would empty a block, the first of its statements becomes `pass`. */
function withoutEmptyBlocks(view: FileView, edits: readonly TextEdit[], removed: readonly Node[]): readonly TextEdit[] {
  const ids = new Set(removed.map(({ id }) => id));
  const firsts = removed.filter((statement) => {
    const statements = statement.parent?.type === 'block' ? statement.parent.namedChildren.filter((child) => child?.type !== 'comment') : [];
    return statements.length > 1 && statements[0]?.id === statement.id && statements.every((child) => child && ids.has(child.id));
  });
  return edits.map((edit) => {
    const first = firsts.find((statement) => edit.newText === '' && edit.start === removal(view, statement).start);
    return first ? passInstead(view, first) : edit;
  });
}

/** The variables that imports of eventlet bind, each once. */
function importedVariables(view: FileView): readonly Variable[] {
  const uses = view.uses.filter((use): use is ImportUse => use.form === 'import');
  return [...new Set(uses.flatMap(({ variable }) => (variable ? [variable] : [])))];
}

function importOf(view: FileView, boundId: number): ImportedName | undefined {
  const use = view.uses.find((candidate): candidate is ImportUse => candidate.form === 'import' && candidate.imported.bound?.id === boundId);
  return use?.imported;
}

/** Whether an edit replaces this mention by text that does not mention the name again. */
export function isGone(start: number, end: number, name: string, edits: readonly TextEdit[]): boolean {
  return edits.some((edit) => edit.start <= start && end <= edit.end && !mentionsName(edit.newText, name));
}

/** Whether new code reads a name; as an attribute (`time.sleep`) or in a comment it is no name. */
function mentionsName(code: string, name: string): boolean {
  const text = code.replace(/#[^\r\n]*/g, '');
  for (const start of wordOffsets(text, name)) if (text[start - 1] !== '.') return true;
  return false;
}

/** All references of an imported name carry the same request. */
function distinctRequests(requests: readonly ImportRequest[]): readonly ImportRequest[] {
  const byKey = new Map(requests.map((request) => [`${spelled(request)}|${request.above ?? ''}|${request.insteadOf?.item.id ?? ''}`, request]));
  return [...byKey.values()];
}

function distinct(names: readonly ImportedName[]): readonly ImportedName[] {
  const seen = new Set<number>();
  return names.filter(({ item }) => !seen.has(item.id) && seen.add(item.id));
}
