import type { NameUse, Use } from '../../python/uses';
import type { Proposal } from '../rule';
import { currentNames, currentsBeside, currentThreadProposals } from './currentThread';
import { familyOf, type Family } from './family';
import { first } from './first';
import { poolProposals } from './pools';
import { nowhere } from './proposing';
import { spawnedProposals } from './spawned';
import { timerProposals } from './timers';
import type { FileView } from './view';

/** How a green thread begins: by what its maker is called. */
const spawning: readonly string[] = ['eventlet.spawn', 'eventlet.spawn_n'];
const delaying: readonly string[] = ['eventlet.spawn_after', 'eventlet.call_after_global', 'eventlet.greenthread.call_after_global'];
const local: readonly string[] = ['eventlet.greenthread.spawn_after_local', 'eventlet.greenthread.call_after', 'eventlet.greenthread.call_after_local'];

/** The proposals of the family that a use belongs to, whichever way its green threads begin; undefined where the file does not show that. */
export function greenThreadProposals(use: Use, view: FileView): readonly Proposal[] | undefined {
  const family = familyOf(use, view);
  return family && view.memory.recall(`family at ${family.makers[0]?.start}`, () => familyProposals(family, view));
}

function familyProposals(family: Family, view: FileView): readonly Proposal[] {
  const [maker] = family.makers;
  if (areAll(family, spawning)) return spawnedProposals(family, view);
  if (areAll(family, delaying)) return timerProposals(family, view);
  if (areAll(family, local)) return nowhere(localOnly);
  if (maker?.form === 'name' && areAll(family, currentNames)) return currentProposals(maker, view);
  if (maker?.form === 'member' && family.makers.every(({ form }) => form === 'member')) return poolProposals(maker, view);
  return nowhere('what is held here begins in different ways: by `spawn`, later, in a pool, or as the current green thread');
}

/** Why `spawn_after_local` and its like stay. */
export const localOnly = 'the call is forgotten when the green thread that asked for it ends, and nothing native does that';

/** The proposals of a `getcurrent`; where it looks for green threads that begin in this file, they move together. */
export function currentProposals(use: NameUse, view: FileView): readonly Proposal[] {
  const starts = view.uses.filter((other) => (other.form === 'name' && [...spawning, ...delaying].includes(other.api)) || (other.form === 'member' && other.member === 'spawn'));
  const families = starts.flatMap((start) => familyOf(start, view) ?? []);
  const together = families.find((family) => currentsBeside(family, view).includes(use));
  if (together) return greenThreadProposals(together.makers[0] ?? use, view) ?? [];
  const lost = use.call && first(families, ({ hidden }) => hidden);
  return lost === undefined ? currentThreadProposals(use, view) : nowhere(`it may be compared with a green thread that begins in this file, and of that one ${lost}`);
}

function areAll({ makers }: Family, names: readonly string[]): boolean {
  return makers.every((maker) => maker.form === 'name' && names.includes(maker.api));
}
