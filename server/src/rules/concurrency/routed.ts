import type { TextEdit } from '../../edits/textEdit';
import { eventlet } from '../../python/eventlet';
import { importedNames, type ImportedName } from '../../python/imports';
import type { ImportUse } from '../../python/uses';
import { ancestors, field, type Node } from '../../syntax/node';
import { commentsIn, removal } from '../kit/change';
import { indentAt, isFirstOnLine, lineEnd, lineStart } from '../kit/lines';
import type { FileView } from '../kit/view';
import type { NameTable, WantedName } from './names';

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
  const names = routed.flatMap(({ imported }): readonly WantedName[] => imported.map((name) => ({ dotted: meaningOf(name), source: name.meaning, bound: name.bound?.text ?? '' })));
  const loaded = routed.flatMap(({ imported }) => imported.filter(isReachedFromTop).map(({ dotted }) => dotted));
  return { names, loaded, unrouted };
}

/**
 * The edits after which a file imports from `module` what it imported from eventlet, under the names that it had for it.
 * Nothing else changes. `table` has a name for each of its wishes.
 */
export function routedImports(view: FileView, module: string, table: NameTable): readonly TextEdit[] {
  const done = new Set<string>();
  return sorted(view).routed.map(({ statement, imported }) => {
    const lines = linesFor(view, statement, imported, module, table);
    // from m import eventlet         =>  from m import eventlet
    // from m import eventlet             ^^^^^^^^^^^^^^^^^^^^^^ once in a block is enough
    const key = `${statement.parent?.id} ${lines.join('\n')}`;
    if (done.has(key) && importedNames(statement).length === imported.length) return removal(view, statement);
    done.add(key);
    return { start: statement.startIndex, end: statement.endIndex, newText: joined(view, statement, lines) };
  });
}

interface Routed {
  readonly statement: Node;
  /** Those of its names that are eventlet's. */
  readonly imported: readonly ImportedName[];
}

function sorted(view: FileView): { readonly routed: readonly Routed[]; readonly unrouted: readonly Unrouted[] } {
  const routed: Routed[] = [];
  const unrouted: Unrouted[] = [];
  const imports = view.uses.filter((use): use is ImportUse => use.form === 'import' && use.via === undefined);
  for (const statement of distinct(imports.map(({ imported }) => imported.statement))) {
    const imported = imports.filter((use) => use.imported.statement.id === statement.id).map((use) => use.imported);
    const reason = whyNot(statement, imported);
    if (reason === undefined) routed.push({ statement, imported });
    else unrouted.push({ start: statement.startIndex, end: statement.endIndex, reason });
  }
  return { routed, unrouted };
}

function whyNot(statement: Node, imported: readonly ImportedName[]): string | undefined {
  if (imported.some(({ bound }) => !bound)) return 'a star import does not say what it brings in; name what is needed first';
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
function meaningOf({ meaning }: ImportedName): string {
  return eventlet.canonical(meaning);
}

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

/** PEP 8's width, which most of the projects keep; a statement that was wider before may stay so. */
const width = 79;

/** A statement that became too wide, in parentheses over several lines; as it is where it fits, or has a comment inside. */
function wrapped(view: FileView, statement: Node, text: string): string {
  const indent = indentAt(view.text, statement.startIndex);
  const before = Math.max(width, ...statement.text.split(/\r?\n/).map((line) => indent.length + line.length));
  if (text.split(/\r?\n/).every((line, index) => line.length + (index === 0 ? indent.length : 0) <= before)) return text;
  const [head, names] = /^([\s\S]*? import) \(?([\s\S]*?)\)?$/.exec(text)?.slice(1) ?? [];
  if (head === undefined || names === undefined || commentsIn(statement).length > 0) return text;
  const inner = indent + view.layout.indent;
  const lines: string[] = [];
  for (const name of names.replace(/\\\r?\n/g, ' ').split(',').map((part) => part.trim().replace(/\s+/g, ' ')).filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && inner.length + last.length + name.length + 3 <= width) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  const end = view.layout.lineEnding;
  return `${head} (${end}${lines.map((line) => `${inner}${line},${end}`).join('')}${indent})`;
}

function joined({ text, layout }: FileView, statement: Node, lines: readonly string[]): string {
  return lines.join(isFirstOnLine(text, statement.startIndex) && isLastOnLine(text, statement.endIndex) ? layout.lineEnding + indentAt(text, statement.startIndex) : '; ');
}

function isLastOnLine(text: string, offset: number): boolean {
  return /^[ \t]*(#.*)?[\r\n]*$/.test(text.slice(offset, lineEnd(text, offset))) && lineStart(text, offset) <= offset;
}

function parentOf(dotted: string): string {
  return dotted.slice(0, Math.max(0, dotted.lastIndexOf('.')));
}

function distinct(nodes: readonly Node[]): readonly Node[] {
  const seen = new Set<number>();
  return nodes.filter(({ id }) => !seen.has(id) && seen.add(id)).sort((a, b) => a.startIndex - b.startIndex);
}
