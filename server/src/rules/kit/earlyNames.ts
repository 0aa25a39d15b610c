import type { PatchGroup } from '../rule';

/**
 * Functions and classes that stay native for whoever has bound them by `from … import` before `monkey_patch` exchanged them in their
 * module. The first four were executed for the catalogue (R1); the others are like them: exchanged as a whole.
 * `threading.Thread` and `queue.Queue` are not among them: they look up what they wait with when they run.
 */
export const earlyNames: ReadonlyMap<string, PatchGroup> = new Map([
  ['time.sleep', 'time'],
  ['threading.Lock', 'thread'],
  ['queue.SimpleQueue', 'thread'],
  ['socket.socket', 'socket'],
  ['threading.RLock', 'thread'],
  ['threading.get_ident', 'thread'],
  ['threading.local', 'thread'],
  ['_thread.allocate_lock', 'thread'],
  ['select.select', 'select'],
  ['os.read', 'os'],
  ['os.write', 'os'],
  ['os.wait', 'os'],
  ['os.waitpid', 'os'],
  ['subprocess.Popen', 'subprocess'],
]);
