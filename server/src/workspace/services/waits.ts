import type { PatchGroup } from '../../rules/rule';
import type { ImportMention } from '../importMentions';
import { namesUsed } from './namesUsed';

/** What of the standard library waits, by module: where it is patched it lets other green threads run meanwhile, natively it blocks its thread (catalogue R1, R2). */
const waiting: Readonly<Record<string, { readonly group: PatchGroup; readonly names: readonly string[] }>> = {
  time: { group: 'time', names: ['sleep'] },
  threading: { group: 'thread', names: ['Thread', 'Timer', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Lock', 'RLock', 'Barrier', 'local'] },
  queue: { group: 'thread', names: ['Queue', 'LifoQueue', 'PriorityQueue', 'SimpleQueue'] },
  'concurrent.futures': { group: 'thread', names: ['ThreadPoolExecutor'] },
  socket: { group: 'socket', names: ['socket', 'create_connection', 'getaddrinfo', 'gethostbyname'] },
  ssl: { group: 'socket', names: ['SSLContext', 'create_default_context', 'wrap_socket'] },
  select: { group: 'select', names: ['select', 'poll', 'epoll'] },
  subprocess: { group: 'subprocess', names: ['Popen', 'run', 'call', 'check_call', 'check_output'] },
  os: { group: 'os', names: ['waitpid', 'read', 'write'] },
};

/** The names of the standard library in a module that wait, as `time.sleep`. A text search: a name in a string counts too. */
export function waitsIn(text: string, imports: readonly ImportMention[]): readonly string[] {
  return namesUsed(text, imports, (module) => waiting[module]?.names);
}

/** Whether this name is one of those that are looked for. */
export function isWait(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return waiting[name.slice(0, Math.max(dot, 0))]?.names.includes(name.slice(dot + 1)) ?? false;
}

/** What must be patched for such a name to let green threads run. */
export function groupOf(name: string): PatchGroup | undefined {
  return waiting[name.slice(0, name.lastIndexOf('.'))]?.group;
}
