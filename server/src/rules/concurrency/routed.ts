import type { TextEdit } from '../../edits/textEdit';
import { eventlet } from '../../python/eventlet';
import { importedNames, type ImportedName } from '../../python/imports';
import type { ImportUse } from '../../python/uses';
import { ancestors, field, type Node } from '../../syntax/node';
import { removal } from '../kit/change';
import type { FileView } from '../kit/view';
import type { NameTable, WantedName } from './names';
import { doubledNames, routedDoubles } from './routedDoubles';
import { joined, wrapped } from './statements';

/** An import that stays as it is, and why. */
export interface Unrouted {
  /** Offsets of the statement. */
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** What the imports of a file ask of a concurrency module. */
export interface Wishes {
  readonly names: readonly WantedName[];
  /** Modules that must have been imported, because they are reached as attributes: `eventlet.debug`. */
  readonly loaded: readonly string[];
  readonly unrouted: readonly Unrouted[];
}

/** What a file imports of eventlet itself. */
export function wishesOf(view: FileView): Wishes {
  const { routed, unrouted } = sorted(view);
  const names = routed.flatMap(({ imported }): readonly WantedName[] => imported.map((name) => ({ dotted: meaningOf(name), source: sourceOf(name), bound: name.bound?.text ?? '' })));
  const doubled = doubledNames(view).filter(({ source }) => !isDemanding(source));
  const loaded = routed.flatMap(({ imported }) => imported.filter(isReachedFromTop).map(({ dotted }) => dotted));
  return { names: [...names, ...doubled], loaded, unrouted };
}

/**
 * The edits after which a file imports from `module` what it imported from eventlet, under the names that it had for it, and replaces in
 * tests what it replaced. Nothing else changes. `table` has a name for each of its wishes.
 */
export function routedUses(view: FileView, module: string, table: NameTable): readonly TextEdit[] {
  const done = new Set<string>();
  const imports = sorted(view).routed.map(({ statement, imported }) => {
    const lines = linesFor(view, statement, imported, module, table);
    // from m import eventlet         =>  from m import eventlet
    // from m import eventlet             ^^^^^^^^^^^^^^^^^^^^^^ once in a block is enough
    const key = `${statement.parent?.id} ${lines.join('\n')}`;
    if (done.has(key) && importedNames(statement).length === imported.length) return removal(view, statement);
    done.add(key);
    return { start: statement.startIndex, end: statement.endIndex, newText: joined(view, statement, lines) };
  });
  return [...imports, ...routedDoubles(view, module, table)];
}

interface Routed {
  readonly statement: Node;
  /** Those of its names that are eventlet's. */
  readonly imported: readonly ImportedName[];
}

function sorted(view: FileView): { readonly routed: readonly Routed[]; readonly unrouted: readonly Unrouted[] } {
  const routed: Routed[] = [];
  const unrouted: Unrouted[] = [];
  const imports = view.uses.filter((use): use is ImportUse => use.form === 'import' && use.via === undefined && isItsOwn(use.imported.meaning));
  for (const statement of distinct(imports.map(({ imported }) => imported.statement))) {
    const all = imports.filter((use) => use.imported.statement.id === statement.id).map((use) => use.imported);
    // import eventlet, greenlet
    const own = all.filter(({ meaning }) => meaning !== 'greenlet');
    const imported = own.length > 0 ? own : all;
    const reason = whyNot(statement, imported);
    if (reason === undefined) routed.push({ statement, imported });
    else unrouted.push({ start: statement.startIndex, end: statement.endIndex, reason });
  }
  return { routed, unrouted };
}

function whyNot(statement: Node, imported: readonly ImportedName[]): string | undefined {
  if (imported.some(({ meaning }) => meaning === 'greenlet')) return 'greenlet is a package of its own, which eventlet brings along; import the names that are needed, such as `GreenletExit`';
  if (imported.some(({ bound }) => !bound)) return 'a star import does not say what it brings in; name what is needed first';
  const foreign = imported.find(({ meaning }) => meaning.startsWith('greenlet.') && !ofGreenlet.has(meaning));
  if (foreign) return `\`${foreign.dotted}\` is not eventlet’s, and nothing takes its place`;
  const demanding = imported.find(({ dotted }) => isDemanding(dotted));
  if (demanding) return `\`${demanding.dotted}\` cannot be imported everywhere, and one module that imports it would not be either`;
  const isOptional = [...ancestors(statement)].some(({ type }) => type === 'try_statement');
  // What may be missing must be missing here, and not in the module that all others need.
  const unsure = isOptional ? imported.find(({ dotted }) => !isKnown(dotted)) : undefined;
  return unsure && `\`${unsure.dotted}\` is optional here; in one module for all it would be required`;
}

/** Modules that need another package or another system, or are gone from some Pythons (catalogue 1.3 to 1.5). */
function isDemanding(dotted: string): boolean {
  const all = [...demanding];
  return all.some((module) => dotted === module || dotted.startsWith(`${module}.`)) || eventlet.isHistorical(dotted) || eventlet.isHistorical(parentOf(dotted));
}

const demanding: readonly string[] = [
  'eventlet.green.MySQLdb',
  'eventlet.green.OpenSSL',
  'eventlet.green.asynchat',
  'eventlet.green.asyncore',
  'eventlet.green.urllib2',
  'eventlet.green.zmq',
  'eventlet.hubs.kqueue',
  'eventlet.hubs.pyevent',
  'eventlet.support.psycopg2_patcher',
  'eventlet.support.pylib',
  'eventlet.support.stacklesspypys',
  'eventlet.support.stacklesss',
  'eventlet.zipkin',
];

function isKnown(dotted: string): boolean {
  const canonical = eventlet.canonical(dotted);
  return eventlet.isModule(dotted) || eventlet.instanceOf(canonical) !== undefined || eventlet.starNames(parentOf(dotted)).some(([name]) => `${parentOf(dotted)}.${name}` === dotted);
}

/** `import eventlet.debug` binds `eventlet` and makes `eventlet.debug` reachable. */
function isReachedFromTop({ dotted, meaning }: ImportedName): boolean {
  return dotted !== meaning;
}

/** The canonical name of what is bound. */
function meaningOf(name: ImportedName): string {
  return eventlet.canonical(sourceOf(name));
}

/** Where it can be imported from: eventlet has some names of greenlet, too. */
function sourceOf({ meaning }: ImportedName): string {
  return ofGreenlet.get(meaning) ?? meaning;
}

/** Whether an import is one of eventlet, and not of a package beside it; greenlet comes with eventlet. */
function isItsOwn(dotted: string): boolean {
  return /^(eventlet|greenlet)(\.|$)/.test(dotted);
}

const ofGreenlet: ReadonlyMap<string, string> = new Map([
  ['greenlet.GreenletExit', 'eventlet.support.greenlets.GreenletExit'],
  ['greenlet.getcurrent', 'eventlet.support.greenlets.getcurrent'],
]);

/** The statements that take the place of one: what stays, then what is routed. */
function linesFor(view: FileView, statement: Node, imported: readonly ImportedName[], module: string, table: NameTable): readonly string[] {
  const from = field(statement, 'module_name');
  if (from) return [wrapped(view, statement, fromImport(view, statement, from, imported, module, table))];
  const others = importedNames(statement).filter((name) => !imported.includes(name) && !imported.some(({ item }) => item.id === name.item.id));
  const names = [...new Set(imported.map((name) => spelled(name, table)))];
  return [...(others.length > 0 ? [`import ${others.map(({ item }) => item.text).join(', ')}`] : []), `from ${module} import ${names.join(', ')}`];
}

/** The same statement with another module, and other names where the module calls them otherwise. */
function fromImport(view: FileView, statement: Node, from: Node, imported: readonly ImportedName[], module: string, table: NameTable): string {
  const pieces = [{ node: from, newText: module }, ...imported.map((name) => ({ node: name.item, newText: spelled(name, table) }))];
  let text = '';
  let done = statement.startIndex;
  for (const { node, newText } of pieces) {
    text += view.text.slice(done, node.startIndex) + newText;
    done = node.endIndex;
  }
  return text + view.text.slice(done, statement.endIndex);
}

function spelled(name: ImportedName, table: NameTable): string {
  const there = table.get(meaningOf(name)) ?? '';
  const here = name.bound?.text ?? there;
  return there === here ? here : `${there} as ${here}`;
}

function parentOf(dotted: string): string {
  return dotted.slice(0, Math.max(0, dotted.lastIndexOf('.')));
}

function distinct(nodes: readonly Node[]): readonly Node[] {
  const seen = new Set<number>();
  return nodes.filter(({ id }) => !seen.has(id) && seen.add(id)).sort((a, b) => a.startIndex - b.startIndex);
}
