import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

const uri = 'file:///w/a.py';

it('ten thousand parses leave no more memory resident than a few', async () => {
  const workspace = await Workspace.create(memoryHost(new Map()), { roots: ['file:///w'] });
  // What is loaded and compiled, and the pages that trees of this size need, are there after the first ones.
  await parse(workspace, 6000);
  const before = await resident();
  await parse(workspace, 10_000);
  const after = await resident();
  workspace.dispose();
  expect(after / before).toBeLessThan(1.1);
}, 300_000);

/** So many files that are opened, typed in and closed; every look at one parses it. */
async function parse(workspace: Workspace, times: number): Promise<void> {
  for (let time = 0; time < times; time += 2) {
    const text = `import eventlet\n\n\nclass Service${time}:\n    def run(self):\n        eventlet.sleep(${time})\n${'        self.count += 1\n'.repeat(time % 20)}`;
    workspace.open(uri, text);
    if (workspace.findings(uri).length !== 2) throw new Error(`not everything was found in ${text}`);
    workspace.edit(uri, `${text}eventlet.sleep(1)\n`, [{ start: text.length, oldEnd: text.length, newEnd: text.length + 18 }]);
    if (workspace.findings(uri).length !== 3) throw new Error(`not everything was found in what followed ${text}`);
    workspace.close(uri);
    if (time % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Bytes, when they have come to rest: the system gets pages back some time after the collector is through with them. */
async function resident(): Promise<number> {
  setFlagsFromString('--expose-gc');
  // A context made after the flag was set has the collector in its scope.
  const collect = runInNewContext('gc') as () => void;
  const readings: number[] = [];
  for (let time = 0; time < 5; time++) {
    collect();
    await setTimeout(100);
    readings.push(process.memoryUsage().rss);
  }
  return Math.min(...readings);
}
