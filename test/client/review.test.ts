import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { changesBelow, reviewTree, tickedAgain, tickedAtFirst, type ReviewNode } from '../../client/src/review/tree';
import type { ReviewChange } from '../../server/src/protocol';
import { checklist, pathOf } from './kit';

describe('the tree of a review', () => {
  test('is by rule, the one with most changes first, and then by file', () => {
    const tree = reviewTree([change('b.py:1 spawn pattern=4 review'), change('b.py:2 sleep pattern=4 review'), change('a.py:3 sleep pattern=4 review')], pathOf);
    expect(drawn(tree)).toEqual(['sleep', '  a.py', '    a.py:3', '  b.py', '    b.py:2', 'spawn', '  b.py', '    b.py:1']);
  });

  test('begins with what is ticked, however much there is beside it', () => {
    const tree = reviewTree([change('a.py:1 spawn pattern=4 review'), change('a.py:2 spawn pattern=4 review'), change('a.py:3 sleep pattern=4 safe')], pathOf);
    expect(tree.map(({ rule }) => rule)).toEqual(['sleep', 'spawn']);
  });

  test('lists what moves together once, with the other files below it', () => {
    const joint = change('a.py:3 sleep pattern=4 safe\ntests/t.py:4 sleep pattern=4 safe');
    expect(drawn(reviewTree([joint], pathOf))).toEqual(['sleep', '  a.py', '    a.py:3', '      tests/t.py']);
  });

  test('has no two nodes of one id', () => {
    const tree = reviewTree([change('a.py:1 spawn pattern=4 review\nb.py:9 spawn pattern=4 review'), change('a.py:2 sleep pattern=4 safe\nb.py:9 sleep pattern=4 safe')], pathOf);
    const ids = all(tree).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a box stands for all changes below it', () => {
    const changes = [change('a.py:1 sleep pattern=4 safe'), change('b.py:2 sleep pattern=4 review')];
    expect(reviewTree(changes, pathOf).flatMap(changesBelow)).toEqual(changes);
  });
});

describe('ticks', () => {
  const safe = change('a.py:1 sleep pattern=4 safe');
  const review = change('a.py:2 sleep pattern=4 review');

  test('are at first on what needs no person', () => {
    expect([...tickedAtFirst([safe, review])]).toEqual([safe.id]);
  });

  test('stay when somebody looks again, and new changes start as at first', () => {
    const fresh = change('b.py:1 sleep pattern=4 safe');
    expect([...tickedAgain([safe, review, fresh], { ticked: [review.id], unticked: [safe.id] })]).toEqual([review.id, fresh.id]);
  });
});

test('the sample project is opened with all of its files', async () => {
  vi.doMock('vscode', () => ({}));
  const { sampleFiles } = await import('../../client/src/sample');
  const folder = join(import.meta.dirname, '..', '..', 'media', 'sample');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect([...sampleFiles].sort()).toEqual(files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/')).sort());
});

/** A change that takes away these uses, written as `checklist` reads them. */
function change(uses: string): ReviewChange {
  const [first, ...others] = checklist(uses).items;
  if (!first || first.trust === 'guidance') throw new Error(`no change: ${uses}`);
  return { id: first.id, title: 'Use it', trust: first.trust, items: [first, ...others], files: [...new Set([first, ...others].map(({ uri }) => uri))] };
}

function all(nodes: readonly ReviewNode[]): readonly ReviewNode[] {
  return nodes.flatMap((node) => [node, ...('children' in node ? all(node.children) : [])]);
}

function drawn(nodes: readonly ReviewNode[], indent = ''): readonly string[] {
  return nodes.flatMap((node) => [indent + nameOf(node), ...('children' in node ? drawn(node.children, `${indent}  `) : [])]);
}

function nameOf(node: ReviewNode): string {
  switch (node.kind) {
    case 'reviewRule':
      return node.rule;
    case 'reviewFile':
    case 'reviewTouched':
      return pathOf(node.uri);
    case 'reviewChange':
      return node.change.id;
  }
}
