import { importedNames, type ImportedName } from '../../python/imports';
import type { ImportUse, NameUse } from '../../python/uses';
import type { Node } from '../../syntax/node';
import { change, type ChangeBuilder } from './change';
import { nativeImport } from './greenImports';
import { indentAt, isFirstOnLine } from './lines';
import type { FileView } from './view';

/**
 * `try: from eventlet import sleep` with `except ImportError: from time import sleep`, and nothing else in it: what takes the place of
 * eventlet is written there already. All its names change together, and keep their spelling.
 */
export interface FallbackImport {
  readonly imports: readonly ImportUse[];
  /** Where the names are read that come from eventlet today. */
  readonly reads: readonly NameUse[];
  /** What is imported instead, dotted: `time.sleep`, `socket`. */
  readonly natives: readonly string[];
  /** Begins the change: the statement is put aside, and the native imports stay. */
  change(): ChangeBuilder;
}

/** The fallback that binds the name of a use; undefined where the name has another origin too, or where a comment would be lost. */
export function fallbackImport({ variable }: ImportUse | NameUse, view: FileView): FallbackImport | undefined {
  const origin = variable && view.uses.find((use): use is ImportUse => use.form === 'import' && use.variable === variable && use.via === undefined);
  const whole = origin?.imported.statement.parent?.parent;
  const [body, handler, ...others] = whole?.namedChildren.filter((child) => child?.type !== 'comment') ?? [];
  const instead = handler?.namedChildren.findLast((child) => child?.type === 'block');
  if (!whole || whole.type !== 'try_statement' || !body || handler?.type !== 'except_clause' || !instead || others.length > 0) return undefined;
  // Comments above the first import are the handler's in the grammar.
  const start = handler.namedChildren.find((child) => child?.type === 'comment')?.startIndex ?? instead.startIndex;
  const isKept = (comment: Node | null): boolean => !comment || (start <= comment.startIndex && comment.startIndex < instead.endIndex);
  if (!isFirstOnLine(view.text, start) || !isFirstOnLine(view.text, whole.startIndex) || !whole.descendantsOfType('comment').every(isKept)) return undefined;

  const [green, native] = [namesOf(body), namesOf(instead)];
  const pairs = green.map((name) => [name, native.find(({ bound }) => bound?.text === name.bound?.text)] as const);
  if (native.length !== green.length || !pairs.every(([name, other]) => other && isCounterpart(name, other))) return undefined;
  const imports = view.uses.filter((use): use is ImportUse => use.form === 'import' && use.via === undefined && isInside(use.node, body));
  const variables = imports.map((use) => use.variable);
  if (imports.length !== green.length || !variables.every((known) => known?.bindings.length === 2 && known.bindings.every(({ node }) => isInside(node, whole)))) return undefined;
  return {
    imports,
    reads: view.uses.filter((use): use is NameUse => use.form === 'name' && use.variable !== undefined && variables.includes(use.variable)),
    natives: native.map(({ dotted }) => dotted),
    change: () => change(view).replace(whole, leftBy(indentAt(view.text, start).length - indentAt(view.text, whole.startIndex).length, view.text.slice(start, whole.endIndex))),
  };
}

/** The names that a block brings in; none where it does anything else. */
function namesOf(block: Node): readonly ImportedName[] {
  const names = block.namedChildren.flatMap((child) => (child && child.type !== 'comment' ? [importedNames(child)] : []));
  return names.some((imported) => imported.length === 0) ? [] : names.flat();
}

function isCounterpart(green: ImportedName, native: ImportedName): boolean {
  if (isSleep(green)) return native.meaning === 'time.sleep';
  const request = nativeImport(green);
  return request !== undefined && native.meaning === (request.member === undefined ? request.module : `${request.module}.${request.member}`);
}

function isSleep({ meaning }: ImportedName): boolean {
  return meaning === 'eventlet.sleep' || meaning === 'eventlet.greenthread.sleep';
}

/** Lines behind the first, moved to the left. Imports have no text in them whose blanks mean something. */
function leftBy(columns: number, text: string): string {
  return text.replace(new RegExp(`(\\r\\n|\\r|\\n)[ \\t]{${columns}}`, 'g'), '$1');
}

function isInside({ startIndex, endIndex }: Node, outer: Node): boolean {
  return outer.startIndex <= startIndex && endIndex <= outer.endIndex;
}
