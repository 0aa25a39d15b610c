"""Runs a program the way its process would: `run.py patched|unpatched|plain main.py`."""

import runpy
import sys

mode, path = sys.argv[1:]
sys.argv = [path]
sys.path[0] = path.rpartition('/')[0]
if mode == 'plain':
    # Whoever still imports one of them fails.
    sys.modules['eventlet'] = None
    sys.modules['greenlet'] = None
else:
    import eventlet

    if mode == 'patched':
        eventlet.monkey_patch()
runpy.run_path(path, run_name='__main__')
