# provides: Semaphore BoundedSemaphore
# needs: waiting

import threading


class Semaphore:
    """A counter that waits instead of going below zero.

    Who is woken first is not promised; with eventlet it is who waits
    longest.
    """

    def __init__(self, value=1):
        self.counter = int(value)
        if self.counter < 0:
            raise ValueError('Semaphore must be initialized with a positive '
                             'number, got %s' % value)
        self._waiting = 0
        self._condition = threading.Condition(_lock)

    def locked(self):
        return self.counter <= 0

    def bounded(self):
        return False

    @property
    def balance(self):
        """What is left; below zero, how many wait."""
        return self.counter - self._waiting

    def acquire(self, blocking=True, timeout=None):
        if timeout == -1:
            timeout = None
        if timeout is not None and timeout < 0:
            raise ValueError('timeout value must be strictly positive')
        if not blocking:
            if timeout is not None:
                raise ValueError('can\'t specify timeout for non-blocking '
                                 'acquire')
            timeout = 0
        with _lock:
            self._waiting += 1
            try:
                if not _wait(self._condition, lambda: self.counter > 0,
                             timeout):
                    return False
            finally:
                self._waiting -= 1
            self.counter -= 1
            return True

    def release(self, blocking=True):
        with _lock:
            self.counter += 1
            self._condition.notify()
        return True

    def __enter__(self):
        self.acquire()

    def __exit__(self, kind, value, traceback):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that can't be released more often than acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self.original_counter = self.counter

    def release(self, blocking=True):
        with _lock:
            if self.counter >= self.original_counter:
                raise ValueError('Semaphore released too many times')
            return super().release(blocking)
