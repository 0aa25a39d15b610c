import { expect, it } from 'vitest';
import { allOrNone } from '../../server/src/cli/carryOut';
import type { Rewritten } from '../../server/src/cli/rewrite';

const rewritten = (uri: string, together: readonly string[]): Rewritten => ({
  change: { uri, together, before: '', after: '', edits: [] },
  source: { text: '', encoding: 'utf-8', hasByteOrderMark: false },
  before: new Uint8Array(),
  after: new Uint8Array(),
});

it('where a file has to stay as it is, those that change together with it stay, too, and it is said why', () => {
  const code = rewritten('file:///a.py', ['file:///test_a.py']);
  const apart = rewritten('file:///b.py', []);
  const failed = { change: rewritten('file:///test_a.py', ['file:///a.py']).change, reason: 'no permission to write' };
  const results = allOrNone([code, failed, apart], { pathOf: (uri) => uri.slice('file:///'.length) });
  expect(results).toEqual([{ change: code.change, reason: 'it changes together with test_a.py, which cannot be written' }, failed, apart]);
});
