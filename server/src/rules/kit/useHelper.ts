import type { Node } from '../../syntax/node';
import { helperEdits } from '../helperCode/helperModule';
import type { HelperName } from '../helperCode/pieces';
import type { ChangeBuilder } from './change';
import { spelled } from './helpers';
import type { FileView } from './view';

/**
 * How helper code is written at a place, `concurrency.spawn_future`: it is imported there, and the same fix puts it into the module that
 * the project file names as `helper-module`, once for the whole project. Undefined where it names none.
 */
export function helper(name: HelperName, at: Node, edits: ChangeBuilder, view: FileView): string | undefined {
  const module = view.helperModule;
  if (module === undefined) return undefined;
  edits.also({ module, edits: (text) => helperEdits(text, [name]) });
  return spelled(`${module}.${name}`, at, view, edits);
}

/** The title of a fix that uses helper code. */
export function helperTitle(name: HelperName, { helperModule = '' }: FileView): string {
  return `Use \`${helperModule}.${name}\``;
}
