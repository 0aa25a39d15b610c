import type { Use } from '../python/uses';
import { event } from './event';
import { greenImport } from './green-import';
import { greenLocal } from './green-local';
import { importRule } from './import';
import { isMonkeyPatched } from './is-monkey-patched';
import { other } from './other';
import { patcherOriginal } from './patcher-original';
import { monkeyPatch } from './monkey-patch';
import { patcher } from './patcher';
import { debug } from './debug';
import { mockTarget } from './mock-target';
import { dynamicImport } from './dynamic-import';
import { wsgi } from './wsgi';
import { websocket } from './websocket';
import { network } from './network';
import { greenIo } from './green-io';
import { hub } from './hub';
import { backdoor } from './backdoor';
import { pool } from './pool';
import { dbPool } from './db-pool';
import { dagPool } from './dag-pool';
import { metaphore } from './metaphore';
import { zipkin } from './zipkin';
import { asyncioBridge } from './asyncio-bridge';
import { deprecationWarning } from './deprecation-warning';
import { support } from './support';
import { historical } from './historical';
import type { Rule } from './rule';
import { queue } from './queue';
import { semaphore } from './semaphore';
import { sleep } from './sleep';
import { greenThread } from './green-thread';
import { spawn } from './spawn';
import { spawnAfter } from './spawn-after';
import { timeout } from './timeout';
import { tpool } from './tpool';
import { currentThread } from './current-thread';
import { greenPile } from './green-pile';
import { greenPool } from './green-pool';

/** All rules; `npm run new-rule` adds its own. */
export const rules: readonly Rule[] = [
  asyncioBridge,
  backdoor,
  currentThread,
  dagPool,
  dbPool,
  debug,
  deprecationWarning,
  dynamicImport,
  event,
  greenImport,
  greenIo,
  greenLocal,
  greenPile,
  greenPool,
  greenThread,
  historical,
  hub,
  importRule,
  isMonkeyPatched,
  metaphore,
  mockTarget,
  monkeyPatch,
  network,
  other,
  patcher,
  patcherOriginal,
  pool,
  queue,
  semaphore,
  sleep,
  spawn,
  spawnAfter,
  support,
  timeout,
  tpool,
  websocket,
  wsgi,
  zipkin,
];

/** The rule that answers for a use: the one with the longest matching name; of equal ones the first. */
export function ruleFor(use: Use): Rule | undefined {
  let best: Rule | undefined;
  let length = -1;
  for (const rule of rules) {
    if (!(rule.forms ?? ['name', 'member']).includes(use.form) || rule.answers?.(use) === false) continue;
    const matched = Math.max(...rule.names.map((name) => matchLength(name, use.api)));
    if (matched > length) {
      best = rule;
      length = matched;
    }
  }
  return best;
}

export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}

/** How much of a canonical name a pattern matches; below zero where it does not. An exact match is the longest. */
function matchLength(pattern: string, api: string): number {
  if (pattern === api) return Infinity;
  if (pattern === '*') return 0;
  if (!pattern.endsWith('.*')) return -1;
  const stem = pattern.slice(0, -2);
  return api === stem || api.startsWith(`${stem}.`) ? stem.length : -1;
}
