# provides: greenio.GreenPipe greenio.set_nonblocking

import os


def GreenPipe(name, mode='r', buffering=-1, encoding=None, errors=None,
              newline=None, closefd=True, opener=None):
    """A plain file; a Timeout can't end its waits."""
    if not isinstance(name, (int, str)):
        name = os.dup(name.fileno())
    return open(name, mode, buffering, encoding, errors, newline, closefd,
                opener)


def set_nonblocking(fd):
    """Nothing: a thread may wait for its file."""
