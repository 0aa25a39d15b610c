import type { Host, Repository } from '../host';
import type { HistoryPoint, Target } from '../protocol';
import type { Finding } from '../workspace/finding';
import { Workspace, type WorkspaceOptions } from '../workspace/workspace';
import { remaining, trustOf } from './trust';

/** Which part of a history is asked for. */
export interface HistoryChoice extends Pick<WorkspaceOptions, 'roots' | 'settings' | 'explicit'> {
  /** A day, `2024-01-01`. */
  readonly since?: string;
  /** How many commits to look at, evenly over the time. */
  readonly points: number;
  /** Only these rules. */
  readonly rules?: readonly string[];
}

/** How many uses were left over time: the commits of the main line, oldest first. Fewer where it is cancelled. */
export async function historyOf(repository: Repository, host: Host, { since, points, rules, ...options }: HistoryChoice, watch: HistoryWatch): Promise<readonly HistoryPoint[]> {
  const commits = evenly(await repository.mainLine(since), points);
  const workspace = await Workspace.create({ ...withoutCache(host), files: repository.files }, options);
  const target = workspace.settings(options.roots[0] ?? '').target;
  const result: HistoryPoint[] = [];
  for (const [index, commit] of commits.entries()) {
    if (watch.isCancelled()) break;
    const changed = await repository.goTo(commit.id);
    await (index === 0 ? workspace.scan(watch) : workspace.update(changed, watch));
    const files = workspace.uris.map((uri) => workspace.findings(uri).filter(({ rule }) => rules?.includes(rule) ?? true));
    if (!watch.isCancelled()) result.push(historyPoint(commit, files, target));
    watch.progressed(index + 1, commits.length);
    await host.pause();
  }
  workspace.dispose();
  return result;
}

export interface HistoryWatch {
  isCancelled(): boolean;
  /** So many commits of all have been looked at. */
  progressed(done: number, total: number): void;
}

/** Counts the findings of all files at one commit. */
export function historyPoint({ id, date }: { readonly id: string; readonly date: string }, files: readonly (readonly Finding[])[], target: Target): HistoryPoint {
  const left = files.map(remaining);
  const all = left.flat();
  const trusts = all.map((finding) => trustOf(finding, target));
  const byRule = new Map<string, number>();
  for (const { rule } of all) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  return {
    commit: id,
    date,
    findings: all.length,
    safe: trusts.filter((trust) => trust === 'safe').length,
    review: trusts.filter((trust) => trust === 'review').length,
    guidance: trusts.filter((trust) => trust === 'guidance').length,
    files: left.filter((findings) => findings.length > 0).length,
    byRule: Object.fromEntries([...byRule].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))),
  };
}

/**
 * So many commits at about even distances in time, the first and the last among them; all of them where there are no more.
 * The commits are in the order of time.
 */
export function evenly<Dated extends { readonly date: string }>(commits: readonly Dated[], points: number): readonly Dated[] {
  const [first, last] = [commits[0], commits.at(-1)];
  if (!first || !last || commits.length <= points || points < 2) return points < 2 ? commits.slice(-1) : commits;
  const [start, end] = [Date.parse(first.date), Date.parse(last.date)];
  const chosen = Array.from({ length: points }, (_, index) => {
    const time = start + ((end - start) * index) / (points - 1);
    return commits.findLast(({ date }) => Date.parse(date) <= time) ?? first;
  });
  return [...new Set([...chosen.slice(0, -1), last])];
}

/** As a table for a terminal or a page. */
export function historyTable(points: readonly HistoryPoint[]): string {
  const head = ['date', 'commit', 'uses', 'files', 'safe', 'review', 'guidance'];
  const rows = points.map(({ date, commit, findings, files, safe, review, guidance }) => [date, commit.slice(0, 10), ...[findings, files, safe, review, guidance].map(String)]);
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [head, ...rows].map(line).join('\n') + '\n';
}

/** What is kept for the next start is about the files of today. */
function withoutCache({ cache: _, ...host }: Host): Host {
  return host;
}
