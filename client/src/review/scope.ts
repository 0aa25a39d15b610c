import type { ChecklistItem, ItemId } from '../../../server/src/protocol';

/** Which uses a review is about, of those that are left. Plain data, because it outlives the editor. */
export type Scope =
  | { readonly of: 'everything' }
  | { readonly of: 'rule'; readonly rule: string }
  /** Files and folders by their URIs, and single uses. */
  | { readonly of: 'selection'; readonly places: readonly string[]; readonly uses: readonly ItemId[] };

/** Those of the uses that a review is about. */
export function inScope(items: readonly ChecklistItem[], scope: Scope): readonly ChecklistItem[] {
  switch (scope.of) {
    case 'everything':
      return items;
    case 'rule':
      return items.filter(({ rule }) => rule === scope.rule);
    case 'selection': {
      const uses = new Set(scope.uses.map(keyOf));
      return items.filter((item) => uses.has(keyOf(item)) || scope.places.some((place) => item.uri === place || item.uri.startsWith(`${place}/`)));
    }
  }
}

function keyOf({ uri, id }: ItemId): string {
  return `${uri} ${id}`;
}
