import { argumentsOf } from '../../python/calls';
import type { Node } from '../../syntax/node';
import type { PatchGroup } from '../rule';

/** What `monkey_patch()` without arguments patches. */
export const defaultGroups: readonly PatchGroup[] = ['os', 'select', 'socket', 'subprocess', 'thread', 'time'];

const groups: readonly PatchGroup[] = [...defaultGroups, 'psycopg', 'MySQLdb', 'builtins'];

/**
 * The groups that a call of `monkey_patch` patches for certain (catalogue R3): with a `True` only what is named, without one
 * everything but what is excluded. A value that is no literal may be either and makes nothing certain. undefined where the
 * arguments are passed as `**`.
 */
export function patchedGroups(call: Node): readonly PatchGroup[] | undefined {
  const { positional, keywords, isOpen } = argumentsOf(call);
  if (isOpen || positional.length > 0) return undefined;
  const switches = new Map([...keywords].map(([name, { type }]) => [name, type === 'true' ? true : type === 'false' ? false : undefined]));
  const values = [...switches.values()];
  const isAll = switches.has('all') ? switches.get('all') === true : values.every((value) => value === false);
  return groups.filter((group) => {
    const name = group === 'builtins' && !switches.has(group) ? '__builtin__' : group;
    return switches.has(name) ? switches.get(name) === true : isAll && defaultGroups.includes(group);
  });
}
