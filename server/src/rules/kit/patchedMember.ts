import { eventlet } from '../../python/eventlet';
import { memberNamedBeside } from '../../python/stringTargets';
import type { NameUse } from '../../python/uses';

export interface PatchedMember {
  readonly member: string;
  /** Canonical name of what is replaced. */
  readonly api: string;
  /** The attribute that is set: `eventlet.greenthread.sleep`. */
  readonly attribute: string;
  /** What stands between the quotes of the member's name; offsets, half-open. */
  readonly range: { readonly start: number; readonly end: number };
}

/** The member that `patch.object(module, 'member')` replaces, as far as it is written down; undefined where the use is no such module. */
export function patchedMember(use: NameUse): PatchedMember | 'unknown' | undefined {
  const named = memberNamedBeside(use.node);
  if (named === undefined || named === 'unknown') return named;
  const attribute = `${use.api}.${named.text}`;
  return { member: named.text, api: eventlet.canonical(attribute), attribute, range: named.range };
}
