import { expect, it } from 'vitest';
import { LineIndex } from '../../server/src/edits/lines';
import { abilitiesOf } from '../../server/src/lsp/abilities';
import { toWorkspaceEdit } from '../../server/src/lsp/convert';

const caller = { uri: 'file:///w/a.py', version: 3, lines: new LineIndex('spawn(f)\n'), edits: [{ start: 0, end: 5, newText: 'helpers.spawn' }] };
const helper = { uri: 'file:///w/helpers.py', version: null, isNew: true, lines: new LineIndex(''), edits: [{ start: 0, end: 0, newText: 'def spawn(f): ...\n' }] } as const;

it('a file that a fix needs is made before it is filled', () => {
  const abilities = abilitiesOf({ workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } });
  expect(toWorkspaceEdit([caller, helper], abilities)?.documentChanges).toMatchObject([
    { textDocument: { uri: caller.uri, version: 3 } },
    { kind: 'create', uri: helper.uri, options: { ignoreIfExists: true } },
    { textDocument: { uri: helper.uri, version: null }, edits: [{ newText: 'def spawn(f): ...\n' }] },
  ]);
});

it('for a client that cannot make files there is no half of an edit', () => {
  expect(toWorkspaceEdit([caller, helper], abilitiesOf({ workspace: { workspaceEdit: { documentChanges: true } } }))).toBeUndefined();
  expect(toWorkspaceEdit([caller, helper], abilitiesOf({}))).toBeUndefined();
  expect(toWorkspaceEdit([caller], abilitiesOf({}))?.changes).toHaveProperty([caller.uri]);
});

it('a file that goes is removed as a whole, where the client can do that', () => {
  const { isNew: _, ...rest } = helper;
  const file = { ...rest, isGone: true } as const;
  const abilities = abilitiesOf({ workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['delete'] } } });
  expect(toWorkspaceEdit([caller, file], abilities)?.documentChanges).toMatchObject([{ textDocument: { uri: caller.uri } }, { kind: 'delete', uri: helper.uri }]);
  expect(toWorkspaceEdit([caller, file], abilitiesOf({ workspace: { workspaceEdit: { documentChanges: true } } }))).toBeUndefined();
});
