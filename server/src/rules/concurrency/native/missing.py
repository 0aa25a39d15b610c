# provides:


class _Missing:
    """A name of eventlet that has no counterpart on native threads.

    It may be imported, inherited from and caught; it fails when it is
    called, with its name and what to do.
    """

    def __init__(self, name):
        self.__name__ = name

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        if name.endswith(('Error', 'Exception', 'Exit')):
            self.__dict__[name] = type(name, (Exception,), {})
            return self.__dict__[name]
        return _Missing('%s.%s' % (self.__name__, name))

    def __call__(self, *args, **kwargs):
        raise NotImplementedError(
            '%s has no counterpart on native threads: replace what uses it, '
            'or run with eventlet' % self.__name__)

    def __mro_entries__(self, bases):
        def fails(_, *args, **kwargs):
            self()

        return (type('Missing', (), {'__init__': fails}),)

    def __repr__(self):
        return '<%s is missing>' % self.__name__
