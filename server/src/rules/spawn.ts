import { greenThreadProposals } from './kit/greenThreads';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const spawn: Rule = {
  id: 'spawn',
  pattern: 4,
  names: ['eventlet.spawn', 'eventlet.spawn_n'],
  message: (use) => `\`${use.api}\` starts a green thread; a \`threading.Thread\` takes its place, or a \`Future\` where the result is wanted.`,
  guide: {
    title: 'Spawning green threads',
    does: '`eventlet.spawn(function, *args, **kwargs)` makes a green thread, which begins when the current one next gives way, and returns it; `spawn_n` is the same without a result.',
    replacement: {
      threading:
        'Where the result is not wanted: `threading.Thread(target=function, args=(…), kwargs={…}, daemon=True).start()`; a service loop also needs a stop event, asked in the loop, and a `join()` when the service stops. ' +
        'Where it is: `future = executor.submit(function, …)` and `future.result()`, with one bounded `ThreadPoolExecutor` for many calls. With `helper-module` in the project file, each call gets a future from a daemon thread of its own, and exceptions are logged. `spawn(function).wait()` is a plain call, unless the function must have thread-locals of its own, go on when its caller is killed, or let others run.',
      asyncio:
        '`task = asyncio.create_task(coroutine)`, kept in a variable or a set, and `await task`; what is no coroutine goes to a thread with `asyncio.to_thread(function, …)`.',
    },
    differences: [
      { of: 'order', aspect: 'order', eventlet: 'the code behind `spawn` runs on; the green thread begins at its next wait', threading: 'either may be first', asyncio: 'the code behind `create_task` runs on until its next `await`' },
      { aspect: 'shared state', eventlet: 'nothing changes between two waits', threading: 'anything may change at any time: use locks', asyncio: 'nothing changes between two `await`s' },
      { of: 'value', aspect: 'value', eventlet: '`wait()` returns it', threading: '`Future.result()` returns it; `Thread.join()` returns `None`', asyncio: '`await task` returns it' },
      { of: 'exceptions', aspect: 'exception', eventlet: 'printed at once, and raised by `wait()`', threading: 'a `Thread` prints it; a `Future` keeps it for `result()` and is silent otherwise', asyncio: 'raised by `await`; logged late where nobody awaits' },
      { of: 'cancellation', aspect: 'stopping', eventlet: '`kill()` raises `GreenletExit` inside it', threading: 'not possible from outside: use a stop event', asyncio: '`task.cancel()` at its next `await`' },
      { of: 'defaults', aspect: 'end of the program', eventlet: 'green threads are dropped', threading: 'daemon threads are dropped; other threads and executors are waited for', asyncio: '`asyncio.run` cancels the tasks that are left' },
      { aspect: '`sys.exit()` inside', eventlet: 'ends the program', threading: 'ends the thread, silently', asyncio: 'ends the program' },
      { aspect: '`os.fork()`', eventlet: 'the child has all green threads', threading: 'the child has the thread that forked and no other, and a lock that another one held stays locked', asyncio: 'the loop must not be used in the child' },
      { aspect: 'connections, sessions, clients', eventlet: 'one native thread uses them', threading: 'must be safe for threads, or each thread has its own; a connection to SQLite belongs to its thread, and a database in memory to its connection: tests want a file', asyncio: 'one thread uses them' },
      { of: 'blocking', aspect: 'how many', eventlet: 'thousands cost little', threading: 'each has a stack of its own: use a bounded pool', asyncio: 'thousands cost little' },
    ],
    links: [...links.spawn.guidance, ...links.spawn.python, ...links.pitfalls.guidance],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    if (!use.call) return nowhere('the function is passed on here as a value; whoever calls it decides what becomes of the green thread');
    return greenThreadProposals(use, view) ?? [];
  },
  examples: [
    {
      title: 'becomes a daemon thread where nobody wants the result',
      before: `
import eventlet

def start(loop):
    eventlet.spawn_n(loop)
    #^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

def start(loop):
    threading.Thread(target=loop, daemon=True).start()
`,
    },
    {
      title: 'a loop without an end wants something that stops it',
      before: `
import eventlet

class Service:
    def start(self):
        eventlet.spawn(self._resync)
        #^^^^^^^^^^^^^ review

    def _resync(self):
        while True:
            self.resync()
`,
      after: `
import threading

class Service:
    def start(self):
        threading.Thread(target=self._resync, daemon=True).start()

    def _resync(self):
        while True:
            self.resync()
`,
    },
    {
      title: 'arguments are packed, comments stay',
      before: `
from eventlet import spawn

def start(serve, sock):
    spawn(serve, sock,  # ours
    #^^^^ review
          backlog=5)
`,
      after: `
import threading

def start(serve, sock):
    threading.Thread(target=serve,
                     args=(sock,),  # ours
                     kwargs={'backlog': 5},
                     daemon=True).start()
`,
    },
    {
      title: 'the arguments of the function itself are passed on as they are, others as they are now',
      before: `
import eventlet

def start(serve, *args, **kwargs):
    eventlet.spawn(serve, *args, **kwargs)
    #^^^^^^^^^^^^^ review
    options = dict(kwargs)
    eventlet.spawn(serve, *sorted(args), **options)
    #^^^^^^^^^^^^^ review
`,
      after: `
import threading

def start(serve, *args, **kwargs):
    threading.Thread(target=serve, args=args, kwargs=kwargs,
                     daemon=True).start()
    options = dict(kwargs)
    threading.Thread(target=serve, args=(*sorted(args),), kwargs={**options},
                     daemon=True).start()
`,
    },
    {
      title: 'waiting becomes joining, and killing what has ended goes',
      also: ['green-thread'],
      before: `
import eventlet

def run(work):
    worker = eventlet.spawn(work)
             #^^^^^^^^^^^^^ review
    worker.wait()
    worker.kill()
`,
      after: `
import threading

def run(work):
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join()
`,
    },
    {
      title: 'threads that are collected are started one by one',
      also: ['green-thread'],
      before: `
import eventlet

def run(work, items):
    threads = []
    for item in items:
        threads.append(eventlet.spawn(work, item))
                       #^^^^^^^^^^^^^ review
    for t in threads:
        t.wait()
`,
      after: `
import threading

def run(work, items):
    threads = []
    for item in items:
        thread = threading.Thread(target=work, args=(item,), daemon=True)
        thread.start()
        threads.append(thread)
    for t in threads:
        t.join()
`,
    },
    {
      title: 'a result that is wanted comes from a future',
      also: ['green-thread'],
      before: `
import eventlet

def fetch_all(fetch, urls):
    jobs = [eventlet.spawn(fetch, url, retries=3) for url in urls]
            #^^^^^^^^^^^^^ review
    return [job.wait() for job in jobs]
`,
      after: `
import concurrent.futures

def fetch_all(fetch, urls):
    jobs = [concurrent.futures.ThreadPoolExecutor(max_workers=1).submit(
        fetch, url, retries=3) for url in urls]
    return [job.result() for job in jobs]
`,
    },
    {
      title: 'with a module for helper code the future comes from there',
      helperModule: 'service.concurrency',
      also: ['green-thread'],
      before: `
import eventlet

def fetch_all(fetch, urls):
    jobs = [eventlet.spawn(fetch, url, retries=3) for url in urls]
            #^^^^^^^^^^^^^ review
    return [job.wait() for job in jobs]
`,
      after: `
from service import concurrency

def fetch_all(fetch, urls):
    jobs = [concurrency.spawn_future(fetch, url, retries=3) for url in urls]
    return [job.result() for job in jobs]
`,
    },
    {
      title: 'waiting for it at once is a plain call, which gives nobody else a turn',
      before: `
import eventlet

def double(number):
    return number * 2

def total(numbers):
    return sum(eventlet.spawn(double, n).wait() for n in numbers)
               #^^^^^^^^^^^^^ review
`,
      after: `
def double(number):
    return number * 2

def total(numbers):
    return sum(double(n) for n in numbers)
`,
    },
    {
      title: 'a plain call is ended by the timeout around it, too',
      before: `
import eventlet

def ask(request, app):
    with eventlet.Timeout(5):
        return eventlet.spawn(request.get_response, app).wait()
               #^^^^^^^^^^^^^ review
`,
      after: `
import eventlet

def ask(request, app):
    with eventlet.Timeout(5):
        return request.get_response(app)
`,
    },
    {
      title: 'what is killed needs another design',
      before: `
import eventlet

class Service:
    def start(self):
        self._loop = eventlet.spawn(self.run)
                     #^^^^^^^^^^^^^ none

    def stop(self):
        self._loop.kill()
`,
    },
    {
      title: 'what goes out of sight stays',
      before: `
import eventlet

def start(work, register):
    register(eventlet.spawn(work))
             #^^^^^^^^^^^^^ none
    return eventlet.spawn(work)
           #^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'a value that is called elsewhere stays',
      before: `
import eventlet

def start(work, spawn=eventlet.spawn):
                      #^^^^^^^^^^^^^ none
    spawn(work)
`,
    },
    {
      title: 'other people’s spawn is left alone',
      before: `
import eventlet
from processes import spawn

def start(pool):
    spawn(print)
    pool.spawn(print)
`,
    },
    {
      title: 'inside a coroutine it runs in a thread',
      target: 'asyncio',
      also: ['green-thread'],
      before: `
import eventlet

async def run(work):
    eventlet.spawn(work, 1, key=2)
    #^^^^^^^^^^^^^ review
    job = eventlet.spawn(work)
          #^^^^^^^^^^^^^ review
    return job.wait()
`,
      after: `
import asyncio
import functools

async def run(work):
    asyncio.get_running_loop().run_in_executor(
        None, functools.partial(work, 1, key=2))
    job = asyncio.create_task(asyncio.to_thread(work))
    return await job
`,
    },
  ],
};
