import { beforeEach, expect, test, vi } from 'vitest';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';
import type { Storage } from '../../client/src/kept';
import { WholeEdits } from '../../client/src/wholeEdits';

/** What the editor was asked to make, and the answers that it has not given yet. */
const editor = vi.hoisted(() => ({ made: new Array<unknown>(), answers: new Array<() => void>() }));

vi.mock('vscode', () => ({
  FileSystemError: Error,
  Uri: { parse: (text: string) => ({ toString: () => text }) },
  workspace: {
    textDocuments: [],
    applyEdit: (edit: unknown) => {
      editor.made.push(edit);
      return new Promise((resolve) => editor.answers.push(() => resolve(true)));
    },
  },
}));

/** Versions of the documents, as the editor has them. */
let versions: Record<string, number>;
let edits: WholeEdits;

beforeEach(() => {
  editor.made.length = 0;
  editor.answers.length = 0;
  versions = { 'file:///a.py': 1, 'file:///b.py': 1 };
  edits = new WholeEdits(client, storage);
});

test('an edit is not made where somebody typed while it waited for its turn', async () => {
  const first = edits.make(edit('file:///a.py'));
  const second = edits.make(edit('file:///b.py'));
  await settled();
  expect(editor.made).toEqual([edit('file:///a.py')]);
  versions['file:///b.py'] = 2;
  answerAll();
  expect(await Promise.all([first, second])).toEqual([true, false]);
  expect(editor.made).toEqual([edit('file:///a.py')]);
});

test('an edit that the editor asks about holds up no other one', async () => {
  const asked: WorkspaceEdit = { ...edit('file:///a.py'), changeAnnotations: { review: { label: 'Review', needsConfirmation: true } } };
  const first = edits.make(asked);
  const second = edits.make(edit('file:///b.py'));
  await settled();
  expect(editor.made).toEqual([asked, edit('file:///b.py')]);
  answerAll();
  expect(await Promise.all([first, second])).toEqual([true, true]);
});

function edit(uri: string): WorkspaceEdit {
  return { documentChanges: [{ textDocument: { uri, version: 1 }, edits: [] }] };
}

function answerAll(): void {
  for (const answer of editor.answers.splice(0)) answer();
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

const storage: Storage = { read: () => Promise.resolve(undefined), write: () => Promise.resolve(), list: () => Promise.resolve([]), remove: () => Promise.resolve() };

// The part of a client that edits need.
const client = {
  protocol2CodeConverter: { asWorkspaceEdit: (one: WorkspaceEdit) => Promise.resolve(one) },
  validateWorkspaceEdit: ({ documentChanges = [] }: WorkspaceEdit) => documentChanges.every((change) => 'textDocument' in change && change.textDocument.version === versions[change.textDocument.uri]),
} as unknown as BaseLanguageClient;
