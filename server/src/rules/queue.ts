import { links } from './kit/links';
import { objectOf } from './kit/objects';
import { nowhere } from './kit/proposing';
import { inCoroutines, natively } from './kit/queueRewrites';
import { natives } from './kit/queueUses';
import type { Rule } from './rule';

export const queue: Rule = {
  id: 'queue',
  pattern: 4,
  names: ['eventlet.Queue', 'eventlet.queue.*', 'eventlet.Queue().*', 'eventlet.queue.LightQueue().*', 'eventlet.queue.PriorityQueue().*', 'eventlet.queue.LifoQueue().*'],
  message(use) {
    if (use.form === 'member') return `\`${use.member}\` of an eventlet queue: it is replaced together with its queue.`;
    const native = natives.get(use.api);
    return native ? `\`${use.api}\` belongs to eventlet; Python’s own is \`queue.${native}\`.` : `\`${use.api}\` belongs to eventlet’s queues; Python’s module \`queue\` takes their place.`;
  },
  guide: {
    title: 'Queues',
    does: 'The queues of eventlet hand things from one green thread to another; `get()` suspends the green thread until there is something, `put()` until there is room.',
    replacement: {
      threading: 'The class of the same name in Python’s module `queue`; `queue.Queue` for `LightQueue`, or `queue.SimpleQueue` where nobody needs a limit, `full` or `join`.',
      asyncio: 'The class of the same name in `asyncio`, with `await queue.get()` and `await queue.put(item)`; a time limit is `asyncio.wait_for`.',
    },
    differences: [
      { of: 'blocking', aspect: 'size 0', eventlet: 'a channel: every `put` waits until the item is taken', threading: 'no limit', asyncio: 'no limit' },
      { of: 'defaults', aspect: 'size `None`', eventlet: 'no limit', threading: '`TypeError` at the first `put`; leave it out', asyncio: '`TypeError` at the first `put`; leave it out' },
      { of: 'value', aspect: 'negative time limit', eventlet: '`Empty` or `Full`', threading: '`ValueError`', asyncio: '`wait_for` raises `TimeoutError`' },
      { of: 'exceptions', aspect: 'exceptions', eventlet: '`queue.Empty` and `queue.Full`', threading: 'the same objects', asyncio: '`asyncio.QueueEmpty` and `asyncio.QueueFull`, which are no subclasses of those' },
      { aspect: '`empty()` and `qsize()`', eventlet: 'true until the next switch', threading: 'may be outdated at once', asyncio: 'true until the next `await`' },
      { aspect: '`resize`, `getting`, `putting`', eventlet: 'there', threading: 'missing', asyncio: 'missing' },
      { aspect: 'copying', eventlet: 'can be copied deeply', threading: 'holds locks: neither copied nor pickled', asyncio: 'can not be copied' },
    ],
    same: {
      order: 'items come out in the same order; of several who wait, natively any may be next',
      cancellation: 'who waits can be killed on eventlet; natively the time limit ends the waiting',
    },
    links: [...links.queue.guidance, ...links.queue.python],
  },
  proposals(use, view) {
    const first = use.form === 'name' ? use : objectOf(use, view)?.makers[0];
    if (!first) return nowhere(`where this queue is made is not known from this file; \`${use.form === 'member' ? use.member : use.api}\` moves with it`);
    return view.memory.recall(`queue at ${first.start}`, () => [natively(first, view), inCoroutines(use, first, view)]);
  },
  examples: [
    {
      title: 'a queue moves with the parameters that every call gives it to',
      before: `
import eventlet

def _fill(jobs):
    jobs.put(1)
    #^^^^^^^ safe

def _drain(queue=None):
    print(queue.get())
          #^^^^^^^^ safe

def work():
    waiting = eventlet.Queue()
              #^^^^^^^^^^^^^ safe
    _fill(waiting)
    _drain(queue=waiting)
`,
      after: `
import queue

def _fill(jobs):
    jobs.put(1)

def _drain(queue=None):
    print(queue.get())

def work():
    waiting = queue.Queue()
    _fill(waiting)
    _drain(queue=waiting)
`,
    },
    {
      title: 'a queue moves into the threads that get it',
      before: `
import threading

import eventlet

def _drain(jobs):
    print(jobs.get())
          #^^^^^^^ safe

def work():
    jobs = eventlet.Queue()
           #^^^^^^^^^^^^^ safe
    jobs.put(1)
    #^^^^^^^ safe
    thread = threading.Thread(target=_drain, args=(jobs,))
    thread.start()
    thread.join()
`,
      after: `
import queue
import threading

def _drain(jobs):
    print(jobs.get())

def work():
    jobs = queue.Queue()
    jobs.put(1)
    thread = threading.Thread(target=_drain, args=(jobs,))
    thread.start()
    thread.join()
`,
    },
    {
      title: 'the import is exchanged and the uses keep their text',
      before: `
from eventlet import queue

_jobs = queue.Queue()
        #^^^^^^^^^^ safe
_few = queue.LightQueue(10)
       #^^^^^^^^^^^^^^^ safe

def work():
    try:
        return _jobs.get(timeout=1)
               #^^^^^^^^ safe
    except queue.Empty:
           #^^^^^^^^^^ safe
        return _few.get_nowait()
               #^^^^^^^^^^^^^^ safe
`,
      after: `
import queue

_jobs = queue.Queue()
_few = queue.Queue(10)

def work():
    try:
        return _jobs.get(timeout=1)
    except queue.Empty:
        return _few.get_nowait()
`,
    },
    {
      title: 'so is an import by name',
      before: `
from eventlet.queue import Empty, Queue

def work():
    jobs = Queue(maxsize=5)
           #^^^^ safe
    try:
        jobs.get(block=False)
        #^^^^^^^ safe
    except Empty:
           #^^^^ safe
        pass
`,
      after: `
from queue import Empty, Queue

def work():
    jobs = Queue(maxsize=5)
    try:
        jobs.get(block=False)
    except Empty:
        pass
`,
    },
    {
      title: 'what came from the top of eventlet gets Python’s module',
      before: `
import eventlet

def work(deadline, now):
    jobs = eventlet.Queue(None)
           #^^^^^^^^^^^^^ safe
    return jobs.get(True, deadline - now)
           #^^^^^^^ safe
`,
      after: `
import queue

def work(deadline, now):
    jobs = queue.Queue()
    return jobs.get(True, max(0, deadline - now))
`,
    },
    {
      title: 'where a queue is called `queue`, the module has one other name in the whole file',
      before: `
import eventlet

def work(jobs):
    queue = eventlet.Queue()
            #^^^^^^^^^^^^^ safe
    try:
        return jobs.get_nowait(), queue.get()
                                  #^^^^^^^^ safe
    finally:
        queue.put(1)
        #^^^^^^^^ safe

def take(jobs):
    try:
        return jobs.get_nowait()
    except eventlet.queue.Empty:
           #^^^^^^^^^^^^^^^^^^^ safe
        return None
`,
      after: `
import queue as queue_module

def work(jobs):
    queue = queue_module.Queue()
    try:
        return jobs.get_nowait(), queue.get()
    finally:
        queue.put(1)

def take(jobs):
    try:
        return jobs.get_nowait()
    except queue_module.Empty:
        return None
`,
    },
    {
      title: 'a size that may be 0 or None wants a look',
      before: `
import eventlet.queue

class Pool:
    def __init__(self, size):
        self._free = eventlet.queue.LightQueue(size)
                     #^^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import queue

class Pool:
    def __init__(self, size):
        self._free = queue.Queue(size or 0)
`,
    },
    {
      title: 'a time limit that was computed as a difference may be negative',
      before: `
import time

from eventlet import queue

_jobs = queue.Queue()
        #^^^^^^^^^^ review

def take(deadline):
    remaining = deadline - time.time()
    return _jobs.get(timeout=remaining)
           #^^^^^^^^ review
`,
      after: `
import queue
import time

_jobs = queue.Queue()

def take(deadline):
    remaining = deadline - time.time()
    return _jobs.get(timeout=remaining)
`,
    },
    {
      title: 'one that has a floor may not',
      before: `
import time

from eventlet import queue

_jobs = queue.Queue()
        #^^^^^^^^^^ safe

def take(deadline, timeout):
    remaining = max(deadline - time.time(), 0.1)
    _jobs.get(timeout=timeout)
    #^^^^^^^^ safe
    return _jobs.get(timeout=remaining)
           #^^^^^^^^ safe
`,
      after: `
import queue
import time

_jobs = queue.Queue()

def take(deadline, timeout):
    remaining = max(deadline - time.time(), 0.1)
    _jobs.get(timeout=timeout)
    return _jobs.get(timeout=remaining)
`,
    },
    {
      title: 'what others may use wants a look',
      before: `
from eventlet import queue

class Engine:
    def __init__(self, start):
        self._done = queue.PriorityQueue()
                     #^^^^^^^^^^^^^^^^^^ review
        start(self._done)
        self.events = queue.Queue()
                      #^^^^^^^^^^ review
        self.events.put(start)
        #^^^^^^^^^^^^^^ review
`,
      after: `
import queue

class Engine:
    def __init__(self, start):
        self._done = queue.PriorityQueue()
        start(self._done)
        self.events = queue.Queue()
        self.events.put(start)
`,
    },
    {
      title: 'in a process that is not patched, waiting natively blocks every green thread',
      patched: [],
      before: `
from eventlet import Queue

def work():
    jobs = Queue()
           #^^^^ review
    return jobs.get()
           #^^^^^^^ review
`,
      after: `
from queue import Queue

def work():
    jobs = Queue()
    return jobs.get()
`,
    },
    {
      title: 'a channel has no native counterpart, and the import stays with it',
      before: `
from eventlet import queue

def work():
    meet = queue.Queue(0)
           #^^^^^^^^^^ none
    jobs = queue.Queue()
           #^^^^^^^^^^ safe
    jobs.put(meet.get())
    #^^^^^^^ safe
             #^^^^^^^ none
`,
      after: `
import queue as queue_module

from eventlet import queue

def work():
    meet = queue.Queue(0)
    jobs = queue_module.Queue()
    jobs.put(meet.get())
`,
    },
    {
      title: 'what only eventlet’s queues can do stays',
      before: `
from eventlet import queue

class Jobs(queue.Queue):
           #^^^^^^^^^^ none
    pass

def work(size):
    jobs = queue.LightQueue(size)
           #^^^^^^^^^^^^^^^ none
    jobs.resize(2)
    #^^^^^^^^^^ none
    return Jobs()
           #^^^ none
`,
    },
    {
      title: 'somebody else’s queue is left alone',
      before: `
import queue
from eventlet import semaphore

def work(jobs):
    queue.Queue().put(1)
    jobs.resize(2)
`,
    },
    {
      title: 'inside coroutines it becomes a queue of asyncio',
      target: 'asyncio',
      before: `
import eventlet
from eventlet import queue

async def work():
    jobs = eventlet.Queue()
           #^^^^^^^^^^^^^ review
    jobs.put(1)
    #^^^^^^^ review
    try:
        jobs.get_nowait().run()
        #^^^^^^^^^^^^^^ review
    except queue.Empty:
           #^^^^^^^^^^ review
        jobs.get().run()
        #^^^^^^^ review
`,
      after: `
import asyncio

async def work():
    jobs = asyncio.Queue()
    await jobs.put(1)
    try:
        jobs.get_nowait().run()
    except asyncio.QueueEmpty:
        (await jobs.get()).run()
`,
    },
  ],
};
