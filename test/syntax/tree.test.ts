import { describe, expect, it } from 'vitest';
import type { Node } from '../../server/src/syntax/node';
import { Tree } from '../../server/src/syntax/tree';
import { randomNumbers } from '../edits/random';
import { parser } from '../kit/host';

const source = `
import eventlet

class Worker(object):
    """A worker."""

    def __init__(self, name):
        self.name = name
        self._pool = eventlet.GreenPool(3)

    def run(self, *args, **options):
        for number in range(10):
            if number > 5 and self.name == "x":
                eventlet.sleep(number)
            else:
                self._pool.spawn_n(print, f"{number!r}", key=[1, 2])
        return {name: value for name, value in options.items()}


async def main():
    await Worker("y").run()
`.slice(1);

describe('a tree', () => {
  it('knows the smallest node of a range, and everybody’s parent', async () => {
    const tree = (await parser()).parse('x = f(a.b)\n');
    const node = tree.rootNode.descendantForIndex(8, 9);
    expect([node.type, node.text, node.parent?.type, node.parent?.parent?.parent?.text]).toEqual(['identifier', 'b', 'attribute', 'f(a.b)']);
    expect(tree.rootNode.descendantForIndex(6, 9).type).toBe('attribute');
    expect(tree.rootNode.descendantForIndex(500, 501)).toBe(tree.rootNode);
    expect(node.parent?.childForFieldName('attribute')).toBe(node);
    expect(node.parent?.childForFieldName('nonsense')).toBeNull();
    tree.delete();
  });

  it('finds nodes by their type, in small parts and in large ones', async () => {
    const tree = (await parser()).parse('f(1)\n'.repeat(1000));
    expect(tree.rootNode.descendantsOfType('call')).toHaveLength(1000);
    expect(tree.rootNode.descendantsOfType(['call', 'integer'])[3]).toBe(tree.rootNode.descendantForIndex(7, 8));
    expect(tree.rootNode.firstChild?.descendantsOfType('integer').map(({ startIndex }) => startIndex)).toEqual([2]);
    tree.delete();
  });

  it('is the same as one that was made anew, whatever is typed, pasted and deleted', async () => {
    const syntax = await parser();
    const random = randomNumbers(11);
    for (let round = 0; round < 12; round++) {
      let text = source;
      let tree = syntax.parse(text);
      for (let step = 0; step < 12; step++) {
        if (random(3) > 0) dump(random(2) === 0 ? tree.rootNode : tree.rootNode.descendantForIndex(random(text.length)));
        const changes = Array.from({ length: 1 + random(3) }, () => {
          const [start, oldEnd] = span(random, text);
          const added = pieces[random(pieces.length)] ?? '';
          text = text.slice(0, start) + added + text.slice(oldEnd);
          return { start, oldEnd, newEnd: start + added.length };
        });
        tree = syntax.reparse(tree, text, changes);
        const again = Tree.of(tree.raw, text);
        for (let look = 0; look < 20; look++) {
          const range = [random(text.length), random(3)] as const;
          expect(smallest(tree, ...range), JSON.stringify({ round, step, changes, range })).toEqual(smallest(again, ...range));
        }
        expect(dump(tree.rootNode), JSON.stringify({ round, step, changes })).toEqual(dump(again.rootNode));
        // How the parser recovers from a mistake may depend on what stood there before.
        if (tree.rootNode.hasError) continue;
        syntax.lookAtWhole(text, (fresh) => expect(dump(tree.rootNode), text).toEqual(dump(fresh.rootNode)));
      }
      tree.delete();
    }
  }, 30_000);
});

const pieces = ['', 'x', ' ', '\n', '    ', '(', ')', '"', "'", '#', ':', '.y', 'eventlet.sleep(1)\n', '\n\ndef f():\n    pass\n\n', 'if x:\n        ', 'é😀', '# a run of comments\n'.repeat(31), '        # deeper\n\n'.repeat(20), '    # less deep\n'.repeat(5)];

/** The smallest node of a range that starts so and is so long. */
function smallest({ rootNode }: Tree, start: number, length: number): unknown {
  const { type, startIndex, endIndex } = rootNode.descendantForIndex(start, start + length);
  return { type, startIndex, endIndex };
}

function span(random: (below: number) => number, text: string): readonly [number, number] {
  const start = random(text.length + 1);
  return [start, Math.min(text.length, start + (random(2) === 0 ? 0 : random(20)))];
}

/** Everything that can be asked of the nodes. */
function dump(node: Node): readonly unknown[] {
  const { type, startIndex, endIndex, isNamed, hasError, isMissing, children } = node;
  const fields = ['name', 'body', 'function', 'arguments', 'left', 'right', 'object', 'attribute'].map((field) => node.childrenForFieldName(field).map((child) => children.indexOf(child)));
  const single = node.childForFieldName('body');
  return [type, startIndex, endIndex, isNamed, hasError, isMissing, fields, single && children.indexOf(single), children.every((child) => child.parent === node), children.map(dump)];
}
