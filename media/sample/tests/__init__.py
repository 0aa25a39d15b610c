"""The tests run patched, as the service does."""

import eventlet

eventlet.monkey_patch()
