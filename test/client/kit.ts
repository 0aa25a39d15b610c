import type { Checklist, ChecklistItem, Trust } from '../../server/src/protocol';

/** The wiki's patterns that the tests need, out of order on purpose. */
const patterns: Checklist['patterns'] = [
  { number: 4, title: 'Green Threads and GreenPool', href: 'https://example.org/#4' },
  { number: 1, title: 'Importing Eventlet', href: 'https://example.org/#1' },
  { number: 3, title: 'Timeout and Deadline Management', href: 'https://example.org/#3' },
];

/**
 * A checklist from lines such as `b.py:3 sleep pattern=4 safe`; a line may end in `id=…`, otherwise the id is the place.
 * Lines and columns count from zero; every use stands in column 4.
 */
export function checklist(uses: string, skipped: Checklist['files']['skipped'] = []): Checklist {
  const items = uses.split('\n').map((line) => line.trim()).filter((line) => line !== '').map(item);
  const mentioning = new Set(items.map(({ uri }) => uri)).size;
  const files = { found: 10, mentioning, analysed: mentioning - skipped.length, skipped };
  return { state: 'ready', files, items, kept: 0, patterns, settled: [], done: [], services: {} };
}

function item(text: string): ChecklistItem {
  const match = /^(\S+):(\d+) (\S+) pattern=(\d+) (safe|review|guidance)(?: id=(\S+))?$/.exec(text);
  if (!match) throw new Error(`not a use: ${text}`);
  const [, path = '', line = '', rule = '', pattern = '', trust, id] = match;
  const start = { line: Number(line), character: 4 };
  return {
    id: id ?? `${path}:${line}`,
    uri: `file:///project/${path}`,
    range: { start, end: { line: start.line, character: 4 + rule.length } },
    rule,
    api: `eventlet.${rule}`,
    message: `\`eventlet.${rule}\` is to go.`,
    pattern: Number(pattern),
    // The expression above lets only these three through.
    trust: trust as Trust,
    line: `${rule}()`,
    highlight: [0, rule.length],
    guide: 'https://example.org/',
  };
}

/** `b.py` for `file:///project/b.py`. */
export function pathOf(uri: string): string {
  return uri.replace('file:///project/', '');
}
