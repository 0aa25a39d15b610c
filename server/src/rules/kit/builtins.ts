import type { Node } from '../../syntax/node';
import type { FileView } from './view';

/** Whether a name means Python's builtin at this place, because nothing in the file binds it there. */
export function isBuiltin(view: FileView, name: string, at: Node): boolean {
  return view.names.seenFrom(at, name) === undefined && !view.uses.some((use) => use.form === 'import' && use.imported.bound === undefined);
}
