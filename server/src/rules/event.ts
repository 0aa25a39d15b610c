import type { MemberUse, NameUse, Use } from '../python/uses';
import { askedBefore, isAskedFor } from './kit/askedFor';
import { change } from './kit/change';
import { asFuture, asResultEvent, asSignal, inCoroutines } from './kit/eventRewrites';
import { isFlag, isForSignal, whyNoEvent, whyNoFuture, whyNoResultEvent } from './kit/eventUses';
import { links } from './kit/links';
import { objectOf, shortened, type TrackedObject } from './kit/objects';
import { cooperative, nowhere, onThreads, unless } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const event: Rule = {
  id: 'event',
  pattern: 4,
  names: ['eventlet.Event', 'eventlet.event.*', 'eventlet.Event().*'],
  message: (use) =>
    use.form === 'member'
      ? `\`${use.member}\` of an eventlet \`Event\`: it is replaced together with its event.`
      : '`eventlet.Event` is sent once and wakes green threads; a `threading.Event`, or a `Future` where it carries a value, does it natively.',
  guide: {
    title: 'Events',
    does: 'An `Event` is sent once, with a value or an exception; `wait()` suspends the green thread until then and returns the value or raises the exception.',
    replacement: {
      threading: '`threading.Event` where it is only a signal: `set()`, `wait()`, `is_set()`. Where it carries a value, `concurrent.futures.Future`: `set_result(value)`, `set_exception(error)`, `result()`, `done()`; or the event with a value that is written into the `helper-module` of the project file.',
      asyncio: '`asyncio.Event` for a signal, `loop.create_future()` for a value. With a time limit: `await asyncio.wait_for(asyncio.shield(future), seconds)`; without the `shield` the limit cancels the future for all who wait.',
    },
    differences: [
      { of: 'value', aspect: 'value of `wait()`', eventlet: 'what was sent', threading: '`True` for an event; what was set for `Future.result()`', asyncio: '`True` for an event; what was set for a future' },
      { of: 'blocking', aspect: 'time limit', eventlet: '`wait(5)` returns `None` when late', threading: '`Event.wait(5)` returns `False`, `Future.result(5)` raises `concurrent.futures.TimeoutError`', asyncio: '`wait_for` raises `TimeoutError`' },
      { of: 'defaults', aspect: 'sent twice', eventlet: '`AssertionError`; under `python -O` it overwrites silently', threading: '`set()` may be repeated, `set_result()` raises `InvalidStateError`', asyncio: '`set()` may be repeated, `set_result()` raises `InvalidStateError`' },
      { of: 'order', aspect: 'order', eventlet: 'who waits goes on when the sender gives way', threading: 'who waits may go on at once', asyncio: 'who waits goes on when the sender awaits' },
      { of: 'exceptions', aspect: 'exception', eventlet: '`send_exception(type, value, traceback)`', threading: '`set_exception(value)` takes the instance alone', asyncio: '`set_exception(value)` takes the instance alone' },
      { aspect: 'used again', eventlet: '`reset()`', threading: '`clear()` of an event; a future is made anew', asyncio: '`clear()` of an event; a future is made anew' },
      { aspect: 'copying', eventlet: 'can be copied deeply', threading: 'holds locks: neither copied nor pickled, nor is an object that has one', asyncio: 'can not be copied' },
    ],
    same: {
      cancellation: 'who waits can be killed on eventlet; natively the time limit of `wait` is all there is (see the page on green threads)',
    },
    links: [...links.event.guidance, ...links.event.python],
  },
  proposals(use, view) {
    const object = objectOf(use, view);
    if (object) return moving(object, view);
    return isHandedOver(use) ? handedOver(use, view) : nowhere(whyNoName(use));
  },
  examples: [
    {
      title: 'an event moves with the parameters of the methods that get it',
      before: `
import eventlet

class Process:
    def __init__(self):
        self._gone = eventlet.Event()
                     #^^^^^^^^^^^^^ safe
        self._watch(self._gone)

    def _watch(self, event):
        if not event.ready():
               #^^^^^^^^^^ safe
            event.send()
            #^^^^^^^^^ safe
`,
      after: `
import threading

class Process:
    def __init__(self):
        self._gone = threading.Event()
        self._watch(self._gone)

    def _watch(self, event):
        if not event.is_set():
            event.set()
`,
    },
    {
      title: 'a string may take it out of its attribute',
      before: `
import eventlet

class Service:
    def __init__(self):
        self._started = eventlet.Event()
                        #^^^^^^^^^^^^^ none

    def start(self):
        self._started.send()
        #^^^^^^^^^^^^^^^^^ none
        return getattr(self, '_started')
`,
    },
    {
      title: 'who else calls a public function is not known',
      before: `
import eventlet

def tell(event):
    event.send()
    #^^^^^^^^^ review

def _work():
    done = eventlet.Event()
           #^^^^^^^^^^^^^ review
    tell(done)
    return done.ready()
           #^^^^^^^^^ review
`,
      after: `
import threading

def tell(event):
    event.set()

def _work():
    done = threading.Event()
    tell(done)
    return done.is_set()
`,
    },
    {
      title: 'a mere signal becomes a `threading.Event`',
      before: `
from eventlet import event

class Service:
    def __init__(self):
        self._started = event.Event()
                        #^^^^^^^^^^ safe

    def start(self):
        self._started.send()
        #^^^^^^^^^^^^^^^^^ safe

    def wait_started(self):
        if not self._started.ready():
               #^^^^^^^^^^^^^^^^^^ safe
            self._started.wait(5)
            #^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import threading

class Service:
    def __init__(self):
        self._started = threading.Event()

    def start(self):
        self._started.set()

    def wait_started(self):
        if not self._started.is_set():
            self._started.wait(5)
`,
    },
    {
      title: 'a value that nobody looks at is dropped',
      before: `
import eventlet

def run(spawn):
    done = eventlet.Event()
           #^^^^^^^^^^^^^ safe
    spawn(lambda: done.send(True))
                  #^^^^^^^^ safe
    done.wait()
    #^^^^^^^^ safe
`,
      after: `
import threading

def run(spawn):
    done = threading.Event()
    spawn(lambda: done.set())
    done.wait()
`,
    },
    {
      title: 'who handles what a second `send` raises counts on it',
      before: `
import eventlet

def run():
    done = eventlet.Event()
           #^^^^^^^^^^^^^ review
    done.send()
    #^^^^^^^^ review
    try:
        done.send()
        #^^^^^^^^ review
    except AssertionError:
        print('sent before')

def walk():
    done = eventlet.Event()
           #^^^^^^^^^^^^^ review
    try:
        done.send()
        #^^^^^^^^ review
    except Exception:
        print('sent before')
`,
      after: `
import threading

def run():
    done = threading.Event()
    done.set()
    try:
        done.set()
    except AssertionError:
        print('sent before')

def walk():
    done = threading.Event()
    try:
        done.set()
    except Exception:
        print('sent before')
`,
    },
    {
      title: 'a handler for what happens before does not',
      before: `
import eventlet

def run(work):
    done = eventlet.Event()
           #^^^^^^^^^^^^^ safe
    try:
        work()
        done.send()
        #^^^^^^^^ safe
    except Exception:
        print('failed')
`,
      after: `
import threading

def run(work):
    done = threading.Event()
    try:
        work()
        done.set()
    except Exception:
        print('failed')
`,
    },
    {
      title: 'what others may use wants a look',
      before: `
from eventlet.event import Event

class Service:
    def __init__(self):
        self.started = Event()
                       #^^^^ review

    def start(self):
        self.started.send()
        #^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

class Service:
    def __init__(self):
        self.started = threading.Event()

    def start(self):
        self.started.set()
`,
    },
    {
      title: 'in a process that is not patched, waiting natively blocks every green thread',
      patched: [],
      before: `
import eventlet

def run(spawn):
    done = eventlet.Event()
           #^^^^^^^^^^^^^ review
    spawn(lambda: done.send())
                  #^^^^^^^^ review
    done.wait()
    #^^^^^^^^ review
`,
      after: `
import threading

def run(spawn):
    done = threading.Event()
    spawn(lambda: done.set())
    done.wait()
`,
    },
    {
      title: 'true is true, whoever asks',
      before: `
import eventlet

def run(spawn):
    done = eventlet.Event()
           #^^^^^^^^^^^^^ safe
    spawn(lambda: done.send(True))
                  #^^^^^^^^ safe
    if not done.wait(5):
           #^^^^^^^^ safe
        raise RuntimeError('late')
`,
      after: `
import threading

def run(spawn):
    done = threading.Event()
    spawn(lambda: done.set())
    if not done.wait(5):
        raise RuntimeError('late')
`,
    },
    {
      title: 'one that carries a value becomes a future',
      before: `
import sys

import eventlet

def ask(spawn, question):
    answer = eventlet.Event()
             #^^^^^^^^^^^^^ review

    def find():
        try:
            answer.send(question())
            #^^^^^^^^^^ review
        except ValueError as error:
            answer.send_exception(error)
            #^^^^^^^^^^^^^^^^^^^^ review
        except Exception:
            answer.send_exception(*sys.exc_info())
            #^^^^^^^^^^^^^^^^^^^^ review

    spawn(find)
    if answer.ready():
       #^^^^^^^^^^^ review
        return answer.wait()
               #^^^^^^^^^^ review
    first = answer.wait(1)  # None when late
            #^^^^^^^^^^ review
    return first or answer.poll('later')
                    #^^^^^^^^^^ review
`,
      after: `
import concurrent.futures
import sys

def ask(spawn, question):
    answer = concurrent.futures.Future()

    def find():
        try:
            answer.set_result(question())
        except ValueError as error:
            answer.set_exception(error)
        except Exception:
            answer.set_exception(sys.exc_info()[1])

    spawn(find)
    if answer.done():
        return answer.result()
    try:
        first = answer.result(1)  # None when late
    except concurrent.futures.TimeoutError:
        first = None
    return first or (answer.result() if answer.done() else 'later')
`,
    },
    {
      title: 'with a module for helper code there is one that carries values, and can be used again',
      helperModule: 'service.concurrency',
      before: `
from eventlet import event

class Question:
    def __init__(self):
        self._answer = event.Event()
                       #^^^^^^^^^^ review

    def reply(self, text):
        self._answer.send(text)
        #^^^^^^^^^^^^^^^^ review

    def fail(self, error):
        self._answer.send_exception(error)
        #^^^^^^^^^^^^^^^^^^^^^^^^^^ review

    def ask(self):
        if self._answer.ready():
           #^^^^^^^^^^^^^^^^^ review
            self._answer.reset()
            #^^^^^^^^^^^^^^^^^ review
        return self._answer.wait(5) or self._answer.poll('later')
               #^^^^^^^^^^^^^^^^ review
                                       #^^^^^^^^^^^^^^^^ review
`,
      after: `
from service import concurrency

class Question:
    def __init__(self):
        self._answer = concurrency.ResultEvent()

    def reply(self, text):
        self._answer.set(text)

    def fail(self, error):
        self._answer.set_exception(error)

    def ask(self):
        if self._answer.is_set():
            self._answer.clear()
        return self._answer.wait(5) or (self._answer.wait() if self._answer.is_set() else 'later')
`,
    },
    {
      title: 'one that is reset is a decision about its users',
      before: `
import eventlet

_tick = eventlet.Event()
        #^^^^^^^^^^^^^ none

def tick():
    _tick.send()
    #^^^^^^^^^ none
    _tick.reset()
    #^^^^^^^^^^ none
`,
    },
    {
      title: 'a value with a time limit in the middle of other code needs a decision',
      before: `
import eventlet

def ask(spawn, question):
    answer = eventlet.Event()
             #^^^^^^^^^^^^^ none
    spawn(lambda: answer.send(question()))
                  #^^^^^^^^^^ none
    return answer.wait(5) or question
           #^^^^^^^^^^ none
`,
    },
    {
      title: 'a signal that is passed on is renamed here, and whoever gets it must be, too',
      before: `
import eventlet

def run(work):
    done = eventlet.Event()
           #^^^^^^^^^^^^^ review
    work(done)
    done.wait()
    #^^^^^^^^ review
`,
      after: `
import threading

def run(work):
    done = threading.Event()
    work(done)
    done.wait()
`,
    },
    {
      title: 'one that carries a value and is passed on cannot be followed',
      before: `
import eventlet

def run(work):
    answer = eventlet.Event()
             #^^^^^^^^^^^^^ none
    work(answer)
    return answer.wait()
           #^^^^^^^^^^ none
`,
    },
    {
      title: 'one that is handed over as soon as it is made, and the class that is asked for, want the others to follow',
      before: `
from eventlet import event

def start(work):
    started = work(event.Event())
                   #^^^^^^^^^^ review
    return isinstance(started, event.Event)
                               #^^^^^^^^^^ review

class AnyEvent:
    def __eq__(self, other):
        return type(other) is event.Event
                              #^^^^^^^^^^ review

def stop(done: event.Event):
               #^^^^^^^^^^ review
    return isinstance(done, (event.Event, str))
                             #^^^^^^^^^^ review
`,
      after: `
import threading

def start(work):
    started = work(threading.Event())
    return isinstance(started, threading.Event)

class AnyEvent:
    def __eq__(self, other):
        return type(other) is threading.Event

def stop(done: threading.Event):
    return isinstance(done, (threading.Event, str))
`,
    },
    {
      title: 'one that is only passed on may be asked for its value there',
      before: `
from eventlet import event

class Client:
    def __init__(self):
        self.answers = {}

    def expect(self, number):
        answer = event.Event()
                 #^^^^^^^^^^ none
        self.answers[number] = answer
        return answer
`,
    },
    {
      title: 'unless another event of the file has to stay, which may be the same one',
      before: `
from eventlet import event

class Waiter:
    def __init__(self, done: event.Event):
                             #^^^^^^^^^^ none
        self.done = done

    def wait(self):
        return self.done.wait()
               #^^^^^^^^^^^^^ none

def prepare(events, name):
    return events.setdefault(name, event.Event())
                                   #^^^^^^^^^^ none
`,
    },
    {
      title: 'a class of its own cannot be followed',
      before: `
from eventlet import event

class Result(event.Event):
             #^^^^^^^^^^ none
    pass
`,
    },
    {
      title: 'somebody else’s event is left alone',
      before: `
import threading
from eventlet import event

def run(done):
    done.send()
    threading.Event().wait()
`,
    },
    {
      title: 'inside coroutines a signal becomes an `asyncio.Event`',
      target: 'asyncio',
      before: `
import eventlet

async def run(start):
    done = eventlet.Event()
           #^^^^^^^^^^^^^ review
    async def work():
        done.send()
        #^^^^^^^^ review
    start(work)
    done.wait()
    #^^^^^^^^ review
`,
      after: `
import asyncio

async def run(start):
    done = asyncio.Event()
    async def work():
        done.set()
    start(work)
    await done.wait()
`,
    },
  ],
};

/** What becomes of an event and of all its uses. */
function moving(object: TrackedObject, view: FileView): readonly Proposal[] {
  const isSignal = object.members.every(isForSignal) || isFlag(object);
  const refusal = whyNoEvent(object) ?? (isSignal ? undefined : whyNoFuture(object, view));
  const helped = isSignal || whyNoResultEvent(object) ? undefined : asResultEvent(object, view);
  const [threading, asyncio] = refusal ? nowhere(refusal) : [isSignal ? asSignal(object, view) : asFuture(object, view), inCoroutines(object, view)];
  return [helped, threading, asyncio].filter((proposal) => proposal !== undefined);
}

/** A member of an event in this file that keeps its name, because its event cannot be moved: another one may be that very event. */
function staying(view: FileView): MemberUse | undefined {
  return view.memory.recall('events that stay', () =>
    view.uses.find((use): use is MemberUse => {
      if (use.form !== 'member' || use.className !== 'eventlet.Event') return false;
      const object = objectOf(use, view);
      return !object || moving(object, view).every((proposal) => proposal.target !== 'threading' || 'reason' in proposal);
    }),
  );
}

/** `work(Event())`, and the class in `isinstance(x, Event)`. */
function isHandedOver(use: Use): use is NameUse {
  if (use.form !== 'name' || use.api !== 'eventlet.Event') return false;
  return use.call ? use.call.parent?.type === 'argument_list' : isAskedFor(use.node);
}

// work(event.Event())  =>  work(threading.Event())
function handedOver(use: NameUse, view: FileView): readonly Proposal[] {
  const other = staying(view);
  if (other) return nowhere(`\`${shortened(other.node)}\` in this file stays as it is, and what it is called on may be made or asked for here; the events of both places are replaced together`);
  const edits = change(view);
  edits.replace(use.node, `${edits.module('threading', use.node)}.Event`);
  const why = use.call ? 'what gets it must call `set` and `is_set`, where it calls `send` and `ready` now, and must not ask for a value' : askedBefore('threading.Event');
  return [unless(why, onThreads('Use a `threading.Event`', [cooperative('event')], edits.done())), { target: 'asyncio', reason: whyNoName(use) }];
}

function whyNoName(use: Use): string {
  if (use.form === 'member') return `where this event is made is not known from this file, and \`${use.member}\` is replaced together with it`;
  if (use.api !== 'eventlet.Event') return `\`${use.api}\` has no native counterpart`;
  if (use.form === 'name' && use.call) return 'the event is passed on as soon as it is made; what is done with it must be found and replaced together with it';
  return 'the class itself is passed on or inherited from, and what its objects are used for is not known here';
}
