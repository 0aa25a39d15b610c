import type { TextEdit } from '../../edits/textEdit';
import { importedNames, type ImportedName } from '../../python/imports';
import type { Node } from '../../syntax/node';
import { isFirstOnLine, lineEnd, lineStart } from './lines';

/**
 * The edits that take some of the names out of `import a, b, c`. A name with a line of its own takes the line along but for a comment
 * behind it; the last ones take the comma before them along. At least one name stays.
 */
export function dropItems(text: string, statement: Node, isDropped: (name: ImportedName) => boolean): readonly TextEdit[] {
  const all = importedNames(statement);
  const kept = all.findLastIndex((name) => !isDropped(name));
  const tail = { start: all[kept]?.item.endIndex ?? 0, end: all.at(-1)?.item.endIndex ?? 0, newText: '' };
  const isParenthesized = statement.children.some((child) => child?.type === '(');
  const isTailCut = kept < all.length - 1 && !(isParenthesized && /[\r\n]/.test(text.slice(tail.start, tail.end)));
  const single = all.filter((name, index) => isDropped(name) && !(isTailCut && index > kept));
  return [...single.map(({ item }) => dropItem(text, item)), ...(isTailCut ? [tail] : [])];
}

function dropItem(text: string, item: Node): TextEdit {
  const comma = /^[ \t]*,/.exec(text.slice(item.endIndex))?.[0] ?? '';
  const end = item.endIndex + comma.length;
  const [, blanks = '', rest = ''] = /^([ \t]*)([^\r\n]*)/.exec(text.slice(end)) ?? [];
  const isEnd = rest === '' || rest === '\\';
  if (isFirstOnLine(text, item.startIndex)) {
    return isEnd ? { start: lineStart(text, item.startIndex), end: lineEnd(text, end), newText: '' } : { start: item.startIndex, end: end + blanks.length, newText: '' };
  }
  if (!isEnd && !rest.startsWith('#')) return { start: item.startIndex, end: end + blanks.length, newText: '' };
  const before = /[ \t]*$/.exec(text.slice(0, item.startIndex))?.[0].length ?? 0;
  return { start: item.startIndex - before, end, newText: '' };
}
