import type { NameUse } from '../python/uses';
import { isField, type Node } from '../syntax/node';
import { aliasOf, type Alias } from './kit/aliases';
import { change, isInAsyncFunction, type ChangeBuilder } from './kit/change';
import { fixOf as fixOfRewrite, rewriteOfFallback } from './kit/greenRewrite';
import { isInsideDouble } from './kit/insideDouble';
import { links } from './kit/links';
import { nowhere } from './kit/proposing';
import { argumentList, giveSeconds, secondsOf, wantsNumber } from './kit/seconds';
import type { FileView } from './kit/view';
import type { Fix, Proposal, Rule } from './rule';

export const sleep: Rule = {
  id: 'sleep',
  pattern: 4,
  names: ['eventlet.sleep'],
  message: () => '`eventlet.sleep` pauses a green thread; on native threads `time.sleep` does the same.',
  guide: {
    title: 'Sleeping',
    does: '`eventlet.sleep(seconds=0)` suspends the green thread and lets the others run; without an argument it only gives way.',
    replacement: {
      threading: '`time.sleep(seconds)`. In a loop that must be stoppable, `stop_event.wait(seconds)` is better: nothing can interrupt `time.sleep` in a thread.',
      asyncio: '`await asyncio.sleep(seconds)`; keep `await asyncio.sleep(0)`, it is the only way to give way.',
    },
    differences: [
      { of: 'exceptions', aspect: 'negative time', eventlet: 'returns at once', threading: '`ValueError`', asyncio: 'returns at once' },
      { of: 'defaults', aspect: 'no argument', eventlet: 'gives way', threading: '`TypeError`: the argument is required', asyncio: '`TypeError`: the argument is required' },
      { aspect: 'keyword', eventlet: '`sleep(seconds=1)`', threading: 'positional only', asyncio: '`asyncio.sleep(delay=1)`' },
      { of: 'cancellation', aspect: 'interruption', eventlet: '`Timeout` and `kill()` end it', threading: 'nothing ends it', asyncio: 'cancellation ends it' },
      { of: 'order', aspect: 'as a synchronisation point', eventlet: 'after `sleep(0)` the others have run up to their next wait', threading: 'no guarantee; use an event or a future', asyncio: 'each ready task has run one step' },
    ],
    same: {
      value: '`None` in all of them',
      blocking: 'it blocks the one who calls; natively, in a process that is not patched, every green thread with it',
    },
    links: [...links.sleep.guidance, ...links.sleep.python],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    if (isInsideDouble(use.node, 'time.sleep', view)) return nowhere('this is what a test puts in the place of `time.sleep`: natively it would call itself; call the real one, kept in a name before the test replaces it');
    return [onThreads(use, view), onAsyncio(use, view)];
  },
  examples: [
    {
      title: 'becomes `time.sleep`, and the import follows',
      before: `
import eventlet

def poll():
    eventlet.sleep(5)
    #^^^^^^^^^^^^^ safe
`,
      after: `
import time

def poll():
    time.sleep(5)
`,
    },
    {
      title: 'without an argument gives way with 0',
      before: `
import time

from eventlet import sleep

def poll():
    sleep()
    #^^^^ safe
`,
      after: `
import time

def poll():
    time.sleep(0)
`,
    },
    {
      title: 'what a test puts in the place of `time.sleep` would call itself',
      before: `
import time
from unittest import mock

import eventlet

def give_way(seconds):
    eventlet.sleep(0)
    #^^^^^^^^^^^^^ none

@mock.patch.object(time, 'sleep', side_effect=lambda seconds: eventlet.sleep(0))
                                                              #^^^^^^^^^^^^^ none
def test_poll(double):
    double.side_effect = lambda seconds: eventlet.sleep(1)
                                         #^^^^^^^^^^^^^ none
    with mock.patch('service.engine.time.sleep', give_way):
        eventlet.sleep(2)
        #^^^^^^^^^^^^^ safe
`,
      after: `
import time
from unittest import mock

import eventlet

def give_way(seconds):
    eventlet.sleep(0)

@mock.patch.object(time, 'sleep', side_effect=lambda seconds: eventlet.sleep(0))
def test_poll(double):
    double.side_effect = lambda seconds: eventlet.sleep(1)
    with mock.patch('service.engine.time.sleep', give_way):
        time.sleep(2)
`,
    },
    {
      title: 'a difference may be negative, which only eventlet accepts',
      before: `
from eventlet import greenthread

def poll(deadline, now):
    greenthread.sleep(deadline - now)
    #^^^^^^^^^^^^^^^^ safe
`,
      after: `
import time

def poll(deadline, now):
    time.sleep(max(0, deadline - now))
`,
    },
    {
      title: 'the largest of several differences may be negative, too',
      before: `
import eventlet

def poll(first, second, now, most):
    eventlet.sleep(max(first - now, second - now))
    #^^^^^^^^^^^^^ safe
    eventlet.sleep(max(first - now, most))
    #^^^^^^^^^^^^^ safe
`,
      after: `
import time

def poll(first, second, now, most):
    time.sleep(max(0, max(first - now, second - now)))
    time.sleep(max(first - now, most))
`,
    },
    {
      title: 'where `max` means something else, a difference is left to a person',
      before: `
import eventlet

def poll(elapsed, max=5):
    eventlet.sleep(max - elapsed)
    #^^^^^^^^^^^^^ none
    eventlet.sleep(max)
    #^^^^^^^^^^^^^ safe
`,
      after: `
import time

import eventlet

def poll(elapsed, max=5):
    eventlet.sleep(max - elapsed)
    time.sleep(max)
`,
    },
    {
      title: 'a keyword becomes the positional argument',
      before: `
import eventlet
eventlet.sleep(seconds=2)  # a while
#^^^^^^^^^^^^^ safe
`,
      after: `
import time
time.sleep(2)  # a while
`,
    },
    {
      title: 'a name that is taken gets an alias',
      before: `
import eventlet

def poll(time):
    eventlet.sleep(time)
    #^^^^^^^^^^^^^ safe
`,
      after: `
import time as time_module

def poll(time):
    time_module.sleep(time)
`,
    },
    {
      title: 'where the function imports `time` itself, but not on every way, the import is a person’s to move',
      before: `
import eventlet

def poll(debug):
    if debug:
        import time
        print(time.time())
    eventlet.sleep(5)
    #^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'passed as a value',
      before: `
import eventlet

def retry(action, pause=eventlet.sleep):
                        #^^^^^^^^^^^^^ review
    action()
    pause(1)
`,
      after: `
import time

def retry(action, pause=time.sleep):
    action()
    pause(1)
`,
    },
    {
      title: 'in a process that is not patched, one native sleep freezes every green thread',
      patched: [],
      before: `
import eventlet

def poll():
    eventlet.sleep(5)
    #^^^^^^^^^^^^^ review
`,
      after: `
import time

def poll():
    time.sleep(5)
`,
    },
    {
      title: 'what stands in the `except` for machines without eventlet stays, and keeps its name',
      before: `
try:
    from eventlet import sleep
except ImportError:
    from time import sleep

def poll():
    sleep(5)
    #^^^^ safe
    sleep()
    #^^^^ safe
`,
      after: `
from time import sleep

def poll():
    sleep(5)
    sleep(0)
`,
    },
    {
      title: 'a name that may also be something else wants a look',
      before: `
try:
    from eventlet import sleep
except ImportError:
    from service.clock import sleep

def poll():
    sleep(5)
    #^^^^ review
`,
      after: `
import time

try:
    from eventlet import sleep
except ImportError:
    from service.clock import sleep

def poll():
    time.sleep(5)
`,
    },
    {
      title: 'a name that is bound anew is left to who binds it',
      before: `
import eventlet

def patched(fake):
    old = eventlet.sleep
          #^^^^^^^^^^^^^ review
    eventlet.sleep = fake
    #^^^^^^^^^^^^^ none
    eventlet.sleep = old
    #^^^^^^^^^^^^^ none
                     #^^ none
`,
      after: `
import time

import eventlet

def patched(fake):
    old = time.sleep
    eventlet.sleep = fake
    eventlet.sleep = old
`,
    },
    {
      title: 'a name that is assigned keeps what it holds, also while a test replaces `eventlet.sleep`; its calls change with it',
      before: `
import eventlet

pause = eventlet.sleep
        #^^^^^^^^^^^^^ safe

def poll(deadline, now):
    pause(0.1)
    #^^^^ safe
    pause()
    #^^^^ safe
    pause(seconds=deadline - now)
    #^^^^ safe
`,
      after: `
import time

pause = time.sleep

def poll(deadline, now):
    pause(0.1)
    pause(0)
    pause(max(0, deadline - now))
`,
    },
    {
      title: 'where somebody else gets the name as well, it wants a look',
      before: `
import eventlet

def poll(retry, options):
    pause = eventlet.sleep
            #^^^^^^^^^^^^^ review
    pause()
    #^^^^ review
    retry(pause)
          #^^^^ review
`,
      after: `
import time

def poll(retry, options):
    pause = time.sleep
    pause(0)
    retry(pause)
`,
    },
    {
      title: 'somebody else’s sleep is left alone',
      before: `
import eventlet
from machine import sleep

def poll(bed):
    sleep(5)
    bed.sleep(5)
`,
    },
    {
      title: 'inside a coroutine it is awaited',
      target: 'asyncio',
      before: `
import eventlet

async def poll():
    eventlet.sleep(5)
    #^^^^^^^^^^^^^ review
`,
      after: `
import asyncio

async def poll():
    await asyncio.sleep(5)
`,
    },
  ],
};

const unpatched = 'the process may run without `time` being monkey-patched, and then one `time.sleep` blocks every green thread';

// eventlet.sleep(a - b)  =>  time.sleep(max(0, a - b))
function onThreads(use: NameUse, view: FileView): Proposal {
  const fallback = rewriteOfFallback(use, view);
  if (fallback) return fixOfRewrite(fallback);
  const alias = aliasOf(use, view);
  if (alias) return withAlias(alias, view);
  if (use.isAlias || isTarget(use.node)) return { target: 'threading', reason: 'the name is bound here or was bound by an assignment: change the place where it is bound' };
  const edits = change(view);
  edits.replace(use.node, `${edits.module('time', use.node)}.sleep`);
  if (!use.call) return { ...fixOf(edits), claim: 'review', why: wantsNumber };
  const refusal = giveSeconds(edits, use.call, view);
  if (refusal) return { target: 'threading', reason: refusal };
  return use.isCertain ? fixOf(edits) : { ...fixOf(edits), claim: 'review', why: 'the name may also mean something else here: another import or assignment reaches this place' };
}

/**
 * `pause = eventlet.sleep` changes together with the calls of `pause`. They stay calls of that name: it holds what it was bound to, also while a
 * test replaces `eventlet.sleep`.
 */
function withAlias({ origin, calls, isWhole }: Alias, view: FileView): Proposal {
  const edits = change(view);
  edits.replace(origin.node, `${edits.module('time', origin.node)}.sleep`);
  const isUnderstood = calls.map(({ call }) => giveSeconds(edits, call, view)).every((refusal) => refusal === undefined);
  return isWhole && isUnderstood ? fixOf(edits) : { ...fixOf(edits), claim: 'review', why: wantsNumber };
}

function fixOf(edits: ChangeBuilder): Fix {
  return { target: 'threading', title: 'Use `time.sleep`', claim: 'safe', conditions: [{ kind: 'patched', groups: ['time'], otherwise: unpatched }], change: edits.done() };
}

/** `eventlet.sleep = fake`. */
function isTarget(node: Node): boolean {
  return node.parent?.type === 'assignment' && isField(node.parent, 'left', node);
}

function onAsyncio(use: NameUse, view: FileView): Proposal {
  const call = use.call;
  if (!call || !isInAsyncFunction(call)) return { target: 'asyncio', reason: 'the function around it is not `async def`; it and all its callers would have to become so first' };
  const seconds = secondsOf(call);
  if (seconds === 'unknown') return { target: 'asyncio', reason: 'the arguments are passed on as `*` or `**`' };
  const edits = change(view);
  edits.replaceRange(call.startIndex, use.node.endIndex, `await ${edits.module('asyncio', call)}.sleep`);
  if (seconds === undefined) edits.replace(argumentList(call), '(0)');
  else if (seconds.parent?.type === 'keyword_argument') edits.replaceRange(seconds.parent.startIndex, seconds.startIndex, '');
  return { target: 'asyncio', title: 'Use `await asyncio.sleep`', claim: 'review', conditions: [], why: 'the coroutine gives way here only if an asyncio loop runs it, not eventlet’s hub', change: edits.done() };
}
