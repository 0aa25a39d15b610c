import type { Checklist, ChecklistItem, Trust } from '../../../server/src/protocol';
import { inReadingOrder, type PathOf } from './order';

/** What the first level of the tree stands for. */
export type Grouping = 'pattern' | 'file' | 'safety';
export const groupings: readonly Grouping[] = ['pattern', 'file', 'safety'];

/**
 * The tree of what is left: groups that hold uses, and one last group for the files that could not be looked at.
 * Groups are never empty. An id stays the same as long as the thing it names is there, so that an editor can keep what is
 * unfolded and selected; no two nodes of a tree share one.
 */
export function remainingTree(checklist: Checklist, grouping: Grouping, pathOf: PathOf): readonly Group[] {
  const uses = withUniqueIds(inReadingOrder(checklist.items, pathOf));
  return [...groupsOf(uses, grouping, checklist), ...skippedGroup(checklist, pathOf)];
}

export type TreeNode = Group | Leaf;
export type Group = PatternGroup | FileGroup | SafetyGroup | SkippedGroup;
export type Leaf = Use | SkippedFile;

/** The uses of one of the wiki's nine patterns. */
export interface PatternGroup {
  readonly kind: 'pattern';
  readonly id: string;
  /** 1 to 9. */
  readonly number: number;
  /** Empty where the server named no such pattern. */
  readonly title: string;
  readonly href: string | undefined;
  readonly children: readonly Use[];
}

export interface FileGroup {
  readonly kind: 'file';
  readonly id: string;
  readonly uri: string;
  readonly children: readonly Use[];
}

export interface SafetyGroup {
  readonly kind: 'safety';
  readonly id: string;
  readonly trust: Trust;
  readonly children: readonly Use[];
}

export interface SkippedGroup {
  readonly kind: 'skipped';
  readonly id: string;
  readonly children: readonly SkippedFile[];
}

export interface Use {
  readonly kind: 'use';
  readonly id: string;
  readonly item: ChecklistItem;
}

/** A file that was not analysed. */
export interface SkippedFile {
  readonly kind: 'skippedFile';
  readonly id: string;
  readonly uri: string;
  /** In words for the user. */
  readonly reason: string;
}

const trustOrder: readonly Trust[] = ['safe', 'review', 'guidance'];

function groupsOf(uses: readonly Use[], grouping: Grouping, checklist: Checklist): readonly Group[] {
  switch (grouping) {
    case 'pattern':
      return patternGroups(uses, checklist);
    case 'file':
      return groupedBy(uses, ({ item }) => item.uri).map(([uri, children]) => ({ kind: 'file', id: `file:${uri}`, uri, children }));
    case 'safety':
      return groupedBy(uses, ({ item }) => item.trust)
        .sort(([a], [b]) => trustOrder.indexOf(a) - trustOrder.indexOf(b))
        .map(([trust, children]) => ({ kind: 'safety', id: `safety:${trust}`, trust, children }));
  }
}

function patternGroups(uses: readonly Use[], { patterns }: Checklist): readonly PatternGroup[] {
  return groupedBy(uses, ({ item }) => item.pattern)
    .sort(([a], [b]) => a - b)
    .map(([number, children]) => {
      const pattern = patterns.find((each) => each.number === number);
      return { kind: 'pattern', id: `pattern:${number}`, number, title: pattern?.title ?? '', href: pattern?.href, children };
    });
}

function skippedGroup({ files }: Checklist, pathOf: PathOf): readonly SkippedGroup[] {
  if (files.skipped.length === 0) return [];
  const children = files.skipped
    .map(({ uri, reason }): SkippedFile => ({ kind: 'skippedFile', id: `skipped:${uri}`, uri, reason }))
    .sort((a, b) => (pathOf(a.uri) < pathOf(b.uri) ? -1 : 1));
  return [{ kind: 'skipped', id: 'skipped', children }];
}

/**
 * A fingerprint should name one use only. Where two share one all the same, the later ones are numbered, because an editor refuses a
 * tree in which an id comes twice.
 */
export function withUniqueIds(items: readonly ChecklistItem[]): readonly Use[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const before = seen.get(item.id) ?? 0;
    seen.set(item.id, before + 1);
    return { kind: 'use', id: before === 0 ? `use:${item.id}` : `use:${item.id}#${before + 1}`, item };
  });
}

// Keys come in the order in which they are first met.
function groupedBy<Key>(uses: readonly Use[], keyOf: (use: Use) => Key): [Key, readonly Use[]][] {
  const groups = new Map<Key, Use[]>();
  for (const use of uses) {
    const group = groups.get(keyOf(use));
    if (group) group.push(use);
    else groups.set(keyOf(use), [use]);
  }
  return [...groups];
}
