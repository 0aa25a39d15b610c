import { familyOf } from './kit/family';
import { greenThreadProposals, localOnly } from './kit/greenThreads';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { Rule } from './rule';

export const spawnAfter: Rule = {
  id: 'spawn-after',
  pattern: 6,
  names: [
    'eventlet.spawn_after',
    'eventlet.greenthread.spawn_after_local',
    'eventlet.call_after_global',
    'eventlet.exc_after',
    'eventlet.greenthread.call_after',
    'eventlet.greenthread.call_after_global',
    'eventlet.greenthread.call_after_local',
    'eventlet.greenthread.exc_after',
  ],
  message: (use) => `\`${use.api}\` calls a function later, in a green thread; a \`threading.Timer\` does so in a native one.`,
  guide: {
    title: 'Spawning later',
    does: '`eventlet.spawn_after(seconds, function, *args, **kwargs)` runs the function in a green thread after that time; `cancel()` prevents it until then.',
    replacement: {
      threading:
        '`t = threading.Timer(seconds, function, args=(…), kwargs={…})`, `t.daemon = True`, `t.start()`; `t.cancel()` prevents it. Every pending timer is a thread: for many, use one scheduler, such as the delayed executors of `futurist`. There is no counterpart of `spawn_after_local`, which also forgets the call when the green thread that asked for it ends.',
      asyncio: '`handle = loop.call_later(seconds, function, *args)` and `handle.cancel()`; keywords are bound with `functools.partial`.',
    },
    differences: [
      { of: 'defaults', aspect: 'end of the program', eventlet: 'a pending call is dropped', threading: 'a timer that is no daemon keeps the program alive until it fires', asyncio: 'dropped' },
      { of: 'exceptions', aspect: '`sys.exit()` inside', eventlet: 'ends the program', threading: 'ends the thread, silently', asyncio: 'ends the program' },
      { aspect: 'other exceptions', eventlet: 'printed, and raised by `wait()`', threading: 'printed', asyncio: 'logged' },
      { of: 'value', aspect: 'value', eventlet: '`wait()` returns it', threading: 'none is kept', asyncio: 'none is kept' },
      { of: 'cancellation', aspect: 'cancelling when it runs already', eventlet: 'does nothing', threading: 'does nothing', asyncio: 'does nothing' },
      { of: 'blocking', aspect: 'where it runs', eventlet: 'in a green thread', threading: 'in a thread, in parallel: use locks', asyncio: 'in the loop: it must not block' },
      { aspect: 'making it', eventlet: 'lets nobody else run', threading: '`start()` waits for the thread, and others run meanwhile', asyncio: 'lets nobody else run' },
      { aspect: 'how many', eventlet: 'thousands cost little', threading: 'each is a thread', asyncio: 'thousands cost little' },
    ],
    same: {
      order: 'calls begin when their time has come; of two at the same time either may be first',
    },
    links: [...links.spawnAfter.guidance, ...links.spawnAfter.python],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    if (use.api.endsWith('exc_after')) return nowhere('it raises an exception in the running green thread, and nothing can raise one in a native thread from outside');
    if (/(_local|\.call_after)$/.test(use.api)) return nowhere(localOnly);
    if (!use.call) return nowhere('the function is passed on here as a value; whoever calls it decides what becomes of the timer');
    if (use.api !== 'eventlet.spawn_after' && familyOf(use, view)?.isKept) return nowhere('the timer of eventlet’s hub is kept; use `spawn_after` first, which can be rewritten together with its uses');
    return greenThreadProposals(use, view) ?? [];
  },
  examples: [
    {
      title: 'becomes a daemon timer',
      before: `
import eventlet

def start(check, wait_time):
    eventlet.spawn_after(wait_time, check, 'all', force=True)
    #^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

def start(check, wait_time):
    timer = threading.Timer(wait_time, check, args=('all',),
                            kwargs={'force': True})
    timer.daemon = True
    timer.start()
`,
    },
    {
      title: 'one that is only cancelled is a timer that can be cancelled',
      also: ['green-thread'],
      before: `
from eventlet import greenthread

class Cache:
    def __init__(self):
        self._expiry = None

    def put(self, key):
        if self._expiry is not None:
            self._expiry.cancel()
        self._expiry = greenthread.spawn_after(9, self.expire, key)
                       #^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

class Cache:
    def __init__(self):
        self._expiry = None

    def put(self, key):
        if self._expiry is not None:
            self._expiry.cancel()
        self._expiry = threading.Timer(9, self.expire, args=(key,))
        self._expiry.daemon = True
        self._expiry.start()
`,
    },
    {
      title: 'a key of a collection moves together with who looks for it, and is started when it is there',
      before: `
import eventlet

class Scheduler:
    def schedule(self, seconds, job):
        green_thread = eventlet.spawn_after(
                       #^^^^^^^^^^^^^^^^^^^ review
            seconds,
            self.run,
            job
        )

        self.jobs[green_thread] = job

    def run(self, job):
        job()
        del self.jobs[eventlet.getcurrent()]
`,
      after: `
import threading

class Scheduler:
    def schedule(self, seconds, job):
        green_thread = threading.Timer(
            seconds,
            self.run,
            args=(job,)
        )
        green_thread.daemon = True

        self.jobs[green_thread] = job
        green_thread.start()

    def run(self, job):
        job()
        del self.jobs[threading.current_thread()]
`,
    },
    {
      title: 'in a process that is not patched its function runs in a native thread',
      patched: [],
      also: ['green-thread'],
      before: `
import eventlet

def guard(work, warn):
    alarm = eventlet.spawn_after(5, warn); work()
            #^^^^^^^^^^^^^^^^^^^ review
    alarm.cancel()
`,
      after: `
import threading

def guard(work, warn):
    alarm = threading.Timer(5, warn); alarm.daemon = True; alarm.start(); work()
    alarm.cancel()
`,
    },
    {
      title: 'a timer keeps no result',
      before: `
import eventlet

def later(work):
    job = eventlet.spawn_after(5, work)
          #^^^^^^^^^^^^^^^^^^^ none
    return job.wait()
`,
    },
    {
      title: 'with a module for helper code a result can be waited for',
      helperModule: 'service.concurrency',
      also: ['green-thread'],
      before: `
import eventlet

def later(work, times):
    jobs = [eventlet.spawn_after(t, work) for t in times]
            #^^^^^^^^^^^^^^^^^^^ review
    return [job.wait() for job in jobs]
`,
      after: `
from service import concurrency

def later(work, times):
    jobs = [concurrency.call_later(t, work) for t in times]
    return [job.result() for job in jobs]
`,
    },
    {
      title: 'there must be a place for the statements that start it',
      before: `
import eventlet

def later(work, times):
    jobs = [eventlet.spawn_after(t, work) for t in times]
            #^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'nothing native depends on the green thread that asked for it',
      before: `
from eventlet import greenthread

def later(work):
    greenthread.spawn_after_local(5, work)
    #^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
    greenthread.exc_after(5, ValueError)
    #^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'other people’s timers are left alone',
      before: `
import eventlet
from reactor import spawn_after

def later(work, queue):
    spawn_after(5, work)
    queue.spawn_after(5, work)
`,
    },
    {
      title: 'inside a coroutine the loop calls it',
      target: 'asyncio',
      also: ['green-thread'],
      before: `
import eventlet

async def guard(warn):
    alarm = eventlet.spawn_after(5, warn, 'late', loud=True)
            #^^^^^^^^^^^^^^^^^^^ review
    alarm.cancel()
`,
      after: `
import asyncio
import functools

async def guard(warn):
    alarm = asyncio.get_running_loop().call_later(
        5, functools.partial(warn, 'late', loud=True))
    alarm.cancel()
`,
    },
  ],
};
