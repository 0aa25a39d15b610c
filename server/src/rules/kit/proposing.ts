import type { Target } from '../../protocol';
import type { Condition, Fix, NoFix } from '../rule';

/** A refusal for both targets. `reason` is in words, without a capital and a full stop. */
export function nowhere(reason: string): readonly NoFix[] {
  return [
    { target: 'threading', reason },
    { target: 'asyncio', reason },
  ];
}

/** The same fix whichever way the code goes. */
export function bothWays(made: Omit<Fix, 'target'>): readonly Fix[] {
  return [
    { ...made, target: 'threading' },
    { ...made, target: 'asyncio' },
  ];
}

/** Why nothing is offered for asyncio in most places. */
export const notAsync: NoFix = {
  target: 'asyncio',
  reason: 'the function around it is not `async def`; it and all its callers would have to become so first',
};

/** The doubt about a name that several bindings reach. */
export const ambiguous = 'the name may also mean something else here: another import or assignment reaches this place';

/** That waiting for a native lock, event or queue lets other green threads run, which it does only where `thread` is patched (catalogue R1, R2). */
export function cooperative(thing: string): Condition {
  return {
    kind: 'patched',
    groups: ['thread'],
    otherwise: `the process may run without \`thread\` being monkey-patched, and then a green thread that waits for a native ${thing} blocks all the others`,
  };
}

/** The fix as it is, or for review where there is a doubt about it. */
export function unless(doubt: string | undefined, fix: Fix): Fix {
  return doubt === undefined ? fix : { ...fix, claim: 'review', why: fix.why === undefined ? doubt : `${fix.why}; ${doubt}` };
}

export function onThreads(title: string, conditions: readonly Condition[], change: Fix['change']): Fix {
  return fix('threading', title, 'safe', conditions, change);
}

/** A fix for asyncio is for review always: it is right only where a loop of asyncio runs the coroutine (catalogue 2). */
export function onAsyncio(title: string, why: string, change: Fix['change']): Fix {
  return { ...fix('asyncio', title, 'review', [], change), why };
}

function fix(target: Target, title: string, claim: Fix['claim'], conditions: readonly Condition[], change: Fix['change']): Fix {
  return { target, title, claim, conditions, change };
}
