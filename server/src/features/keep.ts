import type { TextEdit } from '../edits/textEdit';
import type { LineIndex } from '../edits/lines';
import { isDocumentation } from '../rules/texts/index';
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

/** The same in a file that is no Python: a line above, as a comment of the language that the file's name tells. */
export function keepTextEdit(path: string, lines: LineIndex, offset: number, rule: string): TextEdit {
  let line = lines.lineAt(offset);
  while (line > 0 && lines.line(line - 1).endsWith('\\')) line--;
  const start = lines.start(line);
  const indent = /^[ \t]*/.exec(lines.line(line))?.[0] ?? '';
  const ending = lines.lineCount > 1 && lines.start(1) - lines.end(0) === 2 ? '\r\n' : '\n';
  return { start, end: start, newText: indent + commentOf(path, `# eventlet: keep[${rule}]`) + ending };
}

function commentOf(path: string, comment: string): string {
  if (!isDocumentation(path)) return comment;
  return path.endsWith('.rst') ? `.. ${comment}\n` : `<!-- ${comment} -->`;
}
