import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventlet } from '../../server/src/python/eventlet';
import { Names } from '../../server/src/python/names';
import { findUses } from '../../server/src/python/uses';
import type { SyntaxParser } from '../../server/src/syntax/parser';
import { parser } from '../kit/host';
import { casesOf, mapCases } from '../kit/markdown';
import { readMarked, withMarks } from '../kit/markers';

const folder = join(import.meta.dirname, 'uses');

describe.each(readdirSync(folder).filter((name) => name.endsWith('.md')))('%s', (name) => {
  const cases = casesOf(readFileSync(join(folder, name), 'utf8'));
  it('holds cases', () => expect(cases.length).toBeGreaterThan(0));

  // `BLESS=1 npx vitest run test/python` writes down what is found now; a person reads the difference.
  if (process.env['BLESS']) it('is blessed', async () => bless(join(folder, name)));

  it.each(cases.map(({ title, python }) => [title, python] as const))('%s', async (_title, python) => {
    const { text, markers } = readMarked(python);
    expect(marked(text, await parser())).toBe(withMarks({ text, markers }));
  });
});

function marked(text: string, parser: SyntaxParser): string {
  const tree = parser.parse(text);
  const { all, standIns } = findUses(new Names(text, tree), eventlet);
  const direct = all.map(({ start, end, api }) => ({ start, end, label: api }));
  const behind = standIns.map(({ start, end, api, standIn }) => ({ start, end, label: `${standIn.kind} of ${api}` }));
  const markers = [...direct, ...behind].sort((a, b) => a.start - b.start);
  tree.delete();
  return withMarks({ text, markers });
}

async function bless(path: string): Promise<void> {
  const syntax = await parser();
  writeFileSync(path, mapCases(readFileSync(path, 'utf8'), (python) => marked(readMarked(python).text, syntax)));
}
