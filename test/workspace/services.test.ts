import { describe, expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import type { Services } from '../../server/src/workspace/services/services';
import { memoryHost } from '../kit/host';

async function servicesOf(files: Readonly<Record<string, string>>): Promise<Services> {
  const workspace = await Workspace.create(memoryHost(new Map(Object.entries(files).map(([path, text]) => [`file:///p/${path}`, text]))), { roots: ['file:///p'] });
  await workspace.scan();
  const { services } = workspace;
  workspace.dispose();
  return services;
}

/** Each service as `name: patched groups`. */
async function patchedIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await servicesOf(files)).list.map(({ name, patched }) => `${name}: ${[...patched].sort().join(' ')}`);
}

const all = 'os select socket subprocess thread time';
const setup = '[entry_points]\nconsole_scripts =\n    pkg-agent = pkg.agent:main\n';
const patching = 'import eventlet\neventlet.monkey_patch()\n';

describe('where processes start', () => {
  const pkg = { 'pkg/__init__.py': '', 'pkg/agent.py': 'def main():\n    pass\n' };
  it.each([
    ['setup.cfg as pbr reads it', { 'setup.cfg': setup }, ['pkg-agent']],
    ['setup.cfg as setuptools reads it', { 'setup.cfg': '[options.entry_points]\ngui_scripts =\n  # a window\n  pkg-window = pkg.agent:main\n' }, ['pkg-window']],
    ['WSGI scripts', { 'setup.cfg': '[entry_points]\nwsgi_scripts =\n    pkg-api = pkg.agent:main\n' }, ['pkg-api']],
    ['pyproject.toml', { 'pyproject.toml': '[project.scripts]\npkg-agent = "pkg.agent:main"\n[project.entry-points.wsgi_scripts]\napi = "pkg.agent:main"\n' }, ['pkg-agent', 'api']],
    ['Poetry', { 'pyproject.toml': '[tool.poetry.scripts]\npkg-agent = "pkg.agent:main"\n' }, ['pkg-agent']],
    ['setup.py', { 'setup.py': "setup(entry_points={'console_scripts': ['pkg-agent = pkg.agent:main'], 'pkg.plugins': ['x = pkg.x:X']})\n" }, ['pkg-agent']],
    ['scripts without an ending', { 'setup.cfg': '[files]\nscripts =\n    bin/pkg-run\n    bin/other.sh\n', 'bin/pkg-run': '#!/usr/bin/env python3\nfrom pkg import agent\n' }, ['pkg-run']],
    ['programs that nobody names', { 'tools/try.py': "if __name__ == '__main__':\n    main()\n", 'tests/test_x.py': "if __name__ == '__main__':\n    unittest.main()\n" }, ['tools/try.py']],
    ['programs that say it the other way round', { 'tools/try.py': "if '__main__' == __name__:\n    main()\n", 'tools/more.py': "if (__name__ == '__main__'):\n    main()\n" }, ['tools/try.py', 'tools/more.py']],
    ['scripts that call their main', { 'tools/try.py': 'def main():\n    pass\nmain()\n', 'tools/more.py': 'import sys\nsys.exit(main())\n' }, ['tools/try.py', 'tools/more.py']],
    ['not what is imported and calls its main, nor a package', { 'pkg/more/__init__.py': 'main()\n', 'pkg/other.py': 'main()\n', 'pkg/user.py': 'from pkg import other\n', 'pkg/mains.py': 'mainly()\n' }, []],
    ['packages that can be run', { 'pkg/__main__.py': 'from pkg import agent\n' }, ['pkg/__main__.py']],
    ['WSGI applications', { 'pkg/wsgi.py': 'application = object()\n' }, ['pkg/wsgi.py']],
    ['uWSGI', { 'etc/uwsgi.ini': '[uwsgi]\nmodule = pkg.agent:main\n' }, ['pkg.agent:main']],
    ['gunicorn in a Procfile', { Procfile: 'web: gunicorn -w 4 pkg.agent:app\n' }, ['pkg.agent:app']],
    ['not the programs of other packages', { 'setup.cfg': '[entry_points]\nconsole_scripts =\n    pkg-rootwrap = oslo_rootwrap.cmd:main\n' }, []],
  ])('%s', async (_, files, expected) => {
    expect((await servicesOf({ ...pkg, ...files })).list.map(({ name }) => name)).toEqual(expected);
  });
});

describe('what a process patches', () => {
  const base = { 'setup.cfg': setup, 'pkg/__init__.py': '' };
  it.each([
    ['a module on the way does it', { 'pkg/agent.py': 'from pkg import patch\ndef main():\n    pass\n', 'pkg/patch.py': patching }, all],
    ['the package around it does', { 'pkg/cmd/__init__.py': patching, 'pkg/cmd/x.py': '', 'pkg/agent.py': 'from pkg.cmd import x\n' }, all],
    ['the function that starts does', { 'pkg/agent.py': 'import eventlet\ndef main():\n    eventlet.monkey_patch(os=False)\n' }, 'select socket subprocess thread time'],
    ['through a wrapper', { 'pkg/agent.py': 'from pkg import utils\nutils.monkey_patch()\n', 'pkg/utils.py': 'import eventlet\ndef monkey_patch():\n    eventlet.monkey_patch(time=True)\n' }, 'time'],
    ['through wrappers of wrappers', { 'pkg/agent.py': 'from pkg.run import run\ndef main():\n    run()\n', 'pkg/run.py': 'from pkg import utils\ndef check():\n    utils.patch()\ndef run():\n    x = check()\n', 'pkg/utils.py': `import eventlet\ndef patch():\n    eventlet.monkey_patch()\n` }, all],
    ['a function that nobody calls', { 'pkg/agent.py': 'import eventlet\ndef other():\n    eventlet.monkey_patch()\ndef main():\n    pass\n' }, ''],
    ['a module that nobody loads', { 'pkg/agent.py': 'def main():\n    pass\n', 'pkg/other.py': patching }, ''],
    ['unless a variable says no', { 'pkg/agent.py': "import os\nif not os.environ.get('NO_EVENTLET'):\n    import eventlet\n    eventlet.monkey_patch()\n" }, all],
    ['only if a variable says so', { 'pkg/agent.py': "import os\nif os.environ.get('USE_EVENTLET'):\n    import eventlet\n    eventlet.monkey_patch()\n" }, ''],
    ['only if a switch says so, on one line', { 'pkg/agent.py': "import sys, eventlet\nif '--green' in sys.argv: eventlet.monkey_patch()\n" }, ''],
    ['unless a switch says no, on one line', { 'pkg/agent.py': "import sys, eventlet\nif '--native' not in sys.argv: eventlet.monkey_patch()\n" }, all],
    ['only if a variable says so, with `and`', { 'pkg/agent.py': "import os, eventlet\nos.environ.get('GREEN') and eventlet.monkey_patch()\n" }, ''],
    ['unless a variable says no, with `or`', { 'pkg/agent.py': "import os, eventlet\nos.environ.get('NATIVE') or eventlet.monkey_patch()\n" }, all],
    ['only if a variable says so, in an expression', { 'pkg/agent.py': "import os, eventlet\neventlet.monkey_patch() if os.environ.get('GREEN') else None\n" }, ''],
    ['unless a variable says no, in an expression', { 'pkg/agent.py': "import os, eventlet\nNone if os.environ.get('NATIVE') else eventlet.monkey_patch()\n" }, all],
    ['where an import fails', { 'pkg/agent.py': 'import eventlet\ntry:\n    import gevent\nexcept ImportError:\n    eventlet.monkey_patch()\n' }, ''],
    ['where an import may fail', { 'pkg/agent.py': 'try:\n    import eventlet\n    eventlet.monkey_patch()\nexcept ImportError:\n    pass\n' }, all],
    ['in a loop', { 'pkg/agent.py': 'import eventlet\nfor _ in []:\n    eventlet.monkey_patch()\n' }, ''],
    ['in a case', { 'pkg/agent.py': "import os, eventlet\nmatch os.environ.get('GREEN'):\n    case '1':\n        eventlet.monkey_patch()\n" }, ''],
    ['in a lambda', { 'pkg/agent.py': 'import eventlet\npatch = lambda: eventlet.monkey_patch()\n' }, ''],
    ['a wrapper that returns before', { 'pkg/agent.py': "import os, eventlet\ndef patch():\n    if not os.environ.get('GREEN'):\n        return\n    eventlet.monkey_patch()\npatch()\n" }, ''],
    ['a wrapper that is called on one line', { 'pkg/agent.py': "import os, eventlet\ndef patch():\n    eventlet.monkey_patch()\ndef main():\n    if os.environ.get('GREEN'): patch()\n" }, ''],
    ['a wrapper that returns where it has patched', { 'pkg/agent.py': 'import eventlet\ndef patch():\n    if _patched:\n        return\n    eventlet.monkey_patch()\npatch()\n' }, all],
    ['a program that returns before', { 'pkg/agent.py': 'import eventlet\ndef main():\n    if not CONF.enabled:\n        return 1\n    eventlet.monkey_patch()\n' }, all],
    ['after green threads were started', { 'pkg/agent.py': 'import eventlet\ndef main():\n    eventlet.spawn(run)\n    eventlet.monkey_patch()\n' }, ''],
    ['under a condition that nobody knows', { 'pkg/agent.py': 'from pkg import CONF\nif CONF.green:\n    import eventlet\n    eventlet.monkey_patch()\n' }, ''],
    ['one way under a debugger, another way otherwise', { 'pkg/agent.py': 'import eventlet\nfrom pkg import debugger\nif debugger.enabled():\n    eventlet.monkey_patch(thread=False)\nelse:\n    eventlet.monkey_patch()\n' }, all],
    ['an argument that looks for a debugger', { 'pkg/agent.py': "import eventlet, sys\neventlet.monkey_patch(time=True, thread=False if '--use-debugger' in sys.argv else True)\n" }, 'thread time'],
    ['only type checkers import it', { 'pkg/agent.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pkg.patch\n', 'pkg/patch.py': patching }, ''],
    ['an import over several lines', { 'pkg/agent.py': 'import \\\n    pkg.patch \\\n    as patch\n', 'pkg/patch.py': patching }, all],
    ['imported only if a variable says so', { 'pkg/agent.py': "import os\nif os.environ.get('GREEN'):\n    from pkg import patch\n", 'pkg/patch.py': patching }, ''],
    ['imported under a condition first, and without one later', { 'pkg/agent.py': "import os\nif os.environ.get('GREEN'):\n    from pkg import patch\nfrom pkg import patch\n", 'pkg/patch.py': patching }, all],
    ['a cycle of imports', { 'pkg/agent.py': 'from pkg import a\n', 'pkg/a.py': 'from pkg import b\n', 'pkg/b.py': 'from pkg import a, patch\n', 'pkg/patch.py': patching }, all],
  ])('%s', async (_, files, expected) => {
    expect(await patchedIn({ ...base, ...files })).toContain(`pkg-agent: ${expected}`);
  });

  it('is followed from the block of a program, too', async () => {
    const run = 'import eventlet\ndef run():\n    eventlet.monkey_patch(socket=True)\n';
    expect(await patchedIn({ 'serve.py': "from run import run\nif __name__ == '__main__':\n    import sys\n    sys.exit(run())\n", 'run.py': run })).toEqual(['serve.py: socket']);
  });

  it('is followed in that block itself, and only where the process starts there', async () => {
    const files = { 'setup.cfg': setup, 'pkg/__init__.py': '', 'pkg/agent.py': 'import serve\ndef main():\n    pass\n', 'serve.py': "import eventlet\nif __name__ == '__main__':\n    eventlet.monkey_patch(socket=True)\n" };
    expect(await patchedIn(files)).toEqual(['pkg-agent: ', 'serve.py: socket']);
  });

  it('a module that patches is a process of its own where none is known to load it', async () => {
    expect(await patchedIn({ 'pkg/celery.py': patching })).toEqual([`pkg/celery.py: ${all}`]);
  });
});

describe('what a process may load by a name', () => {
  const base = { 'setup.cfg': `${setup}pkg.drivers =\n    fast = pkg.fast:Driver\npaste.app_factory =\n    app = pkg.fast:factory\n`, 'pkg/__init__.py': '', 'pkg/fast.py': 'from pkg import wheels\n', 'pkg/wheels.py': '', 'pkg/slow.py': '' };
  it.each([
    ['a class', { 'pkg/agent.py': "manager = load('pkg.slow.Manager')\n" }, ['pkg/slow.py']],
    ['a module', { 'pkg/agent.py': 'importlib.import_module("pkg.slow")\n' }, ['pkg/slow.py']],
    ['a function behind a colon', { 'pkg/agent.py': "app = 'pkg.slow:main'\n" }, ['pkg/slow.py']],
    ['a method', { 'pkg/agent.py': "app = 'pkg.slow.Manager.run'\n" }, ['pkg/slow.py']],
    ['plug-ins of a group, and what they import', { 'pkg/agent.py': "DriverManager('pkg.drivers', name)\n" }, ['pkg/fast.py', 'pkg/wheels.py']],
    ['what a named module names', { 'pkg/agent.py': "one = 'pkg.two.A'\n", 'pkg/two.py': "two = 'pkg.slow.A'\n" }, ['pkg/slow.py', 'pkg/two.py']],
    ['applications that PasteDeploy makes', { 'pkg/agent.py': 'from paste.deploy import loadwsgi\n' }, ['pkg/fast.py', 'pkg/wheels.py']],
    ['applications of a file for PasteDeploy', { 'setup.cfg': setup, 'etc/api-paste.ini': '[filter:lamp]\npaste.filter_factory = pkg.slow:Lamp.factory\n', 'pkg/agent.py': 'from oslo_service import wsgi\n' }, ['pkg/slow.py']],
    ['not what it imports anyway', { 'pkg/agent.py': "from pkg import slow\nmanager = load('pkg.slow.Manager')\n" }, []],
    ['not what is no module', { 'pkg/agent.py': "LOG = 'pkg.lamp.oil.colour.red'\nother = 'pkg.nothing'\nslow = 'about pkg.slow'\n" }, []],
    ['not groups that nobody names', { 'pkg/agent.py': "DriverManager('pkg.other', name)\n" }, []],
  ])('%s', async (_, files, expected) => {
    const { list } = await servicesOf({ ...base, ...files });
    expect([...(list[0]?.named ?? [])].map(({ path }) => path).sort()).toEqual(expected);
  });
});

describe('names bound before the process patches', () => {
  const early = async (agent: string): Promise<readonly string[]> => {
    const { list } = await servicesOf({ 'setup.cfg': setup, 'pkg/__init__.py': '', 'pkg/agent.py': agent, 'pkg/patch.py': patching, 'pkg/wait.py': 'from time import sleep\nfrom threading import Thread\nimport queue\n' });
    return list.flatMap((service) => service.early.map(({ file, name }) => `${file.path} ${name}`));
  };
  it('stay native', async () => expect(await early('from pkg import wait\nfrom pkg import patch\n')).toEqual(['pkg/wait.py time.sleep']));
  it('are patched ones where the module is loaded afterwards', async () => expect(await early('from pkg import patch\nfrom pkg import wait\n')).toEqual([]));
  it('are patched ones where a function imports the module', async () => expect(await early('def main():\n    from pkg import wait\nfrom pkg import patch\n')).toEqual([]));
  it('do not matter in a process that does not patch', async () => expect(await early('from pkg import wait\n')).toEqual([]));
});

describe('tests', () => {
  const runs = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const { tests } = await servicesOf({ 'pkg/__init__.py': '', 'pkg/patch.py': patching, ...files });
    return tests.map(({ folder, modules, patched }) => `${folder}: ${modules.length} ${patched.has('time') ? 'patched' : 'native'}`);
  };
  it('are patched by the packages around them', async () => expect(await runs({ 'pkg/tests/__init__.py': patching, 'pkg/tests/unit/__init__.py': '', 'pkg/tests/unit/test_a.py': '', 'pkg/tests/unit/test_b.py': '' })).toEqual(['pkg/tests/unit: 2 patched']));
  it('are patched by conftest.py', async () => expect(await runs({ 'tests/conftest.py': 'import pkg.patch\n', 'tests/test_a.py': '' })).toEqual(['tests: 1 patched']));
  it('count one by one', async () => expect(await runs({ 'tests/test_a.py': 'from tests import base\n', 'tests/base.py': 'from pkg import patch\n', 'tests/test_b.py': '' })).toEqual(['tests: 1 patched', 'tests: 1 native']));
  it('are not patched by what a function imports', async () => expect(await runs({ 'tests/test_a.py': 'def test():\n    from pkg import patch\n' })).toEqual(['tests: 1 native']));
});

describe('while somebody types', () => {
  const uri = 'file:///p/pkg/agent.py';
  /** What a change of `pkg/agent.py` does to the processes. */
  async function after(text: string): Promise<{ readonly isSame: boolean; readonly patched: readonly string[] }> {
    const files = { 'setup.cfg': setup, 'pkg/__init__.py': '', 'pkg/agent.py': 'import sys\nfrom pkg import patch\n', 'pkg/patch.py': patching };
    const workspace = await Workspace.create(memoryHost(new Map(Object.entries(files).map(([path, content]) => [`file:///p/${path}`, content]))), { roots: ['file:///p'] });
    await workspace.scan();
    workspace.open(uri, files['pkg/agent.py']);
    const before = workspace.services;
    workspace.edit(uri, text, [{ start: 0, oldEnd: files['pkg/agent.py'].length, newEnd: text.length }]);
    const { services } = workspace;
    workspace.dispose();
    return { isSame: services === before, patched: [...(services.list[0]?.patched ?? [])] };
  }
  it('nothing is computed again for what no process sees', async () => expect((await after('"""Agent."""\nimport sys\nimport os\n\nfrom pkg import patch\n\ndef main():\n    os.nice(1)\n')).isSame).toBe(true));
  it('an import less is heard of', async () => expect(await after('import sys\n')).toEqual({ isSame: false, patched: [] }));
  it('a call more is heard of', async () => expect((await after('import eventlet\nfrom pkg import patch\neventlet.monkey_patch()\n')).isSame).toBe(false));
});
