import type { ImportedName } from '../../python/imports';
import type { Variable } from '../../python/names';
import type { ImportUse, NameUse, Use } from '../../python/uses';
import { enclosing, field, isField, type Node } from '../../syntax/node';
import type { Condition, Fix, PatchGroup } from '../rule';
import { change, type Change } from './change';
import { earlyNames } from './earlyNames';
import { fallbackImport, type FallbackImport } from './fallbackImport';
import { greenModuleOf, isPlainSleep, nativeImport } from './greenImports';
import { blockingGroups, copyOf, isInert } from './greenModules';
import { importedAs, type ImportRequest } from './imports';
import { isForPython2 } from './python2';
import { giveSeconds, wantsNumber } from './seconds';
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
  /** The uses of what is imported. */
  readonly reads: readonly NameUse[];
  /** Whether a native name is bound for good: in a file that is loaded before the process patches it would stay native. */
  readonly binds: boolean;
}

/** The fix for native threads that a rewrite is. */
export function fixOf({ title, change, groups, doubts, affects, reads, binds }: Rewrite): Fix {
  const fix = { target: 'threading', title, conditions: conditionsOf(groups, binds), change, affects, reads } as const;
  return doubts.length === 0 ? { ...fix, claim: 'safe' } : { ...fix, claim: 'review', why: doubts.join(' ') };
}

function conditionsOf(groups: readonly PatchGroup[], binds: boolean): readonly Condition[] {
  if (groups.length === 0) return [{ kind: 'checked', text: 'nothing that is used of it blocks' }];
  const listed = groups.map((group) => `\`${group}\``).join(' and ');
  return [{ kind: 'patched', groups, ...(binds ? { binds: 'names' } : {}), otherwise: `the process may run without ${listed} being monkey-patched, and then the native module blocks every green thread` }];
}

/** What becomes of a green module or of a name of one, with everything that comes through the same import; a sentence where there is no rewrite. */
export function rewriteOf(use: ImportUse | NameUse, view: FileView): Rewrite | string {
  const rewrite = rewriteAlone(use, view);
  const doubt = typeof rewrite === 'string' ? undefined : doubtAboutCopies(rewrite, view);
  return typeof rewrite === 'string' || doubt === undefined ? rewrite : { ...rewrite, doubts: [...rewrite.doubts, doubt] };
}

/** Why an `except` may catch something else than before: its exception is a copy, and what raises the copy is elsewhere, or stays. */
function doubtAboutCopies({ affects }: Rewrite, view: FileView): string | undefined {
  const members = affects.flatMap((api) => greenModuleOf(api) ?? []).flatMap(({ member, target }) => (member === undefined ? [] : [{ member, target }]));
  for (const { member, target } of members) {
    const copy = copyOf(member, target);
    if (!copy) continue;
    const differs = `\`${member}\` of the green module is a copy of the native one`;
    if (copy.raisedBy === undefined) return `${differs} that nothing raises: an \`except\` that never matched does match now.`;
    const raising = view.uses.filter((use) => isOf(copy.raisedBy, use));
    if (raising.length === 0) return `${differs}, and this file does not show what raises it: an \`except\` that never matched may match now, and one that matched does not where the green \`${copy.raisedBy}\` stays.`;
    if (!raising.every((use) => goesSafely(use, view))) return `${differs}, and the green \`${copy.raisedBy}\`, which raises it, stays for now: an \`except\` would not match any more.`;
  }
  return undefined;
}

/** Whether a use is one of a name in a green module that takes part in its work, by the native name of the module. */
function isOf(module: string | undefined, use: Use): use is ImportUse | NameUse {
  if (use.form !== 'import' && use.form !== 'name') return false;
  const green = greenModuleOf(use.form === 'import' ? use.imported.meaning : use.api);
  return green?.member !== undefined && green.target.module === module && !copyOf(green.member, green.target);
}

function goesSafely(use: ImportUse | NameUse, view: FileView): boolean {
  const rewrite = rewriteAlone(use, view);
  return typeof rewrite !== 'string' && rewrite.doubts.length === 0 && !together(use, view).every((other) => isKept(other.form === 'import' ? other.imported.statement : other.node, view));
}

/** The uses of the same name, itself among them: any of them that nobody keeps takes all others along. */
function together(use: ImportUse | NameUse, { uses }: FileView): readonly (ImportUse | NameUse)[] {
  return uses.filter((other): other is ImportUse | NameUse => other === use || (other.form !== 'member' && use.variable !== undefined && 'variable' in other && other.variable === use.variable));
}

/** Whether a comment on the line of a use or above it may keep it; which rules it names does not matter for a doubt. */
function isKept({ startIndex, endIndex }: Node, { text }: FileView): boolean {
  const above = text.lastIndexOf('\n', text.lastIndexOf('\n', startIndex) - 1) + 1;
  const end = text.indexOf('\n', endIndex);
  return /#.*\b(eventlet:\s*keep\[|H905\b)/.test(text.slice(above, end < 0 ? text.length : end));
}

function rewriteAlone(use: ImportUse | NameUse, view: FileView): Rewrite | string {
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
  const fallback = fallbackImport(use, view);
  return fallback ? ofFallback(fallback, view) : ofImports(living, variable, view);
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
    const requests = importsInstead(imported, reads);
    if (requests.length === 0) return `\`${imported.imported.text}\` has no native counterpart of that form`;
    for (const request of requests) edits.need(request);
    if (enclosing(imported.statement, 'try_statement')) doubts.add('The import is optional here; without eventlet the other branch ran, which it does not do any more.');
  }
  const names = namesAmong(imports, reads);
  const isSeenWhole = !view.namedElsewhere.has(variable.name) && reads.length > 0;
  const made = edits.done();
  return { ...aboutNames(names, isSeenWhole), change: made, doubts: [...doubts, ...doubtsAbout(names, view)], affects: namesOf([...imports, ...reads]), reads, binds: bindsEarly(made.needs) };
}

/** What an import becomes whose native counterpart stands beside it, in the `except` that runs without eventlet; undefined for any other one. */
export function rewriteOfFallback(use: ImportUse | NameUse, view: FileView): Rewrite | undefined {
  const fallback = fallbackImport(use, view);
  return fallback && ofFallback(fallback, view);
}

// try:                                =>  from time import sleep
//     from eventlet import sleep
// except ImportError:
//     from time import sleep
function ofFallback({ imports, reads, natives, change }: FallbackImport, view: FileView): Rewrite {
  const edits = change();
  const names = namesAmong(imports, reads);
  const isSeenWhole = imports.every(({ variable }) => variable && !view.namedElsewhere.has(variable.name)) && reads.length > 0;
  const pauses = [...imports, ...reads].filter(({ api }) => api === 'eventlet.sleep');
  const isUnderstood = pauses.every((use) => use.form === 'import' || (use.call !== undefined && giveSeconds(edits, use.call, view) === undefined));
  const { groups } = aboutNames(names, isSeenWhole);
  return {
    title: 'Keep the native import alone',
    change: edits.done(),
    groups: pauses.length > 0 ? [...new Set([...groups, 'time' as const])].sort() : groups,
    doubts: [...(pauses.length > 0 && !(isUnderstood && isSeenWhole) ? [`As a value ${wantsNumber}.`] : []), ...doubtsAbout(names, view)],
    affects: namesOf([...imports, ...reads]),
    reads,
    binds: bindsEarly(natives.map((native) => /^(?<module>.*)\.(?<member>.*)$/.exec(native)?.groups ?? {})),
  };
}

/** The green names among these uses that belong to one of the imported modules. */
function namesAmong(imports: readonly ImportUse[], reads: readonly NameUse[]): readonly GreenName[] {
  const modules = imports.map(({ imported }) => greenModuleOf(imported.meaning)?.module);
  return [...imports.map(({ imported }) => imported.meaning), ...reads.map(({ api }) => api)]
    .flatMap((api) => greenModuleOf(api) ?? [])
    .filter(({ module }) => modules.some((known) => known !== undefined && (module === known || module.startsWith(`${known}.`))));
}

function namesOf(uses: readonly Use[]): readonly string[] {
  return [...new Set(uses.map(({ api }) => api))];
}

function bindsEarly(needs: readonly { readonly module?: string; readonly member?: string }[]): boolean {
  return needs.some(({ module, member }) => member !== undefined && earlyNames.has(`${module}.${member}`));
}

/** The name of the native module where the file has it already and every read of the green one sees it. */
function nameInUse(imports: readonly ImportUse[], variable: Variable, view: FileView): string | undefined {
  const [only, ...others] = imports;
  const native = only && others.length === 0 && variable.bindings.length === 1 ? nativeImport(only.imported) : undefined;
  if (!native || native.member !== undefined || native.as === undefined || view.namedElsewhere.has(variable.name)) return undefined;
  const names = new Set(variable.reads.map(({ node }) => importedAs(view, native.module, node)).map(({ name, request, refusal }) => (request || refusal ? undefined : name)));
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
  return { ...aboutNames(names, true), change: edits.done(), doubts: doubtsAbout(names, view), affects: reads.map(({ api }) => api), reads, binds: false };
}

function ofStar(use: ImportUse | NameUse, view: FileView): Rewrite | string {
  const green = greenModuleOf(use.api);
  const star = view.uses.find((other): other is ImportUse => other.form === 'import' && !other.imported.bound && other.imported.meaning === green?.module);
  const module = star && field(star.imported.statement, 'module_name');
  if (!green || !module) return 'a star import brought this name in; import it by name first';
  const doubt = `The star brings in every public name of \`${green.target.module}\`; some may hide names that this file has from elsewhere.`;
  return { ...aboutNames([green], false), change: change(view).replace(module, green.target.module).done(), doubts: [doubt, ...doubtsAbout([green], view)], affects: [], reads: [], binds: false };
}

type GreenName = NonNullable<ReturnType<typeof greenModuleOf>>;

/** Title and groups of a rewrite. `isSeenWhole`: nobody uses more of the module than these names. */
function aboutNames(names: readonly GreenName[], isSeenWhole: boolean): Pick<Rewrite, 'title' | 'groups'> {
  const [first] = names;
  const used = isSeenWhole && names.some(({ member }) => member !== undefined) ? names.filter(({ member }) => member !== undefined) : names;
  const groups = used.flatMap(({ member, target }) => (member !== undefined && isSeenWhole && isInert(member, target) ? [] : blockingGroups(target)));
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
