import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const agent = 'import eventlet\neventlet.monkey_patch()\nfrom pkg import worker\n';
const project = {
  'setup.cfg': '[entry_points]\nconsole_scripts =\n    pkg-agent = pkg.agent:main\n    pkg-tool = pkg.tool:main\n',
  'pkg/__init__.py': '',
  'pkg/agent.py': agent,
  'pkg/tool.py': '',
  'pkg/worker.py': 'import eventlet\n\ndef run():\n    eventlet.spawn(print)\n    eventlet.sleep(1)\n',
};

/** What the fix of the sleep in `pkg/worker.py` says: whether it is safe, and what was found. */
async function verdict(files: Readonly<Record<string, string>>, title = 'Use `time.sleep`'): Promise<string> {
  const all = Object.entries({ ...project, ...files }).map(([path, text]) => [`file:///p/${path}`, text] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'] });
  await workspace.scan();
  const fix = workspace.findings('file:///p/pkg/worker.py').flatMap(({ fixes }) => fixes).find((each) => each.title === title);
  workspace.dispose();
  return `${fix?.safety}: ${fix?.preconditions.map(({ text }) => text).join('; ')}`;
}

/** Starts no green thread itself. */
const alone = 'import eventlet\n\ndef run():\n    eventlet.sleep(1)\n';

const every = '`time` is monkey-patched in every process that loads this module';

it.each([
  ['safe where every process that loads the module patches', {}, `safe: ${every} (pkg-agent)`],
  ['review where one does not', { 'pkg/tool.py': 'from pkg import worker\n' }, `review: ${every} (not in pkg-tool)`],
  ['safe where one does not and nobody in it could be held up', { 'pkg/worker.py': alone, 'pkg/tool.py': 'from pkg import worker\n', 'pkg/agent.py': `${agent}eventlet.spawn(worker.run)\n` }, `safe: ${every} (pkg-agent)`],
  ['review where a library starts green threads in it', { 'pkg/worker.py': alone, 'pkg/tool.py': 'from pkg import worker\nfrom oslo_service import wsgi\nwsgi.Server(CONF)\n' }, `review: ${every} (not in pkg-tool)`],
  ['safe where what it uses of that library starts none', { 'pkg/worker.py': alone, 'pkg/tool.py': 'from pkg import worker\nfrom oslo_service import wsgi\nwsgi.Router(CONF)\n' }, 'safe: `time` is monkey-patched in every process of the workspace (`monkey_patch` is called in pkg/agent.py)'],
  ['a logger of eventlet starts nothing', { 'pkg/worker.py': alone, 'pkg/tool.py': "import eventlet\nfrom pkg import worker\nlevels = ['eventlet.wsgi.server=INFO']\n", 'pkg/agent.py': `${agent}eventlet.spawn(worker.run)\n` }, `safe: ${every} (pkg-agent)`],
  ['a script is not looked into, and starts some if it imports eventlet', { 'setup.cfg': '[files]\nscripts =\n    bin/pkg-tool\n', 'pkg/worker.py': alone, 'bin/pkg-tool': '#!/usr/bin/env python3\nfrom eventlet import GreenPool\nfrom pkg import worker\n' }, `review: ${every} (not in pkg-tool)`],
  ['review where a process patches something else', { 'pkg/agent.py': 'import eventlet\neventlet.monkey_patch(socket=True)\nfrom pkg import worker\n' }, `review: ${every} (not in pkg-agent)`],
  ['the tests are named', { 'pkg/tests/__init__.py': 'import eventlet\neventlet.monkey_patch()\n', 'pkg/tests/test_a.py': 'from pkg import worker\n' }, `safe: ${every} (pkg-agent, the test module pkg/tests/test_a.py)`],
  ['review where a script does not that calls its main', { 'setup.cfg': '', 'pkg/agent.py': `${agent}if __name__ == '__main__':\n    worker.run()\n`, 'run.py': 'from pkg import worker\ndef main():\n    worker.run()\nmain()\n' }, `review: ${every} (not in run.py)`],
  ['review where the tests run unpatched', { 'pkg/tests/test_a.py': 'from pkg import worker\n', 'pkg/tests/test_b.py': 'from pkg import worker\n' }, `review: ${every} (not in tests in pkg/tests)`],
  ['a tool that somebody runs by hand does not count', { 'tools/try.py': "from pkg import worker\nif __name__ == '__main__':\n    worker.run()\n" }, `safe: ${every} (pkg-agent)`],
  ['nor does one whose folder is no package, although one around it is', { 'tools/__init__.py': '', 'tools/bench/try-it.py': "from pkg import worker\nif __name__ == '__main__':\n    worker.run()\n" }, `safe: ${every} (pkg-agent)`],
  ['a program in a package counts', { 'more/__init__.py': '', 'more/run.py': "from pkg import worker\nif __name__ == '__main__':\n    worker.run()\n" }, `review: ${every} (not in more/run.py)`],
  ['a script inside the package of the programs counts', { 'pkg/bin/run.py': "from pkg import worker\nif __name__ == '__main__':\n    worker.run()\n" }, `review: ${every} (not in pkg/bin/run.py)`],
  ['a switch is named', { 'pkg/agent.py': "import os\nif not os.environ.get('NATIVE'):\n    import eventlet\n    eventlet.monkey_patch()\nfrom pkg import worker\n" }, `safe: ${every} (pkg-agent, as long as \`not os.environ.get('NATIVE')\`)`],
  ['a switch that decides of something else is not', { 'pkg/agent.py': "import os, eventlet\nif os.name == 'nt':\n    eventlet.monkey_patch(os=False)\nelse:\n    eventlet.monkey_patch()\nfrom pkg import worker\n" }, `safe: ${every} (pkg-agent)`],
  ['a switch counts where nobody is known to load the module, too', { 'pkg/agent.py': "import sys, eventlet\nif '--debug' in sys.argv:\n    eventlet.monkey_patch(time=False)\nelse:\n    eventlet.monkey_patch()\n" }, 'safe: `time` is monkey-patched in every process of the workspace (`monkey_patch` is called in pkg/agent.py)'],
  ['a module that nobody is known to load may be loaded by any', { 'pkg/agent.py': 'import eventlet\neventlet.monkey_patch()\n' }, 'safe: `time` is monkey-patched in every process of the workspace (`monkey_patch` is called in pkg/agent.py)'],
])('%s', async (_, files, expected) => {
  expect(await verdict(files)).toBe(expected);
});

it('a name that is bound for good must be patched before', async () => {
  const worker = 'import eventlet\nfrom eventlet.green.socket import socket\n\ndef run():\n    eventlet.spawn(socket)\n';
  const title = 'Use `socket` instead of `eventlet.green.socket`';
  expect(await verdict({ 'pkg/worker.py': worker }, title)).toMatch(/^safe: /);
  expect(await verdict({ 'pkg/worker.py': worker, 'pkg/agent.py': 'from pkg import worker\nimport eventlet\neventlet.monkey_patch()\n' }, title)).toBe('review: `socket` is monkey-patched before this module is loaded (not in pkg-agent)');
});

const late = 'import eventlet\nfrom pkg import worker\neventlet.monkey_patch()\n';
const sleeping = 'Use `time.sleep`';

it.each([
  ['at module level', 'eventlet.sleep(0)'],
  ['in a class body', 'class Worker:\n    eventlet.sleep(0)'],
  ['for a default value', 'def run(now=eventlet.sleep(0)):\n    pass'],
  ['in a function that is called then', 'def pause():\n    eventlet.sleep(0)\n\ndef begin():\n    pause()\n\nbegin()'],
  ['in the constructor of an object that is made then', 'class Worker:\n    def __init__(self):\n        eventlet.sleep(0)\n\nworker = Worker()'],
])('what a module does before the process patches is native: %s', async (_, code) => {
  const worker = `import eventlet\n\n${code}\n\neventlet.spawn(print)\n`;
  expect(await verdict({ 'pkg/worker.py': worker }, sleeping)).toMatch(/^safe: /);
  expect(await verdict({ 'pkg/worker.py': worker, 'pkg/agent.py': late }, sleeping)).toBe('review: `time` is monkey-patched before this module is loaded (not in pkg-agent)');
});

it.each([
  ['what is done later', 'def pause():\n    eventlet.sleep(0)\n\ndef run():\n    pause()', sleeping],
  ['what a decorated function does', 'def paused(function):\n    def inner():\n        eventlet.sleep(0)\n    return inner\n\n@paused\ndef run():\n    pass', sleeping],
  ['what only a program does', "if __name__ == '__main__':\n    eventlet.monkey_patch()\n    eventlet.sleep(0)", sleeping],
  ['what makes its locks when it waits', 'from eventlet.semaphore import Semaphore\n\n_slots = Semaphore(2)', 'Use `threading.Semaphore`'],
  ['a base class that looks up what it waits with', 'from eventlet.green import SocketServer\n\nclass Server(SocketServer.TCPServer):\n    pass', 'Use `socketserver` instead of `eventlet.green.SocketServer`'],
])('%s needs not be patched before', async (_, code, title) => {
  expect(await verdict({ 'pkg/worker.py': `import eventlet\n${code}\n\neventlet.spawn(print)\n`, 'pkg/agent.py': late }, title)).toMatch(/^safe: /);
});

it.each([
  ['above', '_lock = Lock()\neventlet.monkey_patch()', 'review'],
  ['below', 'eventlet.monkey_patch()\n_lock = Lock()', 'safe'],
  ['above the import', '_lock = Lock()\nfrom pkg import patching', 'review'],
  ['below the import', 'from pkg import patching\n_lock = Lock()', 'safe'],
])('in the module that patches the place decides: %s', async (_, code, safety) => {
  const worker = `import eventlet\nfrom eventlet.lock import Lock\n\n${code}\n\neventlet.spawn(print)\n`;
  const patching = 'import eventlet\neventlet.monkey_patch()\n';
  expect(await verdict({ 'pkg/worker.py': worker, 'pkg/patching.py': patching, 'pkg/agent.py': 'from pkg import worker\n' }, 'Use `threading.Lock`')).toMatch(new RegExp(`^${safety}: `));
});

it.each([
  ['from eventlet.green import threading\n\nlock = threading.Lock()', 'Use `threading` instead of `eventlet.green.threading`', 'thread'],
  ['from eventlet.green.threading import local\n\n_values = local()', 'Use `threading.local`', 'thread'],
  ['from eventlet.green.os import wait\n\ndef run():\n    wait()', 'Use `os` instead of `eventlet.green.os`', 'os'],
  ['from eventlet.green import socket\n\npair = socket.socketpair()', 'Use `socket` instead of `eventlet.green.socket`', 'socket'],
  ['from eventlet.green import subprocess\n\nclass Program(subprocess.Popen):\n    pass', 'Use `subprocess` instead of `eventlet.green.subprocess`', 'subprocess'],
  ['from eventlet import corolocal\n\nclass Context(corolocal.local):\n    pass', 'Use `threading.local`', 'thread'],
  ['eventlet.sleep(0)', 'Use `time.sleep`', 'time'],
  ['_done = eventlet.Event()\neventlet.spawn_n(lambda: _done.send())\n_done.wait()', 'Use a `threading.Event`', 'thread'],
])('what is native before it is patched: %s', async (code, title, group) => {
  const worker = `import eventlet\n${code}\neventlet.spawn(print)\n`;
  expect(await verdict({ 'pkg/worker.py': worker }, title)).toMatch(/^safe: /);
  expect(await verdict({ 'pkg/worker.py': worker, 'pkg/agent.py': late }, title)).toBe(`review: \`${group}\` is monkey-patched before this module is loaded (not in pkg-agent)`);
});

it('a file is told of the names that it has bound before the process patched, and the fix does not use them', async () => {
  const worker = 'from time import sleep\nimport eventlet\n\ndef run():\n    eventlet.spawn(sleep, 1)\n    eventlet.sleep(1)\n';
  const files = { 'pkg/worker.py': worker, 'pkg/agent.py': 'from pkg import worker\nimport eventlet\neventlet.monkey_patch()\n' };
  expect(await verdict(files)).toBe(`safe: ${every} (pkg-agent); \`time.sleep\` was imported by name here before pkg-agent patched: that name stays native, and only use through the module gets what is patched`);
  const all = Object.entries({ ...project, ...files }).map(([path, text]) => [`file:///p/${path}`, text] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'] });
  await workspace.scan();
  const [change] = await workspace.fix({ review: false, rules: ['sleep'] }, {}, ['file:///p/pkg/worker.py']);
  workspace.dispose();
  expect(change?.after).toBe('import time\nfrom time import sleep\nimport eventlet\n\ndef run():\n    eventlet.spawn(sleep, 1)\n    time.sleep(1)\n');
});

it('what the project file says counts more', async () => {
  const said = "[tool.eventlet-migration]\npatched = ['time']\n";
  expect(await verdict({ 'pkg/tool.py': 'from pkg import worker\n', 'pyproject.toml': said })).toMatch(/^safe: .*as pyproject.toml states/);
});
