import type { ChecklistItem, Position } from '../../../server/src/protocol';

/** Gives the path a person knows a file by; two files never share one. */
export type PathOf = (uri: string) => string;

/** The items as somebody reads the project: by path, then from top to bottom. */
export function inReadingOrder(items: readonly ChecklistItem[], pathOf: PathOf): readonly ChecklistItem[] {
  const paths = new Map(items.map(({ uri }) => [uri, pathOf(uri)]));
  const path = (item: ChecklistItem) => paths.get(item.uri) ?? item.uri;
  return [...items].sort(
    (a, b) => compareText(path(a), path(b)) || comparePositions(a.range.start, b.range.start) || compareText(a.id, b.id),
  );
}

/** Where somebody is: in a file that may have uses or not. Without it, one starts at the first or the last use. */
export interface Place {
  readonly uri: string;
  readonly position: Position;
}

/** The first use that begins after the place; after the last one comes the first. undefined where there are no uses. */
export function useAfter(items: readonly ChecklistItem[], place: Place | undefined, pathOf: PathOf): ChecklistItem | undefined {
  const ordered = inReadingOrder(items, pathOf);
  const next = place && ordered.find((item) => compareToPlace(item, place, pathOf) > 0);
  return next ?? ordered[0];
}

/** The last use that begins before the place; before the first one comes the last. undefined where there are no uses. */
export function useBefore(items: readonly ChecklistItem[], place: Place | undefined, pathOf: PathOf): ChecklistItem | undefined {
  const ordered = inReadingOrder(items, pathOf);
  const previous = place && ordered.findLast((item) => compareToPlace(item, place, pathOf) < 0);
  return previous ?? ordered.at(-1);
}

/** The use that the place is in, or else the first one of its line. */
export function useAt(items: readonly ChecklistItem[], { uri, position }: Place): ChecklistItem | undefined {
  const near = items.filter((item) => item.uri === uri && item.range.start.line <= position.line && item.range.end.line >= position.line);
  return near.find(({ range }) => comparePositions(range.start, position) <= 0 && comparePositions(range.end, position) >= 0) ?? near[0];
}

function compareToPlace(item: ChecklistItem, place: Place, pathOf: PathOf): number {
  return compareText(pathOf(item.uri), pathOf(place.uri)) || comparePositions(item.range.start, place.position);
}

function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

// By code unit, not by locale: the order must be the same on every machine.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
