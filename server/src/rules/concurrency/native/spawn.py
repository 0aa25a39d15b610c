# provides: greenthread.GreenThread spawn spawn_n spawn_after greenthread.spawn_after_local kill greenthread.cancel getcurrent
# needs: waiting event

import collections
import sys
import threading
import traceback


class _Thread:
    """A thread that throw() reaches, another one at its next wait here."""

    def __init__(self):
        self.killed = None
        self.waits_for = None

    def throw(self, *throw_args):
        error = _exception_of(*throw_args or (GreenletExit,))
        if getattr(_own, 'task', None) is self:
            raise error
        with _lock:
            self.killed = error
            if self.waits_for is not None:
                self.waits_for.notify_all()


class GreenThread(_Thread):
    """A function that runs in a native thread of its own.

    It may start before the line behind spawn() runs, and it runs in
    parallel: what both share needs a lock. kill() can't interrupt it: the
    exception is raised at its next wait in this module, and kill() does
    not wait for that. A process does not wait for it to end.
    """

    def __init__(self, function, args, kwargs, seconds=None):
        super().__init__()
        self.dead = False
        self._is_started = False
        self._links = collections.deque()
        self._seconds = seconds
        self._call = (function, args, kwargs)
        self._exit = Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self):
        self._thread.start()
        return self

    def wait(self):
        """The result of the function; raises what the function raised."""
        return self._exit.wait()

    def link(self, func, *args, **kwargs):
        """Has func(self, …) called at the end, at once if that is over."""
        with _lock:
            is_over = self._exit.ready()
            if not is_over:
                self._links.append((func, args, kwargs))
        if is_over:
            func(self, *args, **kwargs)

    def unlink(self, func, *args, **kwargs):
        with _lock:
            try:
                self._links.remove((func, args, kwargs))
                return True
            except ValueError:
                return False

    def kill(self, *throw_args):
        with _lock:
            if not self._exit.ready():
                self.throw(*throw_args)

    def cancel(self, *throw_args):
        """Kills it if it has not begun yet."""
        if not self._is_started:
            self.kill(*throw_args)

    def _run(self):
        _own.task = self
        function, args, kwargs = self._call
        result, error = None, None
        try:
            with _lock:
                if self._seconds is not None:
                    _wait(threading.Condition(_lock), lambda: False,
                          self._seconds)
                _raise_what_is_due()
                self._is_started = True
            result = function(*args, **kwargs)
        except GreenletExit as exit:
            error = exit
        except BaseException as failure:
            error = failure
            self._tell(failure)
        finally:
            del function, args, kwargs, self._call
        self._end(result, error)

    def _tell(self, failure):
        traceback.print_exception(type(failure), failure,
                                  failure.__traceback__, file=sys.stderr)

    def _end(self, result, error):
        self.dead = True
        if error is None:
            self._exit.send(result)
        else:
            self._exit.send_exception(error)
        while True:
            with _lock:
                if not self._links:
                    return
                func, args, kwargs = self._links.popleft()
            func(self, *args, **kwargs)


def spawn(func, *args, **kwargs):
    """Runs a function in a native thread, at once; wait() gives its result."""
    return GreenThread(func, args, kwargs).start()


def spawn_n(func, *args, **kwargs):
    """Runs a function in a native thread, at once, and gives no result."""
    return GreenThread(func, args, kwargs).start()


def spawn_after(seconds, func, *args, **kwargs):
    """Runs a function in a native thread then, unless cancel() comes first."""
    return GreenThread(func, args, kwargs, seconds).start()


def spawn_after_local(seconds, func, *args, **kwargs):
    """As spawn_after(); it also runs if the caller has ended before."""
    return spawn_after(seconds, func, *args, **kwargs)


def kill(g, *throw_args):
    """Ends a thread at its next wait, and does not wait for that."""
    g.kill(*throw_args)


def cancel(g, *throw_args):
    """Ends a thread that has not begun; one that spawn() started may have."""
    g.cancel(*throw_args)


def getcurrent():
    """What runs now: a GreenThread, or what stands for another thread."""
    if getattr(_own, 'task', None) is None:
        _own.task = _Thread()
    return _own.task
