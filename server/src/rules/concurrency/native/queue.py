# provides: Queue queue.LightQueue queue.PriorityQueue queue.LifoQueue queue.Empty queue.Full
# needs: waiting

import collections
import heapq
import threading
from queue import Empty, Full


class LightQueue:
    """Items on their way from some threads to others.

    empty() and qsize() are true only when they are asked: another thread
    may have changed it before the next line runs. A queue of size 0 hands
    each item over, as eventlet's does: put() returns when it was taken.
    """

    def __init__(self, maxsize=None):
        self.maxsize = None if maxsize is None or maxsize < 0 else maxsize
        self._getting = 0
        self._putting = 0
        self._has_item = threading.Condition(_lock)
        self._has_room = threading.Condition(_lock)
        self._init(maxsize)

    # These four are what a queue of another order replaces.

    def _init(self, maxsize):
        self.queue = collections.deque()

    def _get(self):
        return self.queue.popleft()

    def _put(self, item):
        self.queue.append(item)

    def qsize(self):
        return len(self.queue)

    def empty(self):
        return not self.qsize()

    def full(self):
        return self.maxsize is not None and self.qsize() >= self.maxsize

    def getting(self):
        return self._getting

    def putting(self):
        return self._putting

    def resize(self, size):
        with _lock:
            self.maxsize = size
            self._has_room.notify_all()

    def put(self, item, block=True, timeout=None):
        with _lock:
            room = self._has_taker if self.maxsize == 0 else self._has_place
            self._putting += 1
            try:
                if not _wait(self._has_room, room, timeout if block else 0):
                    raise Full
            finally:
                self._putting -= 1
            self._put(item)
            self._note_put()
            self._has_item.notify()

    def put_nowait(self, item):
        self.put(item, block=False)

    def get(self, block=True, timeout=None):
        with _lock:
            self._getting += 1
            self._has_room.notify()
            try:
                if not _wait(self._has_item, self.qsize,
                             timeout if block else 0):
                    raise Empty
            finally:
                self._getting -= 1
            item = self._get()
            self._has_room.notify()
            return item

    def get_nowait(self):
        return self.get(block=False)

    def _has_place(self):
        return not self.full()

    def _has_taker(self):
        return self._getting > self.qsize()

    def _note_put(self):
        pass

    def __iter__(self):
        return self

    def __next__(self):
        item = self.get()
        if item is StopIteration:
            raise StopIteration
        return item

    def __repr__(self):
        return '<%s at %s maxsize=%r qsize=%s>' % (
            type(self).__name__, hex(id(self)), self.maxsize, self.qsize())


class Queue(LightQueue):
    """A LightQueue whose join() waits until all items are done with."""

    def __init__(self, maxsize=None):
        super().__init__(maxsize)
        self.unfinished_tasks = 0
        self._is_done = threading.Condition(_lock)

    def _note_put(self):
        self.unfinished_tasks += 1

    def task_done(self):
        with _lock:
            if self.unfinished_tasks <= 0:
                raise ValueError('task_done() called too many times')
            self.unfinished_tasks -= 1
            if not self.unfinished_tasks:
                self._is_done.notify_all()

    def join(self):
        with _lock:
            _wait(self._is_done, lambda: not self.unfinished_tasks)


class PriorityQueue(Queue):
    """A Queue, with what is said of it, that gives the smallest item first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heapq.heappush(self.queue, item)

    def _get(self):
        return heapq.heappop(self.queue)


class LifoQueue(Queue):
    """A Queue, with what is said of it, that gives the newest item first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()
