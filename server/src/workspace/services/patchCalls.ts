import type { Analysis } from '../analysis';
import { scopeAt } from '../../python/scopes';
import { patchedGroups, switchesOf } from '../../rules/kit/patching';
import type { PatchGroup } from '../../rules/rule';
import { ancestors, field, statementOf, type Node } from '../../syntax/node';
import type { Range } from '../../protocol';
import { placedImports } from '../importMentions';
import { callBlocks, negated } from './blocks';
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
  /** Whether the code above it has started green threads, or waits, before anything is patched. */
  readonly isBehind?: true;
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
    const { conditions, ...blocks } = callBlocks(view.text, call.startIndex, startIndex);
    const isBehind: true | undefined = marks.some(({ use: other }) => other.form === 'name' && other.start < use.start && other.call && startsAtOnce.test(other.api) && scopeAt(other.node).id === scopeAt(call).id) || undefined;
    return {
      groups: patchedGroups(call),
      ...blocks,
      conditions: [...conditions, ...(/^(main\w*|__main__)$/.test(blocks.within ?? '') ? [] : returnsAbove(call).map(negated))],
      ...(isBehind ? { isBehind } : {}),
      switches: switchesOf(call),
      after: importsAbove(imports, startIndex),
      position: { start: lines.position(use.start), end: lines.position(use.end) },
    };
  });
}

const startsAtOnce = /^eventlet\.(sleep|spawn|greenthread\.spawn|serve$)/;

/** The conditions under which the function around has returned before; that it is patched already is none. */
function returnsAbove(call: Node): readonly string[] {
  const conditions: string[] = [];
  let from = call;
  for (const ancestor of ancestors(call)) {
    if (ancestor.type === 'function_definition') return conditions;
    if (ancestor.type === 'block') {
      for (const statement of ancestor.namedChildren) {
        if (!statement || statement.startIndex >= from.startIndex) break;
        const condition = field(statement, 'condition')?.text.replace(/[\s\\]+/g, ' ');
        const returns = statement.type === 'if_statement' && field(statement, 'consequence')?.namedChildren.some((child) => child?.type === 'return_statement');
        if (returns && condition !== undefined && !/patched/i.test(condition)) conditions.push(condition);
      }
    }
    from = ancestor;
  }
  return [];
}
