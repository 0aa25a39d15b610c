import { eventlet } from '../../python/eventlet';
import debug from './native/debug.py';
import event from './native/event.py';
import http from './native/http.py';
import hub from './native/hub.py';
import hubs from './native/hubs.py';
import local from './native/local.py';
import missing from './native/missing.py';
import moduleStandIn from './native/module.py';
import patching from './native/patching.py';
import pipe from './native/pipe.py';
import pool from './native/pool.py';
import pools from './native/pools.py';
import queue from './native/queue.py';
import semaphore from './native/semaphore.py';
import sleep from './native/sleep.py';
import socket from './native/socket.py';
import spawn from './native/spawn.py';
import timeout from './native/timeout.py';
import tpool from './native/tpool.py';
import waiting from './native/waiting.py';
import wsgi from './native/wsgi.py';

/** Python that takes the place of some names of eventlet on native threads. */
export interface StandIn {
  readonly id: string;
  /** Canonical names, `eventlet.sleep`, and how each is called here. */
  readonly provides: ReadonlyMap<string, string>;
  /** Other stand-ins whose definitions it uses. */
  readonly needs: readonly string[];
  /** Its import statements, one a line. */
  readonly imports: readonly string[];
  /** Definitions at module level, without empty lines around them. */
  readonly code: string;
}

/** All of them, in an order in which nothing is used above its definition. */
export const standIns: readonly StandIn[] = Object.entries({
  ...{ waiting, timeout, sleep, event, semaphore, queue, spawn, pool, pools, socket, http, wsgi, pipe, tpool, local, hub, hubs, patching, debug },
  ...{ missing, module: moduleStandIn },
}).map(([id, source]) => standIn(id, source));

/** The stand-in that defines a canonical name. */
export function standInFor(dotted: string): StandIn | undefined {
  return standIns.find(({ provides }) => provides.has(dotted));
}

/** With all that they need, in the order of definition. */
export function withNeeds(wanted: ReadonlySet<StandIn>): readonly StandIn[] {
  const all = new Set<string>();
  const queue = [...wanted].map(({ id }) => id);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (all.has(id)) continue;
    all.add(id);
    queue.push(...(standIns.find((other) => other.id === id)?.needs ?? []));
  }
  return standIns.filter(({ id }) => all.has(id));
}

/** Reads a file of `native/`: two comments at its top tell what it provides and needs, then come imports, then code. */
function standIn(id: string, source: string): StandIn {
  const lines = source.split(/\r?\n/);
  const listed = (label: string): readonly string[] => {
    const line = lines.find((each) => each.startsWith(`# ${label}:`)) ?? '';
    return line.slice(label.length + 3).split(' ').filter((word) => word !== '');
  };
  const isImport = (line: string): boolean => /^(import|from) /.test(line);
  const code = lines.filter((line) => !isImport(line) && !/^# (provides|needs):/.test(line));
  return {
    id,
    provides: new Map(listed('provides').map(provided)),
    needs: listed('needs'),
    imports: lines.filter(isImport),
    code: code.join('\n').replace(/^\n+|\n+$/g, ''),
  };
}

/** `queue.Empty` is called `Empty`; `green.socket.socket=_Socket` is called otherwise. */
function provided(entry: string): readonly [dotted: string, name: string] {
  const [dotted = '', name = dotted.slice(dotted.lastIndexOf('.') + 1)] = entry.split('=');
  return [`${eventlet.root}.${dotted}`, name];
}
