# provides: greenlet.GreenletExit

import threading
import time

# Guards the state of everything in this module. It is never held while
# somebody's function runs or while a thread waits.
_lock = threading.RLock()


class GreenletExit(BaseException):
    """Ends a thread that was killed, at its next wait."""


class _Own(threading.local):
    """What each thread has for itself."""

    def __init__(self):
        self.timeouts = []  # that are running, the outermost first
        self.killed = None  # what kill() wants it to raise
        self.waits_for = None  # the condition that it sleeps on


_own = _Own()


def _remaining(until):
    return None if until is None else max(0, until - time.monotonic())


def _until(seconds):
    return None if seconds is None else time.monotonic() + max(0, seconds)


def _earliest(until=None):
    """The moment of the next thing that ends a wait of this thread."""
    moments = [t.until for t in _own.timeouts if t.until is not None]
    return min(moments + ([] if until is None else [until]), default=None)


def _raise_what_is_due():
    """Raises what kill() or a timeout of this thread has waiting for it."""
    task = getattr(_own, 'task', None)
    if task is not None and task.killed is not None:
        error, task.killed = task.killed, None
        raise error
    now = time.monotonic()
    for timeout in _own.timeouts:
        if timeout.until is not None and timeout.until <= now:
            timeout.fire()


def _wait(condition, is_ready, seconds=None):
    """Waits on a condition of _lock, which is held, until is_ready().

    Gives whether it became ready before the seconds were over. Timeouts
    of this thread and kill() end the wait with their exception.
    """
    until = _until(seconds)
    task = getattr(_own, 'task', None)
    while not is_ready():
        _raise_what_is_due()
        if until is not None and until <= time.monotonic():
            return False
        if task is not None:
            task.waits_for = condition
        try:
            condition.wait(_remaining(_earliest(until)))
        finally:
            if task is not None:
                task.waits_for = None
    return True
