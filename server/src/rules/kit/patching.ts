import { argumentsOf } from '../../python/calls';
import type { Node } from '../../syntax/node';
import type { PatchGroup } from '../rule';
import { usually } from './usually';

/** What `monkey_patch()` without arguments patches. */
export const defaultGroups: readonly PatchGroup[] = ['os', 'select', 'socket', 'subprocess', 'thread', 'time'];

/** Everything that `monkey_patch` can patch. */
export const patchGroups: readonly PatchGroup[] = [...defaultGroups, 'psycopg', 'MySQLdb', 'builtins'];

/**
 * The groups that a call of `monkey_patch` patches for certain (catalogue R3): with a `True` only what is named, without one everything but
 * what is excluded. A switch that is no literal may be either, unless it is clear what it usually is; undefined where nothing is certain because of one.
 */
export function patchedGroups(call: Node): readonly PatchGroup[] | undefined {
  const { positional, keywords, isOpen } = argumentsOf(call);
  if (isOpen || positional.length > 0) return undefined;
  const switches = new Map([...keywords].map(([name, value]) => [name, switchOf(value)]));
  const isSelective = [...switches].some(([name, isOn]) => isOn === true && name !== 'all');
  const isOpenEnded = [...switches.values()].includes(undefined);
  if (isOpenEnded && !isSelective && switches.get('all') !== true) return undefined;
  const all = switches.get('all') ?? !isSelective;
  return patchGroups.filter((group) => {
    const name = group === 'builtins' && switches.has('__builtin__') ? '__builtin__' : group;
    return switches.has(name) ? switches.get(name) === true : all && defaultGroups.includes(group);
  });
}

/** `thread=False if '--debug' in sys.argv else True` is on wherever the process runs as usual. */
function switchOf(node: Node): boolean | undefined {
  if (node.type === 'conditional_expression') {
    const [yes, condition, no] = node.namedChildren;
    const holds = condition ? usually(condition.text) : undefined;
    const chosen = holds === undefined ? undefined : holds ? yes : no;
    return chosen ? switchOf(chosen) : undefined;
  }
  return node.type === 'true' ? true : node.type === 'false' ? false : undefined;
}

/** Conditions inside of the arguments on which it depends what is patched. */
export function switchesOf(call: Node): readonly string[] {
  const values = [...argumentsOf(call).keywords.values()];
  return values.flatMap((node) => (node.type === 'conditional_expression' ? (node.namedChildren[1]?.text ?? []) : []));
}
