import { ancestors, type Tree } from './node';

/**
 * Whether the line ending at this offset does not end a line of Python: it stands inside a string, or behind a backslash. Such
 * lines cannot be told from each other by a comment, neither behind nor between them. (Between brackets they can.)
 */
export function isJoined(tree: Tree, lineEnding: number): boolean {
  const before = lineEnding > 0 ? tree.rootNode.descendantForIndex(lineEnding - 1, lineEnding) : null;
  if (before?.type === 'line_continuation') return true;
  const at = tree.rootNode.descendantForIndex(lineEnding, lineEnding + 1);
  if (!at) return false;
  for (const node of [at, ...ancestors(at)]) {
    if (node.type === 'string') return node.startIndex < lineEnding && lineEnding < node.endIndex;
  }
  return false;
}
