import { afterEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/workspace/finding';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const patched = 'import eventlet\neventlet.monkey_patch()\n';
const sleeper = 'import eventlet\n\ndef run():\n    eventlet.sleep(1)\n';
const base = { 'pkg/__init__.py': '', 'pkg/main.py': patched, 'tests/__init__.py': patched, 'pkg/worker.py': sleeper };

const open: Workspace[] = [];
afterEach(() => open.splice(0).forEach((workspace) => workspace.dispose()));

async function project(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const all = Object.entries({ ...base, ...files }).map(([path, text]) => [`file:///p/${path}`, text] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'] });
  open.push(workspace);
  await workspace.scan();
  return workspace;
}

function sleepIn(workspace: Workspace, path = 'pkg/worker.py'): Finding {
  const found = workspace.findings(`file:///p/${path}`).find(({ rule }) => rule === 'sleep');
  if (!found) throw new Error(`there is no sleep in ${path}`);
  return found;
}

/** A test of `pkg.worker` with this decorator. */
function testWith(decorator: string, imports = 'from pkg import worker\n'): string {
  return `from unittest import mock\n\n${imports}\n\n${decorator}\ndef test_run(sleep):\n    pass\n`;
}

/** The text of each file that changes, by path. */
async function fixed(workspace: Workspace, review = false): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await workspace.fix({ review, rules: ['sleep'] })).map(({ uri, after }) => [workspace.pathOf(uri), after]));
}

const awake = 'import time\n\ndef run():\n    time.sleep(1)\n';

describe('code stays that a double replaces which cannot move with it', () => {
  it.each([
    ['an assignment', 'worker.eventlet.sleep = print\n'],
    ['an assignment to the module', 'import eventlet\n\neventlet.sleep = print\n'],
    ['patch.multiple', 'mock.patch.multiple(worker.eventlet, sleep=print).start()\n'],
    ['an f-string', "mock.patch(f'{worker.__name__}.eventlet.sleep').start()\n"],
    ['a format', "mock.patch('%s.eventlet.sleep' % worker.__name__).start()\n"],
    ['a sum', "mock.patch(worker.__name__ + '.eventlet.sleep').start()\n"],
  ])('%s', async (_, statement) => {
    const workspace = await project({ 'tests/test_worker.py': `from unittest import mock\n\nfrom pkg import worker\n\n${statement}` });
    expect(sleepIn(workspace).fixes.map(({ safety }) => safety)).toEqual(['review']);
    expect(await fixed(workspace)).toEqual({});
  });

  it.each(["TARGET = 'pkg.worker.eventlet.sleep'\nmock.patch(TARGET).start()\n", "p = mock.patch\np('pkg.worker.eventlet.sleep').start()\n"])('and moves with one that goes by another name: %j', async (statement) => {
    const workspace = await project({ 'tests/test_worker.py': `from unittest import mock\n\nfrom pkg import worker\n\n${statement}` });
    expect(await fixed(workspace)).toEqual({ 'pkg/worker.py': awake, 'tests/test_worker.py': `from unittest import mock\n\nfrom pkg import worker\n\n${statement.replace('eventlet', 'time')}` });
  });
});

describe('a test double moves with the code that it stands in for', () => {
  it.each([
    ["@mock.patch('eventlet.sleep')", "@mock.patch('time.sleep')"],
    ["@mock.patch('pkg.worker.eventlet.sleep')", "@mock.patch('pkg.worker.time.sleep')"],
    ["@mock.patch.object(worker.eventlet, 'sleep')", "@mock.patch.object(time, 'sleep')"],
  ])('%s becomes %s', async (before, after) => {
    const workspace = await project({ 'tests/test_worker.py': testWith(before) });
    expect(sleepIn(workspace).fixes[0]).toMatchObject({ title: 'Use `time.sleep` in code and test doubles (2 places in 2 files)', safety: 'safe' });
    const texts = await fixed(workspace);
    expect(texts['pkg/worker.py']).toBe(awake);
    expect(texts['tests/test_worker.py']).toContain(after);
  });

  it('and so does one of a name that the module imported by itself', async () => {
    const workspace = await project({ 'pkg/worker.py': 'from eventlet import sleep\n\ndef run():\n    sleep(1)\n', 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.sleep')") });
    expect(await fixed(workspace)).toEqual({ 'pkg/worker.py': awake, 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.time.sleep')") });
  });

  it.each([
    ["@mock.patch.object(worker, 'sleep')", "@mock.patch.object(worker.time, 'sleep')"],
    ["@mock.patch.object(target=worker, attribute='sleep')", "@mock.patch.object(target=worker.time, attribute='sleep')"],
    ["@replaced(lambda monkeypatch: monkeypatch.setattr(worker, 'sleep', print))", "@replaced(lambda monkeypatch: monkeypatch.setattr(worker.time, 'sleep', print))"],
    ["@replaced(lambda test: test.useFixture(MockPatchObject(worker,\n    'sleep')))", "@replaced(lambda test: test.useFixture(MockPatchObject(worker.time,\n    'sleep')))"],
  ])('that has the module in its hand: %s', async (before, after) => {
    const workspace = await project({ 'pkg/worker.py': 'from eventlet import sleep\n\ndef run():\n    sleep(1)\n', 'tests/test_worker.py': testWith(before) });
    expect(sleepIn(workspace).fixes[0]).toMatchObject({ title: 'Use `time.sleep` in code and test doubles (2 places in 2 files)', safety: 'safe' });
    expect(await fixed(workspace)).toEqual({ 'pkg/worker.py': awake, 'tests/test_worker.py': testWith(after) });
  });

  it('that has it in its hand, by the name of the native module where the code has that under another one', async () => {
    const worker = (imports: string, call: string): string => `${imports}\n\ndef run():\n    ${call}\n    return time()\n`;
    const workspace = await project({ 'pkg/worker.py': worker('from time import time\n\nfrom eventlet import sleep', 'sleep(1)'), 'tests/test_worker.py': testWith("@mock.patch.object(worker, 'sleep')") });
    expect((await fixed(workspace))['tests/test_worker.py']).toContain("@mock.patch.object(time, 'sleep')");
  });

  it('by the name of the native module, where the code has that under another one', async () => {
    const worker = (imports: string, call: string): string => `${imports}\n\ndef run():\n    ${call}\n    return time()\n`;
    const workspace = await project({ 'pkg/worker.py': worker('from time import time\n\nfrom eventlet import sleep', 'sleep(1)'), 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.sleep')") });
    expect(await fixed(workspace)).toEqual({ 'pkg/worker.py': worker('import time as time_module\nfrom time import time', 'time_module.sleep(1)'), 'tests/test_worker.py': testWith("@mock.patch('time.sleep')") });
  });

  it('with the code of a test that keeps the function itself while it is replaced', async () => {
    const test = (module: string): string => `from unittest import mock\nimport ${module}\n\nfrom pkg import worker\n\n\ndef test_run():\n    sleep = ${module}.sleep\n    with mock.patch('${module}.sleep', side_effect=lambda seconds: sleep(seconds)):\n        worker.run()\n`;
    const workspace = await project({ 'tests/test_worker.py': test('eventlet') });
    expect(await fixed(workspace)).toEqual({ 'pkg/worker.py': awake, 'tests/test_worker.py': test('time').replace('from unittest import mock\nimport time\n', 'import time\nfrom unittest import mock\n') });
  });

  it('in one fix, which both sides offer, and of which nothing is left for a second run', async () => {
    const files = { 'tests/test_worker.py': testWith("@mock.patch('eventlet.sleep')") };
    const workspace = await project(files);
    const uri = 'file:///p/tests/test_worker.py';
    const double = workspace.findings(uri).find(({ rule }) => rule === 'mock-target');
    if (!double) throw new Error('there is no double');
    const changes = await workspace.changesOf(uri, double, 0);
    expect(changes).toEqual(await workspace.changesOf('file:///p/pkg/worker.py', sleepIn(workspace), 0));
    expect(changes.map(({ uri: at, together }) => [workspace.pathOf(at), together?.length])).toEqual([['tests/test_worker.py', 1], ['pkg/worker.py', 1]]);
    expect(await fixed(await project({ ...files, ...(await fixed(workspace)) }))).toEqual({});
  });

  it('with everybody who notices it: the other module that the test loads, and that one’s other test', async () => {
    const files = {
      'pkg/other.py': sleeper,
      'pkg/apart.py': sleeper,
      'tests/test_worker.py': testWith("@mock.patch('pkg.worker.eventlet.sleep')", 'from pkg import other, worker\n'),
      'tests/test_other.py': testWith("@mock.patch('pkg.other.eventlet.sleep')", 'from pkg import other\n'),
    };
    const workspace = await project(files);
    expect(sleepIn(workspace).fixes[0]?.title).toBe('Use `time.sleep` in code and test doubles (4 places in 4 files)');
    expect(sleepIn(workspace, 'pkg/apart.py').fixes[0]?.title).toBe('Use `time.sleep`');
  });

  it('where a base of tests has it, with what all these tests load', async () => {
    const files = {
      'tests/base.py': testWith("@mock.patch('eventlet.sleep')", ''),
      'tests/test_worker.py': 'from pkg import worker\nfrom tests import base\n',
      'tests/unit.py': '',
      'pkg/apart.py': sleeper,
    };
    const workspace = await project(files);
    expect(Object.keys(await fixed(workspace)).sort()).toEqual(['pkg/apart.py', 'pkg/worker.py', 'tests/base.py']);
    expect(sleepIn(workspace).fixes[0]?.files).toBe(2);
  });
});

describe('what moves together wants a look', () => {
  async function whyNot(files: Readonly<Record<string, string>>): Promise<string | undefined> {
    const [fix] = sleepIn(await project({ 'tests/test_worker.py': testWith("@mock.patch('eventlet.sleep')"), ...files })).fixes;
    expect(fix?.safety).toBe('review');
    return fix?.why;
  }

  it('where the double would reach further than before', async () => {
    const loader = { 'pkg/other.py': 'import time\n\ndef nap():\n    time.sleep(2)\n', 'tests/test_worker.py': testWith("@mock.patch('eventlet.sleep')", 'from pkg import other, worker\n') };
    expect(await whyNot(loader)).toContain('(pkg/other.py)');
  });

  it('where one of the modules runs in a process that is not patched, which is named', async () => {
    const test = testWith("@mock.patch('eventlet.sleep')", 'from pkg import other, worker\n');
    const why = await whyNot({ 'pkg/other.py': `${sleeper}\nif __name__ == '__main__':\n    eventlet.spawn(run)\n`, 'tests/test_worker.py': test });
    expect(why).toBe('pkg/other.py:4: the process may run without `time` being monkey-patched, and then one `time.sleep` blocks every green thread');
  });

  it('where a call changes its arguments', async () => {
    expect(await whyNot({ 'pkg/worker.py': 'import eventlet\n\ndef run():\n    eventlet.sleep()\n' })).toContain('other arguments');
  });

  it('where a use is not safe by itself', async () => {
    expect(await whyNot({ 'pkg/worker.py': 'import eventlet\n\ndef run(work):\n    work(eventlet.sleep)\n' })).toContain('has no default');
  });
});

describe('nothing moves, and the code alone wants a look,', () => {
  it.each([
    ['where the target leads through another module', { 'tests/test_worker.py': testWith("@mock.patch('pkg.other.eventlet.sleep')") }],
    ['where the whole module is replaced', { 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.eventlet')") }],
    ['where the double is kept', { 'tests/test_worker.py': testWith("@mock.patch('eventlet.sleep')  # eventlet: keep[mock-target] for the old service") }],
    ['where one of the uses has no fix', { 'tests/test_worker.py': testWith("@mock.patch('eventlet.sleep')"), 'pkg/worker.py': `${sleeper}    eventlet.sleep(*[1])\n` }],
  ])('%s', async (_, files) => {
    const workspace = await project(files);
    const [fix, ...others] = sleepIn(workspace).fixes.filter(({ target }) => target === 'threading');
    expect([fix?.safety, fix?.why, others]).toEqual(['review', expect.stringContaining('tests patch `eventlet.sleep` (tests/test_worker.py)'), []]);
    expect(await fixed(workspace)).toEqual({});
  });
});

it('a double of something else, and a name that nobody doubles, are left alone', async () => {
  const workspace = await project({ 'tests/test_worker.py': testWith("@mock.patch('eventlet.greenthread.sleep')\n@mock.patch('eventlet.spawn')") });
  expect(sleepIn(workspace).fixes[0]).toMatchObject({ title: 'Use `time.sleep`', safety: 'safe' });
});

it('a double of a name that stays does not stand in the way', async () => {
  const green = 'from eventlet.green import socket\n\ndef find(name):\n    return socket.getaddrinfo(name, 80)\n';
  const workspace = await project({ 'pkg/worker.py': green, 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.socket')") });
  const fixes = workspace.findings('file:///p/pkg/worker.py').map(({ fixes: [fix] }) => [fix?.safety, fix?.files]);
  expect(fixes).toEqual([['safe', undefined], ['safe', undefined]]);
});

it('a double of a name that the code keeps stays as it is, while the name becomes the native one', async () => {
  const worker = 'try:\n    from eventlet import sleep\nexcept ImportError:\n    from time import sleep\n\ndef run():\n    sleep(1)\n';
  const workspace = await project({ 'pkg/worker.py': worker, 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.sleep')") });
  expect(await fixed(workspace, true)).toEqual({ 'pkg/worker.py': 'from time import sleep\n\ndef run():\n    sleep(1)\n' });
  const [double] = workspace.findings('file:///p/tests/test_worker.py').filter(({ rule }) => rule === 'mock-target');
  expect(double).toMatchObject({ fixes: [], reason: expect.stringContaining('`pkg.worker.sleep` stays the name of what is replaced') as string });
});

it('what is rewritten together is as safe as its weakest name', async () => {
  const files = { 'pkg/worker.py': 'import eventlet\n\ndef run(f):\n    eventlet.sleep(1)\n    eventlet.sleep(f() - 1)\n' };
  const safe = async (more: Readonly<Record<string, string>>) => (await project({ ...files, ...more })).findings('file:///p/pkg/worker.py').flatMap(({ fixes }) => fixes).filter(({ safety }) => safety === 'safe');
  expect(await safe({})).not.toEqual([]);
  const doubled = { 'tests/test_worker.py': testWith("@mock.patch('eventlet.sleep')") };
  expect(await safe(doubled)).toEqual([]);
  expect(await (await project({ ...files, ...doubled })).fix({ review: false })).toEqual([]);
});

describe('a double that has no effect is told of', () => {
  async function messageOf(files: Readonly<Record<string, string>>): Promise<string | undefined> {
    const workspace = await project(files);
    return workspace.findings('file:///p/tests/test_worker.py').find(({ rule }) => rule === 'mock-target')?.message;
  }

  it('where no code reads the name any more', async () => {
    expect(await messageOf({ 'pkg/worker.py': awake, 'tests/test_worker.py': testWith("@mock.patch('eventlet.sleep')") })).toContain('replaces nothing');
    expect(await messageOf({ 'tests/test_worker.py': testWith("@mock.patch('eventlet.sleep')") })).not.toContain('replaces nothing');
  });

  it('where the module holds eventlet no more, so that the patch fails', async () => {
    expect(await messageOf({ 'pkg/worker.py': awake, 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.eventlet.sleep')") })).toContain('`AttributeError`');
    expect(await messageOf({ 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.eventlet.sleep')") })).not.toContain('`AttributeError`');
    expect(await messageOf({ 'pkg/worker.py': 'from eventlet.green import socket\nsocket.socket()\n', 'tests/test_worker.py': testWith("@mock.patch('pkg.worker.socket.socket')") })).not.toContain('`AttributeError`');
  });

  it.each(['pkg.worker.eventlet.sleep', 'pkg.native.eventlet.sleep'])('but not of `%s` where the project has something of its own under that name', async (target) => {
    const files = { 'pkg/native.py': 'import types\neventlet = types.SimpleNamespace(sleep=print)\n', 'tests/test_worker.py': testWith(`@mock.patch('${target}')`) };
    expect(await messageOf({ ...files, 'pkg/worker.py': 'from pkg.native import eventlet\neventlet.sleep(1)\n' })).toBeUndefined();
    expect(await messageOf({ ...files, 'pkg/worker.py': 'import eventlet\neventlet.sleep(1)\n' })).toBeDefined();
    expect(await messageOf({ ...files, 'pkg/worker.py': 'from elsewhere import eventlet\neventlet.sleep(1)\n' })).toBeDefined();
  });
});
