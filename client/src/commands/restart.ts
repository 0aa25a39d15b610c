import type { Command } from './parts';

/** Stops the server, if it runs, and starts a new one, which looks at everything afresh. */
export const restart: Command = async ({ client }) => {
  if (client.needsStop()) await client.stop();
  await client.start();
};
