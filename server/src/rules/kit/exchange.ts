import { importAround, importedNames, type ImportedName } from '../../python/imports';
import type { Variable } from '../../python/names';
import type { NameUse } from '../../python/uses';
import { enclosing, sameNode } from '../../syntax/node';
import { importedAs, type ImportRequest } from './imports';
import { isNamedOtherwise } from './namedOtherwise';
import type { FileView } from './view';

/** An imported name that may be bound to a native module or one of its members instead, so that its uses keep their text. */
export interface Exchange {
  readonly variable: Variable;
  readonly imported: ImportedName;
  /** Every mention of the name. */
  readonly uses: readonly NameUse[];
}

/**
 * The exchange of the import that a use goes through: `from eventlet import queue` for `import queue`. undefined where the name
 * is bound more than once or optionally, is needed by other files or offered to them, or where the file has the native module already.
 */
export function exchangeOf(use: NameUse, view: FileView, native: string): Exchange | undefined {
  const { variable, root } = use;
  const [binding, ...others] = variable?.bindings ?? [];
  const statement = binding && importAround(binding.node);
  const imported = statement && importedNames(statement).find(({ bound }) => sameNode(bound, binding.node));
  if (!variable || !imported || others.length > 0 || isNamedOtherwise(view, variable)) return undefined;
  if (!imported.meaning.startsWith('eventlet.') || enclosing(statement, 'try_statement') || !importedAs(view, native, root).request) return undefined;
  const uses = view.uses.filter((candidate): candidate is NameUse => candidate.form === 'name' && candidate.variable === variable);
  const isComplete = variable.reads.every(({ node }) => uses.some((candidate) => sameNode(candidate.root, node)));
  return isComplete ? { variable, imported, uses } : undefined;
}

/** The import that takes the place of the exchanged one: of the module, or of a member of it. */
export function exchanged({ imported, variable }: Exchange, module: string, member?: string): ImportRequest {
  const alias = variable.name === (member ?? module) ? {} : { as: variable.name };
  return { module, ...(member === undefined ? {} : { member }), ...alias, insteadOf: imported };
}
