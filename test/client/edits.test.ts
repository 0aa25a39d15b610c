import { expect, test } from 'vitest';
import { toBase64 } from '../../client/src/base64';
import { changedFiles, confirmedOneByOne } from '../../client/src/edits';
import { firstHeading } from '../../client/src/guidance/heading';
import { ownFiles } from '../../client/src/ownFiles';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 8 } };
const textDocument = { uri: 'file:///a.py', version: null };

test('a preview of safe changes asks for each of them', () => {
  const edit = { documentChanges: [{ textDocument, edits: [{ range, newText: 'time' }] }] };
  const asking = confirmedOneByOne(edit, 'Safe fixes');
  expect(Object.values(asking.changeAnnotations ?? {})).toEqual([{ label: 'Safe fixes', needsConfirmation: true }]);
  const [id] = Object.keys(asking.changeAnnotations ?? {});
  expect(asking.documentChanges).toEqual([{ textDocument, edits: [{ range, newText: 'time', annotationId: id }] }]);
});

test('a preview that asks already is left as it is', () => {
  const edit = {
    changeAnnotations: { look: { label: 'Look', needsConfirmation: true } },
    documentChanges: [{ textDocument, edits: [{ range, newText: 'time', annotationId: 'look' }] }],
  };
  expect(confirmedOneByOne(edit, 'Safe fixes')).toBe(edit);
});

test('an annotation that no change carries asks nothing', () => {
  const edit = {
    changeAnnotations: { look: { label: 'Look', needsConfirmation: true } },
    documentChanges: [{ textDocument, edits: [{ range, newText: 'time' }] }],
  };
  expect(confirmedOneByOne(edit, 'Safe fixes').documentChanges).not.toEqual(edit.documentChanges);
});

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
