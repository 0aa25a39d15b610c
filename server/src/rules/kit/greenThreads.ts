import type { Use } from '../../python/uses';
import type { Proposal } from '../rule';
import { currentNames, currentThreadProposals } from './currentThread';
import { familyOf, type Family } from './family';
import { poolProposals } from './pools';
import { nowhere } from './proposing';
import { spawnedProposals } from './spawned';
import { timerProposals } from './timers';
import type { FileView } from './view';

/** How a green thread begins: by what its maker is called. */
export const spawning: readonly string[] = ['eventlet.spawn', 'eventlet.spawn_n'];
export const delaying: readonly string[] = ['eventlet.spawn_after', 'eventlet.call_after_global', 'eventlet.greenthread.call_after_global'];

/** The proposals of the family that a use belongs to, whichever way its green threads begin; undefined where the file does not show that. */
export function greenThreadProposals(use: Use, view: FileView): readonly Proposal[] | undefined {
  const family = familyOf(use, view);
  if (!family) return undefined;
  if (areAll(family, spawning)) return spawnedProposals(family, view);
  if (areAll(family, delaying)) return timerProposals(family, view);
  const [maker] = family.makers;
  if (maker?.form === 'name' && areAll(family, currentNames)) return currentThreadProposals(maker, view);
  if (maker?.form === 'member' && family.makers.every(({ form }) => form === 'member')) return poolProposals(maker, view);
  return nowhere('what is held here begins in different ways: by `spawn`, later, or as the current green thread');
}

function areAll({ makers }: Family, names: readonly string[]): boolean {
  return makers.every((maker) => maker.form === 'name' && names.includes(maker.api));
}
