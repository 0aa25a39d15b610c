import type { TextEdit } from '../../edits/textEdit';
import { argumentsOf, callOf } from '../../python/calls';
import type { ImportedName } from '../../python/imports';
import { field, type Node } from '../../syntax/node';
import { commentsIn, removal } from '../kit/change';
import { isImported } from '../kit/imports';
import type { FileView } from '../kit/view';
import { importsOf } from './fold';
import type { Source } from './handedOut';
import { joined, wrapped } from './statements';

/** A name that a file imports from a module. */
export interface Taken {
  /** As the module calls it. */
  readonly name: string;
  readonly imported: ImportedName;
}

/** What a file imports from a module; `others` are imports of the whole module and of all its names at once. */
export function takenFrom(view: FileView, module: string, absolute: (dotted: string) => string): { readonly taken: readonly Taken[]; readonly others: readonly Node[] } {
  const taken: Taken[] = [];
  const others: Node[] = [];
  for (const imported of importsOf(view)) {
    const dotted = absolute(imported.dotted);
    if (dotted === module) others.push(imported.statement);
    else if (imported.statement.type === 'import_from_statement' && dotted.startsWith(`${module}.`)) taken.push({ name: dotted.slice(module.length + 1), imported });
  }
  return { taken, others };
}

/** One place where a name is read: how it is called there, or that something else is done with it. */
export type Reading = Called | 'other';

/** A call of a name: its arguments as they stand there, `*` and `**` not among them. */
interface Called {
  readonly positional: readonly string[];
  readonly keywords: ReadonlyMap<string, string>;
  /** Whether there are arguments that are not known. */
  readonly isOpen: boolean;
  /** The variable or attribute that what it gives is bound to, and nothing else: `jobs` of `self.jobs = Queue()`. */
  readonly holder?: string;
}

/** How a file uses a name that it imports. */
export function readingsOf(view: FileView, { imported: { bound } }: Taken): readonly Reading[] {
  const variable = bound && view.names.variableOf(bound);
  return (variable?.reads ?? []).map(({ node }): Reading => {
    const call = callOf(node);
    if (!call) return 'other';
    const { positional, keywords, isOpen } = argumentsOf(call);
    const holder = holderOf(call);
    return { ...(holder === undefined ? {} : { holder }), positional: positional.map(({ text }) => text), keywords: new Map([...keywords].map(([name, { text }]) => [name, text])), isOpen };
  });
}

function holderOf(call: Node): string | undefined {
  const assignment = call.parent?.type === 'assignment' && call.parent.parent?.type === 'expression_statement' ? call.parent : undefined;
  const target = assignment && field(assignment, 'left');
  const name = target?.type === 'attribute' ? field(target, 'attribute') : target;
  return name?.type === 'identifier' ? name.text : undefined;
}

/** The edits after which a file imports each of these names from where it is defined, under the name that it had for it. */
export function sourcedImports(view: FileView, taken: readonly Taken[], sources: ReadonlyMap<string, Source>): readonly TextEdit[] {
  const statements = new Map(taken.map(({ imported: { statement } }) => [statement.id, statement]));
  return [...statements.values()].flatMap((statement) => {
    const own = taken.filter(({ imported }) => imported.statement.id === statement.id);
    if (!own.some(({ name }) => sources.has(name))) return [];
    const lines = linesFor(view, statement, own, sources);
    if (lines.length === 0) return [removal(view, statement)];
    // Comments between the names stand above them.
    return [{ start: statement.startIndex, end: statement.endIndex, newText: joined(view, statement, [...commentsIn(statement), ...lines]) }];
  });
}

/**
 * The edits after which strings that name something inside of what the module hands out name it where it is defined. A string that names
 * what it hands out itself is left alone: who replaces that in a test reaches nobody who imports it.
 *
 *     mock.patch('pkg.concurrency.subprocess.Popen')  =>  mock.patch('subprocess.Popen')
 */
export function sourcedStrings({ text, tree }: FileView, module: string, sources: ReadonlyMap<string, Source>): readonly TextEdit[] {
  return [...text.matchAll(new RegExp(`(?<=['"])${module.replaceAll('.', '\\.')}\\.(\\w+)(?=\\.[\\w.]+['"])`, 'g'))].flatMap(({ index, 0: whole, 1: name = '' }) => {
    const source = sources.get(name);
    if (!source || tree.rootNode.descendantForIndex(index, index + 1).type !== 'string_content') return [];
    return [{ start: index, end: index + whole.length, newText: source.member === undefined ? source.module : `${source.module}.${source.member}` }];
  });
}

function linesFor(view: FileView, statement: Node, own: readonly Taken[], sources: ReadonlyMap<string, Source>): readonly string[] {
  const stay = own.filter(({ name }) => !sources.has(name)).map(({ imported }) => imported.item.text);
  const plain: string[] = [];
  const members = new Map<string, string[]>();
  for (const { name, imported } of own) {
    const source = sources.get(name);
    const bound = imported.bound?.text;
    if (!source || bound === undefined || isThere(view, statement, source, bound)) continue;
    if (source.member === undefined) plain.push(`import ${renamed(source.module, bound)}`);
    else members.set(source.module, [...(members.get(source.module) ?? []), renamed(source.member, bound)]);
  }
  const from = (module: string, names: readonly string[]): string => wrapped(view, statement, `from ${module} import ${names.join(', ')}`);
  return [...plain, ...[...members].map(([module, names]) => from(module, names)), ...(stay.length > 0 ? [from(field(statement, 'module_name')?.text ?? '', stay)] : [])];
}

/** Whether the same import stands at module level already. */
function isThere(view: FileView, statement: Node, { module, member }: Source, bound: string): boolean {
  const own = member ?? module;
  const request = { module, ...(member === undefined ? {} : { member }), ...(own === bound ? {} : { as: bound }) };
  return statement.parent?.type === 'module' && !(member === undefined && module.includes('.') && own === bound) && isImported(view, request, () => false);
}

function renamed(name: string, as: string): string {
  return name === as ? name : `${name} as ${as}`;
}
