import { formatPatch, structuredPatch } from 'diff';

/**
 * What `git diff` would print for one changed file, or for a new one where there is no text before; `git apply` and `patch -p1` take
 * it. Nothing where the texts are equal. The path has forward slashes; line endings are kept as they are.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  if (before === after) return '';
  const patch = structuredPatch(before === undefined ? '/dev/null' : `a/${path}`, `b/${path}`, before ?? '', after, undefined, undefined, { context: 3 });
  return formatPatch({ ...patch, isGit: true, ...(before === undefined ? { isCreate: true, newMode: '100644' } : {}) });
}
