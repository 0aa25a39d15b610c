import type { Command } from './parts';

/** Begins the next step of the migration, or goes on with the one that is under way. */
export const nextStep: Command = ({ nextStep: step }, argument) => step.goOn(argument);
