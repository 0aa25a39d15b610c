# provides:
# needs: missing


class _Module:
    """Stands for a module: what is used of it, else that of another one."""

    def __init__(self, name, base=None, **members):
        self.__dict__.update(members)
        self.__name__ = name
        self.__dict__['_base'] = base

    def __getattr__(self, name):
        if self._base is not None:
            return getattr(self._base, name)
        return getattr(_Missing(self.__name__), name)
