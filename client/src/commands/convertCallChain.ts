import { window } from 'vscode';
import { convertCallChainCommand } from '../../../server/src/protocol';
import type { Command } from './parts';

/** Makes a coroutine of the function at the cursor and of everybody who calls it. The server says first what that means. */
export const convertCallChain: Command = async ({ client }) => {
  const editor = window.activeTextEditor;
  if (!editor) return;
  const { line, character } = editor.selection.active;
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  await client.sendRequest('workspace/executeCommand', { command: convertCallChainCommand, arguments: [uri, { line, character }] });
};
