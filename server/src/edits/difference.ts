import type { TextEdit } from './textEdit';

/** The one edit that leads from a text to another: what both begin with and end with stays outside. undefined where they are equal. */
export function difference(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let common = 0;
  while (common < shorter - start && before[before.length - 1 - common] === after[after.length - 1 - common]) common++;
  return { start, end: before.length - common, newText: after.slice(start, after.length - common) };
}
