import { describe, expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageclient';
import { restOf, type EditUnderWay } from '../../client/src/editUnderWay';

/** A file that is changed, one that is made, one that is removed; digests are the texts themselves. */
const underWay: EditUnderWay = {
  edit: { documentChanges: [change('a.py', 7), { kind: 'create', uri: 'new.py' }, change('new.py', null), { kind: 'delete', uri: 'old.py' }] },
  files: [{ uri: 'a.py', before: 'a', after: 'A' }, { uri: 'new.py', before: undefined, after: 'NEW' }, { uri: 'old.py', before: 'old', after: undefined }],
};

describe('of an edit in the middle of which the editor went away', () => {
  test('the rest is made, whatever is missing', () => {
    expect(rest({ 'a.py': 'A', 'old.py': 'old' })).toEqual([{ kind: 'create', uri: 'new.py' }, change('new.py', null), { kind: 'delete', uri: 'old.py' }]);
    expect(rest({ 'a.py': 'a', 'new.py': 'NEW' })).toEqual([change('a.py', null)]);
  });

  test('a file that was made, but is empty yet, is a part that is there', () => {
    expect(rest({ 'a.py': 'a', 'new.py': '', 'old.py': 'old' })).toEqual([change('a.py', null), { kind: 'create', uri: 'new.py' }, change('new.py', null), { kind: 'delete', uri: 'old.py' }]);
  });

  test('nothing is made where none of it is there, or all', () => {
    expect(rest({ 'a.py': 'a', 'old.py': 'old' })).toBeUndefined();
    expect(rest({ 'a.py': 'A', 'new.py': 'NEW' })).toBeUndefined();
  });

  test('nothing is made where somebody else has changed a file since', () => {
    expect(rest({ 'a.py': 'mine', 'new.py': 'NEW' })).toBeUndefined();
    expect(rest({ 'a.py': 'A', 'new.py': 'mine', 'old.py': 'old' })).toBeUndefined();
  });
});

/** `now`: what the files that are there hold. */
function rest(now: Readonly<Record<string, string>>): WorkspaceEdit['documentChanges'] {
  return restOf(underWay, new Map(Object.entries(now)), '')?.documentChanges;
}

function change(uri: string, version: number | null): NonNullable<WorkspaceEdit['documentChanges']>[number] {
  return { textDocument: { uri, version }, edits: [] };
}
