import type { HistoryPoint } from '../../protocol';
import { burnDown } from './burnDown';
import { code, table } from './markdownTable';
import { count } from './words';

/**
 * The history as a page of Markdown: what became of it in a sentence, the numbers over time, and which rules are left. `name` is the
 * project's; the points are in the order of time, one at least.
 */
export function historyPage(points: readonly HistoryPoint[], name: string): string {
  return page(points, name, []);
}

/** The same with the chart in it, for a viewer that shows pictures which a page carries itself, as the editor's preview does. */
export function illustratedHistoryPage(points: readonly HistoryPoint[], name: string): string {
  const chart = burnDown(points, `Uses of eventlet in ${name}`);
  // The angle brackets let the address hold parentheses.
  return page(points, name, [`![${story(points)}](<data:image/svg+xml;charset=utf-8,${encodeURIComponent(chart)}>)`]);
}

function page(points: readonly HistoryPoint[], name: string, picture: readonly string[]): string {
  return [`# Uses of eventlet in ${name}`, story(points), ...picture, '## Over time', overTime(points), ...byRule(points)].join('\n\n') + '\n';
}

function story(points: readonly HistoryPoint[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return 'There are no commits.';
  const left = `${count(last.findings, 'use is', 'uses are')} left in ${count(last.files, 'file')} on ${last.date}`;
  const change = first.findings - last.findings;
  if (first === last || change === 0) return `${left}${first === last ? '' : `, as many as on ${first.date}`}.`;
  const percent = first.findings > 0 ? ` (${Math.round((100 * Math.abs(change)) / first.findings)} %)` : '';
  return `${left}: ${Math.abs(change)}${percent} ${change > 0 ? 'fewer' : 'more'} than on ${first.date}.`;
}

function overTime(points: readonly HistoryPoint[]): string {
  const rows = points.map(({ date, commit, findings, files, safe, review, guidance }) => [date, code(commit.slice(0, 10)), findings, files, safe, review, guidance]);
  return table(['Date', 'Commit', 'Uses', 'Files', 'Safe fix', 'Fix to review', 'Guidance'], rows);
}

function byRule(points: readonly HistoryPoint[]): readonly string[] {
  const [first, last] = [points[0]?.byRule ?? {}, points.at(-1)?.byRule ?? {}];
  const rows = [...new Set([...Object.keys(first), ...Object.keys(last)])].map((rule): readonly [string, number, number] => [rule, first[rule] ?? 0, last[rule] ?? 0]);
  if (rows.length === 0) return [];
  return ['## By rule', table(['Rule', 'First', 'Last'], rows.sort(([, , a], [, , b]) => b - a))];
}
