import type { Command } from './parts';

/** Opens the server's log. */
export const showOutput: Command = ({ client }) => client.outputChannel.show();
