import type { Variable } from '../../python/names';
import { stringContent } from '../../python/strings';
import { wordOffsets } from '../../python/words';
import { enclosing, statementOf, type Node } from '../../syntax/node';
import type { FileView } from './view';

/**
 * Whether a name is needed although no code of this file reads it: other files take it from here, `__all__` or a string
 * annotation names it, a type comment does (catalogue 2.0).
 */
export function isNamedOtherwise(view: FileView, variable: Variable): boolean {
  if (view.namedElsewhere.has(variable.name)) return true;
  const root = view.tree.rootNode;
  let end = 0;
  for (const start of wordOffsets(view.text, variable.name)) {
    // A string or a comment is looked at once, however often it has the name.
    if (start < end) continue;
    // Only those can name it so.
    if (!mayBeInside(view.text, start)) continue;
    const node = root.descendantForIndex(start, start + variable.name.length);
    if (/^(string|string_content|comment)$/.test(node?.type ?? '')) end = node?.endIndex ?? end;
    if (node?.type === 'comment' && /^#\s*type:/.test(node.text)) return true;
    const string = node?.type === 'string_content' ? node.parent : node?.type === 'string' ? node : undefined;
    if (string && (isExported(string, variable.name) || enclosing(string, 'type'))) return true;
  }
  return false;
}

/** Whether something begins on the line of an offset that may be a string or a comment around it; of very long lines only the tree tells. */
function mayBeInside(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 500), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return line.length === 500 || /['"#]/.test(line);
}

/** `__all__ = ['eventlet']`, `globals()['eventlet']`. */
function isExported(string: Node, name: string): boolean {
  return stringContent(string) === name && /__all__|globals\(\)/.test(statementOf(string).text);
}
