import { describe, expect, it } from 'vitest';
import type { Thread, Threads } from '../../server/src/host';
import { serveAnalyst, type ToAnalyst } from '../../server/src/workspace/analystThread';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost, parser } from '../kit/host';

/** Enough text for threads to be started, in which names come along every way that asks for other files. */
function project(): Map<string, string> {
  const files: Record<string, string> = {
    'pkg/__init__.py': '',
    'pkg/hub.py': "import eventlet\nfrom eventlet import *\nfrom eventlet import GreenPool, Timeout\nsleep = eventlet.sleep\n__all__ = ['sleep', 'GreenPool']\n",
    'pkg/base.py': 'import eventlet\n\nclass Worker:\n    def __init__(self):\n        self.pool = eventlet.GreenPool(10)\n\nclass ReadTimeout(eventlet.Timeout):\n    pass\n\ndef spawn(*args):\n    return eventlet.spawn(*args)\n',
    'pkg/further.py': 'from .hub import sleep as nap\nfrom . import base\n',
  };
  for (let index = 0; index < 60; index++) {
    files[`pkg/m${index}.py`] = [
      'import eventlet',
      'from pkg import base, further',
      index % 2 === 0 ? 'from .hub import *' : 'from pkg.hub import sleep, GreenPool',
      '',
      'class Own(base.Worker):',
      '    def run(self):',
      '        self.pool.spawn_n(print, 1)',
      '        further.nap(1)',
      '        further.base.spawn(print)',
      '',
      'def work():',
      '    try:',
      '        with base.ReadTimeout(3):',
      `            eventlet.sleep(${index})`,
      '    except base.ReadTimeout:',
      '        sleep(1)',
      '    GreenPool().waitall()',
      '',
    ].join('\n');
    files[`pkg/tests/test_m${index}.py`] = `from unittest import mock\n\nfrom pkg import base, further\nfrom pkg import m${index} as tested\n\n@mock.patch('pkg.further.nap')\n@mock.patch.object(base, 'spawn')\ndef test(spawn, nap):\n    tested.eventlet.sleep(0)\n    with mock.patch.object(further.base, 'eventlet'):\n        tested.work()\n`;
  }
  const comment = `# ${'not looked into '.repeat(1000)}\n`;
  return new Map(Object.entries(files).map(([path, text]) => [`file:///p/${path}`, text === '' ? '' : text + comment]));
}

/** Threads in this one: what they are sent comes as a copy, later. After so many messages they end by themselves. */
function threads(most: number, life = Infinity): Threads & { readonly started: () => number; readonly running: () => number } {
  let started = 0;
  let running = 0;
  return { most, start, started: () => started, running: () => running };

  function start(): Thread {
    started++;
    running++;
    let tell: (message: unknown) => void = () => undefined;
    let lose: (reason: string) => void = () => undefined;
    let left = life;
    let isAlive = true;
    const end = (): void => {
      if (isAlive) running--;
      isAlive = false;
    };
    const hear = parser().then((ready) => serveAnalyst(ready, (message) => void setImmediate(() => isAlive && tell(structuredClone(message)))));
    const send = (message: unknown): void => {
      const copy = structuredClone(message) as ToAnalyst;
      if (left-- > 0) return void hear.then((serve) => isAlive && serve(copy));
      end();
      setImmediate(() => lose('out of memory'));
    };
    return { send, onMessage: (listener) => void (tell = listener), onEnd: (listener) => void (lose = listener), end };
  }
}

async function found(given?: Threads): Promise<{ readonly findings: unknown; readonly logged: readonly string[] }> {
  const host = { ...memoryHost(project()), ...(given ? { threads: given } : {}) };
  const workspace = await Workspace.create(host, { roots: ['file:///p'] });
  await workspace.scan();
  const findings = workspace.uris.map((uri) => [uri, workspace.findings(uri)]);
  workspace.dispose();
  return { findings, logged: host.logged };
}

describe('analysts in other threads', () => {
  it.each([1, 3])('find what is found without them: %i', async (most) => {
    const team = threads(most);
    const { findings, logged } = await found(team);
    expect(findings).toEqual((await found()).findings);
    expect(JSON.stringify(findings)).toContain('pkg.further');
    expect({ logged, started: team.started(), running: team.running() }).toEqual({ logged: [], started: most, running: 0 });
  });

  it.each([0, 1, 40])('may end at any time: after %i messages', async (life) => {
    const team = threads(2, life);
    const { findings, logged } = await found(team);
    expect(findings).toEqual((await found()).findings);
    expect(logged[0]).toBe('a thread that analyses files ended (out of memory); they are analysed without it');
    expect(team.running()).toBe(0);
  });

  it('are not asked for a little text, and end when a scan is called off', async () => {
    const few = threads(2);
    const small = new Map([...project()].slice(0, 10));
    const one = await Workspace.create({ ...memoryHost(small), threads: few }, { roots: ['file:///p'] });
    await one.scan();
    one.dispose();
    expect(few.started()).toBe(0);

    const team = threads(2);
    const all = await Workspace.create({ ...memoryHost(project()), threads: team }, { roots: ['file:///p'] });
    let asked = 0;
    await all.scan({ isCancelled: () => asked++ > 200 });
    expect({ started: team.started(), running: team.running() }).toEqual({ started: 2, running: 0 });
    await all.scan();
    expect(all.uris.map((uri) => [uri, all.findings(uri)])).toEqual((await found()).findings);
    all.dispose();
  });
});
