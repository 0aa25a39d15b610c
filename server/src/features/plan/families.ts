import type { Target } from '../../protocol';
import { anyRule } from '../../rules/index';
import type { StageId } from './stages';
import type { TrapId } from './traps';

/** Uses that one change moves together, because they have one replacement: similar patterns get similar solutions. */
export interface Family {
  /** Part of the ids of steps. */
  readonly id: string;
  /** What it is about, in a word or two. */
  readonly topic: string;
  readonly stage: StageId;
  /** What a step does, in the imperative; code in backticks. */
  readonly title: Readonly<Record<Target, string>>;
  /** What went wrong in other projects at this point. */
  readonly traps: readonly TrapId[];
}

/** The family of a rule; rules that the table does not know are families of their own, at the place of their wiki pattern. */
export function familyOf(rule: string): Family {
  return byRule.get(rule) ?? familyOfItsOwn(rule);
}

/** Where a family stands among those of one stage: in the order of the table, the others behind. */
export function rankOf(family: Family): number {
  const rank = families.findIndex(({ id }) => id === family.id);
  return rank < 0 ? families.length : rank;
}

type Row = Omit<Family, 'title'> & { readonly rules: readonly string[]; readonly title: Family['title'] | string };

/** Inside one stage, what people did first stands first. */
const table: readonly Row[] = [
  { id: 'sleep', topic: 'Sleep', rules: ['sleep'], stage: 'primitives', title: replace('`eventlet.sleep`', '`time.sleep`', '`asyncio.sleep`'), traps: ['sleepingLoops'] },
  { id: 'green-modules', topic: 'Green modules', rules: ['green-import'], stage: 'primitives', title: 'Import the standard library instead of `eventlet.green`', traps: [] },
  { id: 'events', topic: 'Events', rules: ['event'], stage: 'primitives', title: replace('eventlet’s events', '`threading.Event`', '`asyncio.Event`'), traps: ['eventsWithValues', 'copiedLocks'] },
  { id: 'queues', topic: 'Queues', rules: ['queue'], stage: 'primitives', title: replace('eventlet’s queues', '`queue.Queue`', '`asyncio.Queue`'), traps: [] },
  { id: 'semaphores', topic: 'Semaphores', rules: ['semaphore'], stage: 'primitives', title: replace('eventlet’s semaphores', 'those of `threading`', 'those of `asyncio`'), traps: ['copiedLocks'] },
  { id: 'locals', topic: 'Locals', rules: ['green-local', 'current-thread'], stage: 'primitives', title: replace('green locals and identities', 'those of `threading`', '`contextvars`'), traps: [] },
  { id: 'server', topic: 'Server', rules: ['wsgi', 'websocket', 'wsgi-environ', 'uwsgi-threads'], stage: 'server', title: 'Choose a server in place of `eventlet.wsgi`', traps: ['poolSizes'] },
  { id: 'network', topic: 'Sockets', rules: ['network', 'green-io'], stage: 'server', title: replace('eventlet’s sockets and files', '`socket` and `os`', 'streams of `asyncio`'), traps: [] },
  { id: 'threads', topic: 'Green threads', rules: ['spawn', 'green-thread'], stage: 'spawn', title: replace('green threads', '`threading.Thread`', 'tasks of `asyncio`'), traps: ['order', 'races', 'stoppedLoops'] },
  { id: 'timers', topic: 'Timers', rules: ['spawn-after'], stage: 'spawn', title: replace('delayed green threads', '`threading.Timer`', '`loop.call_later`'), traps: ['stoppedLoops'] },
  { id: 'pools', topic: 'Green pools', rules: ['green-pool', 'green-pile'], stage: 'spawn', title: replace('green pools', '`ThreadPoolExecutor`', '`asyncio.TaskGroup`'), traps: ['poolSizes', 'nestedSubmit', 'lostTracebacks'] },
  { id: 'native-pool', topic: 'tpool', rules: ['tpool'], stage: 'spawn', title: 'Drop the detour through `eventlet.tpool`', traps: ['sharedClients'] },
  { id: 'executors', topic: 'Green executors', rules: ['futurist', 'taskflow'], stage: 'spawn', title: 'Replace green executors of futurist and taskflow by native ones', traps: ['poolSizes', 'nestedSubmit', 'lostTracebacks'] },
  { id: 'timeouts', topic: 'Timeouts', rules: ['timeout'], stage: 'design', title: replace('eventlet’s timeouts', 'time limits of the calls themselves', '`asyncio.timeout`'), traps: ['timeoutsInThreads'] },
  { id: 'resource-pools', topic: 'Resource pools', rules: ['pool', 'db-pool', 'dag-pool', 'metaphore'], stage: 'design', title: 'Replace eventlet’s pools of resources', traps: ['sharedClients'] },
  { id: 'hub', topic: 'Hub', rules: ['hub', 'asyncio-bridge'], stage: 'design', title: 'Remove what reaches into eventlet’s hub', traps: [] },
  { id: 'helpers', topic: 'Helpers', rules: ['debug', 'backdoor', 'zipkin', 'support', 'historical', 'other', 'deprecation-warning', 'greenlet'], stage: 'design', title: 'Remove helpers and debugging aids of eventlet', traps: [] },
  { id: 'library-helpers', topic: 'Helpers of libraries', rules: ['oslo-utils', 'oslo-log', 'fasteners', 'kazoo'], stage: 'libraries', title: 'Leave what libraries have for eventlet', traps: [] },
  { id: 'oslo-messaging', topic: 'oslo.messaging', rules: ['oslo-messaging'], stage: 'libraries', title: 'Let oslo.messaging run on threads', traps: ['poolSizes'] },
  { id: 'oslo-service', topic: 'oslo.service', rules: ['oslo-service'], stage: 'libraries', title: 'Run oslo.service on its threading backend', traps: ['libraryBelow', 'stoppedLoops', 'fork'] },
  { id: 'nameko', topic: 'nameko', rules: ['nameko'], stage: 'libraries', title: 'Choose a framework in place of nameko', traps: [] },
  { id: 'doubles', topic: 'Test doubles', rules: ['mock-target'], stage: 'tests', title: 'Point test doubles at what the code calls now', traps: ['staleDoubles'] },
  { id: 'skipped-tests', topic: 'Skipped tests', rules: ['skipped-test'], stage: 'tests', title: 'Run the tests again that are skipped because of eventlet', traps: [] },
  { id: 'imports', topic: 'Imports', rules: ['import', 'dynamic-import'], stage: 'imports', title: 'Remove the imports of eventlet that are left', traps: [] },
  { id: 'patching', topic: 'monkey_patch', rules: ['monkey-patch'], stage: 'patching', title: 'Delete `monkey_patch()`', traps: ['libraryBelow', 'fork', 'memory'] },
  { id: 'workers', topic: 'Workers', rules: ['worker-class', 'gunicorn', 'celery', 'async-mode'], stage: 'patching', title: 'Choose native workers for the server', traps: ['poolSizes'] },
  { id: 'patcher', topic: 'Patcher', rules: ['patcher', 'patcher-original', 'is-monkey-patched', 'loaded-module', 'optional-import'], stage: 'patching', title: 'Remove what asks for eventlet, or goes around its patcher', traps: [] },
  { id: 'settings', topic: 'Settings', rules: ['environment', 'environment-variable', 'service-option', 'service-choice', 'tool-setting', 'warnings-filter', 'coverage-concurrency', 'logger'], stage: 'settings', title: 'Remove settings that name eventlet', traps: [] },
  { id: 'requirement', topic: 'Requirement', rules: ['requirement', 'setup-requirement'], stage: 'settings', title: 'Drop eventlet from the requirements', traps: [] },
  { id: 'documentation', topic: 'Documentation', rules: ['mention', 'comment'], stage: 'docs', title: 'Bring the documentation up to date', traps: [] },
];

const families: readonly Family[] = table.map(({ id, topic, stage, title, traps }) => ({ id, topic, stage, title: typeof title === 'string' ? { threading: title, asyncio: title } : title, traps }));
const byRule: ReadonlyMap<string, Family> = new Map(table.flatMap(({ rules }, index) => rules.flatMap((rule) => (families[index] ? [[rule, families[index]] as const] : []))));

function familyOfItsOwn(rule: string): Family {
  const known = anyRule(rule);
  const title = known ? `Settle “${known.guide.title}”` : `Settle what \`${rule}\` reports`;
  return { id: rule, topic: known?.guide.title ?? rule, stage: stageOfPattern[known?.pattern ?? 1] ?? 'imports', title: { threading: title, asyncio: title }, traps: [] };
}

/** By the number of the wiki pattern. */
const stageOfPattern: Readonly<Record<number, StageId>> = { 1: 'imports', 2: 'patching', 3: 'design', 4: 'spawn', 5: 'server', 6: 'spawn', 7: 'tests', 8: 'libraries', 9: 'docs' };

function replace(what: string, threading: string, asyncio: string): Family['title'] {
  return { threading: `Replace ${what} by ${threading}`, asyncio: `Replace ${what} by ${asyncio}` };
}
