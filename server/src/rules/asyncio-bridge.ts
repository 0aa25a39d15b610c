import type { Use } from '../python/uses';
import { field, isField, withParentheses } from '../syntax/node';
import { isInAsyncFunction, change } from './kit/change';
import { links } from './kit/links';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const asyncioBridge: Rule = {
  id: 'asyncio-bridge',
  pattern: 4,
  names: ['eventlet.asyncio.*'],
  message: (use) => `\`${use.api}\` lets green threads and coroutines wait for each other; it goes with the last green thread.`,
  guide: {
    title: 'The bridge to asyncio',
    does: '`eventlet.asyncio.spawn_for_awaitable(coroutine)` gives a green thread that waits for a coroutine, and `await` takes green threads; both need the asyncio hub. They carry a program while it moves to asyncio.',
    replacement: {
      threading: 'A program that goes to native threads needs no bridge: what is a coroutine runs with `asyncio.run`, or with `asyncio.run_coroutine_threadsafe` in the thread of a loop.',
      asyncio: 'When the caller has become a coroutine: `await coroutine`. The bridge goes in the last step, with the hub. `awaitlet` is another one: deep in synchronous code it waits for a coroutine, so that the functions in between stay as they are; it needs greenlet, and goes when these functions are coroutines, too.',
    },
    differences: [
      { of: 'value', aspect: 'waiting', eventlet: '`spawn_for_awaitable(c()).wait()` in a green thread', threading: '`asyncio.run_coroutine_threadsafe(c(), loop).result()`', asyncio: '`await c()`' },
      { of: 'exceptions', aspect: '`asyncio.run` in a green thread of that hub', eventlet: '`RuntimeError`: the loop is running already', threading: 'works in a thread without a loop' },
      { of: 'cancellation', aspect: 'cancelling the task that awaits a green thread', eventlet: 'kills the green thread', threading: 'does not reach a native thread' },
    ],
    same: {
      blocking: 'who waits for a coroutine or a green thread lets the loop go on, in both',
      order: 'the coroutine begins when the loop comes to it, in both',
      defaults: 'the bridge takes no arguments beyond the awaitable',
    },
    links: [...links.awaitlet.guidance, ...links.asyncioMigration.guidance, ...links.asyncioMigration.python],
  },
  proposals: (use, view) => [{ target: 'threading', reason: 'coroutines on native threads run in a loop of their own: `asyncio.run`, or `asyncio.run_coroutine_threadsafe(coroutine, loop).result()`' }, awaiting(use, view)],
  examples: [
    {
      title: 'in a coroutine the bridge is crossed by `await`',
      target: 'asyncio',
      before: `
from eventlet.asyncio import spawn_for_awaitable

async def get(client):
    return spawn_for_awaitable(client.get()).wait()
           #^^^^^^^^^^^^^^^^^^ review
`,
      after: `
async def get(client):
    return await client.get()
`,
      also: ['green-thread'],
    },
    {
      title: 'elsewhere the bridge is needed',
      target: 'asyncio',
      before: `
import eventlet.asyncio

def get(client):
    return eventlet.asyncio.spawn_for_awaitable(client.get()).wait()
           #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none

async def start(client):
    return eventlet.asyncio.spawn_for_awaitable(client.get())
           #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'native threads have no such bridge',
      before: `
from eventlet.asyncio import spawn_for_awaitable

def start(client):
    return spawn_for_awaitable(client.get())
           #^^^^^^^^^^^^^^^^^^ none
`,
    },
    {
      title: 'Python’s own module is left alone',
      before: `
import asyncio

asyncio.run(None)
`,
    },
  ],
};

// spawn_for_awaitable(c()).wait()  =>  await c()
function awaiting(use: Use, view: FileView): Proposal {
  const call = use.form === 'name' && use.api === 'eventlet.asyncio.spawn_for_awaitable' ? use.call : undefined;
  if (!call) return { target: 'asyncio', reason: 'it goes with the hub, when no green thread is left' };
  const attribute = withParentheses(call).parent;
  const waiting = attribute?.type === 'attribute' && field(attribute, 'attribute')?.text === 'wait' && attribute.parent && isField(attribute.parent, 'function', attribute) ? attribute.parent : undefined;
  const [coroutine, ...others] = field(call, 'arguments')?.namedChildren ?? [];
  if (!isInAsyncFunction(call)) return { target: 'asyncio', reason: 'a green thread waits here; when the function around it has become a coroutine, `await` takes the place of the bridge' };
  if (!waiting || !coroutine || others.length > 0 || coroutine.type !== 'call' || field(waiting, 'arguments')?.namedChildCount !== 0) return { target: 'asyncio', reason: '`asyncio.create_task` gives a task in the place of the green thread; what is done with it must fit a task' };
  const isTight = waiting.parent?.type === 'attribute' || waiting.parent?.type === 'subscript' || waiting.parent?.type === 'call';
  const edits = change(view).replaceRange(waiting.startIndex, coroutine.startIndex, isTight ? '(await ' : 'await ').replaceRange(coroutine.endIndex, waiting.endIndex, isTight ? ')' : '');
  return { target: 'asyncio', title: 'Await the coroutine', claim: 'review', conditions: [], why: 'the coroutine that calls it must itself run in the loop, not through the bridge', change: edits.done() };
}
