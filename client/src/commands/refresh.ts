import type { Command } from './parts';

/** Asks the server again what is left. */
export const refresh: Command = ({ remaining }) => remaining.refresh();
