import type { NameUse } from '../python/uses';
import { isBuiltin } from './kit/builtins';
import { change } from './kit/change';
import { canAwait } from './kit/coroutines';
import { links } from './kit/links';
import { ambiguous, nowhere, notAsync, onAsyncio, onThreads, unless } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const greenLocal: Rule = {
  id: 'green-local',
  pattern: 4,
  names: ['eventlet.corolocal.*'],
  message: (use) =>
    use.api === 'eventlet.corolocal.get_ident'
      ? '`corolocal.get_ident` tells green threads apart; `threading.get_ident` tells native ones apart.'
      : `\`${use.api}\` keeps values for each green thread; \`threading.local\` keeps them for each native one.`,
  guide: {
    title: 'Locals and identities of green threads',
    does: '`corolocal.local` gives every green thread its own attributes, `corolocal.get_ident()` a number that is its own while it lives.',
    replacement: {
      threading: '`threading.local` and `threading.get_ident()`. In a pool, set the values anew at the start of each task.',
      asyncio: '`contextvars.ContextVar`, and `id(asyncio.current_task())`: all tasks share one thread, and so one `threading.local`.',
    },
    differences: [
      { of: 'value', aspect: 'lifetime', eventlet: 'the green thread', threading: 'the native thread: in a pool, values leak from one task to the next', asyncio: 'the task, which starts with a copy of its maker’s context' },
      { aspect: 'identity', eventlet: 'may be given again', threading: 'may be given again', asyncio: 'may be given again' },
      { of: 'defaults', aspect: 'while patched', eventlet: 'the same as `threading.local`', threading: 'one for each green thread' },
    ],
    same: {
      exceptions: 'a missing attribute raises `AttributeError` in both',
      blocking: 'nothing waits',
      order: 'nothing is started',
      cancellation: 'values go with their thread, however it ends',
    },
    links: [...links.locals.guidance, ...links.locals.python],
  },
  proposals(use, view) {
    if (use.form !== 'name' || !natives.has(use.api)) return nowhere(`\`${use.api}\` has no counterpart of its own; \`local\` and \`get_ident\` are replaced one by one`);
    return [natively(use, view), inCoroutine(use, view)];
  },
  examples: [
    {
      title: 'locals and identities are those of `threading`',
      before: `
from eventlet import corolocal

class Context(corolocal.local):
              #^^^^^^^^^^^^^^ safe
    def __init__(self, user):
        self.user = user
        self.ident = corolocal.get_ident()
                     #^^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import threading

class Context(threading.local):
    def __init__(self, user):
        self.user = user
        self.ident = threading.get_ident()
`,
    },
    {
      title: 'in a process that is not patched, green threads share what belongs to a native one',
      patched: ['time'],
      before: `
import eventlet.corolocal

store = eventlet.corolocal.local()
        #^^^^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

store = threading.local()
`,
    },
    {
      title: 'the module itself has no counterpart',
      before: `
from eventlet import corolocal

def load(loader):
    return loader(corolocal)
                  #^^^^^^^^ none
`,
    },
    {
      title: 'somebody else’s local is left alone',
      before: `
import threading
from eventlet import semaphore

store = threading.local()
`,
    },
    {
      title: 'a coroutine is told apart by its task',
      target: 'asyncio',
      before: `
from eventlet import corolocal

store = corolocal.local()
        #^^^^^^^^^^^^^^ none

async def work():
    return corolocal.get_ident()
           #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import asyncio

from eventlet import corolocal

store = corolocal.local()

async def work():
    return id(asyncio.current_task())
`,
    },
  ],
};

const natives: ReadonlyMap<string, string> = new Map([
  ['eventlet.corolocal.get_ident', 'get_ident'],
  ['eventlet.corolocal.local', 'local'],
]);

const shared = 'the process may run without `thread` being monkey-patched, and then all green threads of a native thread share one `threading.local` and one identity';

function natively(use: NameUse, view: FileView): Proposal {
  const edits = change(view);
  const name = `threading.${natives.get(use.api) ?? 'local'}`;
  edits.replace(use.node, name.replace('threading', edits.module('threading', use.node)));
  const fix = onThreads(`Use \`${name}\``, [{ kind: 'patched', groups: ['thread'], otherwise: shared }], edits.done());
  return unless(use.isCertain ? undefined : ambiguous, fix);
}

// corolocal.get_ident()  =>  id(asyncio.current_task())
function inCoroutine(use: NameUse, view: FileView): Proposal {
  if (use.api === 'eventlet.corolocal.local') return { target: 'asyncio', reason: 'all tasks share one thread; values of a task are kept in a `contextvars.ContextVar`, which is read and set by methods' };
  if (!use.call || !canAwait(use.call)) return notAsync;
  if (!isBuiltin(view, 'id', use.call)) return { target: 'asyncio', reason: '`id` means something else here; with Python’s own it is `id(asyncio.current_task())`' };
  const edits = change(view);
  edits.replace(use.call, `id(${edits.module('asyncio', use.call)}.current_task())`);
  return onAsyncio('Use `id(asyncio.current_task())`', 'it names the task of asyncio, not the green thread that may run the loop', edits.done());
}
