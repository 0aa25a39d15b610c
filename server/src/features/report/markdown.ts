import type { Trust } from '../../protocol';
import { wikiPatterns } from '../../rules/kit/links';
import { decisionInWords, ownSentence } from '../sentence';
import { code, table } from './markdownTable';
import { bestFix, remaining, trustOf, type Report, type ReportedFinding } from './report';
import { count, kept, lookedAt } from './words';

/**
 * For a wiki page or the description of a change: a summary, what is left by pattern, in the wiki's order, and file by file. The addresses
 * of the rules' pages stand at the end, once each: such places take a limited number of characters. Ends with a newline.
 */
export function markdown(report: Report): string {
  const { findings } = report.summary;
  const parts = [
    '# Eventlet: what is left',
    `${summary(report)} ${lookedAt(report)}`,
    ...(findings > 0 ? ['## By pattern', byPattern(report), '## By file', ...byFile(report)] : []),
    ...decided(report),
    ...(report.files.skipped.length > 0 ? ['## Not analysed', notAnalysed(report)] : []),
    ...(findings > 0 ? [guides(report)] : []),
  ];
  return parts.join('\n\n') + '\n';
}

function summary(report: Report): string {
  const { findings, safe, review, guidance } = report.summary;
  if (findings === 0) return `Nothing is left${kept(report)}.`;
  const files = new Set(remaining(report).map(({ path }) => path)).size;
  return `**${count(findings, 'use is', 'uses are')} left in ${count(files, 'file')}**${kept(report)}: ${safe} with a safe fix, ${review} with a fix to review, ${guidance} for a person.`;
}

function guides(report: Report): string {
  const pages = new Map(remaining(report).map(({ rule, guide }) => [rule, guide]));
  return [...pages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, guide]) => `[${rule}]: ${guide}`).join('\n');
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
      `[${finding.rule}]`,
      whatToDo(finding, report),
    ])),
  ]);
}

function whatToDo(finding: ReportedFinding, report: Report): string {
  const fix = bestFix(finding, report.target);
  const title = fix ? `${fix.title} (${fix.safety}).` : '';
  const again = finding.decision ? `${decisionInWords(finding.decision, '*')}: that day has come.` : '';
  return [again, title, finding.reason === null ? '' : ownSentence(finding.reason)].filter((part) => part !== '').join(' ') || finding.message;
}

/** What is there and nobody has to deal with, and why: by a comment in the code, or by the checklist file. */
function decided({ findings }: Report): readonly string[] {
  const rows = findings.flatMap(({ path, range, api, suppressed, decision, settled }) => {
    const why = suppressed !== null ? decisionInWords({ kind: 'keep', reason: suppressed }, '*') : decision && settled ? decisionInWords(decision, '*') : undefined;
    return why === undefined ? [] : [[code(path), range.start.line + 1, code(api), why]];
  });
  return rows.length > 0 ? ['## Decided', table(['File', 'Line', 'Use', 'What was decided'], rows)] : [];
}

function notAnalysed(report: Report): string {
  return table(['File', 'Why'], report.files.skipped.map(({ path, reason }) => [code(path), reason]));
}
