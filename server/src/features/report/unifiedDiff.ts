import { formatPatch, structuredPatch } from 'diff';

/**
 * What `git diff` would print for one changed file; `git apply` and `patch -p1` take it. Nothing where the texts are equal. The
 * path has forward slashes; line endings are kept as they are.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  return formatPatch({ ...structuredPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 }), isGit: true });
}
