import { greenModuleOf } from './greenImports';

/**
 * What a test double of something of eventlet becomes: another target of the same shape, or why there is none; `nearest` is what the code
 * under test uses then, although in another way.
 */
export type Double = { readonly native: string } | { readonly reason: string; readonly nearest?: string };

/** `eventlet.sleep` is `time.sleep`; of a longer name the part that has a counterpart is exchanged. Canonical names. */
export function doubleOf(api: string): Double {
  const green = greenModuleOf(api);
  if (green) {
    const { target, member } = green;
    return target.safety === 'none' ? { reason: target.note } : { native: member === undefined ? target.module : `${target.module}.${member}` };
  }
  for (let end = api.length; end > 0; end = api.lastIndexOf('.', end - 1)) {
    const name = api.slice(0, end);
    const native = natives.get(name);
    if (native !== undefined) return { native: native + api.slice(end) };
    const reason = name === api ? (wholeModules.get(name) ?? reasons.get(name)) : reasons.get(name);
    const nearest = name === api ? nearestOnes.get(name) : undefined;
    if (reason !== undefined) return { reason, ...(nearest === undefined ? {} : { nearest }) };
  }
  return { reason: 'nothing native has this name; the double changes together with the code that it stands in for' };
}

const natives: ReadonlyMap<string, string> = new Map([
  ['eventlet.BoundedSemaphore', 'threading.BoundedSemaphore'],
  ['eventlet.Queue', 'queue.Queue'],
  ['eventlet.Semaphore', 'threading.Semaphore'],
  ['eventlet.corolocal.get_ident', 'threading.get_ident'],
  ['eventlet.corolocal.local', 'threading.local'],
  ['eventlet.queue.Empty', 'queue.Empty'],
  ['eventlet.queue.Full', 'queue.Full'],
  ['eventlet.queue.LifoQueue', 'queue.LifoQueue'],
  ['eventlet.queue.LightQueue', 'queue.Queue'],
  ['eventlet.queue.PriorityQueue', 'queue.PriorityQueue'],
  ['eventlet.sleep', 'time.sleep'],
]);

const thread = 'what the test asserts changes its shape: natively it is `threading.Thread(target=f, args=(a,), daemon=True)` and `start()`, or `submit(f, a)` of an executor';
const deleted = 'the call that it stands in for is deleted, and the double with it';

/** Of a double that is the module itself; not of what is in it. */
const wholeModules: ReadonlyMap<string, string> = new Map([
  ['eventlet', 'the whole module is replaced here; the code under test will use several native ones, each to be patched by name'],
  ['eventlet.greenthread', 'the whole module is replaced here; the code under test will use `threading` and `time`, each to be patched by name'],
]);

const reasons: ReadonlyMap<string, string> = new Map([
  ['eventlet.Event', 'a native event has `set` in the place of `send` and gives no value; the double changes with the code that uses it'],
  ['eventlet.GreenPile', thread],
  ['eventlet.GreenPool', thread],
  ['eventlet.Timeout', 'a time limit will be an argument of the call it protects; the test makes that call raise instead'],
  ['eventlet.debug', deleted],
  ['eventlet.getcurrent', 'patch `threading.get_ident` or `threading.current_thread`, whichever the code uses then'],
  ['eventlet.hubs', deleted],
  ['eventlet.listen', 'patch what opens the listening socket then: `socket.create_server` or the new server'],
  ['eventlet.monkey_patch', deleted],
  ['eventlet.patcher', deleted],
  ['eventlet.spawn', thread],
  ['eventlet.spawn_after', 'what the test asserts changes its shape: natively it is `threading.Timer(seconds, f, args=(a,))` and `start()`'],
  ['eventlet.spawn_n', thread],
  ['eventlet.tpool', 'natively the call is made directly, and nothing is left to be patched but what it calls'],
  ['eventlet.with_timeout', 'a time limit will be an argument of the call it protects; the test makes that call raise instead'],
  ['eventlet.wsgi', 'patch what starts the new server'],
]);

/** For these the code under test calls something else, and what the test asserts of the double is to be written anew. */
const nearestOnes: ReadonlyMap<string, string> = new Map([
  ['eventlet.Event', 'threading.Event'],
  ['eventlet.GreenPool', 'concurrent.futures.ThreadPoolExecutor'],
  ['eventlet.spawn', 'threading.Thread'],
  ['eventlet.spawn_after', 'threading.Timer'],
  ['eventlet.spawn_n', 'threading.Thread'],
]);
