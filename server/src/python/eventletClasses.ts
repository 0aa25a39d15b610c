/**
 * The classes of eventlet and what makes their instances, as tables kept by hand: names are separated by blanks and
 * sorted. They state release 0.41.1 and were compared with it and with 0.33.1 (catalogue 1.3); what only older releases
 * had stands apart.
 */

export interface ClassFacts {
  /** The class whose members this one has besides its own. */
  readonly base?: string;
  /** Its own public methods and attributes. */
  readonly members: string;
  /** Whether `with` gives the object itself. */
  readonly givesItself?: true;
  /** What calling a member gives, or what an attribute is, where that is one of these classes too. */
  readonly gives?: Readonly<Record<string, string>>;
  /** Members that are collections of such instances. */
  readonly givesMany?: Readonly<Record<string, string>>;
}

/**
 * The classes by the name that their members are reported under. `eventlet.GreenThread`, `eventlet.greenlet` and
 * `eventlet.hub` are such names and no more: nobody calls them.
 */
export const classes: Readonly<Record<string, ClassFacts>> = {
  'eventlet.BoundedSemaphore': { base: 'eventlet.Semaphore', members: 'original_counter' },
  'eventlet.CappedSemaphore': {
    members: 'acquire balance bounded locked lower_bound release upper_bound',
    gives: { lower_bound: 'eventlet.Semaphore', upper_bound: 'eventlet.Semaphore' },
  },
  'eventlet.Event': {
    members: 'has_exception has_result poll poll_exception poll_result ready reset send send_exception wait',
  },
  'eventlet.GreenPile': {
    members: 'counter next pool spawn waiters',
    gives: { pool: 'eventlet.GreenPool', waiters: 'eventlet.queue.LightQueue' },
  },
  'eventlet.GreenPool': {
    members: 'coroutines_running free imap no_coros_running resize running sem size spawn spawn_n starmap waitall waiting',
    gives: {
      imap: 'eventlet.greenpool.GreenMap',
      no_coros_running: 'eventlet.Event',
      sem: 'eventlet.Semaphore',
      spawn: 'eventlet.GreenThread',
      starmap: 'eventlet.greenpool.GreenMap',
    },
    givesMany: { coroutines_running: 'eventlet.GreenThread' },
  },
  'eventlet.GreenThread': { base: 'eventlet.greenlet', members: 'cancel kill link main unlink wait' },
  'eventlet.Queue': { base: 'eventlet.queue.LightQueue', members: 'join task_done unfinished_tasks' },
  'eventlet.Semaphore': { members: 'acquire balance bounded counter locked release' },
  'eventlet.Timeout': {
    givesItself: true,
    members: 'cancel exception is_timeout pending seconds start timer',
    gives: { timer: 'eventlet.hubs.timer.Timer' },
  },
  'eventlet.coros.metaphore': { members: 'counter dec event inc wait', gives: { event: 'eventlet.Event' } },
  'eventlet.dagpool.DAGPool': {
    members:
      'coros event get items keys kill post running running_keys spawn spawn_many values wait wait_each ' +
      'wait_each_exception wait_each_success waitall waiting waiting_for',
    gives: { event: 'eventlet.Event' },
  },
  'eventlet.db_pool.BaseConnectionPool': {
    base: 'eventlet.pools.Pool',
    members: 'cleanup clear connect_timeout max_age max_idle',
  },
  'eventlet.db_pool.ConnectionPool': { base: 'eventlet.db_pool.BaseConnectionPool', members: 'connect' },
  'eventlet.db_pool.DatabaseConnector': {
    members: 'credentials_for get',
    gives: { get: 'eventlet.db_pool.ConnectionPool' },
  },
  'eventlet.db_pool.RawConnectionPool': { base: 'eventlet.db_pool.BaseConnectionPool', members: 'connect' },
  'eventlet.greenio.GreenPipe': {
    givesItself: true,
    members:
      'close closed fileno flush isatty mode name read readable readall readinto readline readlines seek seekable tell ' +
      'truncate writable write writelines',
  },
  'eventlet.greenio.GreenSocket': {
    givesItself: true,
    members:
      'accept act_non_blocking bind close connect connect_ex detach dup family fd fileno getpeername getsockname getsockopt ' +
      'gettimeout listen makeGreenFile makefile proto recv recv_into recvfrom recvfrom_into recvmsg send sendall sendmsg ' +
      'sendto setblocking setsockopt settimeout shutdown type',
  },
  'eventlet.greenlet': {
    members: 'dead gr_context gr_frame parent run switch throw',
    gives: { parent: 'eventlet.greenlet' },
  },
  'eventlet.greenpool.GreenMap': { base: 'eventlet.GreenPile', members: 'done_spawning' },
  'eventlet.hub': {
    members:
      'MAX_EVENTS READ SYSTEM_EXCEPTIONS WRITE abort add add_timer block_detect_post block_detect_pre clock close_one ' +
      'closed debug_blocking debug_blocking_resolution debug_exceptions default_sleep do_poll ensure_greenlet fire_timers ' +
      'get_readers get_timers_count get_writers greenlet lclass listeners mark_as_reopened next_timers notify_close ' +
      'prepare_timers remove remove_descriptor run running schedule_call_global schedule_call_local secondaries ' +
      'set_debug_listeners set_timer_exceptions sleep_until squelch_exception squelch_generic_exception ' +
      'squelch_timer_exception stopping switch timer_canceled timers timers_canceled wait',
    gives: {
      greenlet: 'eventlet.greenlet',
      schedule_call_global: 'eventlet.hubs.timer.Timer',
      schedule_call_local: 'eventlet.hubs.timer.Timer',
    },
  },
  'eventlet.hubs.timer.LocalTimer': { base: 'eventlet.hubs.timer.Timer', members: '' },
  'eventlet.hubs.timer.Timer': {
    members: 'called cancel copy pending schedule scheduled_time seconds tpl',
    gives: { copy: 'eventlet.hubs.timer.Timer', schedule: 'eventlet.hubs.timer.Timer' },
  },
  'eventlet.lock.Lock': { base: 'eventlet.Semaphore', members: '' },
  'eventlet.patcher.SysModulesSaver': { members: 'restore save' },
  'eventlet.pools.Pool': {
    members: 'channel create current_size free free_items get item max_size min_size order_as_stack put resize waiting',
    gives: { channel: 'eventlet.queue.LightQueue' },
  },
  'eventlet.pools.TokenPool': { base: 'eventlet.pools.Pool', members: '' },
  'eventlet.queue.LifoQueue': { base: 'eventlet.Queue', members: '' },
  'eventlet.queue.LightQueue': {
    members: 'empty full get get_nowait getters getting maxsize put put_nowait putters putting qsize queue resize',
  },
  'eventlet.queue.PriorityQueue': { base: 'eventlet.Queue', members: '' },
  'eventlet.websocket.RFC6455WebSocket': { base: 'eventlet.websocket.WebSocket', members: 'Message UTF8Decoder client extensions iterator max_frame_length' },
  'eventlet.websocket.WebSocket': {
    members: 'close environ log log_context origin path protocol send socket version wait websocket_closed',
  },
  'eventlet.websocket.WebSocketWSGI': {
    members: 'configured handler max_frame_length origin_checker protocol_version support_legacy_versions supported_protocols',
  },
  'eventlet.wsgi.HttpProtocol': {
    members:
      'capitalize_response_headers client_address conn_state finish formalize_key_naming get_client_address get_environ ' +
      'handle handle_expect_100 handle_one_request handle_one_response minimum_chunk_size protocol_version ' +
      'reject_bad_requests request server setup wbufsize',
  },
  'eventlet.wsgi.Input': {
    members:
      'chunk_length chunked_input content_length discard get_socket headers_sent hundred_continue_headers ' +
      'is_hundred_continue_response_sent position read readline readlines rfile send_hundred_continue_response ' +
      'set_hundred_continue_response_headers should_send_hundred_continue wfile wfile_line',
  },
  'eventlet.wsgi.Server': {
    members:
      'address app capitalize_response_headers debug environ get_environ keepalive log log_format log_message log_output ' +
      'log_x_forwarded_for max_http_version minimum_chunk_size outstanding_requests pid process_request protocol socket ' +
      'socket_timeout url_length_limit',
  },
};

/** Classes of modules that are gone (release 0.9.16). */
export const historicalClasses: Readonly<Record<string, ClassFacts>> = {
  'eventlet.coros.Actor': { members: 'cast received run_forever' },
  'eventlet.coros.Channel': { members: 'full items max_size ready send send_exception wait waiting' },
  'eventlet.coros.Queue': { members: 'full items next ready send send_exception wait waiting' },
  'eventlet.pool.Pool': {
    members:
      'current_size execute execute_async free generate_results killall launch_all max_size process_all procs resize ' +
      'results sem wait wait_all waitall waiting',
    gives: {
      execute: 'eventlet.proc.Proc',
      execute_async: 'eventlet.proc.Proc',
      procs: 'eventlet.proc.RunningProcSet',
      results: 'eventlet.coros.Queue',
      sem: 'eventlet.Semaphore',
    },
  },
  'eventlet.proc.Pool': { members: 'allocate semaphore', gives: { allocate: 'eventlet.proc.Proc', semaphore: 'eventlet.Semaphore' } },
  'eventlet.proc.Proc': {
    base: 'eventlet.proc.Source',
    members: 'dead greenlet kill run throw',
    gives: { greenlet: 'eventlet.greenlet' },
  },
  'eventlet.proc.RunningProcSet': {
    members: 'add killall procs spawn waitall',
    gives: { spawn: 'eventlet.proc.Proc' },
    givesMany: { procs: 'eventlet.proc.Proc' },
  },
  'eventlet.proc.Source': {
    members:
      'exc_info has_exception has_value link link_exception link_value name ready send send_exception unlink value wait',
  },
  'eventlet.processes.Process': {
    members:
      'args child_stdin child_stdout_stderr close close_stdin command dead dead_callback flush getpid kill makefile ' +
      'popen4 process_number read readline recv run send sendall started wait write',
    gives: { child_stdin: 'eventlet.greenio.GreenPipe', child_stdout_stderr: 'eventlet.greenio.GreenPipe' },
  },
  'eventlet.processes.ProcessPool': {
    base: 'eventlet.pools.Pool',
    members: 'args command',
    gives: { create: 'eventlet.processes.Process', get: 'eventlet.processes.Process' },
  },
};

/**
 * What a call gives where that is not called like the class. Left out on purpose: what is made by a green module or by
 * `listen`, `connect` and `wrap_ssl` keeps its methods when the standard library makes it; what `tpool.Proxy` and
 * `corolocal.local` have is the user's.
 */
export const callResults: Readonly<Record<string, string>> = {
  'eventlet.TimeoutError': 'eventlet.Timeout',
  'eventlet.asyncio.AsyncioHub': 'eventlet.hub',
  'eventlet.asyncio.spawn_for_awaitable': 'eventlet.GreenThread',
  'eventlet.call_after_global': 'eventlet.hubs.timer.Timer',
  'eventlet.db_pool.TpooledConnectionPool': 'eventlet.db_pool.ConnectionPool',
  'eventlet.exc_after': 'eventlet.hubs.timer.Timer',
  'eventlet.getcurrent': 'eventlet.greenlet',
  'eventlet.greenio.base.GreenSocket': 'eventlet.greenio.GreenSocket',
  'eventlet.greenio.py3.GreenPipe': 'eventlet.greenio.GreenPipe',
  'eventlet.greenlet.getcurrent': 'eventlet.greenlet',
  'eventlet.greenlet.greenlet': 'eventlet.greenlet',
  'eventlet.greenthread.GreenThread': 'eventlet.GreenThread',
  'eventlet.greenthread.TimeoutError': 'eventlet.Timeout',
  'eventlet.greenthread.call_after': 'eventlet.hubs.timer.Timer',
  'eventlet.greenthread.call_after_global': 'eventlet.hubs.timer.Timer',
  'eventlet.greenthread.call_after_local': 'eventlet.hubs.timer.Timer',
  'eventlet.greenthread.exc_after': 'eventlet.hubs.timer.Timer',
  'eventlet.greenthread.spawn_after_local': 'eventlet.GreenThread',
  'eventlet.hubs.asyncio.Hub': 'eventlet.hub',
  'eventlet.hubs.epolls.Hub': 'eventlet.hub',
  'eventlet.hubs.get_hub': 'eventlet.hub',
  'eventlet.hubs.hub.BaseHub': 'eventlet.hub',
  'eventlet.hubs.kqueue.Hub': 'eventlet.hub',
  'eventlet.hubs.poll.Hub': 'eventlet.hub',
  'eventlet.hubs.selects.Hub': 'eventlet.hub',
  'eventlet.spawn': 'eventlet.GreenThread',
  'eventlet.spawn_after': 'eventlet.GreenThread',
  'eventlet.spawn_n': 'eventlet.greenlet',
  'eventlet.support.greenlets.getcurrent': 'eventlet.greenlet',
  'eventlet.support.greenlets.greenlet': 'eventlet.greenlet',
};

/** The same for modules that are gone. */
export const historicalCallResults: Readonly<Record<string, string>> = {
  'eventlet.api.Greenlet': 'eventlet.greenlet',
  'eventlet.api.call_after': 'eventlet.hubs.timer.Timer',
  'eventlet.api.call_after_global': 'eventlet.hubs.timer.Timer',
  'eventlet.api.call_after_local': 'eventlet.hubs.timer.Timer',
  'eventlet.api.exc_after': 'eventlet.hubs.timer.Timer',
  'eventlet.api.get_hub': 'eventlet.hub',
  'eventlet.api.getcurrent': 'eventlet.greenlet',
  'eventlet.api.spawn': 'eventlet.GreenThread',
  'eventlet.api.spawn_n': 'eventlet.greenlet',
  'eventlet.coros.BoundedSemaphore': 'eventlet.BoundedSemaphore',
  'eventlet.coros.CoroutinePool': 'eventlet.pool.Pool',
  'eventlet.coros.Event': 'eventlet.Event',
  'eventlet.coros.Semaphore': 'eventlet.Semaphore',
  'eventlet.coros.event': 'eventlet.Event',
  'eventlet.coros.execute': 'eventlet.GreenThread',
  'eventlet.coros.queue': 'eventlet.coros.Queue',
  'eventlet.coros.semaphore': 'eventlet.Semaphore',
  'eventlet.proc.spawn': 'eventlet.proc.Proc',
  'eventlet.proc.spawn_link': 'eventlet.proc.Proc',
  'eventlet.proc.spawn_link_exception': 'eventlet.proc.Proc',
  'eventlet.proc.spawn_link_value': 'eventlet.proc.Proc',
};
