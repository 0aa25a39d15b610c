"""What the oracle knows about eventlet's public surface (0.41, and what older releases had).

Only data, written down by hand from eventlet's documentation and source; nothing is shared with the server.
"""


def _words(text):
    return frozenset(text.split())


#: Dotted names that are modules, as far as a chain of attributes may run through them.
#: `eventlet.greenlet` is the foreign package that eventlet exposes.
MODULES = frozenset(
    ['eventlet', 'eventlet.green']
    + ['eventlet.' + name for name in (
        'asyncio backdoor convenience corolocal coros dagpool db_pool debug event greenio greenlet greenpool '
        'greenthread hubs lock patcher pools queue semaphore support timeout tpool websocket wsgi zipkin '
        'api channel common coropool exc greenlib httpc httpd httpdate jsonhttp logutil pool proc processes '
        'runloop saranwrap timer tls twistedutil util wrappedfd '
        'greenio.base greenio.py2 greenio.py3 '
        'hubs.asyncio hubs.epolls hubs.hub hubs.kqueue hubs.libev hubs.nginx hubs.poll hubs.pyevent hubs.selects '
        'hubs.timer hubs.twistedr hubs.twistedreactor hubs.zeromq '
        'support.dns support.greendns support.greenlets support.monotonic support.psycopg2_patcher support.pylib '
        'support.six support.stacklesspypys support.stacklesss '
        'zipkin.api zipkin.client zipkin.greenthread zipkin.http zipkin.log zipkin.patcher zipkin.wsgi').split()]
    + ['eventlet.green.' + name for name in (
        'BaseHTTPServer CGIHTTPServer MySQLdb OpenSSL OpenSSL.SSL OpenSSL.crypto OpenSSL.rand OpenSSL.tsafe '
        'OpenSSL.version Queue SimpleHTTPServer SocketServer _socket_nodns asynchat asyncore builtin ftplib http '
        'http.client http.cookiejar http.cookies http.server httplib os profile select selectors socket ssl '
        'subprocess thread threading time urllib urllib.error urllib.parse urllib.request urllib.response urllib2 '
        'zmq').split()]
)

#: `from eventlet import *`: there is no `__all__`.
TOP_LEVEL = _words(
    'sleep spawn spawn_n spawn_after kill getcurrent GreenPool GreenPile Event Queue Semaphore BoundedSemaphore '
    'CappedSemaphore Timeout with_timeout is_timeout wrap_is_timeout connect listen serve StopServe wrap_ssl '
    'import_patched monkey_patch EventletDeprecationWarning TimeoutError exc_after call_after_global '
    'convenience event green greenio greenpool greenthread hubs patcher queue semaphore support timeout '
    'greenlet os sys warnings')

#: `from eventlet.<module> import *`, where the module says in `__all__` what that is.
STARRED = {
    'eventlet.event': _words('Event'),
    'eventlet.greenpool': _words('GreenPool GreenPile'),
    'eventlet.greenthread': _words(
        'getcurrent sleep spawn spawn_n kill spawn_after spawn_after_local GreenThread call_after_global '
        'call_after_local call_after exc_after TimeoutError with_timeout'),
    'eventlet.pools': _words('Pool TokenPool'),
    'eventlet.queue': _words('Queue PriorityQueue LifoQueue LightQueue Full Empty'),
    'eventlet.timeout': _words('Timeout with_timeout wrap_is_timeout is_timeout'),
    'eventlet.tpool': _words('execute Proxy killall set_num_threads'),
}

#: The standard module whose names a green module has, where the two are spelled differently.
STANDARD_MODULE = {
    'BaseHTTPServer': 'http.server', 'CGIHTTPServer': 'http.server', 'SimpleHTTPServer': 'http.server',
    'Queue': 'queue', 'SocketServer': 'socketserver', 'builtin': 'builtins', 'httplib': 'http.client',
    'thread': '_thread', '_socket_nodns': 'socket',
}


def _aliases():
    short = {
        'greenthread': 'sleep spawn spawn_n spawn_after kill getcurrent exc_after call_after_global with_timeout '
                       'TimeoutError',
        'greenpool': 'GreenPool GreenPile',
        'event': 'Event',
        'queue': 'Queue',
        'semaphore': 'Semaphore BoundedSemaphore CappedSemaphore',
        'timeout': 'Timeout with_timeout is_timeout wrap_is_timeout',
        'convenience': 'connect listen serve StopServe wrap_ssl',
        'patcher': 'monkey_patch import_patched',
    }
    table = {f'eventlet.{module}.{name}': f'eventlet.{name}' for module, names in short.items() for name in names.split()}
    table['eventlet.green.time.sleep'] = 'eventlet.sleep'
    table['eventlet.green.threading.local'] = 'eventlet.corolocal.local'
    for module in ('greenthread', 'support.greenlets'):
        table[f'eventlet.{module}.GreenletExit'] = 'eventlet.greenlet.GreenletExit'
    table['eventlet.support.greenlets.getcurrent'] = 'eventlet.getcurrent'
    return table


#: Longer spelling -> the shortest public one.
ALIASES = _aliases()

_GREENLET = _words('dead throw switch parent run gr_frame gr_context')
_GREEN_THREAD = _GREENLET | _words('wait link unlink kill cancel main')
_SEMAPHORE = _words('acquire release locked bounded counter balance')
_LIGHT_QUEUE = _words(
    'put put_nowait get get_nowait qsize empty full resize putting getting maxsize queue getters putters')
_POOL = _words('get put item resize free waiting create min_size max_size current_size order_as_stack free_items')

_TIMER = _words('cancel pending called schedule')

#: Members that are known of an object, by the way its class is called in an `api`. A hub and a plain greenlet have
#: no public class in eventlet; they are called `eventlet.hub` and `eventlet.greenlet`.
MEMBERS = {
    'eventlet.GreenThread': _GREEN_THREAD,
    'eventlet.GreenPool': _words(
        'spawn spawn_n waitall imap starmap free running waiting resize size sem coroutines_running no_coros_running'),
    'eventlet.GreenPile': _words('spawn next pool waiters counter'),
    'eventlet.greenpool.GreenMap': _words('next spawn done_spawning'),
    'eventlet.Event': _words(
        'send send_exception wait ready has_result has_exception poll poll_result poll_exception reset'),
    'eventlet.queue.LightQueue': _LIGHT_QUEUE,
    'eventlet.Queue': _LIGHT_QUEUE | _words('task_done join unfinished_tasks'),
    'eventlet.queue.PriorityQueue': _LIGHT_QUEUE | _words('task_done join unfinished_tasks'),
    'eventlet.queue.LifoQueue': _LIGHT_QUEUE | _words('task_done join unfinished_tasks'),
    'eventlet.Semaphore': _SEMAPHORE,
    'eventlet.BoundedSemaphore': _SEMAPHORE | _words('original_counter'),
    'eventlet.CappedSemaphore': _words('acquire release locked bounded balance lower_bound upper_bound'),
    'eventlet.lock.Lock': _SEMAPHORE,
    'eventlet.Timeout': _words('start cancel pending is_timeout seconds exception timer'),
    'eventlet.pools.Pool': _POOL,
    'eventlet.pools.TokenPool': _POOL,
    'eventlet.dagpool.DAGPool': _words(
        'spawn spawn_many post wait wait_each wait_each_success wait_each_exception waitall get keys items running '
        'running_keys waiting waiting_for kill'),
    'eventlet.coros.metaphore': _words('inc dec wait'),
    'eventlet.db_pool.ConnectionPool': _words('get put item clear'),
    'eventlet.db_pool.RawConnectionPool': _words('get put item clear'),
    'eventlet.db_pool.TpooledConnectionPool': _words('get put item clear'),
    'eventlet.greenlet': _GREENLET,
    'eventlet.greenio.GreenPipe': _words(
        'close closed fileno flush isatty mode name read read1 readable readall readinto readline readlines seek '
        'seekable tell truncate writable write writelines'),
    'eventlet.greenio.GreenSocket': _words(
        'accept bind close connect connect_ex detach dup fileno getpeername getsockname getsockopt gettimeout listen '
        'makefile recv recv_into recvfrom recvfrom_into send sendall sendto setblocking setsockopt settimeout '
        'shutdown fd act_non_blocking makeGreenFile'),
    'eventlet.wsgi.Input': _words(
        'read readline readlines get_socket discard send_hundred_continue_response should_send_hundred_continue '
        'set_hundred_continue_response_headers rfile wfile wfile_line position content_length chunked_input chunk_length '
        'headers_sent hundred_continue_headers is_hundred_continue_response_sent'),
    'eventlet.hubs.timer.Timer': _TIMER,
    'eventlet.hubs.timer.LocalTimer': _TIMER,
    'eventlet.hub': _words(
        'schedule_call_global schedule_call_local switch abort wait run running greenlet clock add remove add_timer '
        'get_readers get_writers timers debug_exceptions debug_blocking debug_blocking_resolution '
        'set_timer_exceptions set_debug_listeners ensure_greenlet block_detect_pre block_detect_post timer_canceled '
        'READ WRITE'),
}

#: What a call of this name gives.
MAKES = dict({kind: kind for kind in MEMBERS}, **{
    'eventlet.greenthread.GreenThread': 'eventlet.GreenThread',
    'eventlet.spawn': 'eventlet.GreenThread',
    'eventlet.spawn_after': 'eventlet.GreenThread',
    'eventlet.greenthread.spawn_after_local': 'eventlet.GreenThread',
    'eventlet.asyncio.spawn_for_awaitable': 'eventlet.GreenThread',
    'eventlet.spawn_n': 'eventlet.greenlet',
    'eventlet.getcurrent': 'eventlet.greenlet',
    'eventlet.hubs.get_hub': 'eventlet.hub',
    'eventlet.exc_after': 'eventlet.hubs.timer.Timer',
    'eventlet.call_after_global': 'eventlet.hubs.timer.Timer',
    'eventlet.greenthread.call_after': 'eventlet.hubs.timer.Timer',
    'eventlet.greenthread.call_after_local': 'eventlet.hubs.timer.Timer',
})

#: What a call of a member gives.
MEMBER_MAKES = {
    ('eventlet.GreenPool', 'spawn'): 'eventlet.GreenThread',
    ('eventlet.GreenPool', 'imap'): 'eventlet.greenpool.GreenMap',
    ('eventlet.GreenPool', 'starmap'): 'eventlet.greenpool.GreenMap',
    ('eventlet.greenio.GreenSocket', 'dup'): 'eventlet.greenio.GreenSocket',
    ('eventlet.hub', 'schedule_call_global'): 'eventlet.hubs.timer.Timer',
    ('eventlet.hub', 'schedule_call_local'): 'eventlet.hubs.timer.Timer',
}
