import type { NameUse } from '../python/uses';
import { change } from './kit/change';
import { links } from './kit/links';
import { ambiguous, nowhere, unless } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const kazoo: Rule = {
  id: 'kazoo',
  pattern: 4,
  names: ['kazoo.handlers.eventlet.*'],
  forms: ['import', 'name'],
  answers: (use) => use.form === 'import' || use.api !== 'kazoo.handlers.eventlet',
  message: (use) => `\`${use.api}\` makes kazoo wait in green threads.`,
  guide: {
    title: 'kazoo’s handler for eventlet',
    does: 'A client of ZooKeeper works through a handler: `kazoo.handlers.eventlet.SequentialEventletHandler` calls watchers and waits in green threads.',
    replacement: {
      threading: '`kazoo.handlers.threading.SequentialThreadingHandler`, which a client takes where it is given none. Its timeout is `KazooTimeoutError`; `handler.timeout_exception` is right for either.',
      asyncio: 'kazoo has no handler for it; its calls block and belong into threads.',
    },
    differences: [
      { of: 'exceptions', aspect: 'a time limit that is over', eventlet: '`kazoo.handlers.eventlet.TimeoutError`', threading: '`kazoo.handlers.threading.KazooTimeoutError`, which is unrelated' },
      { of: 'order', aspect: 'watchers', eventlet: 'one after the other, in a green thread', threading: 'one after the other, in a native thread: what they share with others needs locks' },
    ],
    same: {
      value: 'calls give the same',
      blocking: 'a call waits for its answer in both; natively other green threads run meanwhile only where the process is patched',
      cancellation: '`stop()` ends the handler in both',
      defaults: 'a client that is given no handler takes the one for threads',
    },
    links: [...links.kazoo.guidance],
  },
  proposals: (use, view) => (use.form === 'name' ? proposals(use, view) : nowhere('the import goes with the last use of the name')),
  examples: [
    {
      title: 'the handler for threads takes its place',
      before: `
from kazoo import client
from kazoo.handlers import eventlet
                           #^^^^^^^ none

zookeeper = client.KazooClient(handler=eventlet.SequentialEventletHandler())
                                       #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe
`,
      after: `
from kazoo import client
import kazoo.handlers.threading

zookeeper = client.KazooClient(handler=kazoo.handlers.threading.SequentialThreadingHandler())
`,
    },
    {
      title: 'its timeout is another class',
      before: `
import kazoo.handlers.eventlet
       #^^^^^^^^^^^^^^^^^^^^^^ none


def start(client):
    try:
        client.start()
    except kazoo.handlers.eventlet.TimeoutError:
           #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
        return None
`,
      after: `
import kazoo.handlers.eventlet
import kazoo.handlers.threading


def start(client):
    try:
        client.start()
    except kazoo.handlers.threading.KazooTimeoutError:
        return None
`,
    },
    {
      title: 'the handler for threads is left alone',
      before: `
from kazoo.handlers import threading

threading.SequentialThreadingHandler()
`,
    },
  ],
};

const inner = 'it belongs to the inside of the handler';

function proposals(use: NameUse, view: FileView): readonly Proposal[] {
  const name = natives.get(use.api.slice('kazoo.handlers.eventlet.'.length));
  if (name === undefined) return nowhere(inner);
  const edits = change(view);
  edits.replace(use.node, `${edits.module('kazoo.handlers.threading', use.node)}.${name}`);
  const isTimeout = name === 'KazooTimeoutError';
  const namesTimeout = view.uses.some(({ api }) => api === 'kazoo.handlers.eventlet.TimeoutError');
  const fix = {
    target: 'threading',
    title: `Use \`${name}\` of \`kazoo.handlers.threading\``,
    claim: 'safe',
    conditions: [{ kind: 'patched', groups: ['thread', 'socket', 'select'], otherwise: 'the process may run without being monkey-patched, and then a call that waits for ZooKeeper blocks every green thread' }],
    change: edits.done(),
  } as const;
  const doubt = isTimeout ? 'it is raised by the handler for threads only: change both in the same step' : namesTimeout ? 'its timeout is another class, which this file names: change both in the same step' : undefined;
  return [unless(doubt ?? (use.isCertain ? undefined : ambiguous), fix), { target: 'asyncio', reason: 'kazoo has no handler for an event loop' }];
}

const natives: ReadonlyMap<string, string> = new Map([
  ['SequentialEventletHandler', 'SequentialThreadingHandler'],
  ['TimeoutError', 'KazooTimeoutError'],
]);
