import type { ImportedName } from '../../python/imports';
import { isImport } from '../kit/imports';
import type { FileView } from '../kit/view';
import { importsOf } from './fold';

/** Where a name is defined: a module, or a name of one. */
export interface Source {
  readonly module: string;
  readonly member?: string;
}

/**
 * What a module has from others, by the name under which it hands it out. `absolute` makes a relative module name whole. What it binds
 * more than once, or in a branch, is not told.
 */
export function handedOut(view: FileView, absolute: (dotted: string) => string): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  for (const imported of importsOf(view)) {
    const { bound, statement } = imported;
    const variable = bound && view.names.variableOf(bound);
    if (!variable || variable.bindings.length > 1 || statement.parent?.type !== 'module') continue;
    const source = sourceOf(imported, absolute);
    if (source) sources.set(variable.name, source);
  }
  return sources;
}

/** Whether a module does nothing but import, say what it is for, and list its names. */
export function isFacade({ tree }: FileView): boolean {
  return tree.rootNode.namedChildren.every((statement) => {
    if (!statement || statement.type === 'comment' || isImport(statement)) return true;
    const only = statement.type === 'expression_statement' ? statement.namedChild(0) : undefined;
    return only?.type === 'string' || ((only?.type === 'assignment' || only?.type === 'augmented_assignment') && /^__all__\b/.test(only.text));
  });
}

/** `import a.b` binds `a` and loads more than that. */
function sourceOf({ statement, dotted, meaning }: ImportedName, absolute: (dotted: string) => string): Source | undefined {
  if (statement.type === 'import_statement') return dotted === meaning ? { module: dotted } : undefined;
  const whole = absolute(dotted);
  const dot = whole.lastIndexOf('.');
  return dot > 0 ? { module: whole.slice(0, dot), member: whole.slice(dot + 1) } : undefined;
}
