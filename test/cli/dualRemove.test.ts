import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { run } from './run';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

const through = ['--through', 'pkg/concurrency.py'];

describe('dual --remove', () => {
  it('leads back in three steps, and has nothing to do then', async () => {
    const folder = await dualProject(
      {
        'pkg/a.py': 'import os\nfrom eventlet import sleep, GreenPool as Pool\nfrom eventlet.green import socket, subprocess\n\n\ndef run():\n    sleep(0.1)\n    return Pool(4).imap(socket.socket, [os, subprocess])\n',
        'requirements.txt': 'eventlet>=0.30\nrequests\n',
        'tox.ini': '[testenv]\nsetenv =\n    PYTHONHASHSEED=0\n    USE_EVENTLET=0\n',
      },
      ['--tests', 'tests/test_concurrency.py'],
    );

    expect(await step(folder)).toBe('Step 1 of 3: `pkg.concurrency` decides no more; of each choice the native branch stays. Run the tests, commit, and run this again for the next step.\n');
    expect(read(folder, 'pkg/concurrency.py')).toBe(
      '"""The one module that imports eventlet; all others import from here.\n\nWhat takes the place of a name is decided here and nowhere else.\n"""\n\nimport subprocess\nfrom pkg.concurrency_native import (\n    green_socket as socket,\n    GreenPool as Pool,\n    sleep,\n)\n\n__all__ = [\n    \'Pool\',\n    \'sleep\',\n    \'socket\',\n    \'subprocess\',\n]\n',
    );
    expect(read(folder, 'tox.ini')).toBe('[testenv]\nsetenv =\n    PYTHONHASHSEED=0\n');

    expect(await step(folder)).toContain('Step 2 of 3: every file imports from where a name is defined');
    expect(read(folder, 'pkg/a.py')).toBe('import os\nfrom time import sleep\nfrom pkg.concurrency_native import GreenPool as Pool\nimport socket\nimport subprocess\n\n\ndef run():\n    sleep(0.1)\n    return Pool(4).imap(socket.socket, [os, subprocess])\n');

    const preview = await run(folder, 'dual', '.', ...through, '--remove');
    expect(preview.out).toContain('diff --git a/pkg/concurrency.py b/pkg/concurrency.py\ndeleted file mode 100644\n');
    expect(preview.out).toContain('+++ /dev/null\n');
    expect(preview.err).toBe('Step 3 of 3: what nothing needs any more goes. Add --write to do so.\n');
    expect(existsSync(path.join(folder, 'pkg/concurrency.py'))).toBe(true);

    expect(await step(folder)).toBe('Step 3 of 3: what nothing needs any more goes. Run the tests, and commit.\n');
    expect(existsSync(path.join(folder, 'pkg/concurrency.py'))).toBe(false);
    expect(read(folder, 'pkg/concurrency_native.py')).toContain('class GreenPool:');
    expect(read(folder, 'pkg/concurrency_native.py')).not.toContain('class Timeout');
    expect(read(folder, 'tests/test_concurrency.py')).toContain('from pkg.concurrency_native import (');
    expect(read(folder, 'requirements.txt')).toBe('requests\n');

    expect(await step(folder)).toBe('Nothing is left to do for `pkg.concurrency`.\n');
  });

  it('leaves no stand-ins where all are equal to names of the standard library', async () => {
    const folder = await dualProject({ 'pkg/a.py': 'from eventlet import sleep\nfrom eventlet.semaphore import Semaphore\n\nwith Semaphore(2):\n    sleep(1)\n' }, ['--tests', 'pkg/test_concurrency.py']);
    for (let n = 0; n < 3; n++) await step(folder);
    expect(read(folder, 'pkg/a.py')).toBe('from time import sleep\nfrom threading import Semaphore\n\nwith Semaphore(2):\n    sleep(1)\n');
    for (const name of ['concurrency.py', 'concurrency_native.py', 'test_concurrency.py']) expect(existsSync(path.join(folder, 'pkg', name))).toBe(false);
  });

  it.each([
    ['a Timeout could end the wait', 'from eventlet import sleep, Timeout\n\nwith Timeout(1):\n    sleep(5)\n'],
    ['somebody could kill the thread that waits', 'from eventlet import sleep, spawn\n\nspawn(sleep, 1).kill()\n'],
    ['it is called without a time', 'from eventlet import sleep\n\nsleep()\n'],
    ['the time may be below zero', 'import time\nfrom eventlet import sleep\n\nsleep(time.time() - 5)\n'],
  ])('keeps its own sleep where %s', async (_, code) => {
    const folder = await dualProject({ 'pkg/a.py': code });
    for (let n = 0; n < 3; n++) await step(folder);
    expect(read(folder, 'pkg/a.py')).toMatch(/from pkg\.concurrency_native import \(?[\w, ]*sleep/);
    expect(read(folder, 'pkg/concurrency_native.py')).toContain('def sleep(');
  });

  it('has the queues of the standard library where nothing else is done with them', async () => {
    const folder = await dualProject({ 'pkg/a.py': 'from eventlet.queue import LightQueue, Queue\n\njobs = Queue(10)\n\n\nclass Worker:\n    def __init__(self):\n        self.done = LightQueue()\n\n    def run(self):\n        self.done.put(jobs.get(timeout=5))\n        jobs.task_done()\n' });
    await step(folder);
    expect(await step(folder)).not.toContain('stay');
    expect(read(folder, 'pkg/a.py')).toMatch(/^from queue import Queue as LightQueue, Queue\n/);
    await step(folder);
    expect(existsSync(path.join(folder, 'pkg/concurrency_native.py'))).toBe(false);
  });

  it.each([
    ['a queue that is iterated over', 'from eventlet.queue import Queue\n\njobs = Queue()\nfor job in jobs:\n    print(job)\n', '`Queue` stays a stand-in: more may be done with what it makes than the one of the standard library can.'],
    ['a queue that is handed on', 'from eventlet.queue import Queue\n\njobs = Queue()\nprint(jobs)\n', '`Queue` stays a stand-in: more may be done with what it makes than the one of the standard library can.'],
    ['a queue that nothing holds', 'from eventlet.queue import Queue\n\nprint(Queue())\n', '`Queue` stays a stand-in: more may be done with what it makes than the one of the standard library can.'],
    ['a queue that hands over', 'from eventlet.queue import Queue\n\njobs = Queue(0)\njobs.put(1)\n', '`Queue` stays a stand-in: it is used in a way in which the one of the standard library is another.'],
    ['a queue whose wait may end', 'from eventlet import Timeout\nfrom eventlet.queue import Queue\n\njobs = Queue()\nwith Timeout(1):\n    jobs.get()\n', '`Queue` stays a stand-in: a `Timeout` or `kill()` may end its waits.\n`Timeout` stays a stand-in: the standard library has nothing that does the same under these names.'],
    ['an event', 'from eventlet import Event\n\nready = Event()\nready.send()\n', '`Event` stays a stand-in: the standard library has nothing that does the same under these names.'],
    ['a module', 'import eventlet\n\neventlet.sleep(1)\n', '`eventlet` stays a stand-in: a module of stand-ins, which is used by its attributes.'],
  ])('keeps %s, and says why', async (_, code, why) => {
    const folder = await dualProject({ 'pkg/a.py': code });
    await step(folder);
    const said = await step(folder);
    expect(said.split('\n').slice(1, -1).sort()).toEqual(why.split('\n'));
    expect(read(folder, 'pkg/a.py')).toContain('from pkg.concurrency_native import');
  });

  it('folds what asks the module, wherever it does', async () => {
    const folder = await dualProject({ 'pkg/a.py': 'from eventlet import sleep\n\nsleep(1)\n' });
    writeFileSync(
      path.join(folder, 'pkg/b.py'),
      'from pkg.concurrency import sleep, uses_eventlet\n\nif not uses_eventlet():\n    # Native.\n    TEXT = """one\n    two"""\nelse:\n    TEXT = None\n\nif uses_eventlet():\n    sleep(2)\n\n\ndef kind():\n    return "green" if uses_eventlet() else "native", uses_eventlet()\n',
    );
    await step(folder);
    expect(read(folder, 'pkg/b.py')).toBe('# Native.\nTEXT = """one\n    two"""\n\n\ndef kind():\n    return "native", False\n');
  });

  it('folds what people wrote in the same form, and keeps what it cannot judge', async () => {
    const folder = project({
      'pkg/concurrency.py': "import os\n\nUSE_EVENTLET = os.environ.get('USE_EVENTLET', '1') == '1'\n\nif USE_EVENTLET:\n    from eventlet import sleep\nelse:\n    from time import sleep\n\ntry:\n    from eventlet import tpool\nexcept ImportError:\n    tpool = None\n\n\ndef nap():\n    sleep(1)\n",
      'pkg/a.py': 'from .concurrency import USE_EVENTLET, nap, sleep\n\nif USE_EVENTLET:\n    import eventlet\nelse:\n    nap(), sleep(2)\n',
      'pkg/test_a.py': "import os\nfrom unittest import mock\n\nwith mock.patch.dict(os.environ, {'USE_EVENTLET': '0'}):\n    pass\n",
    });
    expect(await step(folder)).toContain('pkg/test_a.py:4: it names `USE_EVENTLET`, which nothing reads any more; take it out by hand\n');
    expect(read(folder, 'pkg/concurrency.py')).toBe('from time import sleep\n\ntpool = None\n\n\ndef nap():\n    sleep(1)\n');
    expect(read(folder, 'pkg/a.py')).toBe('from .concurrency import nap, sleep\n\nnap(), sleep(2)\n');
    expect(await run(folder, 'dual', '.', ...through, '--remove')).toMatchObject({ code: 2, err: expect.stringContaining('has names of its own') as string });
  });

  it('keeps what a person has changed, and what somebody still names', async () => {
    const folder = await dualProject({ 'pkg/a.py': 'from eventlet import spawn\n\nspawn(print)\n', 'requirements.txt': 'eventlet\n' });
    await step(folder);
    await step(folder);
    writeFileSync(path.join(folder, 'pkg/b.py'), 'from pkg import concurrency\n\nconcurrency.spawn(print)\n');
    expect(await step(folder)).toBe('Nothing is left to do for `pkg.concurrency`.\npkg/b.py:1: it imports `pkg.concurrency` as a whole; import what it needs by name, and go on\n');

    writeFileSync(path.join(folder, 'pkg/b.py'), 'import eventlet\n\neventlet.sleep(1)\n');
    writeFileSync(path.join(folder, 'pkg/concurrency_native.py'), `${read(folder, 'pkg/concurrency_native.py')}\n\ndef own():\n    pass\n`);
    expect(await step(folder)).toBe(
      'Step 3 of 3: what nothing needs any more goes. Run the tests, and commit.\npkg/concurrency_native.py:1: it is not as it was generated, so it stays, with its tests\npkg/b.py:1: `eventlet` is used here, so the requirement and the configuration of eventlet stay\n',
    );
    expect(read(folder, 'requirements.txt')).toBe('eventlet\n');
    // It is told again as long as that is so, and goes when it is not.
    const again = 'pkg/b.py:1: `eventlet` is used here, so the requirement and the configuration of eventlet stay\n';
    expect(await step(folder)).toBe(`Nothing is left to do for \`pkg.concurrency\`.\n${again}`);
    writeFileSync(path.join(folder, 'pkg/b.py'), '');
    expect(await step(folder)).toBe('Step 3 of 3: what nothing needs any more goes. Run the tests, and commit.\n');
    expect(read(folder, 'requirements.txt')).toBe('');
  });

  it('takes test doubles along, but not those that reach nobody', async () => {
    const folder = await dualProject({
      'pkg/a.py': 'import eventlet\nfrom eventlet.green import subprocess\n\neventlet.sleep(subprocess)\n',
      'pkg/test_a.py': "from unittest import mock\n\n\n@mock.patch('eventlet.green.subprocess.Popen')\n@mock.patch('eventlet.sleep')\ndef test(*_):\n    pass\n",
      'pkg/test_b.py': "from unittest import mock\n\nmock.patch('pkg.concurrency.subprocess')\n",
    });
    await step(folder);
    expect(await step(folder)).toContain('pkg/test_b.py:3: a string names `pkg.concurrency`; name what takes its place\n');
    expect(read(folder, 'pkg/test_a.py')).toContain("@mock.patch('subprocess.Popen')\n@mock.patch('pkg.concurrency_native.eventlet.sleep')\n");

    writeFileSync(path.join(folder, 'pkg/test_b.py'), '');
    writeFileSync(path.join(folder, 'requirements.txt'), 'eventlet\nrequests\n');
    expect(await step(folder)).toBe('Step 3 of 3: what nothing needs any more goes. Run the tests, and commit.\n');
    expect(read(folder, 'requirements.txt')).toBe('requests\n');
  });

  it('refuses a module that is none of this kind', async () => {
    const folder = project({ 'pkg/concurrency.py': 'from time import sleep\n\n\ndef own():\n    sleep(1)\n' });
    expect(await run(folder, 'dual', '.', ...through, '--remove')).toMatchObject({ code: 2, err: 'error: pkg/concurrency.py does not decide between eventlet and native threads, and has names of its own: there is nothing to take down\n' });
  });
});

/** A project after `route` and `dual`. */
async function dualProject(files: Readonly<Record<string, string>>, options: readonly string[] = []): Promise<string> {
  const folder = project(files);
  await run(folder, 'route', '.', ...through, '--write');
  await run(folder, 'dual', '.', ...through, ...options, '--write');
  return folder;
}

async function step(folder: string): Promise<string> {
  return (await run(folder, 'dual', '.', ...through, '--remove', '--write')).err;
}

function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder({ 'pkg/__init__.py': '', ...files });
  folders.push(folder);
  return folder.path;
}

function read(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}
