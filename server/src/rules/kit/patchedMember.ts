import { argumentsOf } from '../../python/calls';
import { eventlet } from '../../python/eventlet';
import { contentRange, plainString } from '../../python/strings';
import type { NameUse } from '../../python/uses';
import { field, sameNode } from '../../syntax/node';

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
  const call = use.node.parent?.parent;
  const callee = call?.type === 'call' ? field(call, 'function') : undefined;
  if (!call || !callee || !/(^|\W|_)(object|patchobject|setattr|stub_out|Set|SmartSet|spy)$/.test(callee.text)) return undefined;
  const [module, name] = argumentsOf(call).positional;
  if (!sameNode(module, use.node)) return undefined;
  const member = name && plainString(name);
  const range = name && contentRange(name);
  const attribute = `${use.api}.${member}`;
  return member && range ? { member, api: eventlet.canonical(attribute), attribute, range } : 'unknown';
}
