import { apply } from '../edits/textEdit';
import type { FileChange } from './finding';
import type { Workspace } from './workspace';

/** Why a file with syntax errors stays as it is. */
export const withErrors = 'the file has syntax errors; nothing in it is rewritten before they are gone';

/** Why nothing can be changed in a file that is there; undefined where something can, or where there is none. */
export async function whyClosed(workspace: Workspace, uri: string): Promise<string | undefined> {
  const hasError = await workspace.withAnalysis(uri, ({ view }) => view.tree.rootNode.hasError);
  if (hasError === undefined) return workspace.counts.skipped.find((skipped) => skipped.uri === uri)?.reason;
  return hasError ? withErrors : undefined;
}

/** A file that is not there yet. */
export function creation(uri: string, text: string): FileChange {
  return { uri, before: '', after: text, edits: [{ start: 0, end: 0, newText: text }], isNew: true };
}

/** What edits of one text change; undefined where nothing is different afterwards. */
export function changeOf(uri: string, before: string, edits: FileChange['edits']): FileChange | undefined {
  const made = edits.filter(({ start, end, newText }) => before.slice(start, end) !== newText);
  return made.length > 0 ? { uri, before, after: apply(before, made), edits: made } : undefined;
}

/** A file as a whole that we write; undefined where it is like that already. */
export function rewritten(uri: string, before: string, text: string): FileChange | undefined {
  return changeOf(uri, before, [{ start: 0, end: before.length, newText: text }]);
}

/** The dotted name of a module, counted from the topmost package around its file, as Python does; below the root where it is in no package. */
export function dottedName(workspace: Workspace, uri: string): string {
  const parts = uri.replace(/\.py$/, '').split('/');
  let depth = 1;
  while (workspace.isKnown(`${parts.slice(0, parts.length - depth).join('/')}/__init__.py`)) depth++;
  const names = depth === 1 ? workspace.pathOf(uri).replace(/\.py$/, '').split('/') : parts.slice(-depth).map(decodeURIComponent);
  return names.join('.');
}

/** Where the stand-ins of a concurrency module are. */
export function nativeUriOf(moduleUri: string): string {
  return moduleUri.replace(/\.py$/, '_native.py');
}
