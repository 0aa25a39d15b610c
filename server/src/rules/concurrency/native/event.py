# provides: Event
# needs: waiting

import threading


class Event:
    """A value that one thread sends and others wait for.

    Those who wait go on at once and in no order; with eventlet they go on
    when the sender waits for something.
    """

    def __init__(self):
        self._condition = threading.Condition(_lock)
        self.reset()

    def reset(self):
        with _lock:
            self._is_ready = False
            self._result = None
            self._error = None

    def ready(self):
        return self._is_ready

    def has_exception(self):
        return self._is_ready and self._error is not None

    def has_result(self):
        return self._is_ready and self._error is None

    def poll(self, notready=None):
        return self.wait() if self.ready() else notready

    def poll_result(self, notready=None):
        return self.wait() if self.has_result() else notready

    def poll_exception(self, notready=None):
        return self.wait() if self.has_exception() else notready

    def wait(self, timeout=None):
        """The value, or None when the time is over; raises what was sent."""
        with _lock:
            if not _wait(self._condition, self.ready, timeout):
                return None
        if self._error is not None:
            raise self._error
        return self._result

    def send(self, result=None, exc=None):
        with _lock:
            assert not self._is_ready, (
                'Trying to re-send() an already-triggered event.')
            if exc is not None and not isinstance(exc, tuple):
                exc = (exc,)
            self._result = result
            self._error = None if exc is None else _exception_of(*exc)
            self._is_ready = True
            self._condition.notify_all()

    def send_exception(self, *args):
        self.send(None, args)


def _exception_of(kind, value=None, traceback=None):
    """The exception of what raise and throw() take."""
    if isinstance(kind, BaseException):
        error = kind
    elif isinstance(value, BaseException):
        error = value
    else:
        error = kind() if value is None else kind(value)
    return error.with_traceback(traceback) if traceback else error
