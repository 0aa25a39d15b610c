import { describe, expect, test } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import { isFix } from '../../server/src/rules/rule';
import { analyse, editsOf } from '../../server/src/workspace/analysis';
import { parser } from '../kit/host';
import { expectLaws } from '../kit/laws';

test('a thread whose loop never ends is said to need a stop', async () => {
  const loop = (body: string) => `import eventlet\n\ndef work():\n    while True:\n        ${body}\n\neventlet.spawn_n(work)\n`;
  expect((await alternatives(loop('print()'), 'spawn'))[0]?.why).toContain('stop event');
  expect((await alternatives(loop('if print(): break'), 'spawn'))[0]?.why).not.toContain('stop event');
});

describe('beside the first choice', () => {
  test('a green thread may become a thread that is not dropped at the end', async () => {
    expect(await alternatives('import eventlet\n\neventlet.spawn_n(print, 1)\n', 'spawn')).toMatchObject([
      { title: 'Start a daemon `threading.Thread`', after: 'import threading\n\nthreading.Thread(target=print, args=(1,), daemon=True).start()\n' },
      { title: 'Start a non-daemon `threading.Thread`', after: 'import threading\n\nthreading.Thread(target=print, args=(1,)).start()\n' },
    ]);
  });

  test('a thread that is joined may be of both sorts, or give a result', async () => {
    const offered = await alternatives('import eventlet\n\nt = eventlet.spawn(print)\nt.wait()\n', 'spawn');
    expect(offered.map(({ title }) => title)).toEqual([
      'Start a `threading.Thread` and `join()` it',
      'Use a `Future` of `concurrent.futures`',
      'Start a non-daemon `threading.Thread` and `join()` it',
    ]);
    expect(offered[2]?.after).toBe('import threading\n\nt = threading.Thread(target=print)\nt.start()\nt.join()\n');
  });

  test('a timer that the program waits for needs no name', async () => {
    expect(await alternatives('import eventlet\n\neventlet.spawn_after(5, print, 1)\n', 'spawn-after')).toMatchObject([
      { title: 'Use a daemon `threading.Timer`', after: 'import threading\n\ntimer = threading.Timer(5, print, args=(1,))\ntimer.daemon = True\ntimer.start()\n' },
      { title: 'Use a non-daemon `threading.Timer`', after: 'import threading\n\nthreading.Timer(5, print, args=(1,)).start()\n' },
    ]);
  });

  test('a double for everybody can be one of the module’s attribute', async () => {
    const offered = await alternatives("from unittest import mock\n\n@mock.patch('eventlet.sleep', print)\ndef test(): pass\n", 'mock-target');
    expect(offered).toMatchObject([
      { title: 'Patch `time.sleep`', after: "from unittest import mock\n\n@mock.patch('time.sleep', print)\ndef test(): pass\n" },
      { title: 'Patch `time.sleep` by `patch.object`', after: "import time\nfrom unittest import mock\n\n@mock.patch.object(time, 'sleep', print)\ndef test(): pass\n" },
    ]);
    expect(await alternatives("import mock\n\ndef test(self):\n    self.patch('eventlet.sleep')\n", 'mock-target')).toHaveLength(1);
    expect(await alternatives("import mock\n\n@mock.patch('pkg.mod.eventlet.sleep')\ndef test(): pass\n", 'mock-target')).toMatchObject([
      { title: 'Patch `time.sleep`', after: "import mock\n\n@mock.patch('pkg.mod.time.sleep')\ndef test(): pass\n" },
      { title: 'Patch `time.sleep` by its own name', after: "import mock\n\n@mock.patch('time.sleep')\ndef test(): pass\n" },
    ]);
  });
});

/** What a rule offers for native threads at its first use, and what each of that makes of the text. */
async function alternatives(text: string, rule: string): Promise<readonly { readonly title: string; readonly why: string | undefined; readonly after: string }[]> {
  const tree = (await parser()).parse(text);
  try {
    const analysis = analyse(text, tree, { namedElsewhere: new Set(), python: [3, 9] });
    const fixes = analysis.marks.find((mark) => mark.rule.id === rule)?.proposals.filter(isFix).filter(({ target }) => target === 'threading') ?? [];
    const offered = fixes.map((fix) => ({ title: fix.title, why: fix.why, after: apply(text, editsOf(analysis, fix)) }));
    for (const { after } of offered) await expectLaws(text, after);
    return offered;
  } finally {
    tree.delete();
  }
}
