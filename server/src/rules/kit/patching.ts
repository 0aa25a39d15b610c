import { argumentsOf } from '../../python/calls';
import type { Node } from '../../syntax/node';
import type { PatchGroup } from '../rule';

/** What `monkey_patch()` without arguments patches. */
export const defaultGroups: readonly PatchGroup[] = ['os', 'select', 'socket', 'subprocess', 'thread', 'time'];

const groups: readonly PatchGroup[] = [...defaultGroups, 'psycopg', 'MySQLdb', 'builtins'];

/**
 * The groups that a call of `monkey_patch` patches (catalogue R3): with a `True` only what is named, without one everything but
 * what is excluded. undefined where the arguments are not literals.
 */
export function patchedGroups(call: Node): readonly PatchGroup[] | undefined {
  const { positional, keywords, isOpen } = argumentsOf(call);
  if (isOpen || positional.length > 0) return undefined;
  const switches = new Map<string, boolean>();
  for (const [name, value] of keywords) {
    if (value.type !== 'true' && value.type !== 'false') return undefined;
    switches.set(name, value.type === 'true');
  }
  const all = switches.get('all') ?? ![...switches.values()].includes(true);
  return groups.filter((group) => switches.get(group) ?? (group === 'builtins' ? switches.get('__builtin__') : undefined) ?? (all && defaultGroups.includes(group)));
}
