import { commands, env, Uri } from 'vscode';
import type { Command, Parts } from './parts';
import { useMeant } from './place';

/**
 * Opens the guide page of a rule. The argument is a node of the tree, a rule's id or an address on the web; without one it is
 * the use at the cursor, and where there is none the view with all pages.
 */
export const openGuidance: Command = async (parts, argument) => {
  if (typeof argument === 'string') return openNamed(argument, parts);
  const use = useMeant(parts, argument);
  if (use) await parts.pages.open(use.rule, use.guide);
  else await commands.executeCommand('eventletMigration.guidance.focus');
};

async function openNamed(name: string, { pages }: Parts): Promise<void> {
  if (name.startsWith('https://')) await env.openExternal(Uri.parse(name));
  else await pages.open(name);
}
