import type { Command } from './parts';

/** Asks the server again what is left, and looks again at what is being reviewed. */
export const refresh: Command = async ({ remaining, reviewing }) => {
  await remaining.refresh();
  await reviewing.refresh();
};
