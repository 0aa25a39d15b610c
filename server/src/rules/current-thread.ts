import { currentNames } from './kit/currentThread';
import { currentProposals } from './kit/greenThreads';
import { links } from './kit/links';
import type { Rule } from './rule';

export const currentThread: Rule = {
  id: 'current-thread',
  pattern: 4,
  names: currentNames,
  message: () => '`getcurrent` gives the green thread that runs; `threading.current_thread()` tells native ones apart.',
  guide: {
    title: 'The current green thread',
    does: '`eventlet.getcurrent()` returns the greenlet that runs: people take it as a key, compare it, and a few switch to it or kill it.',
    replacement: {
      threading: '`threading.current_thread()` as a key or to compare, `threading.get_ident()` where a number is enough. “Am I the main one?” is `threading.current_thread() is threading.main_thread()`. To switch to it, throw into it or kill it has no counterpart.',
      asyncio: '`asyncio.current_task()`.',
    },
    differences: [
      { of: 'value', aspect: 'outside of any', eventlet: 'the main greenlet', threading: 'the main thread', asyncio: '`None`; `RuntimeError` without a running loop' },
      { of: 'order', aspect: 'in a pool', eventlet: 'another one for each call', threading: 'the same for all calls of one worker', asyncio: 'another one for each task' },
      { of: 'defaults', aspect: 'number', eventlet: '`id(getcurrent())`, given again after its end', threading: '`get_ident()`, given again after its end', asyncio: '`id(current_task())`, given again after its end' },
    ],
    same: {
      exceptions: 'none is raised; asyncio’s `RuntimeError` stands in the table',
      blocking: 'the question does not wait',
      cancellation: 'asking cancels nothing; what is done with the answer (`kill`, `throw`) has pages of its own',
    },
    links: [...links.locals.guidance, ...links.locals.python],
  },
  proposals(use, view) {
    return use.form === 'name' ? currentProposals(use, view) : [];
  },
  examples: [
    {
      title: 'as a key it becomes the current thread',
      before: `
import eventlet

def forget(jobs):
    del jobs[eventlet.getcurrent()]
             #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

def forget(jobs):
    del jobs[threading.current_thread()]
`,
    },
    {
      title: 'its number is the number of the thread',
      before: `
from eventlet import greenthread

class Mutex:
    def is_mine(self):
        me = id(greenthread.getcurrent())
                #^^^^^^^^^^^^^^^^^^^^^ review
        return self.owner == me
`,
      after: `
import threading

class Mutex:
    def is_mine(self):
        me = threading.get_ident()
        return self.owner == me
`,
    },
    {
      title: 'one without a parent is the main thread',
      before: `
import eventlet

def is_main():
    if eventlet.getcurrent().parent:
       #^^^^^^^^^^^^^^^^^^ review
        return False
    return eventlet.getcurrent().parent is None
           #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

def is_main():
    if threading.current_thread() is not threading.main_thread():
        return False
    return threading.current_thread() is threading.main_thread()
`,
    },
    {
      title: 'as a function it becomes the function that gives the thread',
      before: `
import eventlet
import fasteners

lock = fasteners.ReaderWriterLock(current_thread_functor=eventlet.getcurrent)
                                                         #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

import fasteners

lock = fasteners.ReaderWriterLock(current_thread_functor=threading.current_thread)
`,
    },
    {
      title: 'one that is kept to be switched to, thrown into or passed on stays',
      before: `
import eventlet

def watch(register, hub):
    me = eventlet.getcurrent()
         #^^^^^^^^^^^^^^^^^^ none
    register(me)
    me.throw(ValueError)
    eventlet.getcurrent().parent.switch()
    #^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'threads of others are left alone',
      before: `
import eventlet
from greenlet import getcurrent

def name(threads):
    return threads[getcurrent()]
`,
    },
    {
      title: 'inside a coroutine it becomes the task',
      target: 'asyncio',
      before: `
import eventlet

async def forget(jobs):
    del jobs[eventlet.getcurrent()]
             #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import asyncio

async def forget(jobs):
    del jobs[asyncio.current_task()]
`,
    },
  ],
};
