import { formatPatch, structuredPatch } from 'diff';

/**
 * What `git diff` would print for one changed file, for a new one where there is no text before, or for one that goes where there is none after; `git apply` and `patch -p1` take
 * it. Nothing where the texts are equal. The path has forward slashes; line endings are kept as they are.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const patch = structuredPatch(before === undefined ? '/dev/null' : `a/${path}`, after === undefined ? '/dev/null' : `b/${path}`, before ?? '', after ?? '', undefined, undefined, { context: 3 });
  return formatPatch({ ...patch, isGit: true, ...(before === undefined ? { isCreate: true, newMode: '100644' } : {}), ...(after === undefined ? { isDelete: true, oldMode: '100644' } : {}) });
}
