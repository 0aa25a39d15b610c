import type { Trust } from '../../protocol';
import { digestLength } from '../../workspace/fingerprint';
import { keyOf, type ChecklistFile, type Entry } from './entries';

/** A use that is in the code now. */
export interface CurrentUse {
  /** Relative to the folder of the checklist file, with forward slashes. */
  readonly path: string;
  readonly fingerprint: string;
  readonly rule: string;
  readonly api: string;
  readonly safety?: Trust;
  /** What it stands between; see `Workspace.surroundings`. */
  readonly near?: string;
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
 * Pairs entries with uses, each at most once, by what is surest first: the same fingerprint in the same file and between the same
 * lines; the same name between the same lines (another one of equal uses went, or its function was renamed); the same
 * fingerprint; then the same where the file of the entry is gone (it was renamed); then the same name where the line above or below
 * is the same (the shape of its call changed); then the same fingerprint between the same lines anywhere (its code was moved). At last the
 * name is enough: in the same file, where nothing was written down of the lines; else where as many entries are left as uses, in the same
 * function or in one that took the place of another. A use in a function that had others is a new one, though one of its name went from
 * the file. What the file calls done stays done, so that a use that comes back is a new one.
 */
export function progress<Use extends CurrentUse>({ entries }: ChecklistFile, uses: readonly Use[], files: KnownFiles): Progress<Use> {
  const isSeen = ({ path, rule }: Entry): boolean => files.isSeen(path, rule);
  const pairs = new Map<Use, Entry>();
  const open = new Set(entries.filter(({ done }) => !done));
  const pair = ({ keyOf: key, isFor = () => true }: Step): void => {
    const waiting = grouped([...open].filter(isFor), key);
    for (const use of uses) {
      const name = pairs.has(use) ? undefined : key(use);
      const entry = name === undefined ? undefined : waiting.get(name)?.shift();
      if (!entry) continue;
      pairs.set(use, entry);
      open.delete(entry);
    }
  };
  const isGone = ({ path }: Entry): boolean => !files.exists(path);
  const between = (near: string | undefined, key: string): string | undefined => (near ? `${key} ${near}` : undefined);
  pair({ keyOf: (use) => between(linesOf(use), keyOf(use)) });
  pair({ keyOf: (use) => between(linesOf(use), `${use.path} ${use.api}`) });
  pair({ keyOf });
  pair({ keyOf: (use) => between(linesOf(use), use.fingerprint), isFor: isGone });
  pair({ keyOf: ({ fingerprint }) => fingerprint, isFor: isGone });
  // Where a file went is known now from those of its uses that could be followed.
  const moved = new Map([...pairs].filter(([, entry]) => isGone(entry)).map(([use, entry]) => [entry.path, use.path]));
  const nameIn = ({ path, api }: CurrentUse): string => `${moved.get(path) ?? path} ${api}`;
  pair({ keyOf: (use) => between(use.near?.slice(0, digestLength), nameIn(use)) });
  pair({ keyOf: (use) => between(use.near?.slice(2 * digestLength, 3 * digestLength), nameIn(use)) });
  pair({ keyOf: nameIn, isFor: ({ near }) => near === undefined });
  pair({ keyOf: (use) => between(use.near, use.fingerprint) });
  // As many as before: they were edited. More or fewer: some are gone and some are new, and nobody knows which.
  const pairIfAsMany = (key: Step['keyOf']): void => {
    const fresh = grouped(uses.filter((use) => !pairs.has(use)), key);
    const waiting = grouped([...open], key);
    pair({ keyOf: key, isFor: (entry) => fresh.get(key(entry) ?? '')?.length === waiting.get(key(entry) ?? '')?.length });
  };
  const functionOf = (use: CurrentUse): string | undefined => between(scopeOf(use), moved.get(use.path) ?? use.path);
  pairIfAsMany((use) => between(functionOf(use), use.api));
  // What has still one of its uses, or had one before, was not renamed.
  const same = new Set([...pairs].flatMap(([use, entry]) => [functionOf(use), functionOf(entry)]));
  pairIfAsMany((use) => (same.has(functionOf(use) ?? '') ? undefined : nameIn(use)));
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
export function entryOf({ path, fingerprint, rule, api, safety, near }: CurrentUse): Entry {
  return { path, fingerprint, rule, api, ...(safety ? { safety } : {}), ...(near ? { near } : {}) };
}

/** An entry under the name that its use has today. How safe it was and what was decided stays. */
export function renamed({ safety, decision }: Entry, { path, fingerprint, rule, api, near }: CurrentUse): Entry {
  return { path, fingerprint, rule, api, ...(safety ? { safety } : {}), ...(near ? { near } : {}), ...(decision ? { decision } : {}) };
}

/** The digests of the lines around a use. */
function linesOf({ near }: CurrentUse): string | undefined {
  return near?.slice(0, 3 * digestLength);
}

/** The digest of the function around it; files of earlier versions have none. */
function scopeOf({ near }: CurrentUse): string | undefined {
  return near?.slice(3 * digestLength);
}

interface Step {
  /** What an entry and its use have in common; undefined where that is not known of one of them. */
  keyOf(use: CurrentUse): string | undefined;
  isFor?(entry: Entry): boolean;
}

function grouped<Item extends CurrentUse>(items: readonly Item[], keyOf: Step['keyOf']): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
