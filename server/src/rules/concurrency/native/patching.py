# provides: monkey_patch patcher.is_monkey_patched patcher.original import_patched

import importlib


def monkey_patch(**on):
    """Nothing: the standard library stays as it is."""


def is_monkey_patched(module):
    """Never: nothing is patched here."""
    return False


def original(modname):
    """The module of the standard library, which nobody has patched."""
    return importlib.import_module(modname)


def import_patched(module_name, *additional_modules, **kw):
    """The module itself, which others that import it share."""
    return importlib.import_module(module_name)
