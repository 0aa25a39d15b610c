import { lineAfter, type FileDiff, type Hunk } from './diff';

/** A use with its place, as two commits are compared by; nothing in it knows of fingerprints. */
export interface PlacedUse {
  readonly path: string;
  readonly rule: string;
  readonly api: string;
  /** The lines that it starts and ends in, from zero. */
  readonly line: number;
  readonly lastLine: number;
  readonly column: number;
}

/** Which use of the later commit is the same as one of the earlier, and how git tells. */
export interface Followed<Use> {
  readonly before: Use;
  readonly after: Use;
  /** `kept`: its lines are unchanged, though they may have moved, with their file too. `edited`: they changed, and as many uses of the name are there as before. */
  readonly how: 'kept' | 'edited';
}

/**
 * Follows uses from one commit to the next by git's own account of lines: those in unchanged lines by their place, and those in
 * changed ones where both sides of the change have equally many of the same name. What remains was fixed, or is new.
 */
export function follow<Use extends PlacedUse>(before: readonly Use[], after: readonly Use[], diffs: readonly FileDiff[]): readonly Followed<Use>[] {
  const byOldPath = new Map(diffs.flatMap((diff) => (diff.before === undefined ? [] : [[diff.before, diff] as const])));
  const byPlace = new Map(after.map((use) => [placeOf(use, use.path, use.line), use]));
  const byNewPath = grouped(after, ({ path }) => path);
  return [...grouped(before, ({ path }) => path)].flatMap(([path, uses]) => {
    const diff = byOldPath.get(path);
    const newPath = diff ? diff.after : path;
    if (newPath === undefined) return [];
    const hunks = diff?.hunks ?? [];
    const kept = uses.flatMap((use): Followed<Use>[] => {
      const [line, lastLine] = [lineAfter(use.line, hunks), lineAfter(use.lastLine, hunks)];
      const same = line === undefined || lastLine === undefined ? undefined : byPlace.get(placeOf(use, newPath, line));
      return same ? [{ before: use, after: same, how: 'kept' }] : [];
    });
    const later = byNewPath.get(newPath) ?? [];
    return [...kept, ...hunks.flatMap((hunk) => edited(hunk, uses, later))];
  });
}

function edited<Use extends PlacedUse>(hunk: Hunk, before: readonly Use[], after: readonly Use[]): readonly Followed<Use>[] {
  const name = ({ rule, api }: Use): string => `${rule} ${api}`;
  const old = grouped(before.filter(({ line }) => isIn(line, hunk.before)), name);
  const now = grouped(after.filter(({ line }) => isIn(line, hunk.after)), name);
  return [...old].flatMap(([key, uses]) => {
    const others = now.get(key) ?? [];
    return others.length !== uses.length ? [] : uses.flatMap((use, index): Followed<Use>[] => {
      const other = others[index];
      return other ? [{ before: use, after: other, how: 'edited' }] : [];
    });
  });
}

function placeOf({ rule, api, column }: PlacedUse, path: string, line: number): string {
  return `${path}:${line}:${column} ${rule} ${api}`;
}

function isIn(line: number, [start, end]: readonly [number, number]): boolean {
  return start <= line && line < end;
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
