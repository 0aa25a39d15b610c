# provides: pools.Pool pools.TokenPool
# needs: waiting queue

import collections
import contextlib


class Pool:
    """Things that are made when they are needed, and lent one by one.

    Who waits for one that comes back gets it in no promised order.
    """

    def __init__(self, min_size=0, max_size=4, order_as_stack=False,
                 create=None):
        self.min_size = min_size
        self.max_size = max_size
        self.order_as_stack = order_as_stack
        self.current_size = 0
        self.channel = LightQueue()
        self.free_items = collections.deque()
        if create is not None:
            self.create = create
        for _ in range(min_size):
            self.current_size += 1
            self.free_items.append(self.create())

    def create(self):
        raise NotImplementedError('Implement in subclass')

    def get(self):
        with _lock:
            if self.free_items:
                return self.free_items.popleft()
            may_create = self.current_size < self.max_size
            if may_create:
                self.current_size += 1
        if not may_create:
            return self.channel.get()
        try:
            return self.create()
        except BaseException:
            self.current_size -= 1
            raise

    @contextlib.contextmanager
    def item(self):
        thing = self.get()
        try:
            yield thing
        finally:
            self.put(thing)

    def put(self, item):
        with _lock:
            if self.current_size > self.max_size:
                self.current_size -= 1
            elif self.waiting():
                self.channel.put(item)
            elif self.order_as_stack:
                self.free_items.appendleft(item)
            else:
                self.free_items.append(item)

    def resize(self, new_size):
        self.max_size = new_size

    def free(self):
        return len(self.free_items) + self.max_size - self.current_size

    def waiting(self):
        return max(0, self.channel.getting() - self.channel.qsize())


class TokenPool(Pool):
    """Lends things that mean nothing, to count who has one."""

    def create(self):
        return object()
