import type { TextEdit } from '../edits/textEdit';
import { isJoined } from '../syntax/joined';
import type { Analysis } from '../workspace/analysis';

/** How long a line may become; what OpenStack's and most other projects' style checks allow. */
const lineLength = 79;

/**
 * The edit that keeps the findings of a rule on the line of an offset: a comment behind the line, or where that is too long or
 * has no room for one, above it.
 */
export function keepEdit({ view: { tree, layout }, lines }: Analysis, offset: number, rule: string): TextEdit {
  const comment = `# eventlet: keep[${rule}]`;
  let line = lines.lineAt(offset);
  const code = lines.line(line).trimEnd();
  const end = lines.start(line) + code.length;
  const hasComment = tree.rootNode.descendantForIndex(end - 1, end)?.type === 'comment';
  if (!hasComment && !isJoined(tree, lines.end(line)) && code.length + 2 + comment.length <= lineLength) {
    return { start: end, end: lines.end(line), newText: `  ${comment}` };
  }

  while (line > 0 && isJoined(tree, lines.end(line - 1))) line--;
  const indent = /^[ \t\f]*/.exec(lines.line(line))?.[0] ?? '';
  return { start: lines.start(line), end: lines.start(line), newText: indent + comment + layout.lineEnding };
}
