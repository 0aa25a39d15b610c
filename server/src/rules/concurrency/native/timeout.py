# provides: Timeout TimeoutError with_timeout is_timeout wrap_is_timeout
# needs: waiting

import functools
import time


class Timeout(BaseException):
    """A time limit for what this thread waits for inside the block.

    Unlike eventlet's it can't interrupt what waits outside this module,
    such as a lock of the standard library, a database driver or a
    computation: there it fires at the next wait of this module, or at
    the end of the block.
    """

    def __init__(self, seconds=None, exception=None):
        self.seconds = seconds
        self.exception = exception
        self.until = None
        self._is_running = False
        self.start()

    def start(self):
        assert not self.pending, '%r is already started' % self
        if self.seconds is None:
            return
        self._is_running = True
        self.until = _until(self.seconds)
        _own.timeouts.append(self)

    @property
    def pending(self):
        """Whether it is started and has not fired or been cancelled."""
        return self._is_running

    @property
    def is_timeout(self):
        return True

    def cancel(self):
        self._is_running = False
        self.until = None
        if self in _own.timeouts:
            _own.timeouts.remove(self)

    def fire(self):
        """Raises what the one who made it wants to have raised."""
        self.cancel()
        if self.exception is None or isinstance(self.exception, bool):
            raise self
        raise self.exception

    def __eq__(self, other):
        return self is other

    __hash__ = BaseException.__hash__

    def __enter__(self):
        if not self.pending:
            self.start()
        return self

    def __exit__(self, kind, value, traceback):
        # No limit at all means: where something has to be waited for. A
        # block that did not wait is through, as it is with eventlet.
        is_late = (self.until is not None and self.seconds > 0
                   and self.until <= time.monotonic())
        self.cancel()
        if value is self and self.exception is False:
            return True
        if value is None and is_late and self.exception is not False:
            self.fire()

    def __str__(self):
        if self.seconds is None:
            return ''
        plural = '' if self.seconds == 1 else 's'
        if self.exception is None or self.exception is True:
            return '%s second%s' % (self.seconds, plural)
        if self.exception is False:
            return '%s second%s (silent)' % (self.seconds, plural)
        return '%s second%s (%s)' % (self.seconds, plural, self.exception)

    def __repr__(self):
        state = 'pending ' if self.pending else ''
        exception = '' if self.exception is None else ' exception=%r' % (
            self.exception,)
        return '<%s at %s %sseconds=%r%s>' % (
            type(self).__name__, hex(id(self)), state, self.seconds,
            exception)


class TimeoutError(Timeout):
    """A timeout that starts with no limit; kept for its name."""

    def __init__(self, exception=None):
        super().__init__(None, exception)


_NOTHING = object()


def with_timeout(seconds, function, *args, timeout_value=_NOTHING, **kwargs):
    """Calls a function under a limit; see Timeout for what it can't do."""
    timeout = Timeout(seconds)
    try:
        try:
            return function(*args, **kwargs)
        except Timeout as error:
            if error is timeout and timeout_value is not _NOTHING:
                return timeout_value
            raise
    finally:
        timeout.cancel()


def wrap_is_timeout(base):
    """Marks an exception class, or one exception, as a timeout."""
    if isinstance(base, type):
        base.is_timeout = property(lambda _: True)
        return base

    @functools.wraps(base)
    def marked(*args, **kwargs):
        error = base(*args, **kwargs)
        error.is_timeout = True
        return error

    return marked


def is_timeout(error):
    """Whether it is marked as a timeout, as all of this module are."""
    import builtins
    return bool(getattr(error, 'is_timeout', False)) or isinstance(
        error, builtins.TimeoutError)
