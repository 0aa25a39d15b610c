import type { TextEdit } from '../edits/textEdit';
import { isJoined } from '../syntax/joined';
import type { Analysis } from '../workspace/analysis';

/** How long a line may become; what OpenStack's and most other projects' style checks allow. */
const lineLength = 79;

/**
 * The edit that keeps the findings of a rule on the line of an offset: a comment behind the line, or where that is too long or
 * has no room for one, above it.
 */
export function keepEdit({ view: { text, tree, layout } }: Pick<Analysis, 'view'>, offset: number, rule: string): TextEdit {
  const comment = `# eventlet: keep[${rule}]`;
  const { start, end } = lineAt(text, offset);
  const code = text.slice(start, end).trimEnd();
  const last = start + code.length;
  const hasComment = tree.rootNode.descendantForIndex(last - 1, last)?.type === 'comment';
  if (!hasComment && !isJoined(tree, end) && code.length + 2 + comment.length <= lineLength) {
    return { start: last, end, newText: `  ${comment}` };
  }

  let first = start;
  while (first > 0 && isJoined(tree, lineAt(text, first - 1).end)) first = lineAt(text, first - 1).start;
  const indent = /^[ \t\f]*/.exec(text.slice(first, end))?.[0] ?? '';
  return { start: first, end: first, newText: indent + comment + layout.lineEnding };
}

/** The line an offset is in, without its ending; the ending itself belongs to the line before it. */
function lineAt(text: string, offset: number): { readonly start: number; readonly end: number } {
  const isSecondOfTwo = text[offset] === '\n' && text[offset - 1] === '\r';
  const at = isSecondOfTwo ? offset - 1 : offset;
  const start = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  const ending = /\r|\n/g;
  ending.lastIndex = at;
  return { start, end: ending.exec(text)?.index ?? text.length };
}
