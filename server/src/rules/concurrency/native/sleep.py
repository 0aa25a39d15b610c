# provides: sleep
# needs: waiting

import threading


def sleep(seconds=0):
    """Waits. Others run meanwhile, and not only then: threads take turns
    by themselves, so sleep(0) gives no promise who has run before."""
    with _lock:
        _wait(threading.Condition(_lock), lambda: False, seconds or 0)
        _raise_what_is_due()
