import { describe, expect, it } from 'vitest';
import { attributeMentionsOf } from '../../server/src/workspace/attributeMentions';
import { importMentionsOf } from '../../server/src/workspace/importMentions';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

describe('names of other modules that a text reads or exchanges', () => {
  const mentions = (text: string): readonly string[] => attributeMentionsOf(text, importMentionsOf(text, 'pkg/user.py'));

  it.each([
    ['from pkg import worker\nworker.sleep(1)\n', 'pkg.worker.sleep'],
    ['from . import worker as w\nw.sleep(1)\n', 'pkg.worker.sleep'],
    ['import pkg.worker\npkg.worker.eventlet.sleep(1)\n', 'pkg.worker.eventlet'],
    ["from pkg import worker\nmock.patch.object(worker, 'sleep')\n", 'pkg.worker.sleep'],
    ['from pkg import worker\nmonkeypatch.setattr(worker,\n    "GreenPool", print)\n', 'pkg.worker.GreenPool'],
    ['from pkg import worker\nworker.sleep = print\n', 'pkg.worker.sleep'],
  ])('%j', (text, expected) => expect(mentions(text)).toContain(expected));

  it.each(['import time\ntime.sleep(1)\n', 'import eventlet\neventlet.sleep(1)\n', 'worker.sleep(1)\n', 'from pkg import worker\nworker.sleepy()\nworker.run()\n'])('none in %j', (text) => expect(mentions(text)).toEqual([]));
});

it('an import stays that another module reads as an attribute', async () => {
  const worker = 'import eventlet\neventlet.monkey_patch()\nfrom eventlet import sleep\n\ndef run():\n    sleep(1)\n';
  const files = { 'pkg/__init__.py': '', 'pkg/worker.py': worker, 'main.py': 'from pkg import worker\n\nworker.sleep(2)\n' };
  const workspace = await Workspace.create(memoryHost(new Map(Object.entries(files).map(([path, text]) => [`file:///p/${path}`, text]))), { roots: ['file:///p'] });
  try {
    await workspace.scan();
    const changes = await workspace.fix({ review: false, rules: ['sleep'] }, {}, ['file:///p/pkg/worker.py']);
    expect(changes.map(({ after }) => after)).toEqual([worker.replace('import eventlet\n', 'import time\n\nimport eventlet\n').replace('    sleep', '    time.sleep')]);
  } finally {
    workspace.dispose();
  }
});
