import type { Command } from './parts';

/** Opens the log; also where the server never started. */
export const showOutput: Command = ({ log }) => log.show();
