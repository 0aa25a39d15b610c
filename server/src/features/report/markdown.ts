import type { Trust } from '../../protocol';
import { wikiPatterns } from '../../rules/kit/links';
import { code, table } from './markdownTable';
import { bestFix, remaining, trustOf, type Report, type ReportedFinding } from './report';
import { count, kept, lookedAt } from './words';

/** For a wiki page or an issue: what is left by pattern, in the wiki's order, and file by file. Ends with a newline. */
export function markdown(report: Report): string {
  const { findings } = report.summary;
  const parts = [
    '# Eventlet: what is left',
    `${lookedAt(report)} ${count(findings, 'finding')}${kept(report)}.`,
    ...(findings > 0 ? ['## By pattern', byPattern(report), '## By file', ...byFile(report)] : []),
    ...(report.files.skipped.length > 0 ? ['## Not analysed', notAnalysed(report)] : []),
  ];
  return parts.join('\n\n') + '\n';
}

function byPattern(report: Report): string {
  const left = remaining(report);
  const rows = wikiPatterns.map(({ number, title, href }) => {
    const findings = left.filter(({ pattern }) => pattern === number);
    const trusted = (trust: Trust): number => findings.filter((finding) => trustOf(finding, report.target) === trust).length;
    return [number, `[${title}](${href})`, findings.length, trusted('safe'), trusted('review'), trusted('guidance')];
  });
  const { findings, safe, review, guidance } = report.summary;
  return table(['#', 'Pattern', 'Left', 'Safe fix', 'Fix to review', 'Guidance'], [...rows, ['', 'All', findings, safe, review, guidance]]);
}

function byFile(report: Report): string[] {
  const files = new Map<string, ReportedFinding[]>();
  for (const finding of remaining(report)) files.set(finding.path, [...(files.get(finding.path) ?? []), finding]);
  return [...files].flatMap(([path, findings]) => [
    `### ${code(path)}`,
    table(['Line', 'Use', 'Rule', 'What to do'], findings.map((finding) => [
      finding.range.start.line + 1,
      code(finding.api),
      `[${finding.rule}](${finding.guide})`,
      whatToDo(finding, report),
    ])),
  ]);
}

function whatToDo(finding: ReportedFinding, report: Report): string {
  const fix = bestFix(finding, report.target);
  const title = fix ? `${fix.title} (${fix.safety}).` : '';
  return [title, finding.reason ?? ''].filter((part) => part !== '').join(' ') || finding.message;
}

function notAnalysed(report: Report): string {
  return table(['File', 'Why'], report.files.skipped.map(({ path, reason }) => [code(path), reason]));
}
