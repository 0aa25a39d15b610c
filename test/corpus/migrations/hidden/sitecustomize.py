"""On PYTHONPATH, this folder makes any Python one without eventlet: neither it nor greenlet, which comes with it, can be found."""
import importlib.util
import sys

HIDDEN = ('eventlet', 'greenlet')


class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in HIDDEN:
            raise ModuleNotFoundError(f'No module named {name!r}', name=name)


# Those who ask whether a module is there get the same answer as those who import it.
find_spec = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name.partition('.')[0] in HIDDEN else find_spec(name, package)
sys.meta_path.insert(0, Hidden())
