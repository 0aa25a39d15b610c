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
