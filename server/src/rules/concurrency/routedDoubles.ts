import type { TextEdit } from '../../edits/textEdit';
import { eventlet } from '../../python/eventlet';
import type { StringUse } from '../../python/uses';
import type { FileView } from '../kit/view';
import type { NameTable, WantedName } from './names';

/** What test doubles that name eventlet by strings ask of a concurrency module: the modules whose attributes they replace. */
export function doubledNames(view: FileView): readonly WantedName[] {
  return doubles(view).map(({ module }) => ({ dotted: eventlet.canonical(module), source: module, bound: module.slice(module.lastIndexOf('.') + 1) }));
}

/**
 * The edits after which they reach the same attribute of the same module through `module`, which can be had without eventlet, too.
 *
 *     mock.patch('eventlet.green.subprocess.Popen')  =>  mock.patch('pkg.concurrency.subprocess.Popen')
 */
export function routedDoubles(view: FileView, module: string, table: NameTable): readonly TextEdit[] {
  return doubles(view).flatMap(({ use: { start }, module: replaced }) => {
    const name = table.get(eventlet.canonical(replaced));
    return name === undefined ? [] : [{ start, end: start + replaced.length, newText: `${module}.${name}` }];
  });
}

interface Double {
  readonly use: StringUse;
  /** The deepest module on the way to what is replaced. */
  readonly module: string;
}

function doubles({ uses, text }: FileView): readonly Double[] {
  return uses.flatMap((use): readonly Double[] => {
    // A literal in several pieces is left alone.
    if (use.form !== 'string' || use.purpose !== 'mock' || use.via !== undefined || text.slice(use.start, use.end) !== use.text) return [];
    const parts = use.text.split('.');
    const prefixes = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('.'));
    const module = prefixes.findLast((prefix) => eventlet.isModule(prefix) && !eventlet.isHistorical(prefix));
    return parts[0] === eventlet.root && module !== undefined ? [{ use, module }] : [];
  });
}
