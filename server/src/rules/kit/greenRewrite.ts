import { importedNames, type ImportedName } from '../../python/imports';
import type { Variable } from '../../python/names';
import type { ImportUse, NameUse, Use } from '../../python/uses';
import { enclosing, field, isField, type Node } from '../../syntax/node';
import type { PatchGroup } from '../rule';
import { change, type Change } from './change';
import { greenModuleOf, isPlainSleep, nativeImport } from './greenImports';
import { blockingGroups, isInert } from './greenModules';
import { importedAs, type ImportRequest } from './imports';
import { isForPython2 } from './python2';
import type { FileView } from './view';

/** The change of one import with all the names that come through it, and what there is to know before. */
export interface Rewrite {
  readonly title: string;
  readonly change: Change;
  /** What must be patched for it, by what this file uses. */
  readonly groups: readonly PatchGroup[];
  /** Differences that a person has to look at, in sentences. */
  readonly doubts: readonly string[];
  /** The canonical names of all uses that change with it. */
  readonly affects: readonly string[];
}

/** What becomes of a green module or of a name of one, with everything that comes through the same import; a sentence where there is no rewrite. */
export function rewriteOf(use: ImportUse | NameUse, view: FileView): Rewrite | string {
  const green = greenModuleOf(use.api);
  const isHandedOn = use.via !== undefined && (use.form === 'import' || !/\bgreen\b/.test(use.node.text));
  if (isHandedOn) return `\`${use.via}\` takes it from eventlet and hands it on; what is changed there is changed here`;
  if (use.form === 'name' && use.isAlias) {
    const origin = view.uses.find((other): other is ImportUse | NameUse => isOrigin(other, use));
    return origin ? rewriteOf(origin, view) : `it is not seen where this name comes from; import \`${green?.target.module}\` there`;
  }
  const { variable } = use;
  if (!variable) return ofStar(use, view);
  const all = view.uses.filter((other): other is ImportUse => other.form === 'import' && other.variable === variable && greenModuleOf(other.imported.meaning) !== undefined);
  if (all.length === 0) return ofChain(use, view);
  const living = all.filter((other) => !isForPython2(other.imported.statement));
  if (living.length === 0 || (use.form === 'import' && !living.includes(use))) return 'a branch for Python 2 imports it: that is deleted with the condition around it';
  return ofImports(living, variable, view);
}

function isOrigin(other: Use, alias: NameUse): other is ImportUse | NameUse {
  if (other.form === 'name') return !other.isAlias && other.api === alias.api;
  return other.form === 'import' && (other.api === alias.api || other.api === greenModuleOf(alias.api)?.module);
}

// from eventlet.green import socket as s  =>  import socket as s
function ofImports(imports: readonly ImportUse[], variable: Variable, view: FileView): Rewrite | string {
  const reads = view.uses.filter((use): use is NameUse => use.form === 'name' && use.variable === variable);
  if (reads.some((use) => use.api === 'eventlet.sleep' && !isPlainSleep(use))) return '`time.sleep` takes exactly one number that is not negative; rewrite the calls of `sleep` first';
  const edits = change(view);
  const doubts = new Set<string>();
  const known = nameInUse(imports, variable, view);
  if (known !== undefined) for (const { node } of variable.reads) edits.replace(node, known);
  for (const { imported } of imports) {
    if (known !== undefined) {
      edits.drop(imported);
      continue;
    }
    const fallback = fallbackOf(imported);
    const requests = fallback ? [] : importsInstead(imported, reads);
    if (!fallback && requests.length === 0) return `\`${imported.imported.text}\` has no native counterpart of that form`;
    if (fallback) edits.replace(fallback.whole, fallback.instead.text);
    for (const request of requests) edits.need(request);
    if (!fallback && enclosing(imported.statement, 'try_statement')) doubts.add('The import is optional here; without eventlet the other branch ran, which it does not do any more.');
  }
  const modules = imports.map(({ imported }) => greenModuleOf(imported.meaning)?.module);
  const names = [...imports.map(({ imported }) => imported.meaning), ...reads.map(({ api }) => api)]
    .flatMap((api) => greenModuleOf(api) ?? [])
    .filter(({ module }) => modules.some((known) => known !== undefined && (module === known || module.startsWith(`${known}.`))));
  const isSeenWhole = !view.namedElsewhere.has(variable.name) && reads.length > 0;
  const affects = [...new Set([...imports, ...reads].map(({ api }) => api))];
  return { ...aboutNames(names, isSeenWhole), change: edits.done(), doubts: [...doubts, ...doubtsAbout(names, view)], affects };
}

/** The name of the native module where the file has it already and every read of the green one sees it. */
function nameInUse(imports: readonly ImportUse[], variable: Variable, view: FileView): string | undefined {
  const [only, ...others] = imports;
  const native = only && others.length === 0 && variable.bindings.length === 1 ? nativeImport(only.imported) : undefined;
  if (!native || native.member !== undefined || native.as === undefined || view.namedElsewhere.has(variable.name)) return undefined;
  const names = new Set(variable.reads.map(({ node }) => importedAs(view, native.module, node)).map(({ name, request }) => (request ? undefined : name)));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

// eventlet.green.socket.AF_INET  =>  socket.AF_INET
function ofChain(use: ImportUse | NameUse, view: FileView): Rewrite | string {
  const module = greenModuleOf(use.api)?.module;
  const reads = use.form === 'name' ? [use] : view.uses.filter((other): other is NameUse => other.form === 'name' && other.variable === use.variable && greenModuleOf(other.api)?.module === module);
  const edits = change(view);
  const names = reads.flatMap(({ api }) => greenModuleOf(api) ?? []);
  reads.forEach(({ node }, index) => {
    const green = names[index];
    const place = green?.member === undefined ? node : field(node, 'object');
    if (green && place) edits.replace(place, edits.module(green.target.module, place));
  });
  if (use.form === 'import' && use.variable && use.variable.bindings.length > 1) edits.drop(use.imported);
  return { ...aboutNames(names, true), change: edits.done(), doubts: doubtsAbout(names, view), affects: reads.map(({ api }) => api) };
}

function ofStar(use: ImportUse | NameUse, view: FileView): Rewrite | string {
  const green = greenModuleOf(use.api);
  const star = view.uses.find((other): other is ImportUse => other.form === 'import' && !other.imported.bound && other.imported.meaning === green?.module);
  const module = star && field(star.imported.statement, 'module_name');
  if (!green || !module) return 'a star import brought this name in; import it by name first';
  const doubt = `The star brings in every public name of \`${green.target.module}\`; some may hide names that this file has from elsewhere.`;
  return { ...aboutNames([green], false), change: change(view).replace(module, green.target.module).done(), doubts: [doubt, ...doubtsAbout([green], view)], affects: [] };
}

type GreenName = NonNullable<ReturnType<typeof greenModuleOf>>;

/** Title and groups of a rewrite. `isSeenWhole`: nobody uses more of the module than these names. */
function aboutNames(names: readonly GreenName[], isSeenWhole: boolean): Pick<Rewrite, 'title' | 'groups'> {
  const [first] = names;
  const used = isSeenWhole && names.some(({ member }) => member !== undefined) ? names.filter(({ member }) => member !== undefined) : names;
  const groups = used.flatMap(({ member, target }) => (member !== undefined && isSeenWhole && isInert(member) ? [] : blockingGroups(target)));
  return { title: `Use \`${first?.target.module}\` instead of \`${first?.module}\``, groups: [...new Set(groups)].sort() };
}

function doubtsAbout(names: readonly GreenName[], view: FileView): readonly string[] {
  const noted = names.filter(({ member, target }) => target.safety === 'review' || (member !== undefined && target.reviewNames.includes(member)));
  const buffered = names.some(({ member, target }) => target.module === 'subprocess' && member === 'Popen') && writesToProcess(view);
  const doubts = noted.map(({ target }) => target.note || `Nobody has compared the green \`${target.module}\` with the native one.`);
  const assigned = view.uses.find((use): use is NameUse => use.form === 'name' && names.some(({ module }) => use.api.startsWith(`${module}.`)) && isTarget(use.node));
  return [...new Set([...doubts, ...(buffered ? [bufferedPipe] : []), ...(assigned ? [`\`${assigned.node.text}\` is assigned to: what is set on the green module is not set on the native one.`] : [])])];
}

function isTarget(node: Node): boolean {
  return (node.parent?.type === 'assignment' || node.parent?.type === 'augmented_assignment') && isField(node.parent, 'left', node);
}

const bufferedPipe = 'Pipes of the native `Popen` are buffered, those of the green one were not: what is written to `stdin` stays there until it is flushed. Pass `bufsize=0`, or flush.';

/** `communicate()` flushes by itself; whoever takes the pipe in hand may not. */
function writesToProcess(view: FileView): boolean {
  return /(?<!\bsys)\.stdin\b/.test(view.text);
}

/** The imports that bind the same name natively. A package is imported with the modules in it that are read, as the green one did. */
function importsInstead(imported: ImportedName, reads: readonly NameUse[]): readonly ImportRequest[] {
  const native = nativeImport(imported);
  if (!native || native.member !== undefined || (native.module !== 'urllib' && native.module !== 'http')) return native ? [native] : [];
  const modules = new Set(reads.flatMap(({ api }) => greenModuleOf(api)?.target.module ?? []).filter((module) => module !== native.module));
  if (modules.size === 0) return [native];
  return native.as === undefined ? [...modules].map((module) => ({ ...native, module })) : [];
}

/** `try: from eventlet.green import X` with `except ImportError: import X` and nothing else in it: both ways lead to the same import now. */
function fallbackOf(imported: ImportedName): { readonly whole: Node; readonly instead: Node } | undefined {
  const whole = imported.statement.parent?.parent;
  if (whole?.type !== 'try_statement' || whole.namedChildCount !== 2 || !isOnly(imported.statement)) return undefined;
  const handler = whole.namedChildren.find((child) => child?.type === 'except_clause');
  const instead = handler?.namedChildren.at(-1)?.namedChild(0);
  const [other, ...others] = instead ? importedNames(instead) : [];
  const native = nativeImport(imported);
  const isTheSame = native && other && others.length === 0 && other.bound?.text === imported.bound?.text && other.meaning === (native.member === undefined ? native.module : `${native.module}.${native.member}`);
  return instead && isTheSame && isOnly(instead) && whole.descendantsOfType('comment').length === 0 ? { whole, instead } : undefined;
}

function isOnly(statement: Node): boolean {
  return statement.parent?.namedChildCount === 1 && importedNames(statement).length === 1;
}
