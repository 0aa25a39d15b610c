import { describe, expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

/** What the safe fixes make of `compat.py`, without its first two lines. */
async function fixed(compat: string, files: Readonly<Record<string, string>>): Promise<string> {
  const head = 'import eventlet\neventlet.monkey_patch()\n';
  const all = Object.entries({ 'compat.py': head + compat, ...files }).map(([path, text]) => [`file:///p/${path}`, text] as const);
  const workspace = await Workspace.create(memoryHost(new Map(all)), { roots: ['file:///p'] });
  try {
    await workspace.scan();
    const changes = await workspace.fix({ review: false }, {}, ['file:///p/compat.py']);
    return changes.find(({ uri }) => uri.endsWith('compat.py'))?.after.replace(head, '') ?? compat;
  } finally {
    workspace.dispose();
  }
}

describe('a name stays that a star takes to another file', () => {
  const event = 'from eventlet.event import Event\n\ndef run():\n    done = Event()\n    done.send()\n';
  const queue = 'from eventlet import queue\n\ndef run():\n    jobs = queue.Queue(3)\n    jobs.put(1)\n';

  it('and goes where there is none', async () => expect(await fixed(event, {})).not.toContain('import Event'));

  it('in one step', async () => expect(await fixed(event, { 'main.py': 'from compat import *\n\nprint(Event())\n' })).toContain('import Event'));

  it('in two', async () => expect(await fixed(event, { 'api.py': 'from compat import *\n', 'main.py': 'from api import *\n\nprint(Event())\n' })).toContain('import Event'));

  it('and is not exchanged for another', async () => expect(await fixed(queue, { 'main.py': 'from compat import *\n\nqueue.LightQueue()\n' })).toContain('from eventlet import queue'));

  it('as far as `__all__` offers it', async () => expect(await fixed(`__all__ = ['run']\n${event}`, { 'main.py': 'from compat import *\n' })).not.toContain('import Event'));

  it('nor is one exchanged that `__all__` offers', async () => expect(await fixed(`from eventlet import Queue\n\n__all__ = []\n__all__.extend(['Queue'])\n\ndef run():\n    jobs = Queue()\n    jobs.put(1)\n`, {})).toContain('from eventlet import Queue'));
});
