import type { Target } from '../protocol';
import type { Finding } from '../workspace/finding';
import { remaining, trustOf } from './trust';

/** What was left at one point of a repository's history. */
export interface HistoryPoint {
  /** Full hash. */
  readonly commit: string;
  /** The day of the commit, `2026-11-21`. */
  readonly date: string;
  /** Uses that no comment keeps; `safe`, `review` and `guidance` add up to it. */
  readonly findings: number;
  readonly safe: number;
  readonly review: number;
  readonly guidance: number;
  /** Files with such uses. */
  readonly files: number;
  readonly byRule: Readonly<Record<string, number>>;
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
