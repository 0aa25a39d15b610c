import { expect, test } from 'vitest';
import { toBase64 } from '../../client/src/base64';
import { changedFiles } from '../../client/src/edits';
import { firstHeading } from '../../client/src/guidance/heading';
import { ownFiles } from '../../client/src/ownFiles';

const textDocument = { uri: 'file:///a.py', version: null };

test('files of an edit are counted in either form', () => {
  expect(changedFiles({ documentChanges: [{ textDocument, edits: [] }] })).toBe(1);
  expect(changedFiles({ changes: { 'file:///a.py': [], 'file:///b.py': [] } })).toBe(2);
});

test('base64 is as Node spells it, for bytes of more than one chunk too', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(toBase64(new Uint8Array())).toBe('');
});

test('the title of a page is its first heading, without backticks', () => {
  expect(firstHeading('\n# `eventlet.sleep` \n\n## Why\n')).toBe('eventlet.sleep');
  expect(firstHeading('text\n## Only a section\n')).toBeUndefined();
});

test('ignored files and virtual environments are not the project’s own', () => {
  const paths = ['a.py', 'build/b.py', 'env/pyvenv.cfg', 'env/lib/c.py', 'environment.py'];
  expect(ownFiles(paths, ['/build/'])).toEqual(['a.py', 'environment.py']);
});
