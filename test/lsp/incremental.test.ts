import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../edits/random';
import { connect } from '../kit/client';

const source = `
import eventlet
from eventlet import event, greenthread

eventlet.monkey_patch()


class Worker(object):
    def __init__(self):
        self._done = event.Event()

    def run(self, seconds):
        eventlet.sleep(seconds)  # eventlet: keep[sleep]
        greenthread.sleep(1)
        self._done.send(None)

    def wait(self):
        return self._done.wait()


def later(action):
    thread = eventlet.spawn(action, 1)
    thread.wait()
`.slice(1);

const words = ['eventlet', 'sleep', 'self', 'seconds', 'action', 'Worker', 'x'];
const pieces = ['', 'y', ' ', '\n', '    ', '()', '# note', '\r\n', '"é😀"', 'eventlet.sleep(2)\n', 'def other():\n    eventlet.sleep(3)\n', 'from eventlet import wsgi\n'];

describe('what is typed', () => {
  it('leads to the same problems as if the file had been opened like that', async () => {
    const [typing, opening] = [await connect(), await connect()];
    const random = randomNumbers(5);
    let compared = 0;
    for (let round = 0; round < 8; round++) {
      const path = `round${round}.py`;
      typing.open(path, source);
      for (let step = 0; step < 10; step++) {
        typing.edit(path, Array.from({ length: 1 + random(3) }, (_, index) => edit(index === 0 ? typing.text(path) : '', random)));
        const incremental = await typing.diagnostics(path);
        // A line end at the start is dropped by those who write Python with underlines.
        opening.open(`${round}/${step}.py`, `\n${typing.text(path)}`);
        const fresh = await opening.diagnostics(`${round}/${step}.py`);
        opening.close(`${round}/${step}.py`);
        // How the parser recovers from a mistake may depend on what stood there before.
        if ([...incremental, ...fresh].some(({ message }) => String(message).includes('syntax errors'))) continue;
        expect(incremental, typing.text(path)).toEqual(fresh);
        compared++;
      }
      expect(await typing.pull(path)).toMatchObject({ kind: 'full' });
      typing.close(path);
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('may change several places at once, from the last to the first or otherwise', async () => {
    const client = await connect();
    client.open('a.py', 'import eventlet\neventlet.sleep(1)\neventlet.sleep(2)\n');
    client.edit('a.py', [
      { start: 34, end: 34, newText: 'x = ' },
      { start: 16, end: 16, newText: 'yy = ' },
      { start: 0, end: 0, newText: '\n' },
    ]);
    expect(await client.problems('a.py')).toBe(`

import eventlet
       #^^^^^^^ import
yy = eventlet.sleep(1)
     #^^^^^^^^^^^^^ sleep
x = eventlet.sleep(2)
    #^^^^^^^^^^^^^ sleep
`.slice(1));
  });

  it('may be the whole text', async () => {
    const client = await connect();
    client.open('a.py', 'import os\n');
    client.replace('a.py', 'from eventlet import sleep\nsleep(1)\n');
    expect((await client.diagnostics('a.py')).map(({ code }) => code)).toEqual(['import', 'sleep']);
    client.type('a.py', 'sleep(1)', 'sleep(1); sleep(2)');
    expect((await client.diagnostics('a.py')).map(({ code }) => code)).toEqual(['import', 'sleep', 'sleep']);
  });
});

/** Puts something in the place of a word, or of a few characters anywhere; without a text, at its start. */
function edit(text: string, random: (below: number) => number): { readonly start: number; readonly end: number; readonly newText: string } {
  const newText = pieces[random(pieces.length)] ?? '';
  const word = words[random(words.length)] ?? '';
  const found = random(2) === 0 ? text.indexOf(word, random(text.length)) : -1;
  if (found >= 0) return { start: found, end: found + word.length, newText: newText.trim() };
  const start = text === '' ? 0 : text.lastIndexOf('\n', random(text.length)) + 1;
  return { start, end: start, newText: newText.endsWith('\n') ? newText : `${newText}\n` };
}
