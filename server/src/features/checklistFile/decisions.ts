import type { Decision } from '../../protocol';
import type { Finding } from '../../workspace/finding';
import type { Entry } from './entries';
import { isSettled } from './progress';

/** What somebody decided about uses of a file in the checklist file, by fingerprint. */
export type DecidedUses = ReadonlyMap<string, DecidedUse>;

export interface DecidedUse {
  readonly decision: Decision;
  /** It does so today: then nobody is to be bothered with the use. */
  readonly holds: boolean;
}

/** What was decided about the uses of files, by their URIs. */
export type Decisions = ReadonlyMap<string, DecidedUses>;

/** What the entries say of the uses that answer to them; `today` is written as in the file. */
export function decisionsOf(there: readonly { readonly entry: Entry; readonly use: { readonly uri: string; readonly fingerprint: string } }[], today: string): Decisions {
  const files = new Map<string, Map<string, DecidedUse>>();
  for (const { entry, use } of there) {
    if (!entry.decision) continue;
    const uses = files.get(use.uri) ?? new Map();
    files.set(use.uri, uses.set(use.fingerprint, { decision: entry.decision, holds: isSettled(entry, today) }));
  }
  return files;
}

/** What was decided about a use; undefined where that is nothing. */
export function decisionOn(decisions: Decisions, uri: string, { fingerprint }: Finding): DecidedUse | undefined {
  return decisions.get(uri)?.get(fingerprint);
}

/** Whether somebody decided to leave a use, for today. */
export function isLeft(decisions: Decisions, uri: string, finding: Finding): boolean {
  return decisionOn(decisions, uri, finding)?.holds ?? false;
}

/** Of these files, by their URIs, the fingerprints of what nobody decided to leave for today; undefined where that is everything. */
export function openUses(decisions: Decisions, uris: readonly string[], findingsOf: (uri: string) => readonly Finding[]): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  const isAnyLeft = [...decisions.values()].some((uses) => [...uses.values()].some(({ holds }) => holds));
  if (!isAnyLeft) return undefined;
  return new Map(uris.map((uri) => [uri, new Set(findingsOf(uri).flatMap((finding) => (isLeft(decisions, uri, finding) ? [] : [finding.fingerprint])))]));
}
