import { keyOf, type ChecklistFile, type Entry } from './entries';

/** A use that is in the code now. */
export interface CurrentUse {
  /** Relative to the folder of the checklist file, with forward slashes. */
  readonly path: string;
  readonly fingerprint: string;
  readonly rule: string;
  readonly api: string;
}

/** How the uses of today answer to the entries of the checklist file. */
export interface Progress<Use extends CurrentUse> {
  /** Entries whose use is still there, with it; in the order of the uses. */
  readonly there: readonly { readonly entry: Entry; readonly use: Use }[];
  /** Entries whose use is gone from the code, now or since the file was written. */
  readonly done: readonly Entry[];
  /** Uses that no entry knows. */
  readonly fresh: readonly Use[];
}

/**
 * Pairs entries with uses, each at most once: those in the same file with the same fingerprint first; then the same fingerprint
 * in another file where the file of the entry is gone (it was renamed); then what is left of the same name in the same file
 * (its function was renamed, or the shape of its call changed). The last step also means that a file may exchange one use of a
 * name for another without being told of: it has no more of them than before. What the file calls done stays done, so that a
 * use that comes back is a new one.
 *
 * `exists` tells whether a path is still a file of the project.
 */
export function progress<Use extends CurrentUse>({ entries }: ChecklistFile, uses: readonly Use[], exists: (path: string) => boolean): Progress<Use> {
  const pairs = new Map<Use, Entry>();
  const open = new Set(entries.filter(({ done }) => !done));
  const steps: readonly Step[] = [
    { keyOf: ({ path, fingerprint }) => keyOf({ path, fingerprint }), isFor: () => true },
    { keyOf: ({ fingerprint }) => fingerprint, isFor: ({ path }) => !exists(path) },
    { keyOf: ({ path, api }) => `${path} ${api}`, isFor: () => true },
  ];
  for (const step of steps) {
    const waiting = grouped([...open].filter(step.isFor), step.keyOf);
    for (const use of uses) {
      const entry = pairs.has(use) ? undefined : waiting.get(step.keyOf(use))?.shift();
      if (!entry) continue;
      pairs.set(use, entry);
      open.delete(entry);
    }
  }
  return {
    there: uses.flatMap((use) => {
      const entry = pairs.get(use);
      return entry ? [{ entry, use }] : [];
    }),
    done: entries.filter((entry) => entry.done || open.has(entry)),
    fresh: uses.filter((use) => !pairs.has(use)),
  };
}

/** Whether what was decided still holds on a day (`2026-11-21`): days without a date never come. */
export function isSettled({ decision }: Entry, today: string): boolean {
  return decision !== undefined && (decision.until === undefined || today < decision.until);
}

/** The file with every use of today in it under the name that it has now. What is done stays, and is called so: it is what has been achieved. */
export function updated<Use extends CurrentUse>({ there, done, fresh }: Progress<Use>): ChecklistFile {
  const known = there.map(({ entry, use }) => ({ ...named(use), ...(entry.decision ? { decision: entry.decision } : {}) }));
  const entries = [...done.map((entry) => ({ ...entry, done: true as const })), ...known, ...fresh.map(named)];
  // A use that was done and came back under the very same name is one entry, the living one.
  return { entries: [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()] };
}

interface Step {
  keyOf(use: CurrentUse): string;
  isFor(entry: Entry): boolean;
}

function named({ path, fingerprint, rule, api }: CurrentUse): Entry {
  return { path, fingerprint, rule, api };
}

function grouped(entries: readonly Entry[], keyOf: (entry: Entry) => string): ReadonlyMap<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return groups;
}
