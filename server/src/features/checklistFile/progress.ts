import type { Trust } from '../../protocol';
import { keyOf, type ChecklistFile, type Entry } from './entries';

/** A use that is in the code now. */
export interface CurrentUse {
  /** Relative to the folder of the checklist file, with forward slashes. */
  readonly path: string;
  readonly fingerprint: string;
  readonly rule: string;
  readonly api: string;
  readonly safety?: Trust;
}

/** What is known of the files that entries name. */
export interface KnownFiles {
  /** Whether a path is still a file of the project. */
  exists(path: string): boolean;
  /** Whether all uses of a rule that are in a file were found: not while its syntax is broken, nor where the rule is off. */
  isSeen(path: string, rule: string): boolean;
}

/** How the uses of today answer to the entries of the checklist file. */
export interface Progress<Use extends CurrentUse> {
  /** Entries whose use is still there, with it; in the order of the uses. */
  readonly there: readonly { readonly entry: Entry; readonly use: Use }[];
  /** Entries whose use is gone from the code, now or since the file was written. */
  readonly done: readonly Entry[];
  /** Entries about which nothing is known for now: they are not done, they were not looked for. */
  readonly unseen: readonly Entry[];
  /** Uses that no entry knows. */
  readonly fresh: readonly Use[];
}

/**
 * Pairs entries with uses, each at most once: those in the same file with the same fingerprint first; then the same fingerprint
 * in another file where the file of the entry is gone (it was renamed); then what is left of the same name in the same file
 * (its function was renamed, or the shape of its call changed). The last step also means that a file may exchange one use of a
 * name for another without being told of: it has no more of them than before. What the file calls done stays done, so that a
 * use that comes back is a new one.
 */
export function progress<Use extends CurrentUse>({ entries }: ChecklistFile, uses: readonly Use[], files: KnownFiles): Progress<Use> {
  const isSeen = ({ path, rule }: Entry): boolean => files.isSeen(path, rule);
  const pairs = new Map<Use, Entry>();
  const open = new Set(entries.filter(({ done }) => !done));
  const steps: readonly Step[] = [
    { keyOf: ({ path, fingerprint }) => keyOf({ path, fingerprint }), isFor: () => true },
    { keyOf: ({ fingerprint }) => fingerprint, isFor: ({ path }) => !files.exists(path) },
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
    done: entries.filter((entry) => entry.done || (open.has(entry) && isSeen(entry))),
    unseen: [...open].filter((entry) => !isSeen(entry)),
    fresh: uses.filter((use) => !pairs.has(use)),
  };
}

/** Whether what was decided still holds on a day (`2026-11-21`): days without a date never come. */
export function isSettled({ decision }: Entry, today: string): boolean {
  return decision !== undefined && (decision.until === undefined || today < decision.until);
}

/** The file with every use of today in it under the name that it has now. What is done stays, and is called so: it is what has been achieved. */
export function updated<Use extends CurrentUse>({ there, done, unseen, fresh }: Progress<Use>): ChecklistFile {
  const entries = [...done.map((entry) => ({ ...entry, done: true as const })), ...unseen, ...there.map(({ entry, use }) => renamed(entry, use)), ...fresh.map(entryOf)];
  // A use that was done and came back under the very same name is one entry, the living one.
  return { entries: [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()] };
}

/** The entry of a use that was not known before. */
export function entryOf({ path, fingerprint, rule, api, safety }: CurrentUse): Entry {
  return { path, fingerprint, rule, api, ...(safety ? { safety } : {}) };
}

/** An entry under the name that its use has today. How safe it was and what was decided stays. */
export function renamed({ safety, decision }: Entry, { path, fingerprint, rule, api }: CurrentUse): Entry {
  return { path, fingerprint, rule, api, ...(safety ? { safety } : {}), ...(decision ? { decision } : {}) };
}

interface Step {
  keyOf(use: CurrentUse): string;
  isFor(entry: Entry): boolean;
}

function grouped(entries: readonly Entry[], keyOf: (entry: Entry) => string): ReadonlyMap<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return groups;
}
