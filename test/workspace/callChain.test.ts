import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/edits/lines';
import { chainRefusal, chainSummary } from '../../server/src/features/callChain';
import type { CallChain } from '../../server/src/workspace/chain/callChain';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

describe('converting a call chain', () => {
  it('makes coroutines of the function and of everybody who calls it, file by file', async () => {
    const { changes, summary } = await converted({
      'pkg/poll.py': `
import eventlet

def poll(node):
    # Until it answers.
    while not node.ready():
        eventlet.sleep(1)^
    return node.state
`,
      'pkg/service.py': `
from pkg import poll as polling
from pkg.poll import poll

class Service:
    def start(self, nodes):
        states = [poll(node) for node in nodes]
        return states, polling.poll(nodes[0]).upper()

def main():
    service = Service()
    service.start([])

if __name__ == '__main__':
    main()
`,
      'pkg/tests/test_poll.py': `
from pkg.poll import poll

def test_poll(node):
    assert poll(node) == 'up'
`,
      'pkg/other.py': `
def poll(node):
    return 1

poll(None)
`,
    });
    expect(changes).toEqual({
      'pkg/poll.py': `
import asyncio

async def poll(node):
    # Until it answers.
    while not node.ready():
        await asyncio.sleep(1)
    return node.state
`,
      'pkg/service.py': `
import asyncio

from pkg import poll as polling
from pkg.poll import poll

class Service:
    async def start(self, nodes):
        states = [await poll(node) for node in nodes]
        return states, (await polling.poll(nodes[0])).upper()

async def main():
    service = Service()
    await service.start([])

if __name__ == '__main__':
    asyncio.run(main())
`,
      'pkg/tests/test_poll.py': `
import asyncio

from pkg.poll import poll

def test_poll(node):
    assert asyncio.run(poll(node)) == 'up'
`,
    });
    expect(summary).toContain('3 functions in 3 files would become `async def`: `poll` (pkg/poll.py), `Service.start` (pkg/service.py), `main` (pkg/service.py).');
    expect(summary).toContain('`asyncio.run` would run `poll(node)` (pkg/tests/test_poll.py), `main()` (pkg/service.py).');
  });

  it('says where nobody in the project calls', async () => {
    const { summary } = await converted({ 'a.py': 'def wait():\n    ^pass\n' });
    expect(summary).toContain('Nobody in the project calls `wait`: whoever does has to await it.');
  });

  it('awaits in coroutines, which stay what they are, and hands on what a package imports', async () => {
    const { changes } = await converted({
      'pkg/__init__.py': 'from pkg.poll import poll\n',
      'pkg/poll.py': 'def poll():\n    ^return 1\n',
      'use.py': 'import pkg\n\nasync def run():\n    return pkg.poll()\n',
    });
    expect(changes).toEqual({
      'pkg/poll.py': 'async def poll():\n    return 1\n',
      'use.py': 'import pkg\n\nasync def run():\n    return await pkg.poll()\n',
    });
  });

  it.each([
    ['a generator', 'def each():\n    ^yield 1\n', '`each` is a generator'],
    ['what Python calls', 'class A:\n    def __init__(self):\n        ^pass\n', '`A.__init__` is called by Python itself'],
    ['a property', 'class A:\n    @property\n    def size(self):\n        ^return 1\n', '`A.size` is decorated with `@property`'],
    ['a callback', 'def tell():\n    ^pass\n\nregister(tell)\n', '`tell` is passed on as a value here'],
    ['a method that is overridden', 'class A:\n    def run(self):\n        ^pass\n\nclass B(A):\n    def run(self):\n        pass\n', '`B` overrides `run`'],
    ['a method that a base may call', 'import threading\n\nclass A(threading.Thread):\n    def run(self):\n        ^pass\n', '`A` inherits from `threading.Thread`, which may call `run` itself'],
    ['a method of who knows whom', 'class A:\n    def run(self):\n        ^pass\n\ndef go(worker):\n    worker.run()\n', '`worker.run` may be this method'],
    ['a lambda', 'def wait():\n    ^pass\n\ncall = lambda: wait()\n', 'is called in a lambda'],
    ['a generator expression', 'def wait():\n    ^pass\n\ndef run():\n    return sum(wait() for _ in [1])\n', 'in a generator expression'],
    ['a function inside of another', 'def wait():\n    ^pass\n\ndef run():\n    def inner():\n        wait()\n    return inner\n', 'a function inside of another'],
  ])('refuses %s', async (_, text, reason) => {
    const { changes, refusal } = await converted({ 'a.py': text });
    expect(changes).toEqual({});
    expect(refusal).toContain(reason);
  });

  it('follows objects whose class is in sight', async () => {
    const { changes } = await converted({
      'a.py': 'class A:\n    def run(self):\n        ^pass\n\n    def again(self):\n        self.run()\n',
      'b.py': 'from a import A\n\nclass Owner:\n    def __init__(self):\n        self._a = A()\n\n    def go(self, other: A):\n        self._a.run()\n        other.run()\n',
    });
    expect(changes['a.py']).toContain('async def again(self):\n        await self.run()\n');
    expect(changes['b.py']).toContain('    async def go(self, other: A):\n        await self._a.run()\n        await other.run()\n');
  });

  it('has nothing to do where there is no function, or a coroutine', async () => {
    expect(await chainOf({ 'a.py': 'x = 1^\n' })).toBeUndefined();
    expect(await chainOf({ 'a.py': 'async def f():\n    ^pass\n' })).toBeUndefined();
  });
});

const root = 'file:///p';

/** The chain of the function at the `^`. */
async function chainOf(files: Readonly<Record<string, string>>): Promise<CallChain | undefined> {
  const [path = '', text = ''] = Object.entries(files).find(([, content]) => content.includes('^')) ?? [];
  const offset = text.indexOf('^');
  const contents = Object.entries(files).map(([name, content]) => [`${root}/${name}`, content.replace('^', '')] as const);
  const workspace = await Workspace.create(memoryHost(new Map(contents)), { roots: [root] });
  await workspace.scan();
  const chain = await workspace.callChain(`${root}/${path}`, new LineIndex(text.replace('^', '')).position(offset));
  workspace.dispose();
  return chain;
}

async function converted(files: Readonly<Record<string, string>>): Promise<{ changes: Record<string, string>; summary: string; refusal: string }> {
  const chain = await chainOf(files);
  if (!chain) throw new Error('there is no chain');
  const name = (uri: string) => uri.slice(root.length + 1);
  return { changes: Object.fromEntries(chain.changes.map(({ uri, after }) => [name(uri), after])), summary: chainSummary(chain, name), refusal: chain.obstacles.length > 0 ? chainRefusal(chain, name) : '' };
}
