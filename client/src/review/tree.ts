import type { ReviewChange } from '../../../server/src/protocol';
import type { PathOf } from '../checklist/order';

export type ReviewNode = RuleNode | FileNode | ChangeNode | TouchedNode;

/** The changes that take away uses of one rule. */
export interface RuleNode {
  readonly kind: 'reviewRule';
  readonly id: string;
  readonly rule: string;
  readonly children: readonly FileNode[];
}

export interface FileNode {
  readonly kind: 'reviewFile';
  readonly id: string;
  readonly uri: string;
  readonly children: readonly ChangeNode[];
}

/** What is ticked or not. */
export interface ChangeNode {
  readonly kind: 'reviewChange';
  readonly id: string;
  readonly change: ReviewChange;
  /** The files that it touches beside the one it is listed under. */
  readonly children: readonly TouchedNode[];
}

export interface TouchedNode {
  readonly kind: 'reviewTouched';
  readonly id: string;
  readonly uri: string;
  readonly change: ReviewChange;
}

/**
 * The changes by rule and then by file. The rule with most safe changes comes first, because those are ticked and should be seen; then the one
 * with most changes; files by path. Ids stay the same as long as the thing they name is there; no two nodes share one.
 */
export function reviewTree(changes: readonly ReviewChange[], pathOf: PathOf): readonly RuleNode[] {
  return [...groupedBy(changes, ({ items: [first] }) => first.rule)]
    .sort(([a, many], [b, few]) => safeAmong(few) - safeAmong(many) || few.length - many.length || (a < b ? -1 : 1))
    .map(([rule, own]) => ({ kind: 'reviewRule', id: `rule:${rule}`, rule, children: filesOf(rule, own, pathOf) }));
}

function safeAmong(changes: readonly ReviewChange[]): number {
  return tickedAtFirst(changes).size;
}

/** The changes that a box stands for; none for a file that a change only touches. */
export function changesBelow(node: ReviewNode): readonly ReviewChange[] {
  switch (node.kind) {
    case 'reviewRule':
    case 'reviewFile':
      return node.children.flatMap(changesBelow);
    case 'reviewChange':
      return [node.change];
    case 'reviewTouched':
      return [];
  }
}

/** Which changes are ticked when a review begins: those that need no person. */
export function tickedAtFirst(changes: readonly ReviewChange[]): ReadonlySet<string> {
  return new Set(changes.filter(({ trust }) => trust === 'safe').map(({ id }) => id));
}

/** The ticks after looking again: as they were, by ids of changes, and for what was not there before as at first. */
export function tickedAgain(now: readonly ReviewChange[], before: { readonly ticked: readonly string[]; readonly unticked: readonly string[] } | undefined): ReadonlySet<string> {
  const unticked = new Set(before?.unticked);
  const known = new Set([...(before?.ticked ?? []), ...unticked]);
  const atFirst = tickedAtFirst(now);
  return new Set(now.map(({ id }) => id).filter((id) => (known.has(id) ? !unticked.has(id) : atFirst.has(id))));
}

function filesOf(rule: string, changes: readonly ReviewChange[], pathOf: PathOf): readonly FileNode[] {
  return [...groupedBy(changes, ({ items: [first] }) => first.uri)]
    .sort(([a], [b]) => (pathOf(a) < pathOf(b) ? -1 : 1))
    .map(([uri, own]) => ({ kind: 'reviewFile', id: `file:${rule}:${uri}`, uri, children: own.map(changeNode) }));
}

function changeNode(change: ReviewChange): ChangeNode {
  const [, ...others] = change.files;
  return {
    kind: 'reviewChange',
    id: `change:${change.id}`,
    change,
    children: others.map((uri) => ({ kind: 'reviewTouched', id: `touched:${change.id}:${uri}`, uri, change })),
  };
}

// Keys come in the order in which they are first met.
function groupedBy(changes: readonly ReviewChange[], keyOf: (change: ReviewChange) => string): ReadonlyMap<string, readonly ReviewChange[]> {
  const groups = new Map<string, ReviewChange[]>();
  for (const change of changes) groups.set(keyOf(change), [...(groups.get(keyOf(change)) ?? []), change]);
  return groups;
}
