/** Those for which something is so, and the others, each in their order. */
export function partition<T>(items: readonly T[], is: (item: T) => boolean): readonly [yes: readonly T[], no: readonly T[]] {
  return [items.filter((item) => is(item)), without(items, is)];
}

export function without<T>(items: readonly T[], is: (item: T) => boolean): readonly T[] {
  return items.filter((item) => !is(item));
}
