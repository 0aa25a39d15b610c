/** What each variable of the environment does that a current eventlet or Celery reads (eventlet 0.41, Celery 5.5). */
const effects: Readonly<Record<string, string>> = {
  EVENTLET_HUB: 'it chooses the hub',
  EVENTLET_THREADPOOL_SIZE: 'it sets how many threads `tpool` has',
  EVENTLET_NO_GREENDNS: 'it switches the green resolver off, but only with the value `yes`',
  EVENTLET_DEPRECATED_EAI_NODATA: 'it lets the resolver raise the old error code',
  EVENTLET_TESTS: 'it silences the deprecation warning',
  EVENTLET_NOBLOCK: 'it tells Celery to detect code that blocks the hub',
};

/** What a variable does, in words. */
export function effectOf(variable: string): string {
  return effects[variable] ?? 'no current eventlet reads it, but something else may';
}

/** Whether a variable is a project's own; eventlet's begin with its name. */
export function isOwnSwitch(variable: string): boolean {
  return !variable.startsWith('EVENTLET_');
}

export const variablesDo =
  'eventlet reads `EVENTLET_HUB`, `EVENTLET_THREADPOOL_SIZE`, `EVENTLET_NO_GREENDNS` (only the value `yes` counts), `EVENTLET_DEPRECATED_EAI_NODATA` and `EVENTLET_TESTS`; Celery reads `EVENTLET_NOBLOCK`. Others with eventlet in their name are switches of a project that can run both ways.';
