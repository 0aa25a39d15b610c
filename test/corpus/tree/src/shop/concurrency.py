"""The only module that imports eventlet."""
import eventlet
import eventlet.patcher
from eventlet import GreenPool, Timeout, queue
from eventlet.green import socket, subprocess
from eventlet.green.http.client import _UNKNOWN

sleep = eventlet.sleep
monkey_patch = eventlet.patcher.monkey_patch

__all__ = [
    "GreenPool",
    "Timeout",
    "_UNKNOWN",
    "queue",
    "sleep",
]


def spawn(function, *args, **kwargs):
    """Run something beside."""
    return eventlet.spawn(function, *args, **kwargs)


class Hub:
    local = eventlet.corolocal.local
    kill = staticmethod(eventlet.kill)

    @staticmethod
    def yield_():
        eventlet.sleep(0)


# They build on the names above.
from . import limits
from .limits import *

__all__ += limits.__all__
