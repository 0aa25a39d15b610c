/** What a name of a module that is gone is called in today's eventlet, in words (catalogue 1.5); undefined where nothing is like it. */
export function modernName(api: string): string | undefined {
  const [module = '', name] = api.replace(/^eventlet\./, '').replace('()', '').split('.');
  const names = modern[module];
  return (name === undefined ? undefined : names?.[name]) ?? names?.['*'];
}

const modern: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  api: {
    '*': 'the function of the same name in `eventlet`',
    call_after: '`eventlet.spawn_after`',
    call_after_global: '`eventlet.spawn_after`',
    call_after_local: '`eventlet.greenthread.spawn_after_local`',
    connect_tcp: '`eventlet.connect`',
    exc_after: '`eventlet.Timeout`',
    get_hub: '`eventlet.hubs.get_hub`',
    spew: '`eventlet.debug.spew`',
    ssl_listener: '`eventlet.wrap_ssl(eventlet.listen(address), …)`',
    tcp_listener: '`eventlet.listen`',
    tcp_server: '`eventlet.serve`',
    timeout: '`eventlet.Timeout`',
    trampoline: '`eventlet.hubs.trampoline`',
    unspew: '`eventlet.debug.unspew`',
    use_hub: '`eventlet.hubs.use_hub`',
  },
  common: { get_errno: '`exception.errno`' },
  coros: {
    BoundedSemaphore: '`eventlet.BoundedSemaphore`',
    Channel: '`eventlet.queue.Queue(0)` with `put` and `get`',
    CoroutinePool: '`eventlet.GreenPool`',
    Event: '`eventlet.Event`',
    Queue: '`eventlet.Queue` with `put` and `get`',
    Semaphore: '`eventlet.Semaphore`',
    event: '`eventlet.Event`',
    execute: '`eventlet.spawn`',
    queue: '`eventlet.Queue` with `put` and `get`',
    semaphore: '`eventlet.Semaphore` or `eventlet.CappedSemaphore`',
  },
  greenio: { py2: '`eventlet.greenio`' },
  pool: { '*': '`eventlet.GreenPool`' },
  proc: {
    '*': '`eventlet.spawn` with `wait` and `link` of what it gives',
    Pool: '`eventlet.GreenPool`',
    RunningProcSet: '`eventlet.GreenPool` with `waitall`',
    waitall: '`eventlet.GreenPool` with `waitall`',
  },
  processes: { '*': '`subprocess`' },
  twistedutil: { '*': 'Twisted itself, or asyncio' },
  util: {
    '*': '`eventlet.monkey_patch`',
    set_reuse_addr: '`sock.setsockopt`',
    socket_bind_and_listen: '`eventlet.listen`',
    tcp_socket: '`socket.socket`',
    wrap_ssl: '`eventlet.wrap_ssl`',
  },
};
