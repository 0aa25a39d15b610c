import type { StandInUse, Use } from '../python/uses';
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
import { fasteners } from './fasteners';
import { futurist } from './futurist';
import { greenlet } from './greenlet';
import { kazoo } from './kazoo';
import { nameko } from './nameko';
import { osloLog } from './oslo-log';
import { osloMessaging } from './oslo-messaging';
import { osloUtils } from './oslo-utils';
import { taskflow } from './taskflow';
import { asyncMode } from './async-mode';
import { celery } from './celery';
import { gunicorn } from './gunicorn';
import { serviceChoice } from './service-choice';
import { environmentVariable } from './environment-variable';
import { loadedModule } from './loaded-module';
import { optionalImport } from './optional-import';
import { skippedTest } from './skipped-test';
import { warningsFilter } from './warnings-filter';
import { wsgiEnviron } from './wsgi-environ';
import { osloService } from './oslo-service';
import { setupRequirement } from './setup-requirement';
import { comment } from './comment';
import { textRules } from './texts/index';
import type { TextRule } from './texts/textRule';

/** All rules; `npm run new-rule` adds its own. */
export const rules: readonly Rule[] = [
  asyncioBridge,
  asyncMode,
  backdoor,
  celery,
  comment,
  currentThread,
  dagPool,
  dbPool,
  debug,
  deprecationWarning,
  dynamicImport,
  environmentVariable,
  event,
  fasteners,
  futurist,
  greenImport,
  greenIo,
  greenlet,
  greenLocal,
  greenPile,
  greenPool,
  greenThread,
  gunicorn,
  historical,
  hub,
  importRule,
  isMonkeyPatched,
  kazoo,
  loadedModule,
  metaphore,
  mockTarget,
  monkeyPatch,
  nameko,
  network,
  optionalImport,
  osloLog,
  osloMessaging,
  osloService,
  osloUtils,
  other,
  patcher,
  patcherOriginal,
  pool,
  queue,
  semaphore,
  serviceChoice,
  setupRequirement,
  skippedTest,
  sleep,
  spawn,
  spawnAfter,
  support,
  taskflow,
  timeout,
  tpool,
  warningsFilter,
  websocket,
  wsgi,
  wsgiEnviron,
  zipkin,
];

/** The rule that answers for a use: the one with the longest matching name; of equal ones the first. */
export function ruleFor(use: Use): Rule | undefined {
  const isMatch = ({ rule }: Claim): boolean => (rule.forms ?? ['name', 'member']).includes(use.form) && rule.answers?.(use) !== false;
  const exact = exactly.get(use.api)?.find(isMatch);
  return (exact ?? below.find((claim) => isBelow(claim.name, use.api) && isMatch(claim)))?.rule;
}

/** The rule that answers for what stands in for eventlet: the one of the name itself, or of the member. */
export function ruleForStandIn({ api }: StandInUse): Rule | undefined {
  const isMatch = ({ rule }: Claim): boolean => (rule.forms ?? ['name', 'member']).some((form) => form === 'name' || form === 'member');
  return (exactly.get(api)?.find(isMatch) ?? below.find((claim) => isBelow(claim.name, api) && isMatch(claim)))?.rule;
}

export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}

/** All rules, those for files that are no Python among them. */
export const allRules: readonly (Rule | TextRule)[] = [...rules, ...textRules];

const byId: ReadonlyMap<string, Rule | TextRule> = new Map(allRules.map((rule) => [rule.id, rule]));

/** What is known of a rule of either sort by its id. */
export function anyRule(id: string): Rule | TextRule | undefined {
  return byId.get(id);
}

/** A rule and one of the names that it answers for. */
interface Claim {
  readonly rule: Rule;
  readonly name: string;
}

const claims = rules.flatMap((rule) => rule.names.map((name): Claim => ({ rule, name })));
/** By canonical name. */
const exactly: ReadonlyMap<string, readonly Claim[]> = new Map(claims.map(({ name }) => [name, claims.filter((claim) => claim.name === name)]));
/** `eventlet.wsgi.*` and the like, the longest first. */
const below: readonly Claim[] = claims.filter(({ name }) => name.endsWith('*')).sort((a, b) => b.name.length - a.name.length);

/** Whether a pattern such as `eventlet.wsgi.*` covers a canonical name; the part in front of the star covers itself. */
function isBelow(pattern: string, api: string): boolean {
  if (pattern === '**') return true;
  const stem = pattern === '*' ? 'eventlet' : pattern.slice(0, -2);
  return api === stem || api.startsWith(`${stem}.`);
}
