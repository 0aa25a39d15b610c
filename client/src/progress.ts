import { ProgressLocation, type ProgressOptions } from 'vscode';

/** For what is done before somebody could want to stop it: told in the status bar, and only where the server needs a moment. */
export function inPassing(title: string): ProgressOptions {
  return { location: ProgressLocation.Window, title };
}

/** For work that somebody started as such, and that may take as long as the workspace is large: a notification with a way to cancel. */
export function asWork(title: string): ProgressOptions {
  return { location: ProgressLocation.Notification, title, cancellable: true };
}
