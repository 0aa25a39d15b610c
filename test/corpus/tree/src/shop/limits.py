from eventlet.semaphore import Semaphore

from shop import concurrency

__all__ = ["Semaphore", "ReadTimeout"]


class ReadTimeout(concurrency.Timeout):
    def __init__(self, seconds, what):
        super().__init__(seconds)
        self.what = what


class ChunkTimeout(ReadTimeout):
    pass


class Workers(concurrency.GreenPool):
    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.waitall()

    def free(self):
        return 0
