import { describe, expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace';
import { randomNumbers } from '../edits/random';
import { memoryHost } from '../kit/host';

const files: Readonly<Record<string, string>> = {
  'pkg/__init__.py': '',
  'pkg/main.py': 'import eventlet\neventlet.monkey_patch()\n\nfrom pkg import service\n\nif __name__ == "__main__":\n    eventlet.spawn(service.run)\n',
  'pkg/compat.py': 'from eventlet import sleep\nimport eventlet\n\npause = sleep\n',
  'pkg/service.py': `
import eventlet
from eventlet import event
from pkg.compat import pause


class Service(object):
    def __init__(self):
        self._done = event.Event()
        self._pool = eventlet.GreenPool(3)

    def run(self, seconds):
        eventlet.sleep(seconds)
        self._done.send([seconds, {'a': 1}])

    def wait(self):
        pause(1)
        eventlet.sleep(0)
        return self._done.wait()


def run():
    eventlet.sleep(1)
`.slice(1),
  'pkg/user.py': 'from pkg import service\n\n\ndef use():\n    service.eventlet.sleep(1)\n    service.pause(2)\n',
  'tests/__init__.py': 'import eventlet\neventlet.monkey_patch()\n',
  'tests/test_service.py': "from unittest import mock\n\nfrom pkg import service\n\n\n@mock.patch('pkg.service.eventlet.sleep')\ndef test_run(sleep):\n    service.run()\n    assert sleep.called\n",
  'tests/test_user.py': "from unittest import mock\n\nfrom pkg import user\n\n\n@mock.patch('eventlet.sleep')\ndef test_use(sleep):\n    user.use()\n",
};

/** What somebody types at the end of a line, key by key: brackets and strings stay open for a while. */
const typed = [
  '\n        eventlet.sleep(2)',
  '\n        self._pool.spawn_n(print, [1, (2, 3)])',
  "\n        later = eventlet.spawn(print, 'a)b')",
  '\n    def other(self):\n        eventlet.sleep({1: 2}[1])',
  '  # eventlet: keep[sleep] as it is',
  "\n@mock.patch('pkg.service.eventlet.sleep')\ndef test_other(sleep):\n    pass",
  '\nfrom eventlet import queue',
  '\n"""text"""',
];

describe('while somebody types', () => {
  it('the findings of all files are those of a first look at the same texts', async () => {
    const desk = await Desk.open();
    const { opened, texts } = desk;
    const random = randomNumbers(3);
    for (let round = 0; round < 8; round++) {
      const uri = opened[random(opened.length)] ?? '';
      const text = texts.get(uri) ?? '';
      const end = text.indexOf('\n', random(text.length));
      let at = end < 0 ? text.length : end;
      const first = at;
      for (const key of typed[round % typed.length] ?? '') {
        await desk.change(uri, at, at, key);
        at += key.length;
      }
      // Some of it goes again: all at once, or from its end.
      if (random(3) === 0) await desk.change(uri, first, at, '');
      else for (let left = random(6); left > 0; left--) await desk.change(uri, at - 1, at--, '');
    }
    expect(desk.compared).toBeGreaterThan(60);
    desk.close();
  }, 120_000);

  it('so they are while names, imports, targets and lines change that others follow from, and become again what they were', async () => {
    const desk = await Desk.open();
    for (const [path, old, instead] of replaced) {
      const uri = uriOf(path);
      const start = desk.texts.get(uri)?.indexOf(old) ?? -1;
      expect(start, old).toBeGreaterThanOrEqual(0);
      for (const [from, to] of [[old, instead], [instead, old]] as const) {
        await desk.change(uri, start, start + from.length, '');
        for (let at = 0; at < to.length; at++) await desk.change(uri, start + at, start + at, to.charAt(at));
      }
    }
    expect(desk.compared).toBeGreaterThan(60);
    desk.close();
  }, 120_000);
});

/** What stands in a file, and what is written in its place for a while. */
const replaced = [
  ['pkg/service.py', 'from eventlet import event', 'import time\n\n'],
  ['pkg/service.py', 'eventlet.sleep(seconds)', 'self.later()'],
  ['pkg/service.py', 'sleep(0)', 'spawn(0, a=1)'],
  ['pkg/service.py', 'self._done.send', 'sleep'],
  ['pkg/service.py', 'pause(1)', 'pause(1)  # eventlet: keep[sleep]'],
  ['pkg/compat.py', 'sleep\nimport', 'spawn as sleep\n\nimport'],
  ['pkg/compat.py', 'pause = sleep', 'pause = print'],
  ['tests/test_service.py', 'eventlet.sleep', 'eventlet.spawn'],
  ['tests/test_service.py', "'pkg.service.eventlet.sleep')", "'pkg.service.eventlet.sleep')  # eventlet: keep[mock-target]"],
] as const;

/** A workspace, some of whose files are open, and what it should find. */
class Desk {
  readonly texts = new Map(Object.entries(files).map(([path, text]) => [uriOf(path), text]));
  readonly opened = ['pkg/service.py', 'tests/test_service.py', 'pkg/compat.py'].map(uriOf);
  compared = 0;

  private constructor(private readonly workspace: Workspace) {
    for (const uri of this.opened) workspace.open(uri, this.texts.get(uri) ?? '');
  }

  static async open(): Promise<Desk> {
    return new Desk(await seen(new Map(Object.entries(files).map(([path, text]) => [uriOf(path), text]))));
  }

  /** Changes a file, and compares all that is found then with what a first look finds. */
  async change(uri: string, start: number, oldEnd: number, newText: string): Promise<void> {
    const { texts, workspace } = this;
    const before = texts.get(uri) ?? '';
    texts.set(uri, before.slice(0, start) + newText + before.slice(oldEnd));
    workspace.edit(uri, texts.get(uri) ?? '', [{ start, oldEnd, newEnd: start + newText.length }]);
    // An editor asks for the file at hand at once, and for the others a little later.
    workspace.findings(uri);
    // How the parser recovers from a mistake may depend on what stood there before.
    if (this.opened.some((each) => !workspace.isWhole(each))) return;
    await workspace.settle();
    expect(findingsIn(workspace, texts), `${uri}\n${texts.get(uri)}`).toEqual(await fresh(texts));
    this.compared++;
  }

  close(): void {
    this.workspace.dispose();
  }
}

function uriOf(path: string): string {
  return `file:///p/${path}`;
}

async function seen(texts: ReadonlyMap<string, string>): Promise<Workspace> {
  const workspace = await Workspace.create(memoryHost(new Map(texts)), { roots: ['file:///p'] });
  await workspace.scan();
  return workspace;
}

async function fresh(texts: ReadonlyMap<string, string>): Promise<unknown> {
  const workspace = await seen(texts);
  const found = findingsIn(workspace, texts);
  workspace.dispose();
  return found;
}

/** With what they stand between. */
function findingsIn(workspace: Workspace, texts: ReadonlyMap<string, string>): unknown {
  return [...texts.keys()].map((uri) => ({ uri, findings: workspace.findings(uri), surroundings: [...workspace.surroundings(uri)] }));
}
