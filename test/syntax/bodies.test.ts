import { describe, expect, it } from 'vitest';
import { bodiesIn } from '../../server/src/syntax/bodies';
import type { Node, Tree } from '../../server/src/syntax/node';
import { randomNumbers } from '../edits/random';
import { parser } from '../kit/host';

describe('a long text', () => {
  it.each(Object.entries({
    'strings that look like code': `
def f():
    a = "def g():"
    """
def h():
    b
    """
    return '''it's''' + "\\"" + r'\\\\'
`,
    'brackets and backslashes over several lines': `
def f(a=(1,
   2), *, b: {
   'x': 1} = None) -> [
 3
]:
    return a + \\
b + (
1, # not ) here
)
`,
    'comments on both sides of an end': `
class A:
    # before
    def f(self):  # behind
        # above

        if self:
            pass
            # inner
        # outer
    # class
# module

    def g(self):
        return 1
        # last
`,
    'decorators, async functions and functions in functions': `
@d(lambda: 1)
async def f():
    def g():
        async def h(): await x
        return h
    async with a, b: yield g
@d
def k(): return 1
`,
    'statements on one line': `
def f(): x = 1; y = 2
if a: pass
else:
    def g(): pass
class B: z = 1
`,
    'a match statement and odd names': `
def f(match):
    match match:
        case {"x": [1, *_]} if match: return
        case _: define = 1; default = 2
`,
    'format strings': `
def f():
    return f"{a!r:>{b}} {'x'}" f'''{
c}''' rf"\\{d}{{" + F"{e["f"]}"
`,
    'lines that end as on Windows': 'def f():\r\n    x = 1 + \\\r\n2\r\n    # c\r\n\r\n    return x\r\ny\r\n',
    'a form feed, and tabs between words': '\fdef f():\n    x\t= 1\n\ndef g():\n\treturn\t1\n',
    'no end of the last line': 'def f():\n    return 1',
  }))('has the same tree in pieces: %s', async (_, code) => {
    const text = padded(code);
    const whole = await dumped(text, false);
    expect(whole).not.toContain('ERROR');
    expect(await dumped(text, true)).toEqual(whole);
  });

  it('has the same tree in pieces, whatever is typed, pasted and deleted', async () => {
    const random = randomNumbers(5);
    let pieces = 0;
    for (let round = 0; round < 80; round++) {
      let text = padded(service);
      for (let step = random(4); step > 0; step--) {
        const start = random(text.length);
        text = text.slice(0, start) + (inserted[random(inserted.length)] ?? '') + text.slice(start + (random(2) === 0 ? 0 : random(30)));
      }
      if (bodiesIn(text).length > 1) pieces++;
      expect(await dumped(text, true), JSON.stringify({ round, text: text.slice(0, 2000) })).toEqual(await dumped(text, false));
    }
    expect(pieces).toBeGreaterThan(30);
  }, 30_000);

  it('is parsed where somebody looks', async () => {
    const syntax = await parser();
    const text = padded('def f():\n    one\n\ndef g():\n    two\n');
    expect(syntax.look(text, ({ rootNode }) => ['one', 'two'].map((word) => rootNode.descendantForIndex(text.indexOf(word)).text))).toEqual(['one', 'two']);
    expect(syntax.look(text, ({ rootNode }) => rootNode.descendantsOfType('identifier').map((node) => node.text).filter((name) => name !== 'padding'))).toEqual(['f', 'one', 'g', 'two']);
  });

  it('is looked at once more as a whole where somebody looked at what is no Python', async () => {
    const syntax = await parser();
    const text = padded('def f():\n    return return\n\ndef g():\n    two\n');
    const errors: boolean[] = [];
    const look = (word: string) => syntax.look(text, ({ rootNode }) => {
      errors.push(rootNode.hasError);
      return rootNode.descendantForIndex(text.indexOf(word)).type;
    });
    expect(look('two')).toBe('identifier');
    expect(errors).toEqual([false]);
    look('return');
    expect(errors).toEqual([false, false, true]);
  });
});

const service = `
import eventlet
from os import path

class Worker(object):
    """A worker."""

    @property
    def name(self, *, x={1: [2]}):
        for number in range(10):  # ten
            if number > 5 and self._name == "x":
                eventlet.sleep(number)
                # slept
            else:
                self._pool.spawn_n(print, f"{number!r}", key=[1, 2])
        # done
        return '''
text'''

    async def run(self):
        def inner(): pass
        return {name: value
            for name, value in self.options.items()}


def main():
    Worker("y").run() \\
        .wait()
if __name__ == '__main__': main()
`.slice(1);

const inserted = ['', 'x', ' ', '\n', '    ', '\t', '(', ')', '"', "'", '"""', '#', ':', '\\', '.y', 'def ', 'return return\n', '\n\ndef f():\n    pass\n\n', 'if x:\n        ', 'é😀'];

/** Long enough to be taken to pieces: every function whose body has lines of its own begins with many statements, and a long comment follows. */
function padded(code: string): string {
  const functions = code.replace(/^( *)((?:async )?def [^\n]*:(?:  # \w+)?\r?\n(?: *#[^\n]*\n| *\n)*)( +|\t)(?=\S)/gm, (_, indent: string, head: string, inner: string) => `${indent}${head}${`${inner}padding(1, [2, 'three'])\n`.repeat(12)}${inner}`);
  return `${functions}\n# ${'x'.repeat(20_000)}\n`;
}

async function dumped(text: string, inPieces: boolean): Promise<string> {
  const syntax = await parser();
  if (inPieces) return syntax.look(text, dump);
  const tree = syntax.parse(text);
  try {
    return dump(tree);
  } finally {
    tree.delete();
  }
}

/** All nodes with their places; the padding counts, too. */
function dump({ rootNode }: Tree): string {
  const lines: string[] = [];
  const add = (node: Node): void => {
    lines.push(`${node.type} ${node.startIndex} ${node.endIndex} ${node.isNamed} ${node.isMissing} ${node.hasError}`);
    for (const child of node.children) add(child);
  };
  add(rootNode);
  return lines.join('\n');
}
