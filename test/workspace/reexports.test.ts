import { describe, expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';
import { readMarked, withMarks } from '../kit/markers';

/** Holds the findings of the last file against the marks in it; a label is what is used, and `via` which module. */
async function check(files: Readonly<Record<string, string>>, path = Object.keys(files).at(-1) ?? ''): Promise<void> {
  const { text, markers } = readMarked(files[path] ?? '');
  const workspace = await scanned({ ...files, [path]: text });
  const found = workspace.findings(`file:///p/${path}`).map(({ range, api, via }) => ({ ...range, label: via === undefined ? api : `${api} via ${via}` }));
  workspace.dispose();
  expect(withMarks({ text, markers: found })).toBe(withMarks({ text, markers }));
}

async function scanned(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const all = Object.entries(files).map(([path, text]) => [`file:///p/${path}`, text.replace(/^\n/, '')] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'] });
  await workspace.scan();
  return workspace;
}

const concurrency = `
import eventlet
from eventlet import GreenPool, Timeout
from eventlet.green.http.client import _UNKNOWN
sleep = eventlet.sleep
__all__ = ['sleep', 'GreenPool', '_UNKNOWN']
`;

describe('through one module', () => {
  const base = { 'pkg/__init__.py': '', 'pkg/concurrency.py': concurrency };

  it('imported names, whatever they are called', () =>
    check({ ...base, 'pkg/a.py': `
from pkg.concurrency import sleep as nap
                            #^^^^ eventlet.sleep via pkg.concurrency
nap(1)
#^^ eventlet.sleep via pkg.concurrency
` }));

  it('attributes of the module, imported in any way', () =>
    check({ ...base, 'pkg/a.py': `
import pkg.concurrency
import pkg.concurrency as c
from . import concurrency
pkg.concurrency.sleep(1)
#^^^^^^^^^^^^^^^^^^^^ eventlet.sleep via pkg.concurrency
c.eventlet.spawn(print)
#^^^^^^^^^^^^^^^ eventlet.spawn via pkg.concurrency
concurrency.GreenPool().waitall()
#^^^^^^^^^^^^^^^^^^^^ eventlet.GreenPool via pkg.concurrency
                        #^^^^^^ eventlet.GreenPool().waitall via pkg.concurrency
c.other()
` }));

  it('a star brings in what `__all__` says', () =>
    check({ ...base, 'pkg/a.py': `
from pkg.concurrency import *
sleep(1)
#^^^^ eventlet.sleep via pkg.concurrency
print(_UNKNOWN)
      #^^^^^^^ eventlet.green.http.client._UNKNOWN via pkg.concurrency
Timeout(1)
` }));

  it('a name that the file binds itself is its own', () =>
    check({ ...base, 'pkg/a.py': `
from pkg.concurrency import sleep
                            #^^^^ eventlet.sleep via pkg.concurrency
def spawn(sleep):
    sleep(1)
` }));
});

describe('in strings', () => {
  const base = { 'pkg/__init__.py': '', 'pkg/concurrency.py': concurrency, 'pkg/worker.py': 'from pkg.concurrency import sleep\n' };

  it('targets of mocks, in one piece or several', () =>
    check({ ...base, 'test_worker.py': `
from unittest import mock
mock.patch('pkg.worker.sleep')
            #^^^^^^^^^^^^^^^ eventlet.sleep via pkg.worker
mock.patch(target='pkg.worker.sleep')
                   #^^^^^^^^^^^^^^^ eventlet.sleep via pkg.worker
mock.patch('pkg.worker.other')
mock.patch('pkg.'
            #^^^^^ eventlet.GreenPool via pkg.concurrency
           'concurrency.GreenPool')
print('pkg.worker.sleep')
` }));
});

describe('through several modules', () => {
  it('with assignments and stars on the way', () =>
    check({
      'pkg/__init__.py': 'from ._impl import *\n',
      'pkg/_impl.py': 'from . import low\npause = low.nap\n',
      'pkg/low.py': 'import eventlet\nnap = eventlet.sleep\n',
      'main.py': `
import pkg
pkg.pause(1)
#^^^^^^^^ eventlet.sleep via pkg
`,
    }));

  it('in circles', () =>
    check({
      'a.py': 'from b import *\nfrom eventlet import sleep\n',
      'b.py': 'from a import *\nfrom c import nap\n',
      'c.py': 'from a import sleep as nap\nfrom b import nap as rest\n',
      'main.py': `
from b import nap, sleep
              #^^ eventlet.sleep via b
                   #^^^^ eventlet.sleep via b
from c import rest
              #^^^ eventlet.sleep via c
`,
    }));

  it('objects that a module holds', () =>
    check({
      'pools.py': 'from eventlet import GreenPool\npool = GreenPool()\n',
      'more.py': 'from pools import pool as shared\n',
      'main.py': `
import more
more.shared.spawn_n(print)
#^^^^^^^^^^^^^^^^^^ eventlet.GreenPool().spawn_n via more
`,
    }));
});

describe('what stands in for eventlet in another module', () => {
  it('a subclass that is entered, raised and caught', () =>
    check({
      'pkg/__init__.py': '',
      'pkg/concurrency.py': concurrency,
      'pkg/exceptions.py': 'from pkg.concurrency import Timeout\nclass MessageTimeout(Timeout):\n    pass\nclass LockTimeout(MessageTimeout):\n    pass\n',
      'pkg/locks.py': `
from pkg import exceptions
from pkg.exceptions import LockTimeout
try:
    with LockTimeout(5):
         #^^^^^^^^^^ eventlet.Timeout via pkg.exceptions
        raise exceptions.MessageTimeout
              #^^^^^^^^^^^^^^^^^^^^^^^^ eventlet.Timeout via pkg.exceptions
except (OSError, exceptions.LockTimeout):
                 #^^^^^^^^^^^^^^^^^^^^^ eventlet.Timeout via pkg.exceptions
    pass
`,
    }));

  it('a wrapper, what it gives, and wrappers of it', () =>
    check({
      'pkg/__init__.py': '',
      'pkg/utils.py': 'import eventlet\ndef spawn(f, *args):\n    return eventlet.spawn(f, *args)\n',
      'pkg/more.py': 'from pkg import utils\ndef start(f):\n    return utils.spawn(f)\n',
      'pkg/a.py': `
from pkg.more import start
thread = start(print)
         #^^^^ eventlet.spawn via pkg.more
thread.wait()
#^^^^^^^^^^ eventlet.GreenThread().wait via pkg.more
`,
    }));

  it('methods and attributes of a class', () =>
    check({
      'helpers.py': 'import eventlet\nclass Helper:\n    sleep = eventlet.sleep\n    @staticmethod\n    def spawn(f):\n        return eventlet.spawn(f)\n',
      'handed.py': 'from helpers import Helper as H\n',
      'main.py': `
from handed import H
import helpers
H.sleep(1)
#^^^^^^ eventlet.sleep via handed
helpers.Helper.spawn(print)
#^^^^^^^^^^^^^^^^^^^ eventlet.spawn via helpers
helpers.Helper.other()
`,
    }));

  it('another package that may run on eventlet', () =>
    check({
      'main.py': `
from os_ken.lib import hub
from ryu.lib.hub import sleep
thread = hub.spawn(print)
         #^^^^^^^^ eventlet.spawn via os_ken.lib.hub
hub.Event()
sleep(1)
#^^^^ eventlet.sleep via ryu.lib.hub
`,
    }));

  it('is left alone, with the reason', async () => {
    const workspace = await scanned({ 'utils.py': 'import eventlet\neventlet.monkey_patch()\ndef nap(s):\n    eventlet.sleep(s)\n', 'main.py': 'import utils\nutils.nap(1)\n' });
    const [finding] = workspace.findings('file:///p/main.py');
    expect(finding).toMatchObject({ rule: 'sleep', message: '`nap` is a wrapper of `eventlet.sleep`, defined in `utils`; it changes there.', reason: 'change `nap` once, and its callers follow', fixes: [] });
    workspace.dispose();
  });
});

describe('the way is shown', () => {
  const files = {
    'pkg/__init__.py': '',
    'pkg/low.py': 'import eventlet\n\nnap = eventlet.sleep\n',
    'pkg/high.py': 'from pkg.low import nap as pause\n',
    'main.py': 'from pkg.high import pause\npause(1)\n',
  };

  it('place by place, the nearest first', async () => {
    const workspace = await scanned(files);
    const uri = 'file:///p/main.py';
    const related = workspace.findings(uri).map((finding) => workspace.related(uri, finding).map(({ uri: at, position, module, name }) => `${at.slice('file:///p'.length)}:${position.start.line + 1}:${position.start.character + 1} ${module}.${name}`));
    const way = ['/pkg/high.py:1:28 pkg.high.pause', '/pkg/low.py:3:1 pkg.low.nap'];
    expect(related).toEqual([way, way]);
    expect(workspace.findings(uri)[1]?.message).toMatch(/ It comes through `pkg\.high`, which has it from `pkg\.low`\.$/);
    workspace.dispose();
  });

  it('to the definition in the same file', async () => {
    const workspace = await scanned({ 'main.py': 'import eventlet\n\nclass Late(eventlet.Timeout):\n    pass\n\nwith Late(1):\n    pass\n' });
    const uri = 'file:///p/main.py';
    const finding = workspace.findings(uri).at(-1);
    expect(finding && workspace.related(uri, finding)).toEqual([{ uri, name: 'Late', position: { start: { line: 2, character: 6 }, end: { line: 2, character: 10 } } }]);
    workspace.dispose();
  });

  it('to a class that builds on another module', async () => {
    const workspace = await scanned({ 'low.py': 'from eventlet import Timeout\n', 'main.py': 'from low import Timeout\nclass Late(Timeout):\n    pass\nLate(1)\n', 'more.py': 'from main import Late\nLate(2)\n' });
    const [own, others] = ['file:///p/main.py', 'file:///p/more.py'].map((uri) => workspace.findings(uri).at(-1));
    expect(own).toMatchObject({ api: 'eventlet.Timeout', message: '`Late` is a subclass of `eventlet.Timeout`, defined in this file; it changes there.' });
    expect(own?.via).toBeUndefined();
    expect(others?.trail).toEqual([{ module: 'main', name: 'Late' }, { module: 'low', name: 'Timeout' }]);
    workspace.dispose();
  });

  it('and follows the names when lines are put above them', async () => {
    const workspace = await scanned(files);
    const uri = 'file:///p/main.py';
    const before = workspace.digest(uri);
    workspace.open('file:///p/pkg/low.py', `# moved\n${files['pkg/low.py']}`);
    workspace.findings('file:///p/pkg/low.py');
    const [finding] = workspace.findings(uri);
    expect(finding && workspace.related(uri, finding).map(({ position }) => position.start.line)).toEqual([0, 3]);
    expect(workspace.digest(uri)).not.toBe(before);
    workspace.dispose();
  });
});
