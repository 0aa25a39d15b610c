import { describe, expect, test } from 'vitest';
import { eventlet } from '../../server/src/python/eventlet';

/** The pairs of catalogue 1.1, each compared by identity on eventlet 0.33.1 and 0.41.1. */
const spellings: readonly (readonly [string, string])[] = [
  ['eventlet.greenthread.sleep', 'eventlet.sleep'],
  ['eventlet.greenthread.spawn', 'eventlet.spawn'],
  ['eventlet.greenthread.spawn_n', 'eventlet.spawn_n'],
  ['eventlet.greenthread.spawn_after', 'eventlet.spawn_after'],
  ['eventlet.greenthread.kill', 'eventlet.kill'],
  ['eventlet.greenthread.getcurrent', 'eventlet.getcurrent'],
  ['eventlet.greenpool.GreenPool', 'eventlet.GreenPool'],
  ['eventlet.greenpool.GreenPile', 'eventlet.GreenPile'],
  ['eventlet.event.Event', 'eventlet.Event'],
  ['eventlet.queue.Queue', 'eventlet.Queue'],
  ['eventlet.semaphore.Semaphore', 'eventlet.Semaphore'],
  ['eventlet.semaphore.BoundedSemaphore', 'eventlet.BoundedSemaphore'],
  ['eventlet.semaphore.CappedSemaphore', 'eventlet.CappedSemaphore'],
  ['eventlet.timeout.Timeout', 'eventlet.Timeout'],
  ['eventlet.timeout.with_timeout', 'eventlet.with_timeout'],
  ['eventlet.timeout.is_timeout', 'eventlet.is_timeout'],
  ['eventlet.timeout.wrap_is_timeout', 'eventlet.wrap_is_timeout'],
  ['eventlet.convenience.connect', 'eventlet.connect'],
  ['eventlet.convenience.listen', 'eventlet.listen'],
  ['eventlet.convenience.serve', 'eventlet.serve'],
  ['eventlet.convenience.StopServe', 'eventlet.StopServe'],
  ['eventlet.convenience.wrap_ssl', 'eventlet.wrap_ssl'],
  ['eventlet.patcher.monkey_patch', 'eventlet.monkey_patch'],
  ['eventlet.patcher.import_patched', 'eventlet.import_patched'],
  ['eventlet.green.time.sleep', 'eventlet.sleep'],
  ['eventlet.green.threading.local', 'eventlet.corolocal.local'],
  ['eventlet.greenthread.GreenletExit', 'eventlet.greenlet.GreenletExit'],
  ['eventlet.support.greenlets.GreenletExit', 'eventlet.greenlet.GreenletExit'],
];

describe('canonical names', () => {
  test.each(spellings)('%s is %s', (long, short) => {
    expect(eventlet.canonical(long)).toBe(short);
  });

  test.each([...spellings.flat(), 'eventlet', 'eventlet.green.http.client', 'eventlet.timeout.Timeout.start'])(
    'the canonical name of %s is its own canonical name',
    (name) => {
      const once = eventlet.canonical(name);
      expect(eventlet.canonical(once)).toBe(once);
    },
  );

  test.each([
    'eventlet',
    'eventlet.queue',
    'eventlet.queue.Empty',
    'eventlet.queue.LightQueue',
    'eventlet.hubs.trampoline',
    'eventlet.corolocal.get_ident',
    'eventlet.green.Queue.Queue',
    'eventlet.green.thread.get_ident',
    'eventlet.green.threading.Event',
    'eventlet.green.time.time',
    'eventlet.greenthread.spawn_after_local',
    'eventlet.greenthread.GreenThread',
    'eventlet.patcher.original',
    'eventlet.api.sleep',
    'eventlet.coros.Semaphore',
    'eventlet.no.such.name',
    'time.sleep',
    'my.eventlet.greenthread.sleep',
  ])('%s has no shorter spelling', (name) => {
    expect(eventlet.canonical(name)).toBe(name);
  });

  test('the old and the new name of a green module stay two names', () => {
    expect(eventlet.canonical('eventlet.green.httplib.HTTPConnection')).toBe('eventlet.green.httplib.HTTPConnection');
    expect(eventlet.canonical('eventlet.green.http.client.HTTPConnection')).toBe('eventlet.green.http.client.HTTPConnection');
  });

  test('of a longer chain the part with a shorter spelling is exchanged', () => {
    expect(eventlet.canonical('eventlet.timeout.Timeout.start')).toBe('eventlet.Timeout.start');
    expect(eventlet.canonical('eventlet.greenthread.sleeping')).toBe('eventlet.greenthread.sleeping');
  });
});

describe('modules', () => {
  const today = [
    'eventlet',
    ...['asyncio', 'backdoor', 'convenience', 'corolocal', 'coros', 'dagpool', 'db_pool', 'debug', 'event', 'green'],
    ...['greenio', 'greenpool', 'greenthread', 'hubs', 'lock', 'patcher', 'pools', 'queue', 'semaphore', 'support'],
    ...['timeout', 'tpool', 'websocket', 'wsgi', 'zipkin'],
    ...['greenio.base', 'greenio.py3', 'hubs.asyncio', 'hubs.epolls', 'hubs.hub', 'hubs.kqueue', 'hubs.poll', 'hubs.pyevent'],
    ...['hubs.selects', 'hubs.timer', 'support.greendns', 'support.greenlets', 'support.psycopg2_patcher', 'support.pylib'],
    ...['support.stacklesss', 'support.stacklesspypys', 'zipkin.api', 'zipkin.client', 'zipkin.greenthread', 'zipkin.http'],
    ...['zipkin.log', 'zipkin.patcher', 'zipkin.wsgi'],
    ...['green.BaseHTTPServer', 'green.CGIHTTPServer', 'green.MySQLdb', 'green.OpenSSL', 'green.OpenSSL.SSL'],
    ...['green.OpenSSL.crypto', 'green.OpenSSL.tsafe', 'green.OpenSSL.version', 'green.Queue', 'green.SimpleHTTPServer'],
    ...['green.SocketServer', 'green.asynchat', 'green.asyncore', 'green.builtin', 'green.ftplib', 'green.http'],
    ...['green.http.client', 'green.http.cookiejar', 'green.http.cookies', 'green.http.server', 'green.httplib', 'green.os'],
    ...['green.profile', 'green.select', 'green.selectors', 'green.socket', 'green.ssl', 'green.subprocess', 'green.thread'],
    ...['green.threading', 'green.time', 'green.urllib', 'green.urllib.error', 'green.urllib.parse', 'green.urllib.request'],
    ...['green.urllib.response', 'green.urllib2', 'green.zmq', 'green._socket_nodns'],
  ].map((name) => (name === 'eventlet' ? name : `eventlet.${name}`));

  test.each(today)('%s is a module of today', (module) => {
    expect(eventlet.isModule(module)).toBe(true);
    expect(eventlet.isHistorical(module)).toBe(false);
  });

  const gone = [
    ...['api', 'proc', 'pool', 'util', 'processes', 'twistedutil', 'saranwrap', 'common', 'channel', 'greenlib', 'httpc'],
    ...['httpd', 'httpdate', 'jsonhttp', 'logutil', 'tls', 'wrappedfd', 'runloop', 'coropool', 'exc', 'timer', 'bench'],
    ...['gthreadless', 'selecthub', 'hubs.twistedr', 'hubs.twistedreactor', 'hubs.libev', 'hubs.nginx', 'hubs.zeromq'],
    ...['support.six', 'support.dns', 'support.monotonic', 'green.OpenSSL.rand', 'greenio.py2', 'twistedutil.protocols.basic'],
  ].map((name) => `eventlet.${name}`);

  test.each(gone)('%s was a module', (module) => {
    expect(eventlet.isModule(module)).toBe(true);
    expect(eventlet.isHistorical(module)).toBe(true);
  });

  test('the package greenlet can be reached through eventlet', () => {
    expect(eventlet.isModule('eventlet.greenlet')).toBe(true);
  });

  test.each(['eventlet.sleep', 'eventlet.GreenPool', 'eventlet.os', 'eventlet.green.nothing', 'eventlet.wsgi.server', 'time', 'event', ''])(
    '%j is not a module of eventlet',
    (name) => {
      expect(eventlet.isModule(name)).toBe(false);
      expect(eventlet.isHistorical(name)).toBe(false);
    },
  );
});

describe('what a call gives', () => {
  test.each([
    ['eventlet.spawn', 'eventlet.GreenThread'],
    ['eventlet.spawn_after', 'eventlet.GreenThread'],
    ['eventlet.greenthread.spawn_after_local', 'eventlet.GreenThread'],
    ['eventlet.asyncio.spawn_for_awaitable', 'eventlet.GreenThread'],
    ['eventlet.spawn_n', 'eventlet.greenlet'],
    ['eventlet.getcurrent', 'eventlet.greenlet'],
    ['eventlet.GreenPool', 'eventlet.GreenPool'],
    ['eventlet.GreenPile', 'eventlet.GreenPile'],
    ['eventlet.Event', 'eventlet.Event'],
    ['eventlet.Queue', 'eventlet.Queue'],
    ['eventlet.queue.LightQueue', 'eventlet.queue.LightQueue'],
    ['eventlet.queue.PriorityQueue', 'eventlet.queue.PriorityQueue'],
    ['eventlet.queue.LifoQueue', 'eventlet.queue.LifoQueue'],
    ['eventlet.Semaphore', 'eventlet.Semaphore'],
    ['eventlet.BoundedSemaphore', 'eventlet.BoundedSemaphore'],
    ['eventlet.CappedSemaphore', 'eventlet.CappedSemaphore'],
    ['eventlet.lock.Lock', 'eventlet.lock.Lock'],
    ['eventlet.Timeout', 'eventlet.Timeout'],
    ['eventlet.TimeoutError', 'eventlet.Timeout'],
    ['eventlet.pools.Pool', 'eventlet.pools.Pool'],
    ['eventlet.pools.TokenPool', 'eventlet.pools.TokenPool'],
    ['eventlet.db_pool.ConnectionPool', 'eventlet.db_pool.ConnectionPool'],
    ['eventlet.db_pool.TpooledConnectionPool', 'eventlet.db_pool.ConnectionPool'],
    ['eventlet.dagpool.DAGPool', 'eventlet.dagpool.DAGPool'],
    ['eventlet.coros.metaphore', 'eventlet.coros.metaphore'],
    ['eventlet.hubs.get_hub', 'eventlet.hub'],
    ['eventlet.hubs.epolls.Hub', 'eventlet.hub'],
    ['eventlet.greenthread.call_after', 'eventlet.hubs.timer.Timer'],
    ['eventlet.greenio.base.GreenSocket', 'eventlet.greenio.GreenSocket'],
    ['eventlet.websocket.WebSocketWSGI', 'eventlet.websocket.WebSocketWSGI'],
    ['eventlet.wsgi.Server', 'eventlet.wsgi.Server'],
    ['eventlet.coros.event', 'eventlet.Event'],
    ['eventlet.proc.spawn', 'eventlet.proc.Proc'],
  ])('%s() is an %s', (callee, className) => {
    expect(eventlet.instanceOf(callee)).toBe(className);
  });

  test.each([
    'eventlet.sleep',
    'eventlet.monkey_patch',
    'eventlet.listen',
    'eventlet.connect',
    'eventlet.wrap_ssl',
    'eventlet.tpool.Proxy',
    'eventlet.corolocal.local',
    'eventlet.green.Queue.Queue',
    'eventlet.green.socket.socket',
    'eventlet.green.subprocess.Popen',
    'eventlet.wsgi.server',
    'threading.Thread',
    'constructor',
  ])('nothing is known of what %s() gives', (callee) => {
    expect(eventlet.instanceOf(callee)).toBeUndefined();
  });
});

describe('members', () => {
  const lightQueue = 'put put_nowait get get_nowait qsize empty full resize putting getting maxsize queue getters putters';
  const queue = `${lightQueue} task_done join unfinished_tasks`;
  const semaphore = 'acquire release locked bounded counter balance';
  const greenlet = 'dead throw switch parent run gr_frame';
  const pool = 'get put item resize free waiting create';
  test.each([
    ['eventlet.greenlet', greenlet],
    ['eventlet.GreenThread', `${greenlet} wait link unlink kill cancel main`],
    ['eventlet.GreenPool', 'spawn spawn_n waitall imap starmap free running waiting resize size sem coroutines_running no_coros_running'],
    ['eventlet.GreenPile', 'spawn next pool waiters counter'],
    ['eventlet.greenpool.GreenMap', 'spawn next pool waiters counter done_spawning'],
    ['eventlet.Event', 'send send_exception wait ready has_result has_exception poll poll_result poll_exception reset'],
    ['eventlet.queue.LightQueue', lightQueue],
    ['eventlet.Queue', queue],
    ['eventlet.queue.PriorityQueue', queue],
    ['eventlet.queue.LifoQueue', queue],
    ['eventlet.Semaphore', semaphore],
    ['eventlet.BoundedSemaphore', semaphore],
    ['eventlet.lock.Lock', semaphore],
    ['eventlet.CappedSemaphore', 'acquire release locked bounded balance lower_bound upper_bound'],
    ['eventlet.Timeout', 'start cancel pending is_timeout seconds exception timer'],
    ['eventlet.hub', 'schedule_call_global schedule_call_local switch abort wait run running greenlet clock add remove add_timer get_readers get_writers timers debug_exceptions debug_blocking set_timer_exceptions set_debug_listeners'],
    ['eventlet.hubs.timer.Timer', 'cancel pending called'],
    ['eventlet.hubs.timer.LocalTimer', 'cancel pending called'],
    ['eventlet.pools.Pool', pool],
    ['eventlet.pools.TokenPool', pool],
    ['eventlet.db_pool.ConnectionPool', `${pool} clear`],
    ['eventlet.db_pool.RawConnectionPool', `${pool} clear`],
    ['eventlet.dagpool.DAGPool', 'spawn spawn_many post wait wait_each wait_each_success wait_each_exception waitall get keys items running running_keys waiting waiting_for kill'],
    ['eventlet.coros.metaphore', 'inc dec wait'],
    ['eventlet.greenio.GreenSocket', 'fd act_non_blocking makeGreenFile accept recv send sendall settimeout close fileno'],
    ['eventlet.websocket.WebSocket', 'send wait close path protocol origin environ'],
    ['eventlet.wsgi.HttpProtocol', 'handle_one_request handle_one_response get_environ get_client_address protocol_version'],
  ])('an %s has %s', (className, names) => {
    const missing = names.split(' ').filter((name) => !eventlet.member(className, name));
    expect(missing).toEqual([]);
  });

  test.each([
    ['eventlet.queue.LightQueue', 'join'],
    ['eventlet.queue.LightQueue', 'task_done'],
    ['eventlet.greenlet', 'wait'],
    ['eventlet.greenlet', 'kill'],
    ['eventlet.CappedSemaphore', 'counter'],
    ['eventlet.Semaphore', 'original_counter'],
    ['eventlet.GreenPile', 'waitall'],
    ['eventlet.Event', 'set'],
    ['eventlet.GreenThread', 'join'],
    ['eventlet.GreenThread', 'test_case_id'],
    ['eventlet.Timeout', 'constructor'],
    ['eventlet.tpool.Proxy', 'anything'],
    ['no.such.class', 'wait'],
  ])('an %s has no %s', (className, name) => {
    expect(eventlet.member(className, name)).toBeUndefined();
  });

  test.each([
    ['eventlet.GreenPool', 'spawn', 'eventlet.GreenThread'],
    ['eventlet.GreenPool', 'imap', 'eventlet.greenpool.GreenMap'],
    ['eventlet.GreenPool', 'sem', 'eventlet.Semaphore'],
    ['eventlet.GreenPile', 'pool', 'eventlet.GreenPool'],
    ['eventlet.GreenThread', 'parent', 'eventlet.greenlet'],
    ['eventlet.hub', 'schedule_call_global', 'eventlet.hubs.timer.Timer'],
    ['eventlet.db_pool.DatabaseConnector', 'get', 'eventlet.db_pool.ConnectionPool'],
    ['eventlet.pool.Pool', 'execute', 'eventlet.proc.Proc'],
  ])('%s().%s gives an %s', (className, name, gives) => {
    expect(eventlet.member(className, name)).toEqual({ gives });
  });

  test('the green threads of a pool are many', () => {
    expect(eventlet.member('eventlet.GreenPool', 'coroutines_running')).toEqual({ gives: 'eventlet.GreenThread', many: true });
  });

  test.each([
    ['eventlet.GreenPool', 'spawn_n'],
    ['eventlet.GreenPile', 'spawn'],
    ['eventlet.pools.Pool', 'get'],
    ['eventlet.db_pool.ConnectionPool', 'get'],
    ['eventlet.Queue', 'get'],
  ])('nothing is known of what %s().%s gives', (className, name) => {
    expect(eventlet.member(className, name)).toEqual({});
  });
});

describe('star imports', () => {
  const star = (module: string) => eventlet.starNames(module).map(([name]) => name);

  test('from eventlet import * brings all public names and the submodules', () => {
    expect(star('eventlet').toSorted()).toEqual(
      [
        ...['BoundedSemaphore', 'CappedSemaphore', 'Event', 'EventletDeprecationWarning', 'GreenPile', 'GreenPool', 'Queue'],
        ...['Semaphore', 'StopServe', 'Timeout', 'TimeoutError', 'call_after_global', 'connect', 'exc_after', 'getcurrent'],
        ...['import_patched', 'is_timeout', 'kill', 'listen', 'monkey_patch', 'serve', 'sleep', 'spawn', 'spawn_after'],
        ...['spawn_n', 'with_timeout', 'wrap_is_timeout', 'wrap_ssl'],
        ...['convenience', 'event', 'green', 'greenio', 'greenpool', 'greenthread', 'hubs', 'patcher', 'queue', 'semaphore'],
        ...['support', 'timeout', 'greenlet'],
      ].toSorted(),
    );
  });

  test('what eventlet only passes on from the standard library is not its own', () => {
    for (const name of ['os', 'sys', 'warnings']) expect(star('eventlet')).not.toContain(name);
  });

  test('a module with __all__ gives that and no more', () => {
    expect(star('eventlet.wsgi')).toEqual(['format_date_time', 'server']);
    expect(star('eventlet.greenthread').toSorted()).toEqual(
      ['GreenThread', 'getcurrent', 'kill', 'sleep', 'spawn', 'spawn_after', 'spawn_after_local', 'spawn_n'].toSorted(),
    );
  });

  test('a green module gives what it changes', () => {
    expect(star('eventlet.green.time')).toEqual(['sleep']);
    expect(star('eventlet.green.socket')).toContain('getaddrinfo');
  });

  test('the green socket module takes the place of the standard one with all its names', () => {
    expect(star('eventlet.green.socket')).toContain('AF_INET');
  });

  test('each name comes with the canonical name that it stands for', () => {
    expect(eventlet.starNames('eventlet')).toContainEqual(['sleep', 'eventlet.sleep']);
    expect(eventlet.starNames('eventlet.green.time')).toEqual([['sleep', 'eventlet.sleep']]);
    expect(eventlet.starNames('eventlet.queue')).toContainEqual(['Queue', 'eventlet.Queue']);
    expect(eventlet.starNames('eventlet.queue')).toContainEqual(['LightQueue', 'eventlet.queue.LightQueue']);
  });

  test('other modules give nothing', () => {
    expect(star('eventlet.api')).toEqual([]);
    expect(star('threading')).toEqual([]);
  });
});
