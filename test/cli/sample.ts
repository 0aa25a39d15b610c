import { makeReport, type Report, type ReportParts } from '../../server/src/features/report/report';
import { LineIndex } from '../../server/src/edits/lines';
import type { FileEdit, Finding, FileReport } from '../../server/src/workspace/finding';

/** A finding at the first place where `name` stands in the text. */
export function findingAt(text: string, name: string, more: Partial<Finding> = {}): Finding {
  const start = text.indexOf(name);
  const end = start + name.length;
  const lines = new LineIndex(text);
  const position = { start: lines.position(start), end: lines.position(end) };
  const line = lines.line(position.start.line);
  const from = position.start.character - (line.length - line.trimStart().length);
  return {
    ...{ rule: 'sleep', api: name, kind: 'code', message: `\`${name}\` waits.`, severity: 'warning', range: { start, end }, position },
    ...{ line: line.trim(), highlight: [from, from + name.length], guide: 'https://example.org/sleep', pattern: 4, fingerprint: 'f1', fixes: [] },
    ...more,
  };
}

export function reportOf(files: readonly FileReport[], more: Partial<ReportParts> = {}): Report {
  return makeReport({
    ...{ tool: '0.1.0', root: '.', target: 'threading', files, patched: [] },
    counts: { found: 7, mentioning: files.length, analysed: files.length, skipped: [] },
    pathOf: (uri) => uri.replace('file:///', ''),
    relatedTo: () => [],
    ...more,
  });
}

const worker = `import eventlet


def work():
\teventlet.sleep(1)
    x = '漢😀'; eventlet.spawn(work)
    eventlet.kill(x)  # eventlet: keep[kill] wanted
`;
const uri = 'file:///pkg/a|b, c%.py';

/** One of each: a safe fix, one to review, guidance only, kept; and a file that could not be analysed. */
export const sample: Report = reportOf(
  [
    {
      uri,
      text: worker,
      findings: [
        findingAt(worker, 'eventlet.spawn', {
          rule: 'spawn',
          severity: 'error',
          reason: 'the order of\nexecution changes: 100 %',
          fixes: [{ title: 'Use a `Thread`', target: 'threading', safety: 'review', preconditions: [], why: 'the order of\nexecution changes: 100 %', edits: [edit('eventlet.spawn', 'x|y')] }],
        }),
        findingAt(worker, 'eventlet.sleep', {
          fingerprint: 'f2',
          fixes: [
            { title: 'Await `asyncio.sleep`', target: 'asyncio', safety: 'review', preconditions: [], edits: [] },
            { title: 'Use `time.sleep`', target: 'threading', safety: 'safe', preconditions: [{ text: 'time is patched', holds: true }], edits: [edit('eventlet.sleep', 'time.sleep')] },
          ],
        }),
        findingAt(worker, 'eventlet', { rule: 'import', api: 'eventlet', severity: 'hint', reason: 'other uses are left', pattern: 1, via: 'pkg.c' }),
        findingAt(worker, 'eventlet.kill', { rule: 'kill', suppressed: 'wanted' }),
      ],
    },
  ],
  {
    counts: { found: 7, mentioning: 2, analysed: 1, skipped: [{ uri: 'file:///big.py', reason: 'too large' }] },
    patched: [{ entryPoint: 'file:///pkg/main.py', modules: ['time'] }],
  },
);

function edit(name: string, newText: string): FileEdit {
  const { range, position } = findingAt(worker, name);
  return { uri, ...range, position, newText };
}
