import { describe, expect, it } from 'vitest';
import { route } from '../../server/src/workspace/routing';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const root = 'file:///project';

describe('routing eventlet through one module', () => {
  it('writes the module, and turns every import of eventlet into one from it', async () => {
    const { after, left } = await routed({
      'pkg/__init__.py': '',
      'pkg/a.py': 'import os\nimport eventlet\nimport eventlet.debug\n\neventlet.debug.spew()\neventlet.sleep(os.getpid())\n',
      'pkg/b.py': 'from eventlet import GreenPool, sleep as nap\nfrom eventlet.green import os as green_os\n\nnap(GreenPool().free())\ngreen_os.getpid()\n',
    });
    expect(left).toEqual([]);
    expect(after['pkg/a.py']).toBe('import os\nfrom pkg.concurrency import eventlet\n\neventlet.debug.spew()\neventlet.sleep(os.getpid())\n');
    expect(after['pkg/b.py']).toBe('from pkg.concurrency import GreenPool, nap\nfrom pkg.concurrency import green_os\n\nnap(GreenPool().free())\ngreen_os.getpid()\n');
    expect(after['pkg/concurrency.py']).toBe(
      [
        '"""The one module that imports eventlet; all others import from here.',
        '',
        'What takes the place of a name is decided here and nowhere else.',
        '"""',
        '',
        'import eventlet',
        'import eventlet.debug',
        'from eventlet import GreenPool',
        'from eventlet import sleep as nap',
        'from eventlet.green import os as green_os',
        '',
        '__all__ = [',
        "    'eventlet',",
        "    'green_os',",
        "    'GreenPool',",
        "    'nap',",
        ']',
        '',
      ].join('\n'),
    );
  });

  it('gives one thing one name, the most usual one, and keeps the names of each file', async () => {
    const { after } = await routed({
      'a.py': 'from eventlet.greenthread import sleep\nsleep(1)\n',
      'b.py': 'from eventlet import sleep\nsleep(1)\n',
      'c.py': 'from eventlet import sleep as nap\nnap(1)\n',
      'd.py': 'import eventlet.event as event\nevent.Event()\n',
      'e.py': 'from eventlet.green.urllib import request\nrequest.urlopen\n',
      'f.py': 'from eventlet.support.greenlets import GreenletExit\nGreenletExit()\n',
    });
    expect(after['a.py']).toBe('from concurrency import sleep\nsleep(1)\n');
    expect(after['b.py']).toBe('from concurrency import sleep\nsleep(1)\n');
    expect(after['c.py']).toBe('from concurrency import sleep as nap\nnap(1)\n');
    expect(after['d.py']).toBe('from concurrency import event\nevent.Event()\n');
    expect(after['concurrency.py']).toContain('from eventlet import sleep\n');
    expect(after['concurrency.py']).not.toContain('greenthread');
    expect(after['concurrency.py']).toContain('from eventlet.support.greenlets import GreenletExit\n');
  });

  it('tells apart what would be called alike', async () => {
    const { after } = await routed({ 'a.py': 'from eventlet.green import time\nfrom eventlet.hubs import timer\ntime, timer\n', 'b.py': 'from eventlet import timeout as time\ntime\n' });
    expect(after['concurrency.py']).toContain('from eventlet.green import time\n');
    expect(after['b.py']).toBe('from concurrency import timeout as time\ntime\n');
  });

  it('leaves optional imports, functions and other names of a statement where they are', async () => {
    const { after } = await routed({
      'a.py': 'try:\n    import eventlet  # optional\nexcept ImportError:\n    eventlet = None\n\n\ndef f():\n    import os, eventlet.queue as q\n    return q, os, eventlet\n',
    });
    expect(after['a.py']).toBe(
      'try:\n    from concurrency import eventlet  # optional\nexcept ImportError:\n    eventlet = None\n\n\ndef f():\n    import os\n    from concurrency import q\n    return q, os, eventlet\n',
    );
  });

  it('keeps conditional imports, `__all__` and string annotations as they are', async () => {
    const { after } = await routed({
      'a.py': "import sys\n\n__all__ = ['eventlet', 'Pool']\n\nif sys.platform != 'win32':\n    import eventlet\nelse:\n    eventlet = None\nfrom eventlet import GreenPool as Pool\n\n\ndef f(pool: 'Pool'):\n    with_late = None\n    if pool:\n        from eventlet import timeout as with_late\n    return with_late\n",
    });
    expect(after['a.py']).toBe(
      "import sys\n\n__all__ = ['eventlet', 'Pool']\n\nif sys.platform != 'win32':\n    from concurrency import eventlet\nelse:\n    eventlet = None\nfrom concurrency import Pool\n\n\ndef f(pool: 'Pool'):\n    with_late = None\n    if pool:\n        from concurrency import with_late\n    return with_late\n",
    );
  });

  it('lets test doubles replace the same attribute through the module', async () => {
    const files = {
      'a.py': 'import eventlet\nfrom eventlet.green import subprocess\n\neventlet.sleep(subprocess)\n',
      'test_a.py':
        "from unittest import mock\n\n\n@mock.patch('eventlet.sleep')\n@mock.patch('eventlet.green.subprocess.Popen')\n@mock.patch(\"eventlet.hubs.use_hub\")\n@mock.patch('eventlet.queue.Queue.get')\n@mock.patch('a.eventlet.spawn')\ndef test(*_):\n    print('eventlet.sleep')\n",
    };
    const { after } = await routed(files);
    expect(after['test_a.py']).toBe(
      "from unittest import mock\n\n\n@mock.patch('concurrency.eventlet.sleep')\n@mock.patch('concurrency.subprocess.Popen')\n@mock.patch(\"concurrency.hubs.use_hub\")\n@mock.patch('concurrency.queue.Queue.get')\n@mock.patch('a.eventlet.spawn')\ndef test(*_):\n    print('eventlet.sleep')\n",
    );
    expect(after['concurrency.py']).toContain('import eventlet\nfrom eventlet import hubs\nfrom eventlet import queue\nfrom eventlet.green import subprocess\n');
    expect((await routed({ ...files, ...after })).after).toEqual({});
  });

  it('takes the names of greenlet that come with eventlet, and leaves other packages alone', async () => {
    const { after, left } = await routed({
      'a.py': 'from greenlet import GreenletExit as Exit, getcurrent\nfrom oslo_utils import eventletutils\nExit, getcurrent, eventletutils\n',
      'b.py': 'import eventlet, greenlet\neventlet, greenlet\n',
      'c.py': 'import greenlet\ngreenlet.getcurrent()\n',
    });
    expect(after['a.py']).toBe('from concurrency import Exit, getcurrent\nfrom oslo_utils import eventletutils\nExit, getcurrent, eventletutils\n');
    expect(after['b.py']).toBe('import greenlet\nfrom concurrency import eventlet\neventlet, greenlet\n');
    expect(after['concurrency.py']).toContain('import eventlet\nfrom eventlet.support.greenlets import GreenletExit as Exit\nfrom eventlet.support.greenlets import getcurrent\n');
    expect(left.map(({ uri, reason }) => [uri.slice(root.length + 1), reason])).toEqual([['c.py', 'greenlet is a package of its own, which eventlet brings along; import the names that are needed, such as `GreenletExit`']]);
  });

  it('says what it cannot route', async () => {
    const { after, left } = await routed({
      'a.py': 'from eventlet import *\n',
      'b.py': 'try:\n    from eventlet.green import zmq\nexcept ImportError:\n    zmq = None\n',
      'c.py': 'import eventlet\ndef broken(:\n',
    });
    expect(left.map(({ uri, line, reason }) => `${uri.slice(root.length + 1)}:${line + 1}: ${reason}`)).toEqual([
      'a.py:1: a star import does not say what it brings in; name what is needed first',
      'b.py:2: `eventlet.green.zmq` cannot be imported everywhere, and one module that imports it would not be either',
      'c.py:1: the file has syntax errors; nothing in it is rewritten before they are gone',
    ]);
    expect(after).toEqual({});
  });

  it('leaves what only Python 2 has where only Python 2 comes', async () => {
    const { after, left } = await routed({ 'a.py': 'if six.PY3:\n    from eventlet.green.urllib import request as urllib2\nelse:\n    from eventlet.green import urllib2\n' });
    expect(left.map(({ line }) => line)).toEqual([3]);
    expect(after['a.py']).toBe('if six.PY3:\n    from concurrency import urllib2\nelse:\n    from eventlet.green import urllib2\n');
    expect(after['concurrency.py']).not.toContain('import urllib2\n');
  });

  it('wraps a statement that becomes too wide', async () => {
    const { after } = await routed({ 'a_long_package_name/__init__.py': '', 'a_long_package_name/a.py': 'from eventlet import GreenPile, GreenPool, Timeout, sleep\nGreenPile, GreenPool, Timeout, sleep\n' });
    expect(after['a_long_package_name/a.py']).toBe('from a_long_package_name.concurrency import (\n    GreenPile, GreenPool, Timeout, sleep,\n)\nGreenPile, GreenPool, Timeout, sleep\n');
  });

  it('extends a module that is there, uses its names, and finds nothing to do the second time', async () => {
    const files = {
      'pkg/__init__.py': '',
      'pkg/concurrency.py': '"""Ours."""\nfrom eventlet import sleep as pause\n\n__all__ = (\n    "pause",\n)\n\n\ndef own():\n    pass\n',
      'pkg/a.py': 'from eventlet import sleep, spawn\nimport eventlet.wsgi\nspawn(sleep, eventlet.wsgi)\n',
    };
    const { after } = await routed(files);
    expect(after['pkg/a.py']).toBe('from pkg.concurrency import pause as sleep, spawn\nfrom pkg.concurrency import eventlet\nspawn(sleep, eventlet.wsgi)\n');
    expect(after['pkg/concurrency.py']).toBe(
      '"""Ours."""\nfrom eventlet import sleep as pause\nimport eventlet\nimport eventlet.wsgi\nfrom eventlet import spawn\n\n__all__ = (\n    "pause",\n    "eventlet",\n    "spawn",\n)\n\n\ndef own():\n    pass\n',
    );
    expect((await routed({ ...files, ...after })).after).toEqual({});
  });

  it('loads nothing before a patch that came behind it', async () => {
    const patching = 'import eventlet\neventlet.monkey_patch()\nimport svc\n\nsvc.run()\n';
    const files = { 'svc/__init__.py': 'from svc.core import run\n', 'svc/core.py': 'from time import sleep\nimport eventlet\n\n\ndef run():\n    eventlet.spawn(sleep, 1)\n', 'main.py': patching };
    const { after, left } = await routed(files);
    expect(left).toEqual([{ uri: `${root}/main.py`, line: 0, reason: '`svc` would be loaded before `monkey_patch()`, and with it `svc.core.run`; what is taken from Python before that stays native' }]);
    expect(Object.keys(after)).toEqual(['svc/concurrency.py', 'svc/core.py']);
    // The module itself may do it, too.
    const own = await routed({ ...files, 'svc/__init__.py': '', 'svc/concurrency.py': 'from time import sleep\nimport eventlet\n' });
    expect(own.left).toMatchObject([{ reason: expect.stringContaining('`svc.concurrency` would be loaded before `monkey_patch()`, and with it `time.sleep`') }]);
    // What was loaded before anyway, or loads nothing.
    expect((await routed({ ...files, 'main.py': `import svc\n${patching}` })).left).toEqual([]);
    expect((await routed({ ...files, 'main.py': '', 'svc/main.py': patching })).left).toEqual([]);
    expect((await routed({ ...files, 'svc/__init__.py': 'import os\n' })).left).toEqual([]);
  });

  it('takes a folder at a time', async () => {
    const files = { 'a/a.py': 'from eventlet import sleep\nsleep(1)\n', 'b/b.py': 'from eventlet import spawn\nspawn\n' };
    const { after } = await routed(files, (uri) => uri.startsWith(`${root}/a/`));
    expect(Object.keys(after)).toEqual(['concurrency.py', 'a/a.py']);
    expect(after['concurrency.py']).not.toContain('spawn');
  });
});

/** Routes through `concurrency.py` in the first package, else at the top. Gives the files that changed, as they are afterwards. */
async function routed(files: Readonly<Record<string, string>>, isWanted: (uri: string) => boolean = () => true) {
  const uris = new Map(Object.entries(files).map(([name, text]) => [`${root}/${name}`, text]));
  const workspace = await Workspace.create(memoryHost(uris), { roots: [root] });
  await workspace.scan();
  const folder = Object.keys(files).find((name) => name.endsWith('__init__.py'))?.replace('__init__.py', '') ?? '';
  const { changes, left } = await route(workspace, `${root}/${folder}concurrency.py`, workspace.uris.filter(isWanted));
  return { after: Object.fromEntries(changes.map(({ uri, after }) => [uri.slice(root.length + 1), after])), left };
}
