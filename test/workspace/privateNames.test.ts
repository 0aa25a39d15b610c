import { describe, expect, it } from 'vitest';
import { privateNamesIn } from '../../server/src/workspace/privateNames';
import { Workspace } from '../../server/src/workspace/workspace';
import { memoryHost } from '../kit/host';

describe('names with an underscore that a text has of others', () => {
  it.each([
    ['thing._done.ready()\n', ['_done']],
    ["getattr(thing, '_done')\n", ['_done']],
    ['class Sub(Base):\n    def result(self):\n        return self._done.ready()\n', ['_done']],
    ['super()._tell(event)\n', ['_tell']],
    ['class A:\n    def __init__(self):\n        self._done = 1\n\n    def run(self):\n        self._done.ready()\n', []],
    ['class A:\n    _done: Event = None\n\n    def run(self):\n        return self._done\n', []],
    ['thing._done.is_set()\n', []],
    ['thing.__dict__\nthing.__done\n', []],
  ])('%j', (text, expected) => expect(privateNamesIn(text).foreign).toEqual(expected));
});

describe('what other files use is not private', () => {
  const a = 'import eventlet\neventlet.monkey_patch()\n_ready = eventlet.Event()\n\nclass A:\n    def __init__(self):\n        self._done = eventlet.Event()\n        self._tell(self._done)\n\n    def _tell(self, event):\n        event.send()\n\ndef run():\n    _ready.send()\n';
  const own = 'import eventlet\n\nclass B:\n    def __init__(self):\n        self._done = eventlet.Event()\n';

  it.each([
    ['nobody else names it', 'print(1)\n', ['safe']],
    ['a subclass', 'from a import A\n\nclass B(A):\n    def result(self):\n        return self._done.ready()\n', ['safe', 'review']],
    ['a friend', 'def show(thing):\n    return thing._done.ready()\n', ['safe', 'review']],
    ['a variable of the module', 'import a\na._ready.wait()\n', ['safe', 'review']],
    ['a variable that is imported', 'from a import _ready\n_ready.wait()\n', ['safe', 'review']],
    ['a method that gets another event', 'def show(thing, event):\n    thing._tell(event)\n', ['safe', 'review']],
    ['a subclass that sets it, too', `from a import A\n${own.replace('B:', 'B(A):')}`, ['safe', 'review']],
    ['a class with one of its own', own, ['safe']],
    ['a class with one of its own that makes an object of the other', `import a\n${own}a.A()\n`, ['safe']],
  ])('%s', async (_, other, expected) => {
    const files = new Map([['file:///p/a.py', a], ['file:///p/b.py', other]]);
    const workspace = await Workspace.create(memoryHost(files), { roots: ['file:///p'] });
    try {
      await workspace.scan();
      expect(safeties(workspace)).toEqual(expected);
    } finally {
      workspace.dispose();
    }
  });

  it('as soon as they do and as long as they do, on disk and in open files', async () => {
    const friend = 'def show(thing):\n    return thing._done.ready(), thing._ready\n';
    const files = new Map([['file:///p/a.py', a], ['file:///p/b.py', '']]);
    const workspace = await Workspace.create(memoryHost(files), { roots: ['file:///p'] });
    try {
      await workspace.scan();
      expect(safeties(workspace)).toEqual(['safe']);
      files.set('file:///p/b.py', friend);
      await workspace.update(['file:///p/b.py']);
      expect(safeties(workspace)).toEqual(['review']);
      workspace.open('file:///p/b.py', 'def show(thing):\n    return thing\n');
      await workspace.settle();
      expect(safeties(workspace)).toEqual(['safe']);
      workspace.open('file:///p/a.py', a);
      workspace.open('file:///p/b.py', friend);
      expect(safeties(workspace)).toEqual(['review']);
      workspace.close('file:///p/b.py');
      files.set('file:///p/b.py', '');
      await workspace.update(['file:///p/b.py']);
      expect(safeties(workspace)).toEqual(['safe']);
    } finally {
      workspace.dispose();
    }
  });
});

/** Which claims the fixes of the events of `a.py` make. */
function safeties(workspace: Workspace): readonly string[] {
  const all = workspace.findings('file:///p/a.py').filter(({ rule }) => rule === 'event').flatMap(({ fixes }) => fixes.map(({ safety }) => safety));
  return [...new Set(all)].sort().reverse();
}
