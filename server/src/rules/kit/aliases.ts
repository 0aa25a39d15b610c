import type { NameUse } from '../../python/uses';
import { isField } from '../../syntax/node';
import type { FileView } from './view';

/** A function that was given another name, `pause = eventlet.sleep`, with the calls by that name. */
export interface Alias {
  /** The right side of the assignment. */
  readonly origin: NameUse;
  readonly calls: readonly (NameUse & { readonly call: NonNullable<NameUse['call']> })[];
  /** Whether the name is bound once and does nothing but being called, as far as anybody sees. */
  readonly isWhole: boolean;
}

/** The alias that a use makes or calls; undefined where it does neither, or where it is not one plain assignment to a name. */
export function aliasOf(use: NameUse, view: FileView): Alias | undefined {
  // Most uses are calls, and those are nothing that gets another name.
  if (!use.isAlias && use.call) return undefined;
  const named = view.uses.filter((other): other is NameUse => other.form === 'name' && other.api === use.api);
  const origin = use.isAlias ? named.find((other) => binds(other, use)) : use;
  if (!origin || origin.isAlias || origin.call) return undefined;
  const through = named.filter((other) => other.isAlias && binds(origin, other));
  const calls = through.filter((other): other is Alias['calls'][number] => other.call !== undefined);
  const variable = calls[0]?.variable;
  if (!variable) return undefined;
  const isOnlyCalled = variable.reads.every(({ node }) => calls.some(({ root, isCertain }) => isCertain && root.id === node.id));
  return { origin, calls, isWhole: variable.bindings.length === 1 && isOnlyCalled && !view.namedElsewhere.has(variable.name) };
}

/** Whether `alias` reads the variable to which a name is assigned. */
function binds({ node }: NameUse, { variable }: NameUse): boolean {
  const assignment = node.parent;
  if (assignment?.type !== 'assignment' || !isField(assignment, 'right', node)) return false;
  const left = assignment.childForFieldName('left');
  return variable?.bindings.some((binding) => binding.node.id === left?.id) ?? false;
}
