import { expect, it } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import { tidied } from '../../server/src/rules/kit/tidy';

/** What stays of a text when the lines that begin with `-` go; `|` ends a line. */
function without(lines: string): string {
  const text = lines.replaceAll('|', '\n');
  const edits = [...text.matchAll(/^[ ]*-.*\n?/gm)].map(({ index, 0: line }) => ({ start: index, end: index + line.length, newText: '' }));
  return apply(text, tidied(text, edits)).replaceAll('\n', '|');
}

it.each([
  ['a line between lines leaves no gap', 'a|-b|c|', 'a|c|'],
  ['blank lines on both sides do not add up', 'a||-b||c|', 'a||c|'],
  ['the larger gap stays', 'a||-b|||c|', 'a|||c|'],
  ['a gap on one side stays', 'a||-b|c|', 'a||c|'],
  ['lines that go with a gap between them leave one', 'a||-b||-c||d|', 'a||d|'],
  ['no gap stays at the start', '-a||b|', 'b|'],
  ['nor behind blank lines there', '|-a||b|', 'b|'],
  ['no gap stays at the end', 'a||-b|', 'a|'],
  ['nor before blank lines there', 'a||-b||', 'a|'],
  ['a last line without an end goes, too', 'a||-b', 'a|'],
  ['no gap stays at the start of a block', 'if a:  # b|  -c||  d|', 'if a:  # b|  d|'],
  ['everything may go', '-a||-b|', ''],
])('%s', (_what, before, after) => expect(without(before)).toBe(after));

it('a line whose parts all go goes whole', () => {
  const text = 'a\n  b; c\n\nd\n';
  const edits = [
    { start: 4, end: 5, newText: '' },
    { start: 5, end: 8, newText: '' },
  ];
  expect(apply(text, tidied(text, edits))).toBe('a\n\nd\n');
});

it('where something is put in the place of lines, the gaps around stay', () => {
  const text = 'a\n\nb\n\nc\n';
  const edits = [
    { start: 3, end: 3, newText: 'x\n' },
    { start: 3, end: 5, newText: '' },
  ];
  expect(apply(text, tidied(text, edits))).toBe('a\n\nx\n\nc\n');
});

it('all line ends are understood', () => {
  const text = 'a\r\n\r\n-b\r\n\r\nc\r\n';
  expect(apply(text, tidied(text, [{ start: 5, end: 9, newText: '' }]))).toBe('a\r\n\r\nc\r\n');
});
