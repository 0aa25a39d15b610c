import { argumentsOf } from '../python/calls';
import type { NameUse, Use } from '../python/uses';
import type { Node } from '../syntax/node';
import { asyncTimeout } from './kit/asyncTimeout';
import { isBuiltin } from './kit/builtins';
import { change, type ChangeBuilder } from './kit/change';
import { links } from './kit/links';
import { ambiguous, nowhere, onThreads, unless } from './kit/proposing';
import { timeoutAsException } from './kit/timeoutMentions';
import { rewritten, timedWith, withOf, type TimedWith } from './kit/timedWith';
import { handledBy, handlersOf } from './kit/timeoutHandlers';
import { timeoutReason } from './kit/timeoutReasons';
import { limitedCall } from './kit/limitedCall';
import { limited, type Limited } from './kit/timeLimits';
import type { FileView } from './kit/view';
import type { Fix, NoFix, Proposal, Rule } from './rule';

export const timeout: Rule = {
  id: 'timeout',
  pattern: 3,
  names: [
    'eventlet.Timeout',
    'eventlet.TimeoutError',
    'eventlet.is_timeout',
    'eventlet.with_timeout',
    'eventlet.wrap_is_timeout',
    'eventlet.greenthread.TimeoutError',
    'eventlet.greenthread.with_timeout',
    'eventlet.timeout.*',
    'eventlet.Timeout().*',
  ],
  message(use) {
    if (use.form === 'member') return `\`${use.member}\` of an eventlet \`Timeout\`: nothing interrupts a native thread from outside, so waits get time limits of their own.`;
    if (use.api === 'eventlet.Timeout') return '`eventlet.Timeout` interrupts whatever waits; a native thread cannot be interrupted, so waits get time limits of their own.';
    return `\`${use.api}\` belongs to eventlet’s timeouts; natively waits get time limits of their own.`;
  },
  guide: {
    title: 'Timeouts',
    does: '`with Timeout(5):` raises the timeout inside the body if that still runs after five seconds, at the next point where the green thread waits. It is a `BaseException`, starts when it is made, and `Timeout(5, False)` ends the body silently.',
    replacement: {
      threading:
        'No thread can be interrupted from outside. Each wait of the body gets its own limit: `queue.get(timeout=5)`, `event.wait(5)`, `future.result(timeout=5)`, `lock.acquire(timeout=5)`, `process.communicate(timeout=5)`, the `timeout` of a socket or a request. Several waits share a deadline: `deadline - time.monotonic()`. What has no limit runs in a worker or another process.',
      asyncio: '`async with asyncio.timeout(5):` from Python 3.11 on, `asyncio.wait_for(awaitable, 5)` before.',
    },
    differences: [
      { of: 'exceptions', aspect: 'exception', eventlet: '`Timeout`, a `BaseException`', threading: '`queue.Empty`, `TimeoutExpired`, `concurrent.futures.TimeoutError`, `False` …: each an `Exception`', asyncio: '`TimeoutError`, an `Exception`' },
      { aspect: '`except Exception` above `except Timeout`', eventlet: 'lets it pass', threading: 'catches it', asyncio: 'catches it' },
      { of: 'cancellation', aspect: 'what is interrupted', eventlet: 'any wait of the green thread', threading: 'the one call that has the limit', asyncio: 'any `await`' },
      { of: 'blocking', aspect: 'what runs too long without waiting', eventlet: 'goes on', threading: 'goes on', asyncio: 'goes on' },
      { aspect: 'work that is waited for', eventlet: 'goes on in its green thread', threading: 'goes on and keeps its worker', asyncio: 'is cancelled' },
      { of: 'order', aspect: 'inside the body', eventlet: 'the timeout is raised', threading: 'nothing is raised', asyncio: '`CancelledError` is raised, `TimeoutError` only behind the block' },
      { of: 'defaults', aspect: '`None` as time', eventlet: 'never fires', threading: 'waits for ever', asyncio: 'never fires' },
    ],
    same: {
      value: 'what the body computed is lost when the time is over, in both; a call with a limit of its own says so by its value',
    },
    links: [...links.timeout.guidance, ...links.timeout.python],
  },
  proposals(use, view) {
    if (use.form !== 'name') return nowhere('the timeout is started, asked or cancelled by hand: natively every wait in between gets what is left of a deadline, `deadline - time.monotonic()`');
    if (use.api === 'eventlet.is_timeout') return [askedNatively(use, view), askedNatively(use, view, 'asyncio')];
    if (use.api.endsWith('with_timeout')) return [callNatively(use, use, view), { target: 'asyncio', reason: otherReason(use) }];
    if (use.api !== 'eventlet.Timeout') return nowhere(otherReason(use));
    const source = use.call && withOf(use.call) ? use : handledBy(use, view);
    const native = natively(use, source, view);
    return ['reason' in native ? (timeoutAsException(use, view) ?? native) : native, onTheLoop(use, source, view)];
  },
  examples: [
    {
      title: 'one wait that ends silently',
      before: `
import eventlet
from eventlet import queue

jobs = queue.Queue()

def take():
    job = None
    with eventlet.Timeout(2, False):  # not long
         #^^^^^^^^^^^^^^^ review
        job = jobs.get()
    return job
`,
      after: `
import queue as queue_module

from eventlet import queue

jobs = queue.Queue()

def take():
    job = None
    try:  # not long
        job = jobs.get(timeout=2)
    except queue_module.Empty:
        pass
    return job
`,
    },
    {
      title: 'one wait, with an exception of its own',
      before: `
import queue
import threading
from eventlet import Timeout

class Worker:
    def __init__(self):
        self.jobs = queue.Queue(5)
        self.lock = threading.Lock()

    def add(self, job):
        with Timeout(2, RuntimeError('full')):
             #^^^^^^ review
            self.jobs.put(job)
        with Timeout(seconds=3, exception=RuntimeError):
             #^^^^^^ review
            # Others may hold it.
            self.lock.acquire()
`,
      after: `
import queue
import threading

class Worker:
    def __init__(self):
        self.jobs = queue.Queue(5)
        self.lock = threading.Lock()

    def add(self, job):
        try:
            self.jobs.put(job, timeout=2)
        except queue.Full:
            raise RuntimeError('full')
        # Others may hold it.
        if not self.lock.acquire(timeout=3):
            raise RuntimeError
`,
    },
    {
      title: 'the handler follows what is raised',
      before: `
import subprocess
import eventlet

def run(command):
    process = subprocess.Popen(command)
    try:
        with eventlet.Timeout(9):
             #^^^^^^^^^^^^^^^ review
            return process.communicate()
    except eventlet.Timeout:
           #^^^^^^^^^^^^^^^ review
        process.kill()
`,
      after: `
import subprocess

def run(command):
    process = subprocess.Popen(command)
    try:
        return process.communicate(timeout=9)
    except subprocess.TimeoutExpired:
        process.kill()
`,
    },
    {
      title: 'a loop that asks and sleeps looks at a deadline',
      before: `
import eventlet

def boot(node, limit):
    with eventlet.Timeout(limit, RuntimeError("slow")):
         #^^^^^^^^^^^^^^^ review
        while not node.ready():
            eventlet.sleep(1)
    with eventlet.Timeout(limit or 30, False):
         #^^^^^^^^^^^^^^^ review
        while True:
            if node.idle():
                break
            # Give it time.
            eventlet.sleep(1)
`,
      after: `
import time

import eventlet

def boot(node, limit):
    deadline = time.monotonic() + limit
    while not node.ready():
        if time.monotonic() >= deadline:
            raise RuntimeError("slow")
        eventlet.sleep(1)
    deadline = time.monotonic() + (limit or 30)
    while True:
        if time.monotonic() >= deadline:
            break
        if node.idle():
            break
        # Give it time.
        eventlet.sleep(1)
`,
    },
    {
      title: 'what has no time limit of its own needs a decision',
      before: `
import eventlet

def ask(peer, green):
    with eventlet.Timeout(5):
         #^^^^^^^^^^^^^^^ none
        return peer.read()
    with eventlet.Timeout(5) as limit:
         #^^^^^^^^^^^^^^^ none
        green.wait()
        limit.cancel()
        #^^^^^^^^^^^ none
    with eventlet.Timeout(5):
         #^^^^^^^^^^^^^^^ none
        peer.send()
        peer.recv()
`,
    },
    {
      title: 'an `except Exception` around it would catch more natively',
      before: `
import queue
from eventlet import Timeout

def take(log):
    jobs = queue.Queue()
    try:
        with Timeout(5):
             #^^^^^^ none
            return jobs.get()
    except Exception:
        log()
    except Timeout:
           #^^^^^^ none
        raise
`,
    },
    {
      title: 'a handler of several timeouts, or of one in particular, needs a decision',
      before: `
import queue
from eventlet import Timeout

jobs = queue.Queue()

def take(peer, mine):
    try:
        with Timeout(5):
             #^^^^^^ none
            job = jobs.get()
        with Timeout(2):
             #^^^^^^ none
            peer.send(job)
    except Timeout:
           #^^^^^^ none
        peer.close()
    try:
        with Timeout(5):
             #^^^^^^ none
            jobs.get()
    except Timeout as late:
           #^^^^^^ none
        if late is not mine:
            raise
`,
    },
    {
      title: 'other mentions follow the code that raises',
      before: `
import eventlet
from eventlet.timeout import with_timeout

class Slow(eventlet.Timeout):
           #^^^^^^^^^^^^^^^ none
    def __init__(self, seconds):
        super().__init__(seconds)

def ask(peer, log):
    timer = eventlet.Timeout(5)
            #^^^^^^^^^^^^^^^ none
    try:
        return with_timeout(2, peer.read)
               #^^^^^^^^^^^ none
    except (Exception, eventlet.Timeout) as error:
                       #^^^^^^^^^^^^^^^ none
        log(eventlet.Timeout)
            #^^^^^^^^^^^^^^^ none
    finally:
        timer.cancel()
        #^^^^^^^^^^^ none
`,
    },
    {
      title: 'the question becomes one for Python’s exception',
      before: `
import eventlet

def is_late(error):
    return eventlet.is_timeout(error)
           #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
def is_late(error):
    return isinstance(error, TimeoutError)
`,
    },
    {
      title: 'other functions of Python and of `requests` have limits, too',
      before: `
import socket
import subprocess
import threading

import requests
from eventlet import Timeout

def ask(url, address, work):
    with Timeout(5, RuntimeError):
         #^^^^^^ review
        page = requests.get(url, stream=True)
    with Timeout(5, RuntimeError):
         #^^^^^^ review
        peer = socket.create_connection(address)
    with Timeout(9):
         #^^^^^^ review
        subprocess.check_call(['sync'])
    worker = threading.Thread(target=work)
    with Timeout(9):
         #^^^^^^ review
        worker.join()
    return page, peer
`,
      after: `
import socket
import subprocess
import threading

import requests

def ask(url, address, work):
    try:
        page = requests.get(url, stream=True, timeout=5)
    except requests.Timeout:
        raise RuntimeError
    try:
        peer = socket.create_connection(address, timeout=5)
    except socket.timeout:
        raise RuntimeError
    subprocess.check_call(['sync'], timeout=9)
    worker = threading.Thread(target=work)
    worker.join(timeout=9)
    if worker.is_alive():
        raise TimeoutError
    return page, peer
`,
    },
    {
      title: 'several waits share a deadline',
      before: `
import queue

import eventlet

def ask(log):
    questions = queue.Queue(1)
    answers = queue.Queue()
    try:
        with eventlet.Timeout(5):
             #^^^^^^^^^^^^^^^ review
            questions.put('why')
            return answers.get()
    except eventlet.Timeout:
           #^^^^^^^^^^^^^^^ review
        log('late')
`,
      after: `
import queue
import time

def ask(log):
    questions = queue.Queue(1)
    answers = queue.Queue()
    try:
        deadline = time.monotonic() + 5
        questions.put('why', timeout=max(0, deadline - time.monotonic()))
        return answers.get(timeout=max(0, deadline - time.monotonic()))
    except (queue.Full, queue.Empty):
        log('late')
`,
    },
    {
      title: 'a call that is limited from outside takes the limit itself, where it can',
      before: `
import queue
import subprocess

import eventlet
from eventlet.timeout import with_timeout

jobs = queue.Queue()

def take(log, job, peer):
    try:
        with_timeout(2, jobs.put, job)
        #^^^^^^^^^^^ review
    except eventlet.Timeout:
           #^^^^^^^^^^^^^^^ review
        log('full')
    with_timeout(9, subprocess.check_call, ['sync'], cwd='/')
    #^^^^^^^^^^^ review
    job = with_timeout(2, jobs.get, timeout_value=None)  # not long
          #^^^^^^^^^^^ review
    log(with_timeout(2, jobs.get))
        #^^^^^^^^^^^ none
    with_timeout(2, peer.read, timeout_value='')
    #^^^^^^^^^^^ none
    return with_timeout(2, jobs.get, timeout_value=job)
           #^^^^^^^^^^^ review
`,
      after: `
import queue
import subprocess

from eventlet.timeout import with_timeout

jobs = queue.Queue()

def take(log, job, peer):
    try:
        jobs.put(job, timeout=2)
    except queue.Full:
        log('full')
    subprocess.check_call(['sync'], cwd='/', timeout=9)
    try:
        job = jobs.get(timeout=2)  # not long
    except queue.Empty:
        job = None
    log(with_timeout(2, jobs.get))
    with_timeout(2, peer.read, timeout_value='')
    try:
        return jobs.get(timeout=2)
    except queue.Empty:
        return job
`,
    },
    {
      title: 'one that never fires goes',
      before: `
import eventlet

def send(peer):
    with eventlet.Timeout(None):
         #^^^^^^^^^^^^^^^ safe
        # As long as it takes.
        return peer()
`,
      after: `
def send(peer):
    # As long as it takes.
    return peer()
`,
    },
    {
      title: 'what is caught, raised and expected becomes `TimeoutError`',
      before: `
import eventlet
from eventlet import Timeout

def ask(peer, log):
    try:
        return peer.read()
    except (ValueError, Timeout) as error:
                        #^^^^^^ review
        log(isinstance(error, Timeout))
                              #^^^^^^ review
    try:
        return peer.read()
    except (Exception, Timeout):
                       #^^^^^^ review
        raise eventlet.Timeout()
              #^^^^^^^^^^^^^^^ review

def test_late(self, peer):
    peer.read.side_effect = [Timeout(), Timeout]
                             #^^^^^^ review
                                        #^^^^^^ none
    self.assertRaises(Timeout, ask, peer, None)
                      #^^^^^^ review
`,
      after: `
from eventlet import Timeout

def ask(peer, log):
    try:
        return peer.read()
    except (ValueError, TimeoutError) as error:
        log(isinstance(error, TimeoutError))
    try:
        return peer.read()
    except Exception:
        raise TimeoutError()

def test_late(self, peer):
    peer.read.side_effect = [TimeoutError(), Timeout]
    self.assertRaises(TimeoutError, ask, peer, None)
`,
    },
    {
      title: 'a class that is raised and caught and starts no clock is an exception',
      before: `
import eventlet

class _TooSlow(eventlet.Timeout):
               #^^^^^^^^^^^^^^^ review
    pass

class Clock(eventlet.Timeout):
            #^^^^^^^^^^^^^^^ none
    pass

def ask(peer):
    try:
        if peer.is_slow():
            raise _TooSlow()
                  #^^^^^^^ none
        with Clock(5):
             #^^^^ none
            return peer.read()
    except _TooSlow:
           #^^^^^^^ none
        return None
`,
      after: `
import eventlet

class _TooSlow(TimeoutError):
    pass

class Clock(eventlet.Timeout):
    pass

def ask(peer):
    try:
        if peer.is_slow():
            raise _TooSlow()
        with Clock(5):
            return peer.read()
    except _TooSlow:
        return None
`,
    },
    {
      title: 'somebody else’s timeout is left alone',
      before: `
import eventlet_helpers
from fixtures import Timeout

with Timeout(5):
    pass
`,
    },
    {
      title: 'inside a coroutine asyncio interrupts',
      target: 'asyncio',
      python: [3, 11],
      before: `
import eventlet

async def ask(peer):
    try:
        with eventlet.Timeout(5):
             #^^^^^^^^^^^^^^^ review
            await peer.hello()
        with eventlet.Timeout(5, ValueError):
             #^^^^^^^^^^^^^^^ review
            await peer.read()
    finally:
        with eventlet.Timeout(5, False):
             #^^^^^^^^^^^^^^^ review
            await peer.close()
`,
      after: `
import asyncio
import contextlib

async def ask(peer):
    try:
        async with asyncio.timeout(5):
            await peer.hello()
        try:
            async with asyncio.timeout(5):
                await peer.read()
        except TimeoutError:
            raise ValueError
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                await peer.close()
`,
    },
    {
      title: 'before Python 3.11 there is no such block',
      target: 'asyncio',
      before: `
import eventlet

async def ask(peer):
    with eventlet.Timeout(5):
         #^^^^^^^^^^^^^^^ none
        await peer.hello()
`,
    },
  ],
};

function otherReason(use: Use): string {
  if (use.api.endsWith('with_timeout')) return 'a native call cannot be interrupted from outside: give it a time limit of its own, or run it in a worker and wait for `future.result(timeout=…)`';
  if (use.api.endsWith('wrap_is_timeout')) return 'it marks an exception for `is_timeout`; it goes when that asks for `TimeoutError`';
  if (use.api.endsWith('TimeoutError')) return 'this is a deprecated subclass of `Timeout` and not Python’s `TimeoutError`; it follows what the rewritten code raises';
  return `\`${use.api}\` has no counterpart; what uses it is replaced`;
}

/** `source` is the `with` that the mention opens or handles. */
function natively(use: NameUse, source: NameUse | undefined, view: FileView): Proposal {
  if (source?.api.endsWith('with_timeout')) return callNatively(use, source, view);
  const refused = { target: 'threading', reason: timeoutReason(use, view) } as const;
  const timed = source && timedWith(source, view);
  if (!source || !timed || typeof timed === 'string') return refused;
  const edits = change(view);
  if (timed.seconds.type === 'none') return neverFires(use, timed, view);
  const found = limited(timed, edits, view);
  if (!found) return refused;
  return handled(use, source, { ...found, statement: timed.statement }, refused, edits, view);
}

// with_timeout(2, jobs.get)  =>  jobs.get(timeout=2)
function callNatively(use: NameUse, source: NameUse, view: FileView): Proposal {
  const refused = { target: 'threading', reason: use === source ? otherReason(use) : timeoutReason(use, view) } as const;
  const edits = change(view);
  const found = limitedCall(source, edits, view);
  return found ? handled(use, source, found, refused, edits, view) : refused;
}

/** Moves the handlers of the own function with what takes a time limit. */
function handled(use: NameUse, source: NameUse, { title, why, raised, statement }: Limited & { readonly statement: Node }, refused: NoFix, edits: ChangeBuilder, view: FileView): Proposal {
  const handlers = raised.length > 0 ? handlersOf(statement, view) : { replaced: [] };
  if (typeof handlers === 'string') return { ...refused, reason: handlers };
  const shadowed = raised.find(({ module, name }) => module === undefined && !isBuiltin(view, name, statement));
  if (shadowed) return { ...refused, reason: `\`${shadowed.name}\` means something else here; the one of Python is needed` };
  if (use !== source && !handlers.replaced.includes(use)) return refused;
  for (const { node } of handlers.replaced) {
    const names = raised.map(({ module, name }) => (module === undefined ? name : `${edits.module(module, node)}.${name}`)).join(', ');
    edits.replace(node, raised.length === 1 || node.parent?.type === 'tuple' ? names : `(${names})`);
  }
  const caught = handlers.replaced.length > 0 ? `${why}; the handler also gets such an exception where the body raises it for other reasons` : why;
  return unless(source.isCertain ? undefined : ambiguous, { ...onThreads(title, [], edits.done()), claim: 'review', why: caught });
}

// with Timeout(None): send()  =>  send()
function neverFires({ isCertain }: NameUse, timed: TimedWith, view: FileView): Fix {
  const { start, end, newText } = rewritten(view, timed, { header: [], shift: 'left', inner: [], footer: [] });
  const checked = { kind: 'checked', text: 'with `None` as its time the timeout never fires' } as const;
  return unless(isCertain ? undefined : ambiguous, onThreads('Remove the timeout that never fires', [checked], change(view).replaceRange(start, end, newText).done()));
}

function onTheLoop(use: NameUse, source: NameUse | undefined, view: FileView): Proposal {
  if (!source) return { target: 'asyncio', reason: timeoutReason(use, view) };
  const proposal = asyncTimeout(source, view);
  const isTouched = 'change' in proposal && proposal.change.edits.some(({ start, end }) => start <= use.start && use.end <= end);
  return 'reason' in proposal || isTouched ? proposal : { target: 'asyncio', reason: timeoutReason(use, view) };
}

// is_timeout(error)  =>  isinstance(error, TimeoutError)
function askedNatively({ node, call, isCertain }: NameUse, view: FileView, target: Fix['target'] = 'threading'): Proposal {
  const [error, ...others] = call ? argumentsOf(call).positional : [];
  const isAsked = call && error && others.length === 0 && call.childForFieldName('arguments')?.namedChildCount === 1;
  if (!isAsked) return { target, reason: 'the function is passed on; natively it is `isinstance(error, TimeoutError)`' };
  if (!isBuiltin(view, 'TimeoutError', node) || !isBuiltin(view, 'isinstance', node)) return { target, reason: '`TimeoutError` or `isinstance` means something else here; natively it is `isinstance(error, TimeoutError)`' };
  const edits = change(view).replace(node, 'isinstance').insert(error.endIndex, ', TimeoutError');
  const why = 'it is right when nothing raises eventlet’s `Timeout` any more, which is no `TimeoutError`';
  return unless(isCertain ? undefined : ambiguous, { ...onThreads('Ask for `TimeoutError`', [], edits.done()), target, claim: 'review', why });
}
