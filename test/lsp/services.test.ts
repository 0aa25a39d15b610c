import { describe, expect, it } from 'vitest';
import { connect, uriOf } from '../kit/client';

const files = {
  'setup.cfg': '[entry_points]\nconsole_scripts =\n    lamp = pkg.main:run\n    tool = pkg.tool:run\n',
  'pkg/__init__.py': '',
  'pkg/wait.py': 'from time import sleep\n',
  'pkg/main.py': 'import os\nfrom pkg import wait\nimport eventlet\nif not os.environ.get("NATIVE"):\n    eventlet.monkey_patch()\neventlet.monkey_patch(socket=True)\n\nfrom pkg import a\n',
  'pkg/a.py': 'import threading\nimport eventlet\n\n\ndef rest(lock=threading.Lock()):\n    eventlet.sleep(1)\n    eventlet.sleep(2)\n',
  'pkg/b.py': 'import eventlet\n\n\ndef start(job):\n    eventlet.spawn(job)\n',
  'pkg/tool.py': '',
  'tests/test_a.py': 'from pkg import a\n',
};

describe('eventlet/services', () => {
  it('tells of each process what it patches, and what is in the way of doing without', async () => {
    const client = await (await connect({ files })).ready();
    const { services, tests, unreached } = await client.services();
    expect(services.map(({ name, mayDrop, patched }) => [name, mayDrop, patched.join()])).toEqual([
      ['lamp', 'no', 'os,select,socket,subprocess,thread,time'],
      ['tool', 'nothing', ''],
    ]);
    const [lamp] = services;
    expect(lamp?.blockers).toEqual([{ kind: 'uses', rule: 'sleep', count: 2, places: [{ uri: uriOf('pkg/a.py'), range: { start: { line: 5, character: 4 }, end: { line: 5, character: 18 } }, count: 2 }] }]);
    expect(lamp?.relies.map(({ uri, names }) => [uri, ...names])).toEqual([[uriOf('pkg/wait.py'), 'time.sleep'], [uriOf('pkg/a.py'), 'threading.Lock']]);
    expect(lamp?.problems.map(({ kind, places }) => [kind, places.length])).toEqual([['early', 1], ['twice', 2], ['switch', 1]]);
    expect(lamp?.calls.map(({ range, groups, conditions }) => [range?.start.line, groups?.length, ...conditions])).toEqual([[4, 6, 'not os.environ.get("NATIVE")'], [5, 1]]);
    expect(tests).toEqual([{ folder: 'tests', modules: 1, patched: [] }]);
    expect(unreached.map(({ uri }) => uri)).toEqual([uriOf('pkg/b.py')]);
  });

  it('says perhaps where only modules are left that no process is known to load', async () => {
    const client = await (await connect({ files: { ...files, 'pkg/a.py': '' } })).ready();
    expect((await client.services()).services[0]?.mayDrop).toBe('perhaps');
  });

  it('says perhaps where a string names the module that uses it, and which that is', async () => {
    const client = await (await connect({ files: { ...files, 'pkg/a.py': "starter = load('pkg.b.Starter')\n" } })).ready();
    const { services: [lamp], unreached } = await client.services();
    expect(lamp).toMatchObject({ mayDrop: 'perhaps', named: [{ uri: uriOf('pkg/b.py'), count: 1 }] });
    expect(unreached).toEqual([]);
  });

  it('says yes where nothing is left', async () => {
    const client = await (await connect({ files: { ...files, 'pkg/a.py': '', 'pkg/b.py': '' } })).ready();
    expect((await client.services()).services[0]?.mayDrop).toBe('yes');
  });
});
