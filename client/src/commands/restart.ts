import { State } from 'vscode-languageclient';
import type { Command } from './parts';

/** Stops the server, if it runs, and starts a new one, which looks at everything afresh. */
export const restart: Command = async ({ client }) => {
  // One that is starting cannot be stopped before it runs.
  if (client.state === State.Starting) await client.start().catch(() => undefined);
  // One that hangs does not answer; it is ended all the same.
  if (client.needsStop()) await client.stop().catch((error) => client.error('The server did not stop by itself.', error, false));
  await client.start();
};
