import { contains, type Node } from '../../syntax/node';
import { importAround, importedNames, importStatements, type ImportedName } from '../../python/imports';
import type { Variable } from '../../python/names';
import { functionAround } from '../../python/scopes';
import { isInterchangeable, nativeImport } from './greenImports';
import type { FileView } from './view';

/** An import that new code needs: `import module [as name]`, or `from module import member [as name]`. */
export interface ImportRequest {
  readonly module: string;
  readonly member?: string;
  readonly as?: string;
  /** Offset above which the import must stand, because module-level code there needs it. */
  readonly above?: number;
  /** The imported name that goes, and whose place this one takes: in a function or a branch it stands where that one stood. */
  readonly insteadOf?: ImportedName;
}

export interface ImportedAs {
  /** What to write at the place. */
  readonly name: string;
  /** The import that is missing. */
  readonly request?: ImportRequest;
  /** Why the module cannot be named at the place. */
  readonly refusal?: string;
}

/** How a module is to be spelled at a node, and the import that this spelling needs. */
export function importedAs(view: FileView, dotted: string, at: Node): ImportedAs {
  const existing = existingName(view, dotted, at);
  if (existing) return { name: existing };
  const green = greenImport(view, dotted, at);
  if (green?.insteadOf?.bound) return { name: green.insteadOf.bound.text, request: green };
  const top = dotted.split('.')[0] ?? dotted;
  const variable = view.names.seenFrom(at, top);
  if (meansModule(variable, top)) return variable?.scope.kind === 'function' ? { name: dotted, refusal: importedTooLate(top) } : { name: dotted, request: request(dotted, at) };
  if (isFree(view, top, at) && !mayBeBoundUnseen(view, top)) return { name: dotted, request: request(dotted, at) };
  const alias = freeAlias(view, dotted, at);
  return { name: alias, request: { ...request(dotted, at), as: alias } };
}

function importedTooLate(module: string): string {
  return `the function imports \`${module}\` itself, but not on every way to this place, and no import outside is seen there; import it at the beginning of the function, or of the module only`;
}

function request(module: string, at: Node): ImportRequest {
  return functionAround(at) ? { module } : { module, above: at.startIndex };
}

export function spelled({ module, member, as }: ImportRequest): string {
  const name = as === undefined ? '' : ` as ${as}`;
  return member === undefined ? `import ${module}${name}` : `from ${module} import ${member}${name}`;
}

/** Whether an import at module level binds what is asked for under the same name already; `isDropped` says which ones go. */
export function isImported(view: FileView, { module, member, as }: ImportRequest, isDropped: (name: ImportedName) => boolean): boolean {
  const dotted = member === undefined ? module : `${module}.${member}`;
  const name = as ?? member ?? module.split('.')[0];
  const statements = view.tree.rootNode.namedChildren.filter((node): node is Node => node !== null && isImport(node));
  return statements.flatMap(importedNames).some((other) => other.dotted === dotted && other.bound?.text === name && !isDropped(other));
}

export function isImport(node: Node): boolean {
  return node.type === 'import_statement' || node.type === 'import_from_statement' || node.type === 'future_import_statement';
}

/** Whether every binding of a variable is an import of this module (`import a.b` binds `a` and counts for `a`). */
function meansModule(variable: Variable | undefined, module: string): boolean {
  return !!variable && variable.bindings.length > 0 && variable.bindings.every(({ node }) => importOf(node)?.meaning === module);
}

function importOf(identifier: Node): ImportedName | undefined {
  const statement = importAround(identifier);
  return statement && importedNames(statement).find(({ bound }) => bound?.id === identifier.id);
}

/** The name under which this place sees the module, imported before. */
function existingName(view: FileView, dotted: string, at: Node): string | undefined {
  const parts = dotted.split('.');
  const last = parts.at(-1) ?? dotted;
  for (const name of new Set([last, parts[0] ?? dotted, ...aliasesOf(view, dotted)])) {
    const variable = view.names.seenFrom(at, name);
    const imports = variable?.bindings.map(({ node }) => importOf(node));
    const sure = imports?.filter((imported) => imported && isSurelyDone(imported.statement, at)) ?? [];
    if (!imports || sure.length === 0) continue;
    if (imports.every((imported) => imported?.meaning === dotted)) return name;
    if (imports.every((imported) => imported?.meaning === name) && sure.some((imported) => imported?.dotted === dotted)) return dotted;
  }
  return undefined;
}

/** The import of a green module that may as well be the native one: its name stays. */
function greenImport(view: FileView, dotted: string, at: Node): ImportRequest | undefined {
  const variable = view.names.seenFrom(at, dotted.split('.').at(-1) ?? dotted);
  const [imported, ...others] = variable?.bindings.map(({ node }) => importOf(node)) ?? [];
  const native = imported && others.length === 0 ? nativeImport(imported) : undefined;
  return variable && native?.module === dotted && native.as === undefined && isInterchangeable(view, variable, imported?.meaning ?? '') ? native : undefined;
}

/** Names of `import dotted as name` and `from package import last as name`. */
function aliasesOf(view: FileView, dotted: string): readonly string[] {
  return view.memory.recall(`aliases of ${dotted}`, () => {
    const imported = [...importStatements(view.names)].flatMap(importedNames);
    return imported.flatMap(({ meaning, bound }) => (meaning === dotted && bound ? [bound.text] : []));
  });
}

/**
 * Whether an import has been executed whenever a place that sees its name is. Code in a function runs when the module has been executed; other
 * code only sees what is above it, and nobody what stands in a branch, a loop or a function that may not have run.
 */
function isSurelyDone(statement: Node, at: Node): boolean {
  const home = blockRunWith(statement);
  if (!contains(home, at)) return false;
  return statement.endIndex <= at.startIndex || (home.type === 'module' && functionAround(at) !== undefined);
}

/** The outermost block that cannot be left, but by an exception, without the statement having run: what begins a `try` is as sure as the `try`. */
function blockRunWith(statement: Node): Node {
  const block = statement.parent ?? statement;
  const around = block.parent;
  const isFirst = block.namedChildren.find((child) => child?.type !== 'comment')?.id === statement.id;
  if (around?.type === 'finally_clause' && around.parent) return blockRunWith(around.parent);
  return around?.type === 'try_statement' && isFirst ? blockRunWith(around) : block;
}

/** Whether nobody binds this name where the place would see it. */
function isFree(view: FileView, name: string, at: Node): boolean {
  return view.names.seenFrom(at, name) === undefined && !view.names.isBoundByModule(name);
}

/** Whether a name may be bound here by what does not spell it: a star, or a module of this package, which is its attribute once somebody has imported it. */
function mayBeBoundUnseen(view: FileView, name: string): boolean {
  const hasStar = view.memory.recall('has a star import', () => [...importStatements(view.names)].flatMap(importedNames).some(({ bound }) => bound === undefined));
  return hasStar || (view.submodules ?? []).includes(name);
}

function freeAlias(view: FileView, dotted: string, at: Node): string {
  const last = dotted.split('.').at(-1) ?? dotted;
  for (const candidate of [`${last}_module`, `stdlib_${last}`]) {
    if (isFree(view, candidate, at) || view.names.of(candidate).every(({ bindings }) => bindings.every(({ node }) => importOf(node)?.meaning === dotted))) {
      return candidate;
    }
  }
  let number = 2;
  while (!isFree(view, `${last}_module_${number}`, at)) number++;
  return `${last}_module_${number}`;
}
