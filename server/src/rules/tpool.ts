import { argumentsOf } from '../python/calls';
import type { NameUse } from '../python/uses';
import { field, type Node } from '../syntax/node';
import { columnOf, rowsOf, shiftRow } from './kit/callLayout';
import { change, type ChangeBuilder } from './kit/change';
import { awaitCall, canAwait } from './kit/coroutines';
import { callDirectly, isPrimary } from './kit/directCall';
import { isFirstOnLine } from './kit/lines';
import { links } from './kit/links';
import { shortened } from './kit/objects';
import { ambiguous, nowhere, notAsync, onAsyncio, onThreads, unless } from './kit/proposing';
import { hasPython, type FileView } from './kit/view';
import type { NoFix, Proposal, Rule } from './rule';

export const tpool: Rule = {
  id: 'tpool',
  pattern: 4,
  names: ['eventlet.tpool.*'],
  message(use) {
    switch (use.api) {
      case 'eventlet.tpool.execute':
        return '`tpool.execute` runs a call in a native thread so that green threads can go on; on native threads the call is made directly.';
      case 'eventlet.tpool.Proxy':
        return '`tpool.Proxy` runs every method of an object in a native thread; on native threads the object is used directly.';
      default:
        return `\`${use.api}\` belongs to eventlet’s pool of native threads, which is not needed without green threads.`;
    }
  },
  guide: {
    title: 'The pool of native threads',
    does: '`tpool.execute(f, …)` runs a blocking call in one of 20 native threads and suspends only the green thread that waits for it; `tpool.Proxy(object)` does so for every method.',
    replacement: {
      threading: 'The call itself, the object itself: a native thread may block. As long as green threads run in the process, the call blocks all of them, so this comes after the threads.',
      asyncio: '`await asyncio.to_thread(f, …)`, for each call.',
    },
    differences: [
      { of: 'defaults', aspect: 'limit', eventlet: '20 calls at a time (`EVENTLET_THREADPOOL_SIZE`, `set_num_threads`)', threading: 'as many as there are threads; a `Semaphore` limits them', asyncio: 'the default executor’s threads' },
      { of: 'blocking', aspect: 'thread', eventlet: 'one of the pool', threading: 'the thread that calls', asyncio: 'one of the executor' },
      { of: 'value', aspect: '`isinstance`', eventlet: 'a proxy is no instance of the class', threading: 'the object is', asyncio: 'the object is' },
      { aspect: 'setting attributes', eventlet: 'sets them on the proxy', threading: 'sets them on the object', asyncio: 'sets them on the object' },
      { of: 'exceptions', aspect: '`SystemExit` in the call', eventlet: 'the caller waits for ever', threading: 'reaches the caller', asyncio: 'ends the loop' },
    ],
    same: {
      order: 'the caller goes on when the call has ended, in both',
      cancellation: 'a call that has begun is not ended by either',
    },
    links: [...links.tpool.guidance, ...links.tpool.python],
  },
  proposals(use, view) {
    if (use.form !== 'name') return [];
    if (!use.call) return nowhere(whyNoCall(use));
    switch (use.api) {
      case 'eventlet.tpool.execute':
        return [directly(use, use.call, view), inCoroutine(use, use.call, view)];
      case 'eventlet.tpool.Proxy':
        return [bare(use, use.call, view), { target: 'asyncio', reason: 'each blocking call of the object becomes `await asyncio.to_thread(object.method, …)`' }];
      case 'eventlet.tpool.killall':
      case 'eventlet.tpool.set_num_threads':
      case 'eventlet.tpool.setup':
        return [gone(use, use.call, view), { target: 'asyncio', reason: 'it goes when no call of the process runs in eventlet’s pool any more' }];
      default:
        return nowhere(insideOfPool(use.api));
    }
  },
  examples: [
    {
      title: 'the call is made directly',
      before: `
import shutil

from eventlet import tpool

def remove(path):
    tpool.execute(shutil.rmtree, path, ignore_errors=True)
    #^^^^^^^^^^^^ review
    return tpool.execute(lambda: path)
           #^^^^^^^^^^^^ review
`,
      after: `
import shutil

def remove(path):
    shutil.rmtree(path, ignore_errors=True)
    return (lambda: path)()
`,
    },
    {
      title: 'lines that hang or are aligned stay so',
      before: `
from eventlet import tpool

def put(disk, data, path):
    found = tpool.execute(
            #^^^^^^^^^^^^ review
        disk.find, data,  # first
        path)
    tpool.execute(disk.finish, found,
    #^^^^^^^^^^^^ review
                  path=path)
`,
      after: `
def put(disk, data, path):
    found = disk.find(
        data,  # first
        path)
    disk.finish(found,
                path=path)
`,
    },
    {
      title: 'an object is used without its proxy',
      before: `
import eventlet.tpool

class Host:
    def connect(self, uri):
        self.api = eventlet.tpool.Proxy(
                   #^^^^^^^^^^^^^^^^^^^ review
            open_connection(uri,
                            retry=True), autowrap=(dict,))
        uri = eventlet.tpool.Proxy(uri)
              #^^^^^^^^^^^^^^^^^^^ review
        return uri
`,
      after: `
class Host:
    def connect(self, uri):
        self.api = open_connection(uri,
                                   retry=True)
        return uri
`,
    },
    {
      title: 'the size of a pool that nobody needs goes',
      before: `
from eventlet import tpool

def start(size):
    tpool.set_num_threads(size)
    #^^^^^^^^^^^^^^^^^^^^ review
    return size
`,
      after: `
def start(size):
    return size
`,
    },
    {
      title: 'what is passed on, open or commented stays',
      before: `
from eventlet import tpool

def run(call, *args):
    tpool.execute(*args)
    #^^^^^^^^^^^^ none
    tpool.execute(
    #^^^^^^^^^^^^ none
        # slow
        call)
    tpool.set_num_threads(call())
    #^^^^^^^^^^^^^^^^^^^^ none
    return call(tpool.execute), tpool._nthreads
                #^^^^^^^^^^^^ none
                                #^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'somebody else’s pool is left alone',
      before: `
from machine import tpool
from eventlet import queue

tpool.execute(print)
`,
    },
    {
      title: 'inside a coroutine it runs in a thread of the executor',
      target: 'asyncio',
      before: `
from eventlet import tpool

async def load(path):
    return tpool.execute(open, path).name
           #^^^^^^^^^^^^ review
`,
      after: `
import asyncio

async def load(path):
    return (await asyncio.to_thread(open, path)).name
`,
    },
  ],
};

/**
 * Patching makes no difference here: what people give to `tpool` is what patching cannot make cooperative, so a direct call
 * freezes the green threads that are left.
 */
const stillGreen = 'as long as green threads run in this process, the call blocks all of them while it works; do it when they are gone';

function whyNoCall({ api }: NameUse): string {
  if (api === 'eventlet.tpool') return 'the module itself is passed on; its functions are replaced one by one';
  const isPublic = ['execute', 'killall', 'Proxy', 'proxy_call', 'set_num_threads', 'setup'].some((name) => api === `eventlet.tpool.${name}`);
  return isPublic ? `\`${api}\` is passed on, inherited from or exchanged here, and what it is called with is not known` : insideOfPool(api);
}

function insideOfPool(api: string): string {
  return `\`${api}\` belongs to the inside of eventlet’s pool and has no counterpart`;
}

function refused(reason: string): NoFix {
  return { target: 'threading', reason };
}

// tpool.execute(f, a, k=b)  =>  f(a, k=b)
function directly(use: NameUse, call: Node, view: FileView): Proposal {
  const [callee] = argumentsOf(call).positional;
  const edits = change(view);
  if (!callee || callee.type === 'generator_expression') return refused('which function is called is not known: it is passed on as `*`');
  if (!callDirectly(edits, view, call, callee)) return refused('a comment or a `*` stands before the function; it must be moved by hand');
  return unless(use.isCertain ? undefined : ambiguous, { ...onThreads(`Call \`${shortened(callee)}\` directly`, [], edits.done()), claim: 'review', why: stillGreen });
}

// tpool.Proxy(connection, autowrap=(dict,))  =>  connection
function bare(use: NameUse, call: Node, view: FileView): Proposal {
  const [object] = argumentsOf(call).positional;
  const list = field(call, 'arguments');
  if (!object || list?.namedChild(0)?.id !== object.id) return refused('which object is wrapped is not known: it is passed on as `*` or by name');
  if (list.descendantsOfType('comment').some((comment) => comment && (comment.startIndex < object.startIndex || comment.startIndex >= object.endIndex))) {
    return refused('a comment stands beside the object; it must be moved by hand');
  }
  const edits = change(view);
  const assignment = call.parent?.type === 'assignment' ? call.parent : undefined;
  if (assignment?.parent?.type === 'expression_statement' && field(assignment, 'left')?.text === object.text) edits.removeStatement(assignment.parent);
  else unwrap(edits, view, call, object);
  const why = `${stillGreen}. \`isinstance\`, identity and setting an attribute reach the object itself from then on`;
  return unless(use.isCertain ? undefined : ambiguous, { ...onThreads(`Use \`${shortened(object)}\` itself`, [], edits.done()), claim: 'review', why });
}

/** Puts the first argument of a call in the place of the call. Its own continuation lines stay aligned. */
function unwrap(edits: ChangeBuilder, view: FileView, call: Node, object: Node): void {
  edits.replaceRange(call.startIndex, object.startIndex, isPrimary(object) ? '' : '(');
  edits.replaceRange(object.endIndex, call.endIndex, isPrimary(object) ? '' : ')');
  const [first] = object.type === 'call' ? argumentsInOrder(object) : [];
  if (!first || isFirstOnLine(view.text, first.startIndex)) return;
  const from = columnOf(view, first.startIndex);
  const to = from + columnOf(view, call.startIndex) - columnOf(view, object.startIndex);
  for (const row of rowsOf(view, object)) shiftRow(edits, view, row, from, to);
}

function argumentsInOrder(call: Node): readonly Node[] {
  return (field(call, 'arguments')?.namedChildren ?? []).filter((child): child is Node => !!child && child.type !== 'comment');
}

function gone(use: NameUse, call: Node, view: FileView): Proposal {
  const statement = call.parent;
  const { positional, keywords, isOpen } = argumentsOf(call);
  const hasEffect = [...positional, ...keywords.values()].some((value) => value.type === 'call' || value.descendantsOfType(['call', 'named_expression', 'await']).length > 0);
  if (statement?.type !== 'expression_statement' || isOpen || hasEffect) return refused('its value or its argument may be needed; without the call the statement must be rewritten by hand');
  const edits = change(view).removeStatement(statement);
  const why = 'as long as calls of this process run in eventlet’s pool, its size or its end makes a difference';
  return unless(use.isCertain ? undefined : ambiguous, { ...onThreads('Remove the call', [], edits.done()), claim: 'review', why });
}

// tpool.execute(f, a)  =>  await asyncio.to_thread(f, a)
function inCoroutine(use: NameUse, call: Node, view: FileView): Proposal {
  if (!canAwait(call)) return notAsync;
  if (!hasPython(view, 3, 9)) return { target: 'asyncio', reason: '`asyncio.to_thread` came with Python 3.9, and this project supports older ones' };
  const edits = change(view);
  edits.replace(use.node, `${edits.module('asyncio', call)}.to_thread`);
  awaitCall(edits, call);
  return onAsyncio('Use `await asyncio.to_thread`', 'it runs in the executor of asyncio’s loop, not eventlet’s hub', edits.done());
}
