import type { ItemId } from '../protocol';
import { record } from './settings';
import { canonical } from './uris';

/** The use that a client names, its URI canonical; undefined for what names none. */
export function itemId(data: unknown): ItemId | undefined {
  const { uri, id } = record(data);
  return typeof uri === 'string' && typeof id === 'string' ? { uri: canonical(uri), id } : undefined;
}

/** The fingerprints by the URI of their file. */
export function idsByFile(items: readonly ItemId[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byFile = new Map<string, Set<string>>();
  for (const { uri, id } of items) byFile.set(uri, (byFile.get(uri) ?? new Set()).add(id));
  return byFile;
}
