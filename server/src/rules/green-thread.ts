import type { NameUse, Use } from '../python/uses';
import { enclosing } from '../syntax/node';
import { canAwait } from './kit/coroutines';
import { change } from './kit/change';
import { greenThreadProposals } from './kit/greenThreads';
import { links } from './kit/links';
import { notAsync, nowhere, onAsyncio } from './kit/proposing';
import { whyNot } from './kit/spawned';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const greenThread: Rule = {
  id: 'green-thread',
  pattern: 4,
  names: [
    'eventlet.GreenThread().*',
    'eventlet.greenlet().*',
    'eventlet.kill',
    'eventlet.greenthread.cancel',
    'eventlet.greenthread.GreenThread',
    'eventlet.greenlet.GreenletExit',
  ],
  message: (use) =>
    use.form === 'member' ? `\`${use.member}\` of a green thread: it is replaced together with the call that starts it.` : `\`${use.api}\` deals with green threads, which native ones have no counterpart for.`,
  guide: {
    title: 'What green threads offer',
    does: 'A `GreenThread` can be waited for, linked to a callback, cancelled before it begins and killed at any wait; `GreenletExit` is what kills it.',
    replacement: {
      threading:
        '`wait()` is `Future.result()`, or `Thread.join()` where neither value nor exception is wanted. `link(callback)` is `Future.add_done_callback(callback)`. `dead` is `Future.done()` or `not thread.is_alive()`. ' +
        'There is no `kill()`: the loop asks a `threading.Event` and waits with `stop.wait(seconds)` instead of sleeping; who waits for a socket or a queue is woken by closing it or by a sentinel. ' +
        'Nothing raises `GreenletExit`, so its handlers go.',
      asyncio: '`await task`, `task.add_done_callback(callback)`, `task.done()`, and `task.cancel()`, which raises `asyncio.CancelledError` at the next `await`; who catches that must raise it again.',
    },
    differences: [
      { of: 'value', aspect: '`wait()`', eventlet: 'value or exception, as often as asked', threading: '`result()` the same; `join()` neither', asyncio: '`await` the same' },
      { of: 'cancellation', aspect: '`kill()`', eventlet: 'raises inside it, at its wait, and lets it clean up', threading: 'none: a stop event takes effect between two rounds', asyncio: '`cancel()` raises inside it, at its `await`' },
      { aspect: '`cancel()`', eventlet: 'until it begins', threading: '`Future.cancel()` while it is queued; a `Timer` until it fires', asyncio: 'at any `await`' },
      { of: 'order', aspect: 'callback of `link`', eventlet: 'gets the green thread and more arguments', threading: 'gets the future alone, in the worker’s thread', asyncio: 'gets the task alone' },
      { of: 'exceptions', aspect: 'exception in a callback', eventlet: 'printed', threading: 'logged by `concurrent.futures`', asyncio: 'logged by the loop' },
      { of: 'defaults', aspect: 'true or false', eventlet: 'true while it runs', threading: 'always true', asyncio: 'always true' },
    ],
    same: {
      blocking: '`wait()` and `result()` wait for the end in both',
    },
    links: [...links.spawn.python, ...links.kill.guidance, ...links.kill.python, ...links.link.guidance, ...links.link.python],
  },
  proposals(use, view) {
    if (use.form === 'name') return ofName(use, view);
    if (use.form !== 'member') return [];
    return greenThreadProposals(use, view) ?? nowhere(`where this green thread begins is not in sight here; ${whyNot(use.member)}`);
  },
  examples: [
    {
      title: 'a wait whose value is wanted becomes `result()`',
      also: ['spawn'],
      before: `
import eventlet

def fetch_both(fetch):
    a = eventlet.spawn(fetch, 'a')
    b = eventlet.spawn(fetch, 'b')
    return a.wait() + b.wait()
           #^^^^^ review
                      #^^^^^ review
`,
      after: `
import concurrent.futures

def fetch_both(fetch):
    a = concurrent.futures.ThreadPoolExecutor(max_workers=1).submit(fetch, 'a')
    b = concurrent.futures.ThreadPoolExecutor(max_workers=1).submit(fetch, 'b')
    return a.result() + b.result()
`,
    },
    {
      title: 'an exception that is caught wants `result()` too',
      also: ['spawn'],
      before: `
from eventlet import spawn

def run(work, log):
    job = spawn(work)
    try:
        job.wait()
        #^^^^^^^ review
    except ValueError:
        log('bad', job.dead)
                   #^^^^^^^ review
`,
      after: `
import concurrent.futures

def run(work, log):
    job = concurrent.futures.ThreadPoolExecutor(max_workers=1).submit(work)
    try:
        job.result()
    except ValueError:
        log('bad', job.done())
`,
    },
    {
      title: 'a callback that is in sight gets the future',
      also: ['spawn'],
      before: `
import eventlet

class Fetcher:
    def fetch(self, load, url):
        job = eventlet.spawn(load, url)
        job.link(self._done, url)
        #^^^^^^^ review
        job.link(lambda thread: print(thread.wait()))
        #^^^^^^^ review
        job.cancel()
        #^^^^^^^^^ review

    def _done(self, thread, url):
        self.pages[url] = thread.wait()
`,
      after: `
import concurrent.futures

class Fetcher:
    def fetch(self, load, url):
        job = concurrent.futures.ThreadPoolExecutor(max_workers=1).submit(
            load, url)
        job.add_done_callback(lambda future: self._done(future, url))
        job.add_done_callback(lambda thread: print(thread.result()))
        job.cancel()

    def _done(self, thread, url):
        self.pages[url] = thread.result()
`,
    },
    {
      title: 'nothing kills a native thread, and no callback is rewritten unseen',
      before: `
import eventlet

def run(work, log):
    job = eventlet.spawn(work)
    job.link(log)
    #^^^^^^^ none
    loop = eventlet.spawn(work)
    loop.kill()
    #^^^^^^^^ none
    eventlet.kill(loop)
    #^^^^^^^^^^^^ none
`,
    },
    {
      title: 'who handles its end has to think again',
      before: `
import greenlet
from eventlet.greenthread import GreenThread
from eventlet.support.greenlets import GreenletExit

def run(work, log):
    try:
        work()
    except GreenletExit:
           #^^^^^^^^^^^ none
        log(isinstance(work, GreenThread), greenlet.GreenletExit)
                             #^^^^^^^^^^ none
`,
    },
    {
      title: 'inside a coroutine its end is a cancellation',
      target: 'asyncio',
      before: `
from eventlet.support.greenlets import GreenletExit

async def run(work):
    try:
        await work()
    except GreenletExit:
           #^^^^^^^^^^^ review
        raise
`,
      after: `
import asyncio

async def run(work):
    try:
        await work()
    except asyncio.CancelledError:
        raise
`,
    },
    {
      title: 'other people’s threads are left alone',
      before: `
import eventlet
import threading

def run(work):
    thread = threading.Thread(target=work)
    thread.cancel()
    work.wait()
`,
    },
  ],
};

function ofName(use: NameUse, view: FileView): readonly Proposal[] {
  if (use.api === 'eventlet.greenlet.GreenletExit') return [{ target: 'threading', reason: 'nothing raises it in native threads: when nothing is killed any more, the handler goes' }, cancellation(use, view)];
  if (use.api === 'eventlet.greenthread.GreenThread') return nowhere('it becomes `threading.Thread` or `concurrent.futures.Future`, whichever the spawning calls become');
  return nowhere(whyNot(shortName(use)));
}

function shortName({ api }: Use): string {
  return api.slice(api.lastIndexOf('.') + 1);
}

// except GreenletExit:  =>  except asyncio.CancelledError:
function cancellation(use: NameUse, view: FileView): Proposal {
  if (!enclosing(use.node, 'except_clause') || !canAwait(use.node)) return notAsync;
  const edits = change(view);
  edits.replace(use.node, `${edits.module('asyncio', use.node)}.CancelledError`);
  return onAsyncio('Catch `asyncio.CancelledError`', 'who catches a cancellation must raise it again, or the task cannot be cancelled', edits.done());
}
