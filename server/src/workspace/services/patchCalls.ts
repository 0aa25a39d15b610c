import type { Analysis } from '../analysis';
import { patchedGroups, switchesOf } from '../../rules/kit/patching';
import type { PatchGroup } from '../../rules/rule';
import { statementOf } from '../../syntax/node';
import type { Range } from '../../protocol';
import { placedImports } from '../importMentions';
import { blocksAround } from './blocks';
import { importsAbove } from './outline';

/** One call of `eventlet.monkey_patch` in a file: plain data. */
export interface PatchCall {
  /** What it patches in a usual run; undefined where the arguments cannot be read: `monkey_patch(**options)`. */
  readonly groups: readonly PatchGroup[] | undefined;
  /** The function that it is in; absent where it runs while the module is loaded. */
  readonly within?: string;
  /** The conditions under which it runs, the outermost first, and those inside of its arguments. */
  readonly conditions: readonly string[];
  readonly switches: readonly string[];
  /** How many imports of the file stand above it. */
  readonly after: number;
}

/** A call and where it is. */
export type PlacedPatchCall = PatchCall & { readonly position: Range };

export function patchCallsOf({ view, marks, lines }: Pick<Analysis, 'view' | 'marks' | 'lines'>): readonly PlacedPatchCall[] {
  const calls = marks.flatMap(({ use }) => (use.form === 'name' && use.api === 'eventlet.monkey_patch' && use.call ? [{ use, call: use.call }] : []));
  if (calls.length === 0) return [];
  const imports = placedImports(view.text, '');
  return calls.map(({ use, call }) => {
    const { startIndex } = statementOf(call);
    const line = view.text.lastIndexOf('\n', startIndex - 1) + 1;
    const indent = view.text.slice(line, startIndex).search(/\S|$/);
    return {
      groups: patchedGroups(call),
      ...blocksAround(view.text, line, indent),
      switches: switchesOf(call),
      after: importsAbove(imports, startIndex),
      position: { start: lines.position(use.start), end: lines.position(use.end) },
    };
  });
}
