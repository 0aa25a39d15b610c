# provides: tpool.execute tpool.Proxy tpool.killall tpool.set_num_threads

def execute(meth, *args, **kwargs):
    """Calls the function: this thread is a native one and may wait."""
    return meth(*args, **kwargs)


def Proxy(obj, autowrap=(), autowrap_names=()):
    """The object itself: its methods may wait where they are called."""
    return obj


def killall():
    """Nothing: there is no pool."""


def set_num_threads(nthreads):
    """Nothing: there is no pool."""
