import { links } from './kit/links';
import { poolProposals } from './kit/pools';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const greenPool: Rule = {
  id: 'green-pool',
  pattern: 4,
  names: ['eventlet.GreenPool', 'eventlet.GreenPool().*', 'eventlet.greenpool.*'],
  message: (use) =>
    use.form === 'member'
      ? `\`${use.member}\` of a \`GreenPool\`: it is replaced together with its pool.`
      : `\`${use.api}\` runs a bounded number of green threads; a \`ThreadPoolExecutor\` does so with native ones.`,
  guide: {
    title: 'Pools of green threads',
    does: 'A `GreenPool(size=1000)` runs at most so many green threads: `spawn` and `spawn_n` wait for a free place, `waitall()` waits for all of them, `imap` and `starmap` give results in the order of the input.',
    replacement: {
      threading:
        '`with concurrent.futures.ThreadPoolExecutor(max_workers=n) as pool:` with `pool.submit(…)` and `pool.map(…)`; the end of the block waits for all. A pool that lives longer collects its futures and waits with `concurrent.futures.wait(futures)`. ' +
        'Choose `n` anew: of 1000 green threads, 5 to 20 native ones are usual. To wait for a free place, name a `helper-module` in the project file: the pool that is written there waits, counts, and goes on after waiting; `futurist` has executors that reject or resize.',
      asyncio: 'An `asyncio.Semaphore(n)` that each coroutine enters, and `await asyncio.gather(*tasks, return_exceptions=True)`; a `TaskGroup` cancels the others when one fails, which a `GreenPool` never did.',
    },
    differences: [
      { of: 'blocking', aspect: 'full pool', eventlet: '`spawn` waits for a free place', threading: '`submit` queues without limit', asyncio: '`create_task` starts without limit; the semaphore bounds what runs' },
      { of: 'exceptions', aspect: 'exception', eventlet: 'printed', threading: 'kept in the future, silent unless `result()` is asked', asyncio: 'given by `gather`' },
      { of: 'defaults', aspect: 'default size', eventlet: '1000', threading: 'at most 32', asyncio: 'none' },
      { of: 'value', aspect: 'after waiting', eventlet: 'the pool goes on', threading: 'after `shutdown()` it takes nothing more', asyncio: 'the semaphore goes on' },
      { aspect: 'spawning from inside a full pool', eventlet: 'runs the function at once', threading: 'waiting for its result never ends', asyncio: 'waiting inside the semaphore never ends' },
      { of: 'order', aspect: '`imap`', eventlet: 'takes the input little by little, goes on after an exception', threading: '`map` takes it all at once, ends at the first exception', asyncio: '`gather` takes it all at once' },
      { aspect: 'thread-locals', eventlet: 'empty for each green thread', threading: 'stay from one task of a worker to the next', asyncio: 'shared; use `contextvars`' },
      { of: 'cancellation', aspect: 'end of the program', eventlet: 'green threads are dropped', threading: 'all that was submitted is waited for', asyncio: '`asyncio.run` cancels what is left' },
    ],
    links: [...links.greenPool.guidance, ...links.greenPool.python],
  },
  proposals(use, view) {
    if (use.form === 'member') return poolProposals(use, view);
    if (use.form !== 'name') return [];
    if (use.api !== 'eventlet.GreenPool') return nowhere(`\`${use.api}\` has no counterpart: it goes with the last pool`);
    if (!use.call) return nowhere('the class itself is needed here, to inherit from it, to compare with it or to pass it on; decide by hand what takes its place');
    return poolProposals(use, view);
  },
  examples: [
    {
      title: 'a pool of one function becomes an executor',
      before: `
import eventlet

def handle_all(handle, items):
    pool = eventlet.GreenPool(20)
           #^^^^^^^^^^^^^^^^^ review
    for item in items:
        pool.spawn_n(handle, item)
        #^^^^^^^^^^^ review
    pool.waitall()
    #^^^^^^^^^^^ review
`,
      after: `
import concurrent.futures

def handle_all(handle, items):
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=20)
    for item in items:
        pool.submit(handle, item)
    pool.shutdown(wait=True)
`,
    },
    {
      title: 'eventlet’s default size is written out',
      before: `
from eventlet import GreenPool

def load_all(load, keys):
    for row in GreenPool().imap(load, keys):
               #^^^^^^^^ review
                           #^^^ review
        yield row
`,
      after: `
import concurrent.futures

def load_all(load, keys):
    for row in concurrent.futures.ThreadPoolExecutor(max_workers=1000).map(
            load, keys):
        yield row
`,
    },
    {
      title: 'the green threads it gives become futures with it',
      also: ['green-thread'],
      before: `
import eventlet

class Prober:
    def __init__(self, size):
        self._pool = eventlet.GreenPool(size=size)
                     #^^^^^^^^^^^^^^^^^ review

    def probe(self, ask, hosts):
        jobs = [self._pool.spawn(ask, host,
                #^^^^^^^^^^^^^^^ review
                                 port=80)
                for host in hosts]
        found = [job.wait() for job in jobs]
        return found + list(self._pool.starmap(ask, found))
                            #^^^^^^^^^^^^^^^^^ review
`,
      after: `
import concurrent.futures

class Prober:
    def __init__(self, size):
        self._pool = concurrent.futures.ThreadPoolExecutor(max_workers=size)

    def probe(self, ask, hosts):
        jobs = [self._pool.submit(ask, host,
                                  port=80)
                for host in hosts]
        found = [job.result() for job in jobs]
        return found + list(self._pool.map(lambda args: ask(*args), found))
`,
    },
    {
      title: 'with a module for helper code there is one that waits for a free place, counts, and goes on after waiting',
      helperModule: 'service.concurrency',
      also: ['green-thread'],
      before: `
import eventlet

class Worker:
    def __init__(self, size):
        self._pool = eventlet.GreenPool(size)
                     #^^^^^^^^^^^^^^^^^ review

    def handle(self, work, batch):
        for item in batch:
            self._pool.spawn_n(work, item)
            #^^^^^^^^^^^^^^^^^ review
        last = self._pool.spawn(work, None)
               #^^^^^^^^^^^^^^^ review
        self._pool.waitall()
        #^^^^^^^^^^^^^^^^^ review
        return last.wait(), list(self._pool.starmap(work, batch))
                                 #^^^^^^^^^^^^^^^^^ review

    def is_busy(self):
        return self._pool.running() > 0 or self._pool.free() == 0
               #^^^^^^^^^^^^^^^^^ review
                                           #^^^^^^^^^^^^^^ review
`,
      after: `
from service import concurrency

class Worker:
    def __init__(self, size):
        self._pool = concurrency.BoundedExecutor(size)

    def handle(self, work, batch):
        for item in batch:
            self._pool.submit(work, item)
        last = self._pool.submit(work, None)
        self._pool.wait()
        return last.result(), list(self._pool.starmap(work, batch))

    def is_busy(self):
        return self._pool.running() > 0 or self._pool.free() == 0
`,
    },
    {
      title: 'a pool that goes on after waiting needs its futures collected',
      before: `
import eventlet

def handle_all(handle, batches):
    pool = eventlet.GreenPool(20)
           #^^^^^^^^^^^^^^^^^ none
    for batch in batches:
        pool.spawn_n(handle, batch)
        #^^^^^^^^^^^ none
        pool.waitall()
        #^^^^^^^^^^^ none
`,
    },
    {
      title: 'what an executor cannot tell stays',
      before: `
import eventlet

def busy(handle):
    pool = eventlet.GreenPool(20)
           #^^^^^^^^^^^^^^^^^ none
    pool.spawn_n(handle)
    #^^^^^^^^^^^ none
    return pool.running()
           #^^^^^^^^^^^ none
`,
    },
    {
      title: 'a pool that others may use wants a look at them',
      before: `
from eventlet import GreenPool

class Recon:
    def __init__(self):
        self.pool = GreenPool(8)
                    #^^^^^^^^ review

    def ask_all(self, ask, hosts):
        for reply in self.pool.imap(ask, hosts):
                     #^^^^^^^^^^^^^ review
            print(reply)
`,
      after: `
import concurrent.futures

class Recon:
    def __init__(self):
        self.pool = concurrent.futures.ThreadPoolExecutor(max_workers=8)

    def ask_all(self, ask, hosts):
        for reply in self.pool.map(ask, hosts):
            print(reply)
`,
    },
    {
      title: 'a pool that only others use, is passed on or inherited from stays',
      before: `
from eventlet import GreenPool

class Pool(GreenPool):
           #^^^^^^^^ none
    pass

class Server:
    def __init__(self, serve):
        self.pool = GreenPool()
                    #^^^^^^^^ none
        serve(GreenPool(2))
              #^^^^^^^^ none
`,
    },
    {
      title: 'other people’s pools are left alone',
      before: `
import eventlet
from multiprocessing.pool import ThreadPool

def load_all(load, keys):
    with ThreadPool(8) as pool:
        return list(pool.imap(load, keys))
`,
    },
  ],
};
