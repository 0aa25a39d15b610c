import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standIns } from '../../server/src/rules/concurrency/standIns';
import { run } from '../cli/run';
import { leaveOut } from '../corpus/packages';
import { pythonWithEventlet } from './python';

/**
 * The stand-ins that dual mode writes, tested by the tests that it writes: once with eventlet behind the names and once with native
 * threads, where eventlet cannot be imported.
 */
describe('the stand-ins', () => {
  const python = pythonWithEventlet();
  const folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    writeFileSync(join(folder, 'concurrency.py'), everything());
    const { code, err } = await run(folder, 'dual', '.', '--through', 'concurrency.py', '--tests', 'test_concurrency.py', '--switch', 'DISABLE_EVENTLET', '--write');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it.for([
    ['with eventlet', { DISABLE_EVENTLET: '0' }, true],
    ['on native threads, where eventlet is not installed', {}, false],
    ['on native threads, where eventlet is installed', { DISABLE_EVENTLET: 'yes' }, false],
  ] as const)('hold %s', ([title, environment, isGreen], { skip }) => {
    if ('reason' in python) return leaveOut(python.reason, skip);
    const isHidden = title.endsWith('not installed');
    const program = `${isHidden ? hideEventlet : ''}
import sys, unittest, concurrency, test_concurrency
assert concurrency.uses_eventlet() is ${isGreen ? 'True' : 'False'}
assert ('eventlet' in sys.modules) is ${isGreen ? 'True' : 'False'}
unittest.main(test_concurrency)`;
    const { status, stderr } = spawnSync(python.executable, ['-c', program], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...environment, PYTHONPATH: python.path },
    });
    expect(stderr).toMatch(/\nRan \d\d+ tests in [\s\S]*\nOK\n$/);
    expect(status).toBe(0);
  });
});

/** What does nothing on native threads, and what fails there: not before somebody calls it, and with words. */
it('what is not needed does nothing, and what has no stand-in says so when it is called', async ({ skip }) => {
  const python = pythonWithEventlet();
  if ('reason' in python) return leaveOut(python.reason, skip);
  const folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'concurrency.py'), 'from eventlet import debug, hubs, monkey_patch\nfrom eventlet.websocket import WebSocketWSGI\n');
  writeFileSync(join(folder, 'use.py'), 'from concurrency import debug, hubs, monkey_patch\nmonkey_patch(thread=False)\nhubs.use_hub("poll")\ndebug.hub_exceptions(True)\ndebug.hub_blocking_detection(True)\n');
  await run(folder, 'dual', '.', '--through', 'concurrency.py', '--write');
  const program = `${hideEventlet}
import use
from concurrency import WebSocketWSGI
class Handler(WebSocketWSGI):
    pass
for call in WebSocketWSGI, Handler:
    try:
        call(None)
    except NotImplementedError as error:
        print(error)`;
  const { stdout, stderr } = spawnSync(python.executable, ['-c', program], { cwd: folder, encoding: 'utf8', env: { ...process.env, PYTHONPATH: python.path } });
  const words = 'eventlet.websocket.WebSocketWSGI has no counterpart on native threads: replace what uses it, or run with eventlet\n';
  expect({ stdout, stderr }).toEqual({ stdout: words + words, stderr: '' });
});

const hideEventlet = `
import importlib.util, sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] == 'eventlet':
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
find_spec = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == 'eventlet' else find_spec(name, package)
`;

/** A concurrency module with every name that has a stand-in. */
function everything(): string {
  const names = standIns.flatMap(({ provides }) => [...provides.keys()]);
  return names.map((dotted) => `from ${importable(dotted.slice(0, dotted.lastIndexOf('.')))} import ${dotted.slice(dotted.lastIndexOf('.') + 1)}\n`).join('');
}

/** `eventlet.greenlet` is an attribute and no module. */
function importable(module: string): string {
  return module === 'eventlet.greenlet' ? 'eventlet.support.greenlets' : module;
}
