import { eventlet } from '../../python/eventlet';

/** A name of eventlet that a file imports, and how it calls it. */
export interface WantedName {
  /** Canonical: `eventlet`, `eventlet.sleep`, `eventlet.green.os`. */
  readonly dotted: string;
  /** The same as the file spells it, which can be imported: `eventlet.greenthread.sleep`. */
  readonly source: string;
  /** What the file binds: `sleep`, `green_os`. */
  readonly bound: string;
}

/** The names under which a concurrency module hands out eventlet's: canonical name → name in the module. */
export type NameTable = ReadonlyMap<string, string>;

/** One name that a concurrency module binds: the canonical name of what it means, and how it is called there. */
export type Binding = readonly [dotted: string, name: string];

/**
 * One name for each thing: the one that the module has already, else the one that most files use, else the last part of its own.
 * Two things that would be called alike are told apart by what they come from: `os` and `green_os`.
 */
export function nameTable(wanted: readonly WantedName[], existing: NameTable): NameTable {
  const table = new Map(existing);
  const taken = new Set(existing.values());
  const wishes = new Map<string, Map<string, number>>();
  for (const { dotted, bound } of wanted) {
    const counts = wishes.get(dotted) ?? new Map<string, number>();
    wishes.set(dotted, counts.set(bound, (counts.get(bound) ?? 0) + 1));
  }
  for (const [dotted, counts] of [...wishes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (table.has(dotted)) continue;
    const name = candidates(dotted, counts).find((candidate) => !taken.has(candidate)) ?? dotted.replaceAll('.', '_');
    table.set(dotted, name);
    taken.add(name);
  }
  return table;
}

function candidates(dotted: string, counts: ReadonlyMap<string, number>): readonly string[] {
  const parts = dotted.split('.');
  if (dotted === eventlet.root) return [dotted];
  const last = parts.at(-1) ?? dotted;
  // An underscore in front is a file's own business.
  const wished = [...counts].filter(([name]) => !name.startsWith('_') && name !== eventlet.root).sort(([a, many], [b, few]) => few - many || Number(b === last) - Number(a === last) || (a < b ? -1 : 1));
  return [...wished.map(([name]) => name), last, parts.slice(-2).join('_'), parts.slice(1).join('_')];
}
