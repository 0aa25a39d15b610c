import type { TextEdit } from '../../../edits/textEdit';
import type { TextFile } from '../textRule';

/** Takes the line of an offset away, with its end and a comment behind it. */
export function withoutLine({ text }: Pick<TextFile, 'text'>, offset: number): TextEdit {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const ending = /\r\n|\n|\r/g;
  ending.lastIndex = offset;
  return { start, end: ending.exec(text) ? ending.lastIndex : text.length, newText: '' };
}

/** Takes an item out of a list with commas: its line where nothing else is on it, else with the comma before or behind it. */
export function withoutItem(file: TextFile, start: number, end: number): TextEdit {
  const { code } = file;
  const before = /(?:^|[\r\n])([^\r\n]*)$/.exec(code.slice(0, start))?.[1] ?? '';
  const behind = /^[^\r\n]*/.exec(code.slice(end))?.[0] ?? '';
  if (before.trim() === '' && /^[ \t]*,?[ \t]*$/.test(behind)) return withoutLine(file, start);
  const next = /^[ \t]*,[ \t]*/.exec(behind);
  if (next) return { start, end: end + next[0].length, newText: '' };
  const previous = /,[ \t]*$/.exec(before);
  return { start: start - (previous?.[0].length ?? 0), end, newText: '' };
}
