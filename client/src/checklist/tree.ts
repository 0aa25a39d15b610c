import type { Checklist, ChecklistItem, DoneUse, Trust } from '../../../server/src/protocol';
import { folderOf, trusts, type Grouping, type ViewOptions } from './options';
import { inReadingOrder, type PathOf } from './order';

/**
 * The tree of the checklist: groups that hold uses, and one last group for the files that could not be looked at. Groups are
 * never empty. An id stays the same as long as the thing it names is there, so that an editor can keep what is unfolded and
 * selected; no two nodes of a tree share one.
 */
export function remainingTree(checklist: Checklist, { grouping, showsDone }: Pick<ViewOptions, 'grouping' | 'showsDone'>, pathOf: PathOf): readonly Group[] {
  const settled = new Set(checklist.settled);
  const uses = withUniqueIds(inReadingOrder([...checklist.items, ...checklist.settled], pathOf)).map((use): Use => (settled.has(use.item) ? { ...use, isSettled: true } : use));
  const done = checklist.done.map((use): Done => ({ kind: 'done', id: `done:${use.id}`, use }));
  return [...groupsOf(uses, done, grouping, showsDone, checklist, pathOf), ...skippedGroup(checklist, pathOf)];
}

export type TreeNode = StoppedRow | FilterRow | Group | Leaf;
export type Group = UseGroup | SkippedGroup;
export type UseGroup = PatternGroup | FolderGroup | FileGroup | ServiceGroup | SafetyGroup;
export type Leaf = Use | Done | SkippedFile;

interface Grouped {
  readonly id: string;
  readonly children: readonly (Use | Done)[];
  /** Uses that are gone, whether they are listed or not, and all of the group. */
  readonly count: { readonly done: number; readonly total: number };
}

/** Tells that what is below is not all, because somebody stopped the look; the way to the rest. */
export interface StoppedRow {
  readonly kind: 'stopped';
  readonly id: string;
}

/** The way out of a filter, above everything else. */
export interface FilterRow {
  readonly kind: 'filter';
  readonly id: string;
  /** How many uses are not shown. */
  readonly hidden: number;
}

/** The uses of one of the wiki's nine patterns. */
export interface PatternGroup extends Grouped {
  readonly kind: 'pattern';
  /** 1 to 9. */
  readonly number: number;
  /** Empty where the server named no such pattern. */
  readonly title: string;
  readonly href: string | undefined;
}

export interface FolderGroup extends Grouped {
  readonly kind: 'folder';
  /** Empty for what lies at the top. */
  readonly path: string;
}

export interface FileGroup extends Grouped {
  readonly kind: 'file';
  readonly uri: string;
}

/** What one process loads; a use stands under each of them. */
export interface ServiceGroup extends Grouped {
  readonly kind: 'service';
  /** undefined for what no process is known to load. */
  readonly name: string | undefined;
}

export interface SafetyGroup extends Grouped {
  readonly kind: 'safety';
  /** undefined for what is done and of which nobody wrote down how safe it was. */
  readonly trust: Trust | undefined;
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
  /** Somebody decided that it stays for now. */
  readonly isSettled?: true;
}

/** A use that is gone from the code. */
export interface Done {
  readonly kind: 'done';
  readonly id: string;
  readonly use: DoneUse;
}

/** A file that was not analysed. */
export interface SkippedFile {
  readonly kind: 'skippedFile';
  readonly id: string;
  readonly uri: string;
  /** In words for the user. */
  readonly reason: string;
}

function groupsOf(uses: readonly Use[], done: readonly Done[], grouping: Grouping, showsDone: boolean, checklist: Checklist, pathOf: PathOf): readonly UseGroup[] {
  const group = <Key>(keysOf: (use: ChecklistItem | DoneUse) => readonly Key[], compare: (a: Key, b: Key) => number): (Omit<Grouped, 'id'> & { readonly key: Key })[] => {
    const members = new Map<Key, (Use | Done)[]>();
    for (const node of [...uses, ...done]) {
      for (const key of keysOf(node.kind === 'use' ? node.item : node.use)) {
        const group = members.get(key);
        if (group) group.push(node);
        else members.set(key, [node]);
      }
    }
    return [...members]
      .sort(([a], [b]) => compare(a, b))
      .map(([key, all]) => ({
        key,
        children: all.filter(({ kind }) => kind === 'use' || showsDone),
        count: { done: all.filter(({ kind }) => kind === 'done').length, total: all.length },
      }))
      .filter(({ children }) => children.length > 0);
  };
  switch (grouping) {
    case 'pattern':
      return group(({ pattern }) => [pattern], (a, b) => a - b).map(({ key: number, ...rest }) => {
        const pattern = checklist.patterns.find((each) => each.number === number);
        return { kind: 'pattern', id: `pattern:${number}`, number, title: pattern?.title ?? '', href: pattern?.href, ...rest };
      });
    case 'folder':
      return group(({ uri }) => [folderOf(pathOf(uri))], compareText).map(({ key: path, ...rest }) => ({ kind: 'folder', id: `folder:${path}`, path, ...rest }));
    case 'file':
      return group(({ uri }) => [uri], (a, b) => compareText(pathOf(a), pathOf(b))).map(({ key: uri, ...rest }) => ({ kind: 'file', id: `file:${uri}`, uri, ...rest }));
    case 'service': {
      const names = ({ uri }: ChecklistItem | DoneUse): readonly (string | undefined)[] => checklist.services[uri] ?? [undefined];
      return group(names, compareLast).map(({ key: name, children, count }) => {
        const id = name === undefined ? 'unloaded' : `service:${name}`;
        return { kind: 'service', id, name, children: children.map((child) => ({ ...child, id: `${id}/${child.id}` })), count };
      });
    }
    case 'safety':
      return group<Trust | undefined>(({ trust }) => [trust], (a, b) => rank(a) - rank(b)).map(({ key: trust, ...rest }) => ({ kind: 'safety', id: `safety:${trust ?? ''}`, trust, ...rest }));
  }
}

function skippedGroup({ files }: Checklist, pathOf: PathOf): readonly SkippedGroup[] {
  if (files.skipped.length === 0) return [];
  const children = files.skipped
    .map(({ uri, reason }): SkippedFile => ({ kind: 'skippedFile', id: `skipped:${uri}`, uri, reason }))
    .sort((a, b) => compareText(pathOf(a.uri), pathOf(b.uri)));
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

function rank(trust: Trust | undefined): number {
  return trust === undefined ? trusts.length : trusts.indexOf(trust);
}

// What has no name comes last.
function compareLast(a: string | undefined, b: string | undefined): number {
  return a === undefined ? 1 : b === undefined ? -1 : compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
