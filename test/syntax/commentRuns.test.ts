import { describe, expect, it } from 'vitest';
import { lineOfComment, linesOfComment, withCommentsAround, withJoinedComments } from '../../server/src/syntax/commentRuns';
import type { Node } from '../../server/src/syntax/node';
import { randomNumbers } from '../edits/random';
import { Workspace } from '../../server/src/workspace/workspace';
import type { Finding } from '../../server/src/workspace/finding';
import { memoryHost, parser } from '../kit/host';

const many = 40;
const run = (indent: string, count = many): string => `${indent}# told\n`.repeat(count);

describe('long runs of comments', () => {
  it('are one comment for the parser, in a text of the same length', () => {
    const text = `x = 1\n${run('')}y = 2\n`;
    expect(withJoinedComments(text)).toBe(`x = 1\n${'# told '.repeat(many).trimEnd()}\ny = 2\n`);
    expect(withJoinedComments(`${run('    ', 20)}\n\r\n${run('        ', 20)}x\n`)).toBe(`${'    # told '.repeat(20)} \r ${'        # told '.repeat(20).trimEnd()}\nx\n`);
    expect(withJoinedComments(run('').trimEnd())).toBe('# told '.repeat(many).trimEnd());
  });

  it('are parted where one is indented less, for a block may end there', () => {
    const parted = withJoinedComments(`if x:\n    y\n${run('    ')}${run('')}z\n`).split('\n');
    expect(parted.map((line) => line.length)).toEqual([5, 5, 11 * many - 1, 7 * many - 1, 1, 0]);
  });

  it.each(['', 'x = 1\n', run('', 31), 'x = 1  # told\n'.repeat(many), run('', 20) + 'x\n' + run('', 20), '\n'.repeat(100)])('are left as they are where they are short or none (%#)', (text) => {
    expect(withJoinedComments(text)).toBe(text);
  });

  it('are one node, wherever a block ends', async () => {
    const syntax = await parser();
    const comments = (text: string): readonly (string | undefined)[] => syntax.lookAtWhole(text, ({ rootNode }) => rootNode.descendantsOfType('comment').map(({ parent }) => parent?.type));
    expect(comments(`def f():\n    x()\n${run('    ', 3000)}`)).toEqual(['block']);
    expect(comments(`def f():\n    x()\n${run('    ')}${run('')}y()\n`)).toEqual(['block', 'module']);
  });

  it('leave everything else of a tree as it was', async () => {
    const syntax = await parser();
    const random = randomNumbers(5);
    const lines = ['def f():', 'class A:', 'if x:', 'else:', 'try:', 'except E:', 'x = 1', 'g(', ')', '"""', '', '# told', '# told', '# told'];
    let compared = 0;
    for (let round = 0; round < 600; round++) {
      const text = Array.from({ length: 3 + random(9) }, () => {
        const indent = '    '.repeat(random(3));
        const line = lines[random(lines.length)] ?? '';
        return line === '# told' && random(2) === 0 ? Array.from({ length: 32 }, () => `${'  '.repeat(random(6))}# told`).join('\n') : indent + line;
      }).join('\n');
      // The same with short runs, which the parser gets as they are.
      const short = text.replace(/(?:^ *# told\n?)+/gm, (comments) => comments.split('\n').filter((line, index, all) => index === 0 || widthOf(line) < Math.min(...all.slice(0, index).map(widthOf))).join('\n') + (comments.endsWith('\n') ? '\n' : ''));
      const [long, expected] = [text, short].map((each) => syntax.lookAtWhole(each, ({ rootNode }) => ({ hasError: rootNode.hasError, shape: shapeOf(rootNode) })));
      if (long?.hasError || expected?.hasError) continue;
      compared++;
      expect(long?.shape, text).toBe(expected?.shape);
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('become and cease to be one as lines come and go', async () => {
    const syntax = await parser();
    const random = randomNumbers(7);
    let text = `def f():\n    x()\n${run('    ', 31)}y = 1\n`;
    let tree = syntax.parse(text);
    const counts = new Set<number>();
    for (let step = 0; step < 200; step++) {
      const changes = Array.from({ length: 1 + random(2) }, () => {
        const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
        const at = random(starts.length);
        const start = starts[at] ?? 0;
        const oldEnd = random(2) === 0 ? start : (starts[at + random(4)] ?? start);
        const added = ['# told\n', '    # told\n', '\n', 'z = 1\n', run('    ', 3)][random(5)] ?? '';
        text = text.slice(0, start) + added + text.slice(oldEnd);
        return { start, oldEnd, newEnd: start + added.length };
      });
      tree = syntax.reparse(tree, text, changes);
      if (tree.rootNode.hasError) continue;
      counts.add(tree.rootNode.descendantsOfType('comment').length);
      syntax.lookAtWhole(text, (fresh) => expect(placesIn(tree.rootNode), text).toEqual(placesIn(fresh.rootNode)));
    }
    tree.delete();
    expect(counts.size).toBeGreaterThan(5);
  });

  it('become one also where none of their lines has changed', async () => {
    const syntax = await parser();
    const head = 'def f():\n    x()\n';
    const [before, after] = [20, 21].map((count) => `${head}${run('    ', count)}${run('', 11)}y = 1\n`);
    const tree = syntax.reparse(syntax.parse(before ?? ''), after ?? '', [{ start: head.length, oldEnd: head.length, newEnd: head.length + run('    ', 1).length }]);
    expect(tree.rootNode.descendantsOfType('comment').map(({ startIndex }) => startIndex)).toEqual([head.length + 4, head.length + run('    ', 21).length]);
    tree.delete();
  });

  it('have lines of their own for whoever reads them', () => {
    const text = `x = 1  # behind\n${run('  ')}`;
    expect(text.slice(...Object.values(lineOfComment({ startIndex: 7, endIndex: 15 }, text, 9)))).toBe('# behind');
    expect(text.slice(...Object.values(lineOfComment({ startIndex: 18, endIndex: text.length - 1 }, text, 40)))).toBe('# told');
    expect(linesOfComment('# one\n    # two\r\n\n# three')).toEqual(['# one', '# two', '# three']);
    expect(linesOfComment('# one ')).toEqual(['# one ']);
  });

  it('keep findings, and mention eventlet, line by line', async () => {
    const around = (line: string): string => `import eventlet\n\n${run('', 20)}${line}\n${run('', 20)}eventlet.sleep(1)\n`;
    const kept = await findingsIn(around('# eventlet: keep[sleep] it is fine'));
    expect(kept.filter(({ rule }) => rule === 'sleep').map(({ suppressed }) => suppressed)).toEqual(['it is fine']);
    const rules = async (line: string): Promise<readonly string[]> => (await findingsIn(around(line))).map(({ rule }) => rule);
    expect(await rules('# eventlet waits here')).toContain('comment');
    expect(await rules('# noqa: eventlet')).not.toContain('comment');
  });

  it('belong to the lines of a change', () => {
    const text = 'x\n# a\n\n  # b\ny\n# c\nz\n';
    const at = text.indexOf('y');
    expect(text.slice(...Object.values(withCommentsAround(text, at, at + 1)))).toBe('# a\n\n  # b\ny\n# c');
    expect(withCommentsAround(text, 0, 0)).toEqual({ start: 0, end: text.indexOf('\ny') });
    expect(withCommentsAround('', 0, 0)).toEqual({ start: 0, end: 0 });
  });
});

async function findingsIn(text: string): Promise<readonly Finding[]> {
  const workspace = await Workspace.create(memoryHost(new Map([['file:///p/a.py', text]])), { roots: ['file:///p'] });
  await workspace.scan();
  const findings = workspace.findings('file:///p/a.py');
  workspace.dispose();
  return findings;
}

function placesIn(node: Node): unknown {
  return [node.type, node.startIndex, node.endIndex, ...node.children.map(placesIn)];
}

function widthOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The types of all nodes, each in its parent; neighbouring comments count as one. */
function shapeOf(node: Node): string {
  const inner = node.children.map(shapeOf).join(' ').replace(/comment(?: comment)+/g, 'comment');
  return inner === '' ? node.type : `${node.type}(${inner})`;
}
