import type { ChecklistItem } from '../../../server/src/protocol';

/** How many of the uses each rule found; the rule with most comes first, rules with equally many by name. */
export function countByRule(items: readonly ChecklistItem[]): readonly (readonly [rule: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { rule } of items) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}
