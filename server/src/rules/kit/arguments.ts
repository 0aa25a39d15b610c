import type { Node } from '../../syntax/node';
import { commentsIn, type ChangeBuilder } from './change';
import { lineEnd, lineStart } from './lines';
import type { FileView } from './view';

/**
 * Takes an argument out of its call, with the comma that belonged to it; the line goes too where it had one to itself. Without effect, and
 * `false`, where a comment would go with it.
 */
export function dropArgument(edits: ChangeBuilder, { text }: FileView, argument: Node): boolean {
  const list = argument.parent;
  const args = list?.namedChildren.filter((child): child is Node => !!child && child.type !== 'comment') ?? [];
  const index = args.findIndex(({ id }) => id === argument.id);
  if (!list || index < 0) return false;
  const next = args[index + 1];
  const previous = args[index - 1];
  const start = next ? argument.startIndex : (previous?.endIndex ?? argument.startIndex);
  const end = next ? next.startIndex : previous ? argument.endIndex : list.endIndex - 1;
  const hasComment = list.children.some((child) => child?.type === 'comment' && child.startIndex >= start && child.endIndex <= end) || commentsIn(argument).length > 0;
  if (hasComment) return false;
  // A last argument with a line of its own leaves the trailing comma of the one before it.
  const isOnOwnLine = !next && previous !== undefined && lineStart(text, argument.startIndex) > previous.endIndex && text.slice(lineStart(text, argument.startIndex), argument.startIndex).trim() === '';
  const hasComma = /^[ \t]*,/.test(text.slice(argument.endIndex));
  if (isOnOwnLine && hasComma) edits.replaceRange(lineStart(text, argument.startIndex), lineEnd(text, argument.endIndex), '');
  else edits.replaceRange(start, end, '');
  return true;
}
