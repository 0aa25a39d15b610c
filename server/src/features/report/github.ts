import { bestFix, remaining, type Report, type ReportedFinding } from './report';
import { ownSentence } from '../sentence';
import { spelled } from './text';

/**
 * Annotations of a GitHub Actions run, one line each (GitHub's documentation, "Workflow commands"). GitHub places them where
 * paths are relative to the repository, so the tool is to be started there.
 */
export function github(report: Report): string {
  const findings = remaining(report).map((finding) => annotation(finding, report));
  const skipped = report.files.skipped.map(({ path, reason }) => `::notice file=${property(spelled(path, report))},title=not analysed::${data(reason)}`);
  return [...findings, ...skipped].map((line) => line + '\n').join('');
}

function annotation(finding: ReportedFinding, report: Report): string {
  const { start, end } = finding.range;
  const properties = {
    file: spelled(finding.path, report),
    line: start.line + 1,
    endLine: end.line + 1,
    // GitHub knows columns within one line only.
    ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
    title: `eventlet: ${finding.rule}`,
  };
  const fix = bestFix(finding, report.target);
  const message = [finding.message, fix ? `${fix.title} [${fix.safety}].` : '', finding.reason === null ? '' : ownSentence(finding.reason)].filter((part) => part !== '').join('\n');
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level(finding)} ${list.join(',')}::${data(message)}`;
}

function level({ severity }: ReportedFinding): 'error' | 'warning' | 'notice' {
  return severity === 'error' || severity === 'warning' ? severity : 'notice';
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
