# provides: debug.hub_exceptions debug.hub_prevent_multiple_readers debug.hub_listener_stacks debug.hub_timer_stacks debug.hub_blocking_detection debug.tpool_exceptions debug.spew debug.unspew debug.format_hub_listeners debug.format_hub_timers

def hub_exceptions(state=True):
    """Nothing: there is no hub."""


def hub_prevent_multiple_readers(state=True):
    """Nothing: two threads may read from one socket, at their own risk."""


def hub_listener_stacks(state=False):
    """Nothing: there is no hub."""


def hub_timer_stacks(state=False):
    """Nothing: there is no hub."""


def hub_blocking_detection(state=False, resolution=1):
    """Nothing: a thread that blocks stops nobody else."""


def tpool_exceptions(state=False):
    """Nothing: there is no pool."""


def spew(trace_names=None, show_values=False):
    """Nothing; sys.settrace() traces."""


def unspew():
    """Nothing."""


def format_hub_listeners():
    """Nothing: there is no hub."""
    return ''


def format_hub_timers():
    """Nothing: there is no hub."""
    return ''
