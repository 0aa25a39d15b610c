"""A plugin of pytest: patches everything before anything is imported, as some projects' own test commands do; without eventlet, nothing."""
import importlib.util

if importlib.util.find_spec('eventlet'):
    import eventlet
    eventlet.monkey_patch()
