# provides: GreenPool GreenPile
# needs: waiting spawn semaphore queue

import threading
import traceback


class GreenPool:
    """At most so many functions at a time; spawn() waits for a free place.

    Each runs in a native thread. A thousand of them is eventlet's default
    and far too many here: give a size.
    """

    def __init__(self, size=1000):
        size = int(size)
        if size < 0:
            raise ValueError('Expected size >= 0, actual: %s' % size)
        self.size = size
        self.coroutines_running = set()
        self.sem = Semaphore(size)
        self._is_empty = threading.Condition(_lock)

    def resize(self, new_size):
        with _lock:
            for _ in range(new_size - self.size):
                self.sem.release()
            self.sem.counter -= max(0, self.size - new_size)
            self.size = new_size

    def running(self):
        return len(self.coroutines_running)

    def free(self):
        return self.sem.counter

    def waiting(self):
        return max(0, -self.sem.balance) if self.sem.balance < 0 else 0

    def spawn(self, function, *args, **kwargs):
        return self._spawn(GreenThread, function, args, kwargs)

    def spawn_n(self, function, *args, **kwargs):
        self._spawn(_Quiet, function, args, kwargs)

    def _spawn(self, kind, function, args, kwargs):
        # A member that spawns into its own full pool would wait for ever.
        is_member = getcurrent() in self.coroutines_running
        if is_member and self.sem.locked():
            return _ran_at_once(kind, function, args, kwargs)
        self.sem.acquire()
        task = kind(function, args, kwargs)
        with _lock:
            self.coroutines_running.add(task)
        task.link(self._done)
        return task.start()

    def _done(self, task):
        with _lock:
            self.coroutines_running.discard(task)
            self.sem.release()
            if not self.coroutines_running:
                self._is_empty.notify_all()

    def waitall(self):
        assert getcurrent() not in self.coroutines_running, (
            'Calling waitall() from within one of the GreenPool\'s '
            'greenthreads will never terminate.')
        with _lock:
            _wait(self._is_empty, lambda: not self.coroutines_running)

    def imap(self, function, *iterables):
        """The results in order, of which at most about size run ahead."""
        if function is None:
            return self.starmap(lambda *args: args, zip(*iterables))
        return self.starmap(function, zip(*iterables))

    def starmap(self, function, iterable):
        return _GreenMap(self, function or (lambda *args: args), iterable)


class _Quiet(GreenThread):
    """A member whose failure is printed and then forgotten."""


def _ran_at_once(kind, function, args, kwargs):
    task = kind(function, args, kwargs)
    outer = _own.task
    try:
        task._run()
    finally:
        _own.task = outer
    return task


class GreenPile:
    """Functions whose results come in the order in which they started.

    They run in native threads, and in no order.
    """

    def __init__(self, size_or_pool=1000):
        is_pool = isinstance(size_or_pool, GreenPool)
        self.pool = size_or_pool if is_pool else GreenPool(size_or_pool)
        self.waiters = LightQueue()
        self.counter = 0

    def spawn(self, func, *args, **kwargs):
        self.counter += 1
        try:
            self.waiters.put(self.pool.spawn(func, *args, **kwargs))
        except BaseException:
            self.counter -= 1
            raise

    def __iter__(self):
        return self

    def __next__(self):
        if self.counter == 0:
            raise StopIteration
        return self._next()

    def next(self):
        return self.__next__()

    def _next(self):
        try:
            return self.waiters.get().wait()
        finally:
            self.counter -= 1


class _GreenMap:
    """Fills a pool from an iterable while somebody takes the results."""

    def __init__(self, pool, function, iterable):
        self._results = LightQueue(max(1, pool.size))
        self._is_over = False
        spawn_n(self._fill, pool, function, iterable)

    def _fill(self, pool, function, iterable):
        try:
            for args in iterable:
                self._results.put(pool.spawn(function, *args))
        except BaseException as failure:
            traceback.print_exc()
            self._results.put(failure)
        self._results.put(None)

    def __iter__(self):
        return self

    def __next__(self):
        if self._is_over:
            raise StopIteration
        task = self._results.get()
        if task is None:
            self._is_over = True
            raise StopIteration
        if isinstance(task, BaseException):
            raise task
        return task.wait()

    def next(self):
        return self.__next__()
