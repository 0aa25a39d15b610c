import type { DecisionKind, Progress as Counts } from '../../protocol';
import type { Finding } from '../../workspace/finding';
import type { Workspace } from '../../workspace/workspace';
import { trustOf } from '../trust';
import type { Entry } from './entries';
import { isSettled, progress, type CurrentUse, type Progress } from './progress';

/** A checklist file, there already or not, and the folders of the workspace that it is about. */
export interface Sheet {
  /** Canonical. */
  readonly uri: string;
  readonly entries: readonly Entry[];
  /** Canonical; the file lies in one of them or above. */
  readonly roots: readonly string[];
  /** Spells the URI of a path below the folder of the file. */
  uriOf(path: string): string;
}

/** A use of today, for the checklist file that its folder has. */
export interface SheetUse extends CurrentUse {
  readonly uri: string;
  readonly finding: Finding;
}

/** What the uses of today are asked of. */
export type SheetSources = Pick<Workspace, 'uris' | 'findings' | 'isKnown' | 'isWhole' | 'settings' | 'surroundings'>;

/** Pairs the entries of a checklist file with the uses of its folders, those that a comment keeps included. */
export function account({ uri: file, entries, roots, uriOf }: Sheet, sources: SheetSources): Progress<SheetUse> {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const isInside = (uri: string): boolean => roots.some((root) => uri === root || uri.startsWith(`${root}/`));
  const uses = sources.uris.filter(isInside).flatMap((uri) => {
    const path = decodeURIComponent(uri.slice(folder.length));
    const { target } = sources.settings(uri);
    const near = sources.surroundings(uri);
    return sources.findings(uri).map((finding): SheetUse => ({ ...identityOf(finding, near), path, safety: trustOf(finding, target), uri, finding }));
  });
  const own = entries.filter(({ path }) => isInside(uriOf(path)));
  return progress({ entries: own }, uses, {
    exists: (path) => sources.isKnown(uriOf(path)),
    isSeen: (path, rule) => sources.isWhole(uriOf(path)) && sources.settings(uriOf(path)).severity[rule] !== 'off',
  });
}

/** The numbers of several checklist files together, on a day such as `2026-11-21`. */
export function counts(accounts: readonly Progress<SheetUse>[], today: string): Counts {
  const settled: Record<DecisionKind, number> = { keep: 0, later: 0, elsewhere: 0 };
  let [done, left] = [0, 0];
  for (const { there, done: gone, unseen, fresh } of accounts) {
    done += gone.length;
    for (const { entry, use } of [...there, ...unseen.map((each) => ({ entry: each, use: undefined })), ...fresh.map((each) => ({ entry: undefined, use: each }))]) {
      const kind = use?.finding.suppressed !== undefined ? 'keep' : entry && isSettled(entry, today) ? entry.decision?.kind : undefined;
      if (kind) settled[kind]++;
      else left++;
    }
  }
  return { total: done + settled.keep + settled.later + settled.elsewhere + left, done, settled, left };
}

function identityOf({ fingerprint, rule, api }: Finding, surroundings: ReadonlyMap<string, string>): Pick<CurrentUse, 'fingerprint' | 'rule' | 'api' | 'near'> {
  const near = surroundings.get(fingerprint);
  return { fingerprint, rule, api, ...(near === undefined ? {} : { near }) };
}
