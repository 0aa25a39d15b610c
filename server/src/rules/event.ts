import { argumentsOf } from '../python/calls';
import type { MemberUse, Use } from '../python/uses';
import { field, isField, statementOf, withParentheses, type Node } from '../syntax/node';
import { hasOwnLines, linesAbove, linesBelow, shiftLines } from './kit/blocks';
import { change, type ChangeBuilder } from './kit/change';
import { awaitCall, livesInCoroutines } from './kit/coroutines';
import { indentAt } from './kit/lines';
import { links } from './kit/links';
import { isMadeBy, objectOf, whatHides, type TrackedObject } from './kit/objects';
import { ambiguous, cooperative, nowhere, onAsyncio, onThreads, unless } from './kit/proposing';
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
      threading: '`threading.Event` where it is only a signal: `set()`, `wait()`, `is_set()`. Where it carries a value, `concurrent.futures.Future`: `set_result(value)`, `set_exception(error)`, `result()`, `done()`.',
      asyncio: '`asyncio.Event` for a signal, `loop.create_future()` for a value. With a time limit: `await asyncio.wait_for(asyncio.shield(future), seconds)`; without the `shield` the limit cancels the future for all who wait.',
    },
    differences: [
      { aspect: 'value of `wait()`', eventlet: 'what was sent', threading: '`True` for an event; what was set for `Future.result()`', asyncio: '`True` for an event; what was set for a future' },
      { aspect: 'time limit', eventlet: '`wait(5)` returns `None` when late', threading: '`Event.wait(5)` returns `False`, `Future.result(5)` raises `concurrent.futures.TimeoutError`', asyncio: '`wait_for` raises `TimeoutError`' },
      { aspect: 'sent twice', eventlet: '`AssertionError`; under `python -O` it overwrites silently', threading: '`set()` may be repeated, `set_result()` raises `InvalidStateError`', asyncio: '`set()` may be repeated, `set_result()` raises `InvalidStateError`' },
      { aspect: 'order', eventlet: 'who waits goes on when the sender gives way', threading: 'who waits may go on at once', asyncio: 'who waits goes on when the sender awaits' },
      { aspect: 'exception', eventlet: '`send_exception(type, value, traceback)`', threading: '`set_exception(value)` takes the instance alone', asyncio: '`set_exception(value)` takes the instance alone' },
      { aspect: 'used again', eventlet: '`reset()`', threading: '`clear()` of an event; a future is made anew', asyncio: '`clear()` of an event; a future is made anew' },
    ],
    links: [...links.event.guidance, ...links.event.python],
  },
  proposals(use, view) {
    const object = objectOf(use, view);
    const refusal = object ? (whyNoObject(object) ?? whyNoMembers(object, view)) : whyNoName(use);
    if (!object || refusal) return nowhere(refusal ?? '');
    const isSignal = object.members.every(isForSignal);
    return [isSignal || isFlag(object) ? asSignal(object, view) : asFuture(object, view), inCoroutines(object, view, isSignal)];
  },
  examples: [
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
           #^^^^^^^^^^^^^ review
    spawn(lambda: done.send(True))
                  #^^^^^^^^ review
    if not done.wait(5):
           #^^^^^^^^ review
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
      title: 'one that is passed on cannot be followed',
      before: `
import eventlet

def run(work):
    done = eventlet.Event()
           #^^^^^^^^^^^^^ none
    work(done)
    done.wait()
    #^^^^^^^^ none
`,
    },
    {
      title: 'one without a name, or as a class, cannot be followed either',
      before: `
from eventlet import event

class Result(event.Event):
             #^^^^^^^^^^ none
    pass

def start(work):
    return work(event.Event())
                #^^^^^^^^^^ none
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

const classes: ReadonlySet<string> = new Set(['eventlet.Event']);

function whyNoName(use: Use): string {
  if (use.form === 'member') return `where this event is made is not known from this file, and \`${use.member}\` is replaced together with it`;
  if (use.api !== 'eventlet.Event') return `\`${use.api}\` has no native counterpart`;
  if (use.form === 'name' && use.call) return 'the event is passed on as soon as it is made; what is done with it must be found and replaced together with it';
  return 'the class itself is passed on or inherited from, and what its objects are used for is not known here';
}

function whyNoObject(object: TrackedObject): string | undefined {
  const hidden = whatHides({ ...object, isPrivate: true });
  if (hidden) return `an event is replaced together with all its uses, and ${hidden}`;
  if (object.makers.length === 0) return `where \`${object.name}\` is made is not known from this file`;
  return isMadeBy(object, classes) ? undefined : `\`${object.name}\` is not always a plain eventlet \`Event\``;
}

function whyNoMembers(object: TrackedObject, view: FileView): string | undefined {
  for (const use of object.members) {
    const reason = whyNoMember(use, view);
    if (reason) return reason;
  }
  return undefined;
}

function whyNoMember(use: MemberUse, view: FileView): string | undefined {
  const { call, member } = use;
  if (member === 'reset') return 'after `reset()` it is used again: a `threading.Event` has `clear()`, but a `Future` must be made anew, and its users must get the new one';
  if (member === 'poll_result' || member === 'poll_exception') return `\`${member}\` has no native counterpart`;
  if (!call) return `\`${use.node.text}\` is passed on as a function, and with what it is called is not known`;
  const { positional, keywords, isOpen } = argumentsOf(call);
  const count = positional.length + keywords.size;
  if (member === 'send') return isOpen || count > 1 || keywords.has('exc') ? 'an exception may be passed to `send`; natively that is `set_exception(error)`' : undefined;
  if (member === 'send_exception') {
    if (excInfo(call) || (!isOpen && count === 1 && positional.length === 1)) return undefined;
    return '`send_exception` gets a type or a traceback of its own here, and `set_exception` takes the exception alone';
  }
  if (isOpen) return `the arguments of \`${member}\` are passed on as \`*\` or \`**\``;
  if (member === 'wait' && count > 0 && !isUnused(use) && !isCondition(call) && !timedStatement(call, view)) return 'the value of `wait` with a time limit stands in the middle of other code; `Future.result` raises when late, which wants a `try` there';
  return undefined;
}

/** Whether a `threading.Event` has this member and its value makes no difference. */
function isForSignal(use: MemberUse): boolean {
  if (use.member === 'ready') return true;
  if (use.member === 'wait') return isUnused(use);
  return use.member === 'send' && !!use.call && (isEmpty(use.call) || sentLiteral(use.call) !== undefined);
}

/** Whether it is sent with something true and nothing else, and whoever waits asks for no more than that. */
function isFlag({ members }: TrackedObject): boolean {
  return members.every((use) => {
    if (use.member === 'send') return !!use.call && sentLiteral(use.call)?.type === 'true';
    return use.member === 'ready' || (use.member === 'wait' && !!use.call && (isUnused(use) || isCondition(use.call)));
  });
}

function isUnused({ call }: MemberUse): boolean {
  return !!call && call.parent?.type === 'expression_statement';
}

function isCondition(call: Node): boolean {
  const node = withParentheses(call);
  const parent = node.parent;
  if (parent?.type === 'not_operator') return true;
  return !!parent && (parent.type === 'if_statement' || parent.type === 'while_statement' || parent.type === 'elif_clause') && isField(parent, 'condition', node);
}

function isEmpty(call: Node): boolean {
  return field(call, 'arguments')?.namedChildCount === 0;
}

/** The one argument where it is a literal whose loss nobody notices. */
function sentLiteral(call: Node): Node | undefined {
  const { positional } = argumentsOf(call);
  const [value] = positional;
  const isAlone = field(call, 'arguments')?.namedChildCount === 1;
  return isAlone && value && ['true', 'false', 'none', 'integer', 'string'].includes(value.type) ? value : undefined;
}

/** The splat in `send_exception(*sys.exc_info())`. */
function excInfo(call: Node): Node | undefined {
  const list = field(call, 'arguments');
  const only = list?.namedChildCount === 1 ? list.namedChild(0) : undefined;
  return only?.type === 'list_splat' && only.namedChild(0)?.text === 'sys.exc_info()' ? only : undefined;
}

function nameOf(use: MemberUse): Node {
  return field(use.node, 'attribute') ?? use.node;
}

function asSignal(object: TrackedObject, view: FileView): Proposal {
  const edits = change(view);
  for (const { node } of object.makers) edits.replace(node, `${edits.module('threading', node)}.Event`);
  renameForSignal(object, edits);
  const fix = onThreads('Use a `threading.Event`', [cooperative('event')], edits.done());
  const isAsked = object.members.some((use) => use.member === 'wait' && !isUnused(use));
  const asked = isAsked ? '`wait` returns True, or False when the time is up, where eventlet returned what was sent' : undefined;
  return unless(asked ?? doubt(object), fix);
}

function renameForSignal(object: TrackedObject, edits: ChangeBuilder): void {
  for (const use of object.members) {
    if (use.member === 'ready') edits.replace(nameOf(use), 'is_set');
    if (use.member !== 'send') continue;
    edits.replace(nameOf(use), 'set');
    const list = use.call && field(use.call, 'arguments');
    if (list && list.namedChildCount > 0) edits.replace(list, '()');
  }
}

function doubt(object: TrackedObject): string | undefined {
  return whatHides(object) ?? (object.makers.every(({ isCertain }) => isCertain) ? undefined : ambiguous);
}

function asFuture(object: TrackedObject, view: FileView): Proposal {
  const edits = change(view);
  for (const { node } of object.makers) edits.replace(node, `${edits.module('concurrent.futures', node)}.Future`);
  for (const use of object.members) memberOfFuture(use, edits, view);
  const fix = onThreads('Use a `concurrent.futures.Future`', [cooperative('future')], edits.done());
  return unless(doubt(object), { ...fix, claim: 'review', why: 'a second result raises `InvalidStateError`, an exception must be an instance, and whoever waits may go on before the sender gives way' });
}

function memberOfFuture(use: MemberUse, edits: ChangeBuilder, view: FileView): void {
  const { node, call, member } = use;
  const event = field(node, 'object')?.text ?? '';
  if (!call) return;
  switch (member) {
    case 'send':
      edits.replace(nameOf(use), 'set_result');
      if (isEmpty(call)) edits.insert(call.endIndex - 1, 'None');
      break;
    case 'send_exception': {
      const splat = excInfo(call);
      edits.replace(nameOf(use), 'set_exception');
      if (splat) edits.replaceRange(splat.startIndex, splat.startIndex + 1, '').insert(splat.endIndex, '[1]');
      break;
    }
    case 'ready':
      edits.replace(nameOf(use), 'done');
      break;
    case 'has_result':
      edits.replace(call, `(${event}.done() and ${event}.exception() is None)`);
      break;
    case 'has_exception':
      edits.replace(call, `(${event}.done() and ${event}.exception() is not None)`);
      break;
    case 'poll': {
      const [missing] = [...argumentsOf(call).positional, ...argumentsOf(call).keywords.values()];
      const head = `(${event}.result() if ${event}.done() else `;
      if (missing) edits.replaceRange(call.startIndex, missing.startIndex, head);
      else edits.replace(call, `${head}None)`);
      break;
    }
    case 'wait':
      edits.replace(nameOf(use), 'result');
      if (!isEmpty(call)) catchLate(call, edits, view);
  }
}

/**
 * The statement in which a value that may be late can be caught, with what happens then; undefined where other code stands around it.
 */
function timedStatement(call: Node, view: FileView): { readonly statement: Node; readonly late: string } | undefined {
  const statement = statementOf(call);
  if (!hasOwnLines(view, statement)) return undefined;
  if (statement.type === 'return_statement' && call.parent?.id === statement.id) return { statement, late: 'return None' };
  const inner = statement.type === 'expression_statement' ? statement.namedChild(0) : undefined;
  if (inner?.id === call.id) return { statement, late: 'pass' };
  const left = inner?.type === 'assignment' && isField(inner, 'right', call) ? field(inner, 'left') : undefined;
  return left?.type === 'identifier' || left?.type === 'attribute' ? { statement, late: `${left.text} = None` } : undefined;
}

// value = done.wait(5)  =>  try: value = done.result(5); except concurrent.futures.TimeoutError: value = None
function catchLate(call: Node, edits: ChangeBuilder, view: FileView): void {
  const timed = timedStatement(call, view);
  if (!timed) return;
  const { statement, late } = timed;
  const indent = indentAt(view.text, statement.startIndex);
  linesAbove(edits, view, statement, ['try:']);
  shiftLines(edits, view, statement, statement, 'right');
  linesBelow(edits, view, statement, indent, [`except ${edits.module('concurrent.futures', statement)}.TimeoutError:`, view.layout.indent + late]);
}

function inCoroutines(object: TrackedObject, view: FileView, isSignal: boolean): Proposal {
  const isTimed = object.members.some(({ member, call }) => member === 'wait' && call && !isEmpty(call));
  if (!livesInCoroutines(object)) return { target: 'asyncio', reason: 'the event is not used in coroutines only; the functions around it and their callers would have to become `async def` first' };
  if (!isSignal || isTimed) return { target: 'asyncio', reason: 'it carries a value or a time limit; that is a future of the loop and `asyncio.wait_for`, see the guide page' };
  const edits = change(view);
  for (const { node } of object.makers) edits.replace(node, `${edits.module('asyncio', node)}.Event`);
  renameForSignal(object, edits);
  for (const { member, call } of object.members) if (member === 'wait' && call) awaitCall(edits, call);
  const why = 'every part of the program that touches the event must run in one loop of asyncio';
  return unless(doubt(object), onAsyncio('Use an `asyncio.Event`', why, edits.done()));
}
