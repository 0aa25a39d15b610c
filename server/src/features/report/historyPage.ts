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

/** Compared with when there were most. */
function story(points: readonly HistoryPoint[]): string {
  const [most, last] = [mostOf(points), points.at(-1)];
  if (!most || !last) return 'There are no commits.';
  const left = `${count(last.findings, 'use is', 'uses are')} left in ${count(last.files, 'file')} on ${last.date}`;
  const fewer = most.findings - last.findings;
  if (fewer === 0) return `${left}; there were never more.`;
  return `${left}: ${fewer} (${Math.round((100 * fewer) / most.findings)} %) fewer than on ${most.date}.`;
}

function mostOf(points: readonly HistoryPoint[]): HistoryPoint | undefined {
  return points.reduce<HistoryPoint | undefined>((most, point) => (most && most.findings >= point.findings ? most : point), undefined);
}

function overTime(points: readonly HistoryPoint[]): string {
  const rows = points.map(({ date, commit, findings, files, safe, review, guidance }) => [date, code(commit.slice(0, 10)), findings, files, safe, review, guidance]);
  return table(['Date', 'Commit', 'Uses', 'Files', 'Safe fix', 'Fix to review', 'Guidance'], rows);
}

function byRule(points: readonly HistoryPoint[]): readonly string[] {
  const [most, last] = [mostOf(points), points.at(-1)];
  if (!most || !last) return [];
  const rules = [...new Set([...Object.keys(most.byRule), ...Object.keys(last.byRule)])];
  if (rules.length === 0) return [];
  return ['## By rule', table(['Rule', most.date, ...(most === last ? [] : [last.date])], rules.map((rule) => [rule, most.byRule[rule] ?? 0, ...(most === last ? [] : [last.byRule[rule] ?? 0])]))];
}
