# provides: hubs.use_hub hubs.trampoline hubs.notify_close hubs.notify_opened
# needs: waiting timeout

import select


def use_hub(mod=None):
    """Nothing: native threads need no hub."""


def notify_close(fd):
    """Nothing: no hub listens to it."""


def notify_opened(fd):
    """Nothing: no hub listens to it."""


def trampoline(fd, read=None, write=None, timeout=None, timeout_exc=Timeout,
               mark_as_closed=None):
    """Waits until a file can be read or written."""
    with Timeout(timeout, timeout_exc if timeout is not None else None):
        until = _earliest()
        number = fd if isinstance(fd, int) else fd.fileno()
        select.select([number] if read else [], [number] if write else [], [],
                      _remaining(until))
        _raise_what_is_due()
