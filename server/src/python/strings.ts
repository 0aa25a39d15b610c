import type { Node } from '../syntax/node';

/**
 * The value of a string literal that is written down in one piece without escapes and interpolation: `'a.b'`, `"""x"""`, `u'x'`.
 * undefined for everything else.
 */
export function plainString(node: Node): string | undefined {
  if (node.type !== 'string' || /b/i.test(node.firstChild?.text ?? '')) return undefined;
  const parts = node.namedChildren;
  if (parts.some((part) => part?.type === 'interpolation')) return undefined;
  const content = stringContent(node);
  return content?.includes('\\') ? undefined : content;
}

/** What stands between the quotes, as written; undefined where the node is no string. */
export function stringContent(node: Node): string | undefined {
  const range = contentRange(node);
  return range && node.text.slice(range.start - node.startIndex, range.end - node.startIndex);
}

/** Offsets of what stands between the quotes. */
export function contentRange(node: Node): { readonly start: number; readonly end: number } | undefined {
  if (node.type !== 'string') return undefined;
  const first = node.firstChild;
  const last = node.lastChild;
  if (first?.type !== 'string_start' || last?.type !== 'string_end') return undefined;
  return { start: first.endIndex, end: last.startIndex };
}
