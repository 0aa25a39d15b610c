import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { GitFiles, type GitRepository } from '../../doors/gitRepository';
import { keyOf, type Entry } from '../../features/checklistFile/entries';
import { entryOf, progress, updated, type CurrentUse } from '../../features/checklistFile/progress';
import type { Host } from '../../host';
import { Workspace } from '../../workspace/workspace';
import { parseDiff } from './diff';
import { follow, type PlacedUse } from './oracle';

/** How well the checklist followed the uses of a repository through its history. */
export interface Identity {
  readonly commits: number;
  /** Uses that were there at some time, each counted once from when it came until git says that it went. */
  readonly items: number;
  /** Those whose entry was the same one all the time. */
  readonly kept: number;
  readonly lost: readonly Lost[];
  /**
   * Where the done count was lower after a commit than before, though not because of uses that `returned`, counted by the file that was begun at
   * the first commit and never brought up to date. `instead` names the entries that were done, and the uses that were taken for theirs.
   */
  readonly falls: readonly { readonly commit: string; readonly from: number; readonly to: number; readonly instead: readonly string[] }[];
  /** Uses that were done and that a later commit brought back: it is the same call in the same function, which was none of eventlet’s before that commit. */
  readonly returned: number;
  /** Done and total at the last commit, counted by the file that was begun at the first. */
  readonly done: number;
  readonly total: number;
}

/** A use that the checklist took for another one, or for a new one. */
export interface Lost {
  readonly commit: string;
  readonly before: string;
  readonly after: string;
  readonly how: 'kept' | 'edited';
}

type Use = CurrentUse & PlacedUse;

/**
 * Replays the main line commit by commit, with a checklist file that is brought up to date after each. What the file says is compared
 * with git's account of lines; code that was cut out at one place and put in at another counts as gone and new. Reads objects only; nothing is checked out.
 */
export async function identity(repository: GitRepository, host: Host, since: string | undefined, tell: (line: string) => void = () => undefined): Promise<Identity> {
  const commits = await repository.mainLine(since);
  const files = new GitFiles(repository);
  const top = URI.file(repository.top).toString();
  const workspace = await Workspace.create({ ...host, files }, { roots: [top], isLazy: true });
  const lost: Lost[] = [];
  const falls: Identity['falls'][number][] = [];
  const broken = new Set<object>();
  /** What each use of today is, by git's account. */
  let lives = new Map<Use, object>();
  let uses: readonly Use[] = [];
  let entries: readonly Entry[] = [];
  let start: readonly Entry[] = [];
  let [items, returned] = [0, 0];
  let done: readonly Entry[] = [];
  /** What the use of each entry was called when it was there last: the file that is never brought up to date only knows how it was at first. */
  const lastCalled = new Map<Entry, string>();
  const known = { exists: (name: string) => workspace.isKnown(uriOf(name)), isSeen: (name: string) => workspace.isWhole(uriOf(name)) };
  const uriOf = (name: string): string => URI.file(path.join(repository.top, name)).toString();

  for (const [index, { id }] of commits.entries()) {
    const changed = await files.goTo(id);
    await (index === 0 ? workspace.scan() : workspace.update(changed));
    const now = usesOf(workspace, repository.top);
    const seen = progress({ entries }, now, known);
    const entryOfUse = new Map(seen.there.map(({ entry, use }) => [use, entry]));
    const entryBefore = new Map(entries.map((entry) => [keyOf(entry), entry]));
    const followed = index === 0 ? [] : follow(uses, now, parseDiff(await repository.diff(commits[index - 1]?.id ?? id, id)));
    const next = new Map<Use, object>();
    for (const { before, after, how } of followed) {
      const life = lives.get(before) ?? {};
      next.set(after, life);
      const entry = entryBefore.get(keyOf(before));
      if (entry && entry === entryOfUse.get(after)) continue;
      broken.add(life);
      lost.push({ commit: id, before: described(before), after: described(after), how });
    }
    for (const use of now) if (!next.has(use)) items++;
    lives = new Map(now.map((use) => [use, next.get(use) ?? {}]));
    if (index === 0) start = now.map(entryOf);
    const counted = progress({ entries: start }, now, known);
    const cameBack = counted.there.filter(({ entry }) => done.includes(entry));
    // The commit made the very same call in the same function one of eventlet again, wherever that function has moved, so that it has to be replaced again.
    const undone = cameBack.filter(({ entry, use }) => !next.has(use) && lastCalled.get(entry) === use.fingerprint).length;
    for (const { entry, use } of counted.there) lastCalled.set(entry, use.fingerprint);
    returned += undone;
    if (counted.done.length + undone < done.length) falls.push({ commit: id, from: done.length, to: counted.done.length, instead: cameBack.map(({ entry, use }) => `${keyOf(entry)} -> ${described(use)}`) });
    done = counted.done;
    entries = updated(seen).entries.filter(({ done }) => !done);
    uses = now;
    if (index % 100 === 99) tell(`${index + 1} of ${commits.length} commits`);
  }
  workspace.dispose();
  return { commits: commits.length, items, kept: items - broken.size, lost, falls, returned, done: done.length, total: start.length };
}

function usesOf(workspace: Workspace, top: string): readonly Use[] {
  return workspace.uris.flatMap((uri) => {
    const name = path.relative(top, URI.parse(uri).fsPath).split(path.sep).join('/');
    const surroundings = workspace.surroundings(uri);
    return workspace.findings(uri).map(({ fingerprint, rule, api, position: { start, end } }): Use => {
      const near = surroundings.get(fingerprint);
      return { path: name, fingerprint, rule, api, ...(near === undefined ? {} : { near }), line: start.line, lastLine: end.line, column: start.character };
    });
  });
}

function described({ path: name, line, rule, api }: Use): string {
  return `${name}:${line + 1} ${rule} ${api}`;
}
