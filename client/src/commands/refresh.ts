import { commands } from 'vscode';
import { lookAgain } from '../checklist/words';
import type { Command } from './parts';

/** Asks the server again what is left, and looks again at what is being reviewed. Where somebody stopped the look at the workspace, that comes first. */
export const refresh: Command = async ({ remaining, reviewing }) => {
  if (remaining.state === 'stopped') await commands.executeCommand(lookAgain().command);
  await remaining.refresh();
  await reviewing.refresh();
};
