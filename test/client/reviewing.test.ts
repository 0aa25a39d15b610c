import { expect, test, vi } from 'vitest';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Remaining } from '../../client/src/checklist/remaining';
import { Reviewing } from '../../client/src/review/reviewing';
import type { WholeEdits } from '../../client/src/wholeEdits';
import { reviewEditRequest, reviewRequest, type Review, type ReviewEdit } from '../../server/src/protocol';
import { checklist } from './kit';

vi.mock('vscode', async () => {
  const { CancellationToken, CancellationTokenSource, Emitter } = await import('vscode-languageserver/node');
  return {
    CancellationError: Error,
    CancellationTokenSource,
    EventEmitter: Emitter,
    ProgressLocation: {},
    Uri: { parse: (text: string) => ({ toString: () => text }) },
    commands: { executeCommand: () => undefined },
    l10n: { t: (text: string) => text },
    window: { withProgress: (_: unknown, work: (progress: unknown, token: unknown) => unknown) => work(undefined, CancellationToken.None) },
    workspace: { onDidChangeTextDocument: () => ({ dispose: () => undefined }), onDidSaveTextDocument: () => ({ dispose: () => undefined }) },
  };
});
vi.mock('vscode-languageclient', () => ({ ConnectionError: Error, ErrorCodes: {}, ResponseError: Error, State: {} }));

test('what is asked for twice, by a key that is pressed again, is made once', async () => {
  const list = checklist('a.py:1 sleep pattern=1 safe');
  const [item] = list.items;
  if (!item) throw new Error('the list is empty');
  const review: Review = { changes: [{ id: 'one', title: 'Use time.sleep', trust: 'safe', items: [item], files: [item.uri] }], texts: [{ uri: item.uri, digest: '1' }], left: 0 };
  const answers: Readonly<Record<string, Review | ReviewEdit>> = { [reviewRequest]: review, [reviewEditRequest]: { edit: { documentChanges: [] }, fixed: 1, left: [], changed: [] } };
  const client = { sendRequest: (method: string) => Promise.resolve(answers[method]), validateWorkspaceEdit: () => true, isRunning: () => true };
  const remaining = { checklist: list, onDidChange: () => ({ dispose: () => undefined }), refresh: () => Promise.resolve() };
  const made = new Array<unknown>();
  const edits = { make: (edit: unknown) => Promise.resolve(made.push(edit) > 0) };
  // The parts of them that a review needs.
  const reviewing = new Reviewing(client as unknown as BaseLanguageClient, remaining as unknown as Remaining, edits as unknown as WholeEdits);

  expect(await reviewing.start({ of: 'everything' })).toBe(true);
  await Promise.all([reviewing.apply(), reviewing.apply()]);
  expect(made).toEqual([{ documentChanges: [] }]);
});
