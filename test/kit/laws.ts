import { expect } from 'vitest';
import { Names } from '../../server/src/python/names';
import type { Tree } from '../../server/src/syntax/node';
import { parser } from './host';

/** What holds for every fix on every file: it parses, nothing comes before `from __future__`, no name loses its binding, no comment is lost. */
export async function expectLaws(before: string, after: string): Promise<void> {
  const old = await facts(before);
  const now = await facts(after);
  expect(now.parses || !old.parses, `does not parse any more:\n${after}`).toBe(true);
  expect(now.isFutureFirst || !old.isFutureFirst, `\`from __future__\` is not the first any more:\n${after}`).toBe(true);
  expect(now.unbound.filter((name) => !old.unbound.includes(name)), `new undefined names in:\n${after}`).toEqual([]);
  expect(now.comments, `comments in:\n${after}`).toEqual(old.comments);
}

interface Facts {
  readonly parses: boolean;
  readonly isFutureFirst: boolean;
  readonly unbound: readonly string[];
  readonly comments: readonly string[];
}

async function facts(text: string): Promise<Facts> {
  const tree = (await parser()).parse(text);
  try {
    return { parses: !tree.rootNode.hasError, isFutureFirst: isFutureFirst(tree), unbound: unboundNames(text, tree), comments: commentsOf(tree) };
  } finally {
    tree.delete();
  }
}

/** Python takes a file for broken where anything but comments and the docstring stands above `from __future__`. */
function isFutureFirst({ rootNode }: Tree): boolean {
  const types = rootNode.namedChildren.map((node) => node?.type).filter((type) => type !== 'comment');
  const preamble = types.findIndex((type, index) => type !== 'future_import_statement' && !(index === 0 && type === 'expression_statement'));
  return preamble < 0 || !types.slice(preamble).includes('future_import_statement');
}

/** The names that are read and bound nowhere in the file, builtins included: they cancel out in the comparison. */
function unboundNames(text: string, tree: Tree): readonly string[] {
  const names = new Names(text, tree);
  const words = new Set(tree.rootNode.descendantsOfType('identifier').map((node) => node?.text ?? ''));
  return [...words].filter((word) => names.unbound(word).length > 0).filter((word) => !builtins.has(word)).sort();
}

/** Builtins that fixes bring in. */
const builtins = new Set(['any', 'id', 'OSError', 'max', 'None', 'True', 'False', 'list', 'min', 'TimeoutError', 'isinstance']);

function commentsOf(tree: Tree): readonly string[] {
  return tree.rootNode
    .descendantsOfType('comment')
    .map((node) => node?.text ?? '')
    .sort();
}
