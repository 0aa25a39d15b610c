"""One look at one host."""

import eventlet
from eventlet.green import socket


def is_there(host, port=22, patience=2):
    """Whether somebody answers within so many seconds."""
    try:
        with eventlet.Timeout(patience):
            connection = socket.create_connection((host, port))
    except (eventlet.Timeout, OSError):
        return False
    connection.close()
    return True


def is_there_soon(host, tries=3, pause=0.5):
    """The same for a host that is just being started."""
    for _ in range(tries):
        if is_there(host):
            return True
        eventlet.sleep(pause)
    return False
