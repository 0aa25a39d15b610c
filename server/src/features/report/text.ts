import { bestFix, remaining, type Report, type ReportedFinding } from './report';
import { count, kept, lookedAt } from './words';

/** For a person at a terminal: one paragraph per finding, like a compiler's, and what it adds up to. Ends with a newline. */
export function text(report: Report): string {
  const paragraphs = remaining(report).map((finding) => paragraph(finding, report));
  return [...paragraphs, notAnalysed(report), conclusion(report)].filter((part) => part !== '').join('\n\n') + '\n';
}

/** A path as somebody standing where the tool was started would spell it. */
export function spelled(path: string, { root }: Pick<Report, 'root'>): string {
  return root === '.' ? path : `${root.replace(/\/$/, '')}/${path}`;
}

function paragraph(finding: ReportedFinding, report: Report): string {
  const { line, character } = finding.range.start;
  const place = `${spelled(finding.path, report)}:${line + 1}:${character + 1}`;
  const fix = bestFix(finding, report.target);
  return [
    `${place}: ${finding.rule} ${finding.message}`,
    ...frame(finding),
    ...(fix ? [note('help', `${fix.title} [${fix.safety}]`)] : []),
    ...(fix?.why ? [note('look', fix.why)] : []),
    ...(finding.reason && finding.reason !== fix?.why ? [note('why', finding.reason)] : []),
    ...(fix ? [] : [note('guide', finding.guide)]),
  ].join('\n');

  function note(label: string, words: string): string {
    return `${' '.repeat(String(line + 1).length)} = ${label}: ${words.replace(/\s+/g, ' ')}`;
  }
}

/** The line with carets below the name; of a long line, the neighbourhood only. */
function frame({ line, highlight: [start, end], range }: ReportedFinding): string[] {
  const from = start > longest / 2 ? start - longest / 4 : 0;
  const shown = line.slice(from, from + longest);
  const [before, after] = [from > 0 ? '…' : '', from + longest < line.length ? '…' : ''];

  const number = String(range.start.line + 1);
  const gutter = ' '.repeat(number.length);
  const blank = before.replace('…', ' ') + blanks(line.slice(from, start));
  return [
    `${gutter} |`,
    `${number} | ${before}${shown}${after}`,
    `${gutter} | ${blank}${'^'.repeat(Math.max(1, width(line.slice(start, Math.min(end, from + longest)))))}`,
  ];
}

/** In UTF-16 code units. */
const longest = 160;

/** What most code is made of: each character is as wide as the next. */
const plain = /^[ -~]*$/;

/** As wide as the text is on most terminals. */
function blanks(text: string): string {
  if (plain.test(text)) return ' '.repeat(text.length);
  return [...text].map((char) => (char === '\t' ? '\t' : ' '.repeat(width(char)))).join('');
}

function width(text: string): number {
  if (plain.test(text)) return text.length;
  const isWide = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uFF01-\uFF60]/u;
  return [...text].reduce((sum, char) => sum + (/\p{Mark}/u.test(char) ? 0 : isWide.test(char) ? 2 : 1), 0);
}

function notAnalysed(report: Report): string {
  const { skipped } = report.files;
  if (skipped.length === 0) return '';
  return ['Not analysed:', ...skipped.map(({ path, reason }) => `  ${spelled(path, report)}: ${reason}`)].join('\n');
}

function conclusion(report: Report): string {
  const { findings, safe, review, guidance, byRule } = report.summary;
  const unknown = report.files.skipped.length;
  if (findings === 0 && unknown > 0) return `${lookedAt(report)} No findings${kept(report)}, but ${count(unknown, 'file')} could not be analysed.`;
  if (findings === 0) return `${lookedAt(report)} Nothing to do${kept(report)}.`;

  const files = new Set(remaining(report).map(({ path }) => path)).size;
  const digits = String(findings).length;
  return [
    `${lookedAt(report)} ${count(findings, 'finding')} in ${count(files, 'file')}${kept(report)}:`,
    `  ${safe} with a safe fix, ${review} with a fix to review, ${guidance} with guidance only`,
    ...Object.entries(byRule).map(([rule, times]) => `  ${String(times).padStart(digits)} ${rule}`),
  ].join('\n');
}
