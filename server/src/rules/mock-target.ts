import type { NameUse, StringUse } from '../python/uses';
import { field, type Node } from '../syntax/node';
import { change } from './kit/change';
import { doubleOf, type Double } from './kit/doubles';
import { greenModuleOf } from './kit/greenImports';
import { links } from './kit/links';
import { patchedMember } from './kit/patchedMember';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, NoFix, Proposal, Rule } from './rule';

export const mockTarget: Rule = {
  id: 'mock-target',
  pattern: 7,
  names: ['*', 'eventlet', ...['corolocal', 'debug', 'event', 'greenio', 'greenpool', 'greenthread', 'hubs', 'patcher', 'queue', 'semaphore', 'timeout', 'tpool', 'wsgi'].map((module) => `eventlet.${module}`)],
  forms: ['string', 'name'],
  answers: (use) => (use.form === 'string' ? use.purpose === 'mock' : use.form === 'name' && patchedMember(use) !== undefined),
  message: (use) => `\`${use.form === 'string' ? spelled(use) : use.api}\` is replaced for a test; that changes together with the code under test.`,
  guide: {
    title: 'Test doubles',
    does: '`mock.patch("package.module.eventlet.sleep")` and its likes put a double in the place of something of eventlet while a test runs.',
    replacement: {
      threading: 'The same with the name that the code under test uses then: `"package.module.time.sleep"`. Where every use that notices the double has a rewrite of the same name, code and doubles are one fix over all their files. What `spawn` was asserted with becomes the arguments of `threading.Thread`, and `start()`.',
      asyncio: 'The same with `"package.module.asyncio.sleep"`: `mock.patch` makes an `AsyncMock` of a coroutine function by itself.',
    },
    differences: [
      { of: 'value', aspect: 'reach of `"package.module.eventlet.sleep"`', eventlet: 'all modules that read `eventlet.sleep` while the test runs, not only `package.module`; not those that did `from eventlet import sleep`', threading: 'so they all move in one fix, with all their doubles; it is safe where no other module that the tests load reads `time.sleep`' },
      { of: 'value', aspect: 'reach of `"package.module.time.sleep"`', eventlet: '`eventlet.sleep` for everybody', threading: '`time.sleep` for everybody: threads and helpers of the test stop sleeping, too. With `from time import sleep` in the module, `"package.module.sleep"` stays local' },
      { of: 'exceptions', aspect: 'a target that nobody uses any more', eventlet: '—', threading: '`"eventlet.sleep"` can still be patched while eventlet is installed, without any effect; `"package.module.eventlet.sleep"` raises `AttributeError` when the import has gone' },
      { of: 'defaults', aspect: '`spawn`', eventlet: '`assert_called_once_with(f, a)`', threading: '`assert_called_once_with(target=f, args=(a,), daemon=True)` and `.return_value.start.assert_called_once_with()`' },
      { of: 'order', aspect: 'end of the patch', eventlet: 'nothing runs between two yields', threading: 'a thread that outlives the `with` sees the real function; join it inside' },
    ],
    same: {
      blocking: 'a double does not wait',
      cancellation: 'a double cancels nothing',
    },
    links: [...links.mocks.guidance, ...links.mocks.python],
  },
  proposals(use, view) {
    if (use.form === 'string') return inString(use, view);
    return use.form === 'name' ? inObject(use, view) : [];
  },
  examples: [
    {
      title: 'the name in the module under test changes with the module',
      before: `
from unittest import mock

@mock.patch('service.engine.eventlet.greenthread.sleep')
             #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
@mock.patch('service.engine.eventlet.green.subprocess.Popen')
             #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
def test_poll(popen, sleep):
    sleep.assert_called_once_with(5)
`,
      after: `
from unittest import mock

@mock.patch('service.engine.time.sleep')
@mock.patch('service.engine.subprocess.Popen')
def test_poll(popen, sleep):
    sleep.assert_called_once_with(5)
`,
    },
    {
      title: 'a double for everybody reaches further natively',
      before: `
from unittest.mock import patch

def test_poll():
    with patch("eventlet.sleep", new=print):
                #^^^^^^^^^^^^^ review
        pass
`,
      after: `
from unittest.mock import patch

def test_poll():
    with patch("time.sleep", new=print):
        pass
`,
    },
    {
      title: 'an attribute of the module itself',
      before: `
from unittest import mock

import eventlet
from eventlet import greenthread

def test_poll():
    with mock.patch.object(eventlet, 'sleep') as sleep:
                           #^^^^^^^ review
        sleep.assert_called_once_with(5)
    with mock.patch.object(greenthread, 'spawn') as spawn:
                           #^^^^^^^^^^ review
        spawn.assert_called_once_with(print)
`,
      after: `
import threading
import time
from unittest import mock

def test_poll():
    with mock.patch.object(time, 'sleep') as sleep:
        sleep.assert_called_once_with(5)
    with mock.patch.object(threading, 'Thread') as spawn:
        spawn.assert_called_once_with(print)
`,
    },
    {
      title: 'where what is asserted changes its shape, the double moves and the assertions want a look',
      before: `
from unittest import mock

@mock.patch('service.engine.eventlet.spawn')
             #^^^^^^^^^^^^^^^^^^^^^^^^^^^^ review
def test_start(spawn):
    spawn.assert_called_once_with(print)
`,
      after: `
from unittest import mock

@mock.patch('service.engine.threading.Thread')
def test_start(spawn):
    spawn.assert_called_once_with(print)
`,
    },
    {
      title: 'where nothing takes the place of the call, nothing is rewritten',
      before: `
from unittest import mock

@mock.patch('service.engine.eventlet')
             #^^^^^^^^^^^^^^^^^^^^^^ none
@mock.patch('eventlet.tpool.Proxy')
             #^^^^^^^^^^^^^^^^^^^ none
@mock.patch('eventlet.monkey_patch')
             #^^^^^^^^^^^^^^^^^^^^ none
def test_start(*doubles):
    pass
`,
    },
    {
      title: 'a name in pieces is left to its author',
      before: `
from unittest import mock

@mock.patch('service.engine.'
             #^^^^^^^^^^^^^^^^ none
            "eventlet.sleep")
def test_poll(sleep):
    pass
`,
    },
    {
      title: 'so is one that is put together',
      before: `
from unittest import mock
import app

@mock.patch(f'{app.__name__}.eventlet.sleep')
                            #^^^^^^^^^^^^^^ none
@mock.patch('%s.eventlet.sleep' % app.__name__)
               #^^^^^^^^^^^^^^ none
@mock.patch(app.__name__ + '.eventlet.sleep')
                            #^^^^^^^^^^^^^^ none
def test_poll(*doubles):
    pass
`,
    },
    {
      title: 'a name that is kept for later changes, too',
      before: `
from unittest import mock

TARGET = 'app.eventlet.sleep'
          #^^^^^^^^^^^^^^^^^ review

@mock.patch(TARGET)
def test_poll(sleep):
    pass
`,
      after: `
from unittest import mock

TARGET = 'app.time.sleep'

@mock.patch(TARGET)
def test_poll(sleep):
    pass
`,
    },
    {
      title: 'other strings and doubles are left alone',
      before: `
from unittest import mock

log = open('eventlet.sleep')

@mock.patch('service.concurrency.eventlets.sleep')
@mock.patch('time.sleep')
def test_poll(*doubles):
    pass
`,
    },
  ],
};

// mock.patch('service.engine.eventlet.sleep')  =>  mock.patch('service.engine.time.sleep')
function inString(use: StringUse, view: FileView): readonly Proposal[] {
  const double = doubleOf(use.api);
  const native = 'native' in double ? double.native : double.nearest;
  if (native === undefined) return nowhere(whyNone(double));
  if (use.owner) return inModule(use, use.owner, native, view);
  if (use.text.length !== use.end - use.start || use.text.startsWith('.')) return nowhere('the name is written in pieces; join them first');
  const parts = use.text.split('.');
  if (use.via !== undefined && greenModuleOf(use.api)) return keepsName(use.via);
  const owner = use.via ?? parts.slice(0, parts.indexOf('eventlet')).join('.');
  if (owner !== '' && !use.text.startsWith(`${owner}.`)) return nowhere('the module that holds the name is spelled in another way here; its own name, and what it uses then, is the target');
  const start = owner === '' ? use.start : use.start + owner.length + 1;
  const edits = change(view).replaceRange(start, use.end, native);
  const inText = onThreads(native, owner, double, edits.done());
  return [inText, ...otherForms(use, native, owner, view).map(([how, change]) => ({ ...inText, title: `Patch \`${native}\` ${how}`, change })), onAsyncio(use.api)];
}

// mock.patch.object(engine, 'sleep')  =>  mock.patch.object(engine.time, 'sleep')
function inModule(use: StringUse, owner: Node, native: string, view: FileView): readonly Proposal[] {
  const via = use.via ?? owner.text;
  if (greenModuleOf(use.api)) return keepsName(via);
  const [module = '', member = ''] = /^(.*)\.(.*)$/.exec(native)?.slice(1) ?? [];
  const beside = change(view).insert(owner.endIndex, `.${module}`);
  const byItself = change(view);
  byItself.replace(owner, byItself.module(module, owner));
  for (const edits of member === use.text ? [] : [beside, byItself]) edits.replaceRange(use.start, use.end, member);
  const inPlace = onThreads(native, via, doubleOf(use.api), beside.done());
  return [inPlace, { ...inPlace, title: `Patch \`${native}\` by its own name`, change: byItself.done() }, onAsyncio(use.api)];
}

function keepsName(module: string): readonly Proposal[] {
  return nowhere(`the target keeps its name: when \`${module}\` imports the native module, this is the double of that one`);
}

function spelled({ text, owner }: StringUse): string {
  return owner ? `${owner.text}.${text}` : text;
}

/** The same double, written in another way. */
function otherForms(use: StringUse, native: string, owner: string, view: FileView): readonly (readonly [how: string, change: Fix['change']])[] {
  // `service.engine` may have the native module under another name.
  if (owner !== '') return [['by its own name', change(view).replaceRange(use.start, use.end, native).done()]];
  const byObject = patchedByObject(use, native, view);
  return byObject ? [['by `patch.object`', byObject]] : [];
}

// mock.patch('eventlet.sleep')  =>  mock.patch.object(time, 'sleep')
function patchedByObject({ node }: StringUse, native: string, view: FileView): Fix['change'] | undefined {
  const call = node.parent?.parent;
  const callee = call?.type === 'call' ? field(call, 'function') : undefined;
  const [quote = ''] = node.text;
  if (!callee || !/^((unittest\.)?mock\.|mocker\.)?patch$/.test(callee.text) || !/^(['"])(?!\1)/.test(node.text)) return undefined;
  const [module = '', member = ''] = /^(.*)\.(.*)$/.exec(native)?.slice(1) ?? [];
  if (module === '') return undefined;
  const edits = change(view).insert(callee.endIndex, '.object');
  return edits.replace(node, `${edits.module(module, node)}, ${quote}${member}${quote}`).done();
}

// mock.patch.object(eventlet, 'sleep')  =>  mock.patch.object(time, 'sleep')
function inObject(use: NameUse, view: FileView): readonly Proposal[] {
  const patched = patchedMember(use);
  if (!patched) return [];
  if (patched === 'unknown') return nowhere('which function is replaced is not written down here; the double follows what the code under test uses then');
  const double = doubleOf(patched.api);
  const native = 'native' in double ? double.native : double.nearest;
  if (native === undefined) return nowhere(whyNone(double));
  const [module = '', member = ''] = /^(.*)\.(.*)$/.exec(native)?.slice(1) ?? [];
  const edits = change(view);
  edits.replace(use.node, edits.module(module, use.node));
  if (member !== patched.member) edits.replaceRange(patched.range.start, patched.range.end, member);
  return [onThreads(native, '', double, edits.done()), onAsyncio(patched.api)];
}

function whyNone(double: Double): string {
  return 'reason' in double ? double.reason : '';
}

function onThreads(native: string, owner: string, double: Double, change: Fix['change']): Fix {
  const together = owner === '' ? 'the code under test has to call it by then' : `\`${owner}\` has to use it by then: change both in one step`;
  const shape = 'reason' in double ? `${double.reason}; ` : '';
  const why = `${shape}${together}; the double of \`${native}\` is there for the whole process, threads and helpers of the test included`;
  return { target: 'threading', title: `Patch \`${native}\``, claim: 'review', conditions: [], why, change };
}

function onAsyncio(api: string): NoFix {
  const reason = api === 'eventlet.sleep' ? 'when the code under test awaits `asyncio.sleep`, patch that name: `mock.patch` makes an `AsyncMock` of it' : 'the code under test comes first; its double is the coroutine that it awaits then, as an `AsyncMock`';
  return { target: 'asyncio', reason };
}
