/** Whether two values are the same plain data. */
export function isSameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  // Of objects and arrays alike, only members are looked at.
  const [ours, theirs] = [a as Members, b as Members];
  const keys = Object.keys(ours);
  if (keys.length !== Object.keys(theirs).length) return false;
  for (const key of keys) if (!(key in theirs) || !isSameData(ours[key], theirs[key])) return false;
  return true;
}

type Members = Readonly<Record<string, unknown>>;
