/** A function or class of Python that rewrites need, written once per project into the module that its project file names. */
export interface Piece {
  /** Modules of the standard library that it imports. */
  readonly imports: readonly string[];
  /** Others that it calls. */
  readonly needs: readonly HelperName[];
  /** One definition at module level, formatted, without empty lines around it. */
  readonly code: string;
}

export type HelperName = 'BoundedExecutor' | 'Countdown' | 'ResultEvent' | 'StopServe' | 'call_later' | 'log_exception' | 'resolve' | 'serve' | 'serve_wsgi' | 'spawn_future';

/** What they do is shown by executions (catalogue, appendix A, says where each differs from eventlet). */
export const pieces: Readonly<Record<HelperName, Piece>> = {
  log_exception: {
    imports: ['logging'],
    needs: [],
    code: `
def log_exception(future):
    """Log the exception that a future ended with, if there is one.

    Made for \`\`future.add_done_callback(log_exception)\`\`: a future keeps its
    exception for whoever asks for the result, and is silent otherwise.
    """
    if not future.cancelled() and future.exception() is not None:
        logging.getLogger(__name__).error(
            'A task failed', exc_info=future.exception())
`,
  },
  resolve: {
    imports: [],
    needs: [],
    code: `
def resolve(future, function, args, kwargs):
    """Call a function and keep what it returns or raises in a future."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = function(*args, **kwargs)
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
`,
  },
  spawn_future: {
    imports: ['concurrent.futures', 'threading'],
    needs: ['log_exception', 'resolve'],
    code: `
def spawn_future(function, *args, **kwargs):
    """Call a function in a daemon thread of its own, and give its future.

    An exception is logged at once, and raised by \`\`result()\`\`.
    """
    future = concurrent.futures.Future()
    future.add_done_callback(log_exception)
    threading.Thread(
        target=resolve, args=(future, function, args, kwargs), daemon=True,
    ).start()
    return future
`,
  },
  call_later: {
    imports: ['concurrent.futures', 'threading'],
    needs: ['log_exception', 'resolve'],
    code: `
def call_later(seconds, function, *args, **kwargs):
    """Call a function in a daemon thread later, and give its future.

    \`\`cancel()\`\` prevents the call until it begins.
    """
    future = concurrent.futures.Future()
    timer = threading.Timer(
        seconds, resolve, args=(future, function, args, kwargs))
    timer.daemon = True
    future.add_done_callback(log_exception)
    future.add_done_callback(lambda _: timer.cancel())
    timer.start()
    return future
`,
  },
  BoundedExecutor: {
    imports: ['collections', 'concurrent.futures', 'threading'],
    needs: ['log_exception'],
    code: `
class BoundedExecutor:
    """A pool of threads whose \`\`submit\`\` waits until one of them is free."""

    def __init__(self, size):
        self.size = size
        self._executor = concurrent.futures.ThreadPoolExecutor(size)
        self._slots = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._unfinished = set()

    def submit(self, function, *args, **kwargs):
        """Call a function in a thread as soon as one is free; give a future.

        A function that runs in the pool must not submit to it: where all
        threads do so, they wait for each other for ever.
        """
        self._slots.acquire()
        try:
            future = self._executor.submit(function, *args, **kwargs)
        except BaseException:
            self._slots.release()
            raise
        with self._lock:
            self._unfinished.add(future)
        future.add_done_callback(self._finish)
        future.add_done_callback(log_exception)
        return future

    def map(self, function, *iterables):
        """Yield the results in the order of the input, a few calls ahead."""
        ahead = collections.deque()
        for args in zip(*iterables):
            if len(ahead) == self.size:
                yield ahead.popleft().result()
            ahead.append(self.submit(function, *args))
        while ahead:
            yield ahead.popleft().result()

    def starmap(self, function, arguments):
        """Like \`\`map\`\`; each item of the input is a tuple of arguments."""
        return self.map(lambda args: function(*args), arguments)

    def wait(self):
        """Wait until nothing runs; the pool can be used afterwards."""
        while self.running():
            with self._lock:
                unfinished = set(self._unfinished)
            concurrent.futures.wait(unfinished)

    def running(self):
        """Tell how many functions have not ended."""
        with self._lock:
            return len(self._unfinished)

    def free(self):
        """Tell how many more functions can begin at once."""
        return self.size - self.running()

    def shutdown(self, wait=True):
        """Take nothing more."""
        self._executor.shutdown(wait=wait)

    def _finish(self, future):
        with self._lock:
            self._unfinished.discard(future)
        self._slots.release()
`,
  },
  ResultEvent: {
    imports: ['threading'],
    needs: [],
    code: `
class ResultEvent:
    """An event that carries a value or an exception to whoever waits."""

    def __init__(self):
        self._condition = threading.Condition()
        self.clear()

    def is_set(self):
        return self._is_set

    def set(self, result=None):
        """Wake everybody who waits, and give them the result."""
        self._end(result, None)

    def set_exception(self, error):
        """Wake everybody who waits, and raise the exception there."""
        self._end(None, error)

    def wait(self, timeout=None):
        """Give the result, or None when the time is up."""
        with self._condition:
            if not self._condition.wait_for(self.is_set, timeout):
                return None
            if self._error is not None:
                raise self._error
            return self._result

    def clear(self):
        """Make whoever comes now wait for the next result."""
        with self._condition:
            self._is_set, self._result, self._error = False, None, None

    def _end(self, result, error):
        with self._condition:
            if self._is_set:
                raise RuntimeError('the event is set already')
            self._is_set, self._result, self._error = True, result, error
            self._condition.notify_all()
`,
  },
  Countdown: {
    imports: ['threading'],
    needs: [],
    code: `
class Countdown:
    """A counter that can be waited for to come down to zero."""

    def __init__(self):
        self._condition = threading.Condition()
        self._count = 0

    def inc(self, by=1):
        with self._condition:
            self._count += by

    def dec(self, by=1):
        with self._condition:
            self._count = max(0, self._count - by)
            if self._count == 0:
                self._condition.notify_all()

    def wait(self):
        with self._condition:
            self._condition.wait_for(lambda: self._count == 0)
`,
  },
  StopServe: {
    imports: [],
    needs: [],
    code: `
class StopServe(Exception):
    """Raised by a handler to end \`\`serve\`\` without an exception."""
`,
  },
  serve: {
    imports: ['socket', 'threading'],
    needs: ['StopServe'],
    code: `
def serve(sock, handle, concurrency=1000):
    """Accept connections, and handle each in a daemon thread.

    A connection is closed when its handler returns. What a handler raises
    ends all of it and is raised here, but for \`\`StopServe\`\`.
    """
    slots = threading.BoundedSemaphore(concurrency)
    ending = threading.Lock()
    failures = []

    def run(connection, address):
        try:
            handle(connection, address)
        except BaseException as error:
            with ending:
                if not failures:
                    failures.append(error)
                    # Wakes the thread that accepts, which closing would not.
                    sock.shutdown(socket.SHUT_RDWR)
        finally:
            connection.close()
            slots.release()

    while not failures:
        slots.acquire()
        try:
            connection, address = sock.accept()
        except OSError:
            if not failures:
                raise
            break
        threading.Thread(
            target=run, args=(connection, address), daemon=True).start()
    with ending:
        failure = failures[0]
    if not isinstance(failure, StopServe):
        raise failure
`,
  },
  serve_wsgi: {
    imports: ['socketserver', 'wsgiref.simple_server'],
    needs: [],
    code: `
def serve_wsgi(sock, application):
    """Serve a WSGI application on a listening socket, in threads.

    HTTP/1.0 without a limit of connections: for tests and small services.
    """
    class Server(socketserver.ThreadingMixIn,
                 wsgiref.simple_server.WSGIServer):
        daemon_threads = True

        def server_bind(self):
            self.socket.close()
            self.socket = sock
            self.server_address = sock.getsockname()
            self.server_name, self.server_port = self.server_address[:2]
            self.setup_environ()

    with Server(sock.getsockname(),
                wsgiref.simple_server.WSGIRequestHandler) as server:
        server.set_app(application)
        server.serve_forever()
`,
  },
};
