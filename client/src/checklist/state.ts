import type { Checklist } from '../../../server/src/protocol';

/**
 * What the sidebar has to say as a whole; the value of the context key `eventletMigration.state`.
 * `stopped`: a person cancelled the look before all files were seen; `none`: no file mentions eventlet; `done`: there were uses, and none is
 * left but those kept on purpose.
 */
export type RemainingState = 'starting' | 'scanning' | 'stopped' | 'left' | 'done' | 'none' | 'failed';

/** Whether what is left is known whole: the server has looked at every file. */
export function isWhole(checklist: Checklist | undefined): boolean {
  return checklist?.state === 'ready';
}

/** The state that a checklist is in; `hadUses` is whether uses were seen since the window was opened. */
export function stateOf(checklist: Checklist, hadUses: boolean): RemainingState {
  if (checklist.state !== 'ready') return checklist.state;
  if (checklist.items.length > 0) return 'left';
  return hadUses || checklist.kept > 0 || checklist.progress !== undefined || checklist.files.mentioning > 0 ? 'done' : 'none';
}
