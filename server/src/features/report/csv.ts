import { bestFix, trustOf, type Report, type ReportedFinding } from './report';

/** For spreadsheets: one line for each use, kept ones too; RFC 4180, with CRLF. Lines and columns count from one. */
export function csv(report: Report): string {
  return [head, ...report.findings.map((finding) => row(finding, report))].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

const head = ['path', 'line', 'column', 'rule', 'api', 'kind', 'pattern', 'safety', 'fix', 'message', 'reason', 'kept', 'decision', 'decision reason', 'open again', 'fingerprint'];

function row(finding: ReportedFinding, report: Report): readonly (string | number)[] {
  const { path, range, rule, api, kind, pattern, message, reason, suppressed, decision, fingerprint } = finding;
  return [
    ...[path, range.start.line + 1, range.start.character + 1, rule, api, kind, pattern, trustOf(finding, report.target)],
    ...[bestFix(finding, report.target)?.title ?? '', message, reason ?? '', suppressed ?? '', decision?.kind ?? '', decision?.reason ?? '', decision?.until ?? '', fingerprint],
  ];
}

/** A spreadsheet takes what begins with one of these signs for a formula (OWASP, "CSV Injection"). */
function cell(content: string | number): string {
  const text = typeof content === 'string' && /^[=+\-@\t\r]/.test(content) ? `'${content}` : String(content);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
