import { argumentsOf } from '../python/calls';
import type { MemberUse, NameUse } from '../python/uses';
import { field, isField, sameNode, type Node } from '../syntax/node';
import { ownStatement } from './kit/assigned';
import { hasOwnLines, linesBelow } from './kit/blocks';
import { isBuiltin } from './kit/builtins';
import { change } from './kit/change';
import { deletion } from './kit/deletion';
import { familyOf } from './kit/family';
import { indentAt } from './kit/lines';
import { links } from './kit/links';
import { asyncioHubTitle, asyncioHubWhy } from './kit/asyncioHub';
import { nowhere, onAsyncio } from './kit/proposing';
import { timerProposals } from './kit/timers';
import type { FileView } from './kit/view';
import type { Proposal, Rule } from './rule';

export const hub: Rule = {
  id: 'hub',
  pattern: 4,
  names: ['eventlet.hubs.*', 'eventlet.hub().*'],
  message: (use) =>
    use.form === 'member' && use.className.startsWith('eventlet.hubs.timer.')
      ? `\`${use.member}\` of a timer of eventlet’s hub: it is replaced together with its timer.`
      : messages[use.api] ?? `\`${use.api.replace(/^eventlet\.(hub\(\)\.|hubs\.(timer\.)?)?/, '')}\` belongs to eventlet’s hub; native threads have none, and asyncio has its own loop.`,
  guide: {
    title: 'The hub',
    does: 'The hub is eventlet’s event loop: it waits for sockets and timers and switches to the green thread whose turn it is.',
    replacement: {
      threading: 'Nothing: the system switches between native threads. `use_hub` is deleted; `schedule_call_global` becomes a `threading.Timer`; `trampoline(fd, read=True)` becomes `select.select([fd], [], [])` or a `selectors` loop; `switch` becomes an event or a future that is waited for.',
      asyncio: 'The loop: `call_later`, `call_soon`, `add_reader`, `add_writer`, `time`. On the way there `eventlet.hubs.use_hub("eventlet.hubs.asyncio")` runs green threads on an asyncio loop.',
    },
    differences: [
      { of: 'order', aspect: 'where a scheduled call runs', eventlet: 'in the hub, between the green threads', threading: 'in a native thread of its own, in parallel', asyncio: 'in the loop' },
      { of: 'exceptions', aspect: 'a time limit of `trampoline`', eventlet: 'raises `Timeout`, or what `timeout_exc` says', threading: '`select` gives empty lists', asyncio: '`asyncio.timeout`' },
      { of: 'defaults', aspect: 'descriptors of 1024 or more', eventlet: 'any', threading: '`select.select` raises `ValueError`; `selectors` takes them', asyncio: 'any' },
      { of: 'blocking', aspect: 'closing a descriptor that somebody waits for', eventlet: '`IOClosed`', threading: 'nothing wakes; `shutdown` does', asyncio: 'remove the reader first' },
      { of: 'cancellation', aspect: '`schedule_call_local`', eventlet: 'forgotten when the green thread that asked for it ends', threading: 'no counterpart; cancel the timer' },
    ],
    same: {
      value: 'a timer gives something to cancel it by in both',
    },
    links: [...links.hubs.guidance, ...links.spawnAfter.python],
  },
  proposals(use, view) {
    if (use.form === 'member') return ofMember(use, view);
    if (use.form !== 'name') return [];
    if (use.api === 'eventlet.hubs.use_hub') return choice(use, view);
    if (use.api === 'eventlet.hubs.trampoline') return [waiting(use, view), { target: 'asyncio', reason: 'a coroutine waits with `loop.sock_recv`, `loop.sock_accept` and so on, or is called back through `loop.add_reader`' }];
    const asked = view.uses.find((other): other is MemberUse => other.form === 'member' && (other.member === 'schedule_call_global' || settingOf(other) !== undefined) && sameNode(field(other.node, 'object'), use.call));
    return asked ? ofMember(asked, view) : reasonsFor(use.api);
  },
  examples: [
    {
      title: 'which hub runs does not matter without one',
      before: `
import os

import eventlet
import eventlet.hubs

eventlet.hubs.use_hub('poll')
#^^^^^^^^^^^^^^^^^^^^ safe
eventlet.hubs.use_hub()
#^^^^^^^^^^^^^^^^^^^^ review
eventlet.hubs.use_hub(None)
#^^^^^^^^^^^^^^^^^^^^ review
eventlet.hubs.use_hub(mod=None)
#^^^^^^^^^^^^^^^^^^^^ review
eventlet.hubs.use_hub(mod='selects')
#^^^^^^^^^^^^^^^^^^^^ safe
eventlet.hubs.use_hub(os.environ['HUB'])
#^^^^^^^^^^^^^^^^^^^^ review
eventlet.hubs.use_hub(chosen())
#^^^^^^^^^^^^^^^^^^^^ review
`,
      after: `
import os
`,
    },
    {
      title: 'what the hub prints does not matter either',
      before: `
from eventlet import hubs

def quiet():
    hubs.get_hub().debug_exceptions = False
    #^^^^^^^^^^^ safe
                   #^^^^^^^^^^^^^^^ safe
    return hubs.get_hub().debug_blocking
           #^^^^^^^^^^^ none
                          #^^^^^^^^^^^^^ none
`,
      after: `
from eventlet import hubs

def quiet():
    return hubs.get_hub().debug_blocking
`,
    },
    {
      title: 'the asyncio hub is there for coroutines, and stays while there are green threads',
      target: 'asyncio',
      before: `
from eventlet import hubs

hubs.use_hub('eventlet.hubs.asyncio')
#^^^^^^^^^^^ none
hubs.use_hub('poll')
#^^^^^^^^^^^ safe
`,
      after: `
from eventlet import hubs

hubs.use_hub('eventlet.hubs.asyncio')
`,
    },
    {
      title: 'a scheduled call becomes a timer',
      before: `
from eventlet import hubs

class Lease:
    def renew(self):
        self._timer = hubs.get_hub().schedule_call_global(30, self.renew)
                      #^^^^^^^^^^^ review
                                     #^^^^^^^^^^^^^^^^^^^ review

    def stop(self):
        self._timer.cancel()
        #^^^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

class Lease:
    def renew(self):
        self._timer = threading.Timer(30, self.renew)
        self._timer.daemon = True
        self._timer.start()

    def stop(self):
        self._timer.cancel()
`,
    },
    {
      title: 'the system waits for a descriptor',
      before: `
from eventlet.hubs import trampoline

def wait(sock, limit):
    trampoline(sock.fileno(), read=True)
    #^^^^^^^^^ review
    trampoline(sock, write=True)
    #^^^^^^^^^ review
    trampoline(sock, read=True, timeout=limit)
    #^^^^^^^^^ review
    trampoline(sock, read=True, timeout=2, timeout_exc=ValueError)
    #^^^^^^^^^ review
    return trampoline
           #^^^^^^^^^ none
`,
      after: `
import select

from eventlet.hubs import trampoline

def wait(sock, limit):
    select.select([sock.fileno()], [], [])
    select.select([], [sock], [])
    if not any(select.select([sock], [], [], limit)):
        raise TimeoutError
    if not any(select.select([sock], [], [], 2)):
        raise ValueError
    return trampoline
`,
    },
    {
      title: 'switching by hand has no counterpart',
      before: `
from eventlet import hubs

def sleep_for_ever(current):
    hub = hubs.get_hub()
          #^^^^^^^^^^^ none
    hub.schedule_call_global(60, current.switch)
    #^^^^^^^^^^^^^^^^^^^^^^^ none
    try:
        hub.switch()
        #^^^^^^^^^ none
    except hubs.IOClosed:
           #^^^^^^^^^^^^ none
        hub.abort()
        #^^^^^^^^ none
`,
    },
    {
      title: 'other hubs are left alone',
      before: `
from mypackage import hubs

hubs.use_hub('poll')
hubs.get_hub().switch()
`,
    },
  ],
};

const messages: Readonly<Record<string, string>> = {
  'eventlet.hubs.use_hub': '`hubs.use_hub` chooses the event loop that eventlet runs on; without eventlet there is nothing to choose.',
  'eventlet.hubs.trampoline': '`hubs.trampoline` suspends the green thread until a descriptor is ready; natively `select` waits for it.',
  'eventlet.hub().schedule_call_global': '`schedule_call_global` has the hub call a function later; a `threading.Timer` does so in a native thread.',
};

/** Says why nothing is offered for a name of the hub or of its module. */
function reasonsFor(api: string): readonly Proposal[] {
  const pair = (threading: string, asyncio: string): readonly Proposal[] => [
    { target: 'threading', reason: threading },
    { target: 'asyncio', reason: asyncio },
  ];
  switch (api.slice(api.lastIndexOf('.') + 1)) {
    case 'get_hub':
      return pair('native threads have no hub; look at what is asked of it', '`asyncio.get_running_loop()` gives the loop; look at what is asked of the hub');
    case 'switch':
      return pair('a native thread cannot switch to another: it waits for a `threading.Event` or a future that the other one sets', 'a coroutine awaits an `asyncio.Event` or a future that the other one sets');
    case 'schedule_call_local':
      return pair('the call is forgotten when the green thread that asked for it ends, which no timer does; cancel a `threading.Timer` there', 'cancel the handle of `loop.call_later` when the task ends');
    case 'abort':
    case 'run':
    case 'stopping':
      return pair('there is no hub to be run or stopped: threads are told to end and joined', '`asyncio.run` runs the loop and ends it');
    case 'clock':
      return pair('`time.monotonic()` is the clock', '`loop.time()` is the clock');
    case 'IOClosed':
    case 'notify_close':
    case 'notify_opened':
      return pair('nobody is told when a descriptor is closed; shut the socket down before, which wakes its readers', 'remove the reader or cancel the task before the descriptor is closed');
    case 'add':
    case 'remove':
    case 'add_timer':
      return pair('nothing calls back when a descriptor is ready: a thread waits for it, or a `selectors` loop', '`loop.add_reader`, `loop.add_writer` and `loop.call_later` do it');
    default:
      return pair('it belongs to the inside of eventlet’s hub, and native threads have none', 'it belongs to the inside of eventlet’s hub; the loop of asyncio has an interface of its own');
  }
}

function choice(use: NameUse, view: FileView): readonly Proposal[] {
  const statement = use.call && ownStatement(use.call);
  if (!use.call || !statement) return nowhere('it is not called here by a statement of its own; what is done with it goes with the hub');
  const isBridge = /asyncio/.test(use.call.text);
  const { positional: [chosen], keywords } = argumentsOf(use.call);
  const isRenewal = ((chosen ?? keywords.get('mod'))?.type ?? 'none') === 'none';
  const doubt = isBridge ? 'coroutines run on this hub: it goes when nothing but native threads is left' : isRenewal ? 'without a name it opens a new hub, which a forked child needs as long as green threads run in it' : undefined;
  const fix = deletion(statement, use.node, view, { title: 'Delete the choice of a hub', ...(doubt === undefined ? {} : { doubt }) });
  if (isBridge) return [fix, { target: 'asyncio', reason: 'on this hub green threads and coroutines share one loop: it goes last, with the last green thread' }];
  const list = field(use.call, 'arguments');
  return [fix, { ...fix, target: 'asyncio' }, ...(list ? [onAsyncio(asyncioHubTitle, asyncioHubWhy, change(view).replace(list, "('eventlet.hubs.asyncio')").done())] : [])];
}

// trampoline(fd, read=True)                              =>  select.select([fd], [], [])
// trampoline(fd, read=True, timeout=9, timeout_exc=Late)  =>  if not any(select.select([fd], [], [], 9)): raise Late
function waiting(use: NameUse, view: FileView): Proposal {
  const { positional: [what, ...others] = [], keywords, isOpen } = use.call ? argumentsOf(use.call) : {};
  const [mode, ...modes] = [...(keywords ?? [])].filter(([name]) => name === 'read' || name === 'write');
  const [limit, late] = [keywords?.get('timeout'), keywords?.get('timeout_exc')];
  const rest = [...(keywords?.keys() ?? [])].filter((name) => !['read', 'write', 'timeout', 'timeout_exc'].includes(name));
  const statement = use.call && ownStatement(use.call);
  const isOne = mode !== undefined && modes.length === 0 && mode[1].type === 'true' && rest.length === 0;
  if (!use.call || !what || others.length > 0 || isOpen || !isOne || !statement || !hasOwnLines(view, statement)) return { target: 'threading', reason: 'what it waits for is not known from here; `select.select` waits for lists of descriptors, and `selectors` for many of them' };
  const shadowed = limit && ['any', ...(late ? [] : ['TimeoutError'])].find((name) => !isBuiltin(view, name, use.node));
  if (shadowed) return { target: 'threading', reason: `\`${shadowed}\` means something else here; the one of Python is needed` };
  const edits = change(view);
  const before = limit ? 'if not any(' : '';
  const after = limit ? `, ${limit.text})):` : ')';
  edits.replaceRange(use.call.startIndex, what.startIndex, `${before}${edits.module('select', use.call)}.select(${mode[0] === 'read' ? '[' : '[], ['}`);
  edits.replaceRange(what.endIndex, use.call.endIndex, `${mode[0] === 'read' ? '], [], []' : '], []'}${after}`);
  if (limit) linesBelow(edits, view, statement, indentAt(view.text, statement.startIndex) + view.layout.indent, [`raise ${late?.text ?? 'TimeoutError'}`]);
  const raised = limit && !late ? 'when the time is up it raises `TimeoutError`, an `Exception`, and not eventlet’s `Timeout`; ' : '';
  const why = `${raised}\`select.select\` takes descriptors below 1024 only, and somebody who closes this one does not wake it`;
  const otherwise = 'the process may run without `select` being monkey-patched, and then waiting blocks every green thread';
  return { target: 'threading', title: 'Use `select.select`', claim: 'review', conditions: [{ kind: 'patched', groups: ['select'], otherwise }], why, change: edits.done() };
}

function ofMember(use: MemberUse, view: FileView): readonly Proposal[] {
  const setting = settingOf(use);
  if (setting) {
    const fix = deletion(setting, use.node, view, { title: 'Delete this setting of the hub' });
    return [fix, { ...fix, target: 'asyncio' }];
  }
  const isTimer = use.className.startsWith('eventlet.hubs.timer.') || use.member === 'schedule_call_global';
  const family = isTimer ? familyOf(use, view) : undefined;
  if (!family) return isTimer ? nowhere('where this timer is made is not in sight here; it moves with that') : reasonsFor(use.api);
  const resumed = family.makers.find(({ call }) => /\.(switch|throw|kill)$/.test(argumentsOf(call).positional[1]?.text ?? ''));
  if (resumed) return nowhere('it resumes a green thread, which no native thread can do: what that one waits for must be an event or a future');
  return timerProposals(family, view);
}

/** `hub.debug_exceptions = False`: the statement, where it sets what the hub prints and nothing else. */
function settingOf({ member, node }: MemberUse): Node | undefined {
  const assignment = node.parent;
  const isSet = /^debug_/.test(member) && assignment?.type === 'assignment' && isField(assignment, 'left', node) && field(assignment, 'right')?.type !== 'assignment';
  return isSet && assignment.parent?.type === 'expression_statement' ? assignment.parent : undefined;
}
