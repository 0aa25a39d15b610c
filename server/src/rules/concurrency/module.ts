import type { Layout } from '../../edits/layout';
import type { TextEdit } from '../../edits/textEdit';
import { eventlet } from '../../python/eventlet';
import type { Export } from '../../python/uses';
import { field, type Node } from '../../syntax/node';
import { isImport } from '../kit/imports';
import { indentAt, isFirstOnLine, lineEnd } from '../kit/lines';
import type { FileView } from '../kit/view';
import type { Binding } from './names';

/** What a concurrency module has to offer. */
export interface Offer {
  readonly names: readonly Binding[];
  /** Where a canonical name can be imported from: not every short spelling can (`eventlet.greenlet` is no module). */
  readonly sources: ReadonlyMap<string, string>;
  /** Modules below eventlet that are reached as its attributes. */
  readonly loaded: ReadonlySet<string>;
}

/** The text of a new concurrency module. */
export function moduleText(offer: Offer, { lineEnding, indent, quote }: Pick<Layout, 'lineEnding' | 'indent' | 'quote'>): string {
  const all = offer.names.map(([, name]) => name).sort(inOrder);
  return [
    '"""The one module that imports eventlet; all others import from here.',
    '',
    'What takes the place of a name is decided here and nowhere else.',
    '"""',
    '',
    ...importLines(offer),
    '',
    '__all__ = [',
    ...all.map((name) => `${indent}${quote}${name}${quote},`),
    ']',
    '',
  ].join(lineEnding);
}

/** The names of an existing module that mean eventlet's: what it has, nobody has to add. In the order of the names. */
export function offered(exports: readonly Export[]): readonly Binding[] {
  const bindings = exports.flatMap(({ name, value }): readonly Binding[] => (value.kind === 'name' && !value.standIn ? [[eventlet.canonical(value.dotted), name]] : []));
  const distinct = new Map(bindings.map((binding) => [binding.join(' '), binding]));
  return [...distinct.values()].sort(([, a], [, b]) => inOrder(a, b));
}

/** The edits that add to an existing module what it does not offer yet. */
export function extended(view: FileView, missing: Offer): readonly TextEdit[] {
  const lines = importLines(missing);
  if (lines.length === 0) return [];
  const { lineEnding } = view.layout;
  const at = importsEnd(view);
  const isUnended = at > 0 && !/[\r\n]$/.test(view.text.slice(0, at));
  const newText = (isUnended ? lineEnding : '') + lines.map((line) => line + lineEnding).join('');
  return [{ start: at, end: at, newText }, ...inAll(view, missing.names.map(([, name]) => name).sort(inOrder))];
}

/** The import statements that make an offer. */
export function importLines({ names, sources, loaded }: Offer): readonly string[] {
  const modules = [...loaded].filter((module) => module !== eventlet.root).sort();
  const plain = [...(names.some(([dotted]) => dotted === eventlet.root) || modules.length > 0 ? [eventlet.root] : []), ...modules].map((module) => `import ${module}`);
  const members = names.filter(([dotted]) => dotted !== eventlet.root).map(([dotted, name]): readonly [string, string] => {
    const source = sources.get(dotted) ?? dotted;
    const dot = source.lastIndexOf('.');
    const [parent, last] = [source.slice(0, dot), source.slice(dot + 1)];
    return [`${parent} ${name}`, `from ${parent} import ${last}${last === name ? '' : ` as ${name}`}`];
  });
  return [...plain, ...members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)];
}

/** Behind the last import at module level; where there is none, behind the docstring and the comments at the top. */
function importsEnd({ tree, text }: FileView): number {
  const children = tree.rootNode.namedChildren.filter((child): child is Node => child !== null);
  const last = children.findLast(isImport);
  if (last) return lineEnd(text, last.endIndex);
  const first = children.find(({ type }) => type !== 'comment');
  const docstring = first?.type === 'expression_statement' && first.namedChild(0)?.type === 'string' ? first : undefined;
  if (docstring) return lineEnd(text, docstring.endIndex);
  return first ? first.startIndex : text.length;
}

/** The edits that add names to the list or tuple that is assigned to `__all__`; none where there is no such list. */
function inAll(view: FileView, names: readonly string[]): readonly TextEdit[] {
  const list = view.tree.rootNode.namedChildren.flatMap((statement) => {
    const assignment = statement?.type === 'expression_statement' ? statement.namedChild(0) : undefined;
    const right = assignment?.type === 'assignment' && field(assignment, 'left')?.text === '__all__' ? field(assignment, 'right') : undefined;
    return right && (right.type === 'list' || right.type === 'tuple') ? [right] : [];
  })[0];
  if (!list || names.length === 0) return [];
  const { quote, lineEnding } = view.layout;
  const items = list.namedChildren.filter((child): child is Node => child !== null && child.type !== 'comment');
  const last = items.at(-1);
  const spelled = names.map((name) => quote + name + quote);
  if (!last) return [{ start: list.startIndex + 1, end: list.startIndex + 1, newText: spelled.join(', ') + (list.type === 'tuple' ? ',' : '') }];
  const isTall = /[\r\n]/.test(list.text) && isFirstOnLine(view.text, last.startIndex);
  const separator = isTall ? `,${lineEnding}${indentAt(view.text, last.startIndex)}` : ', ';
  return [{ start: last.endIndex, end: last.endIndex, newText: spelled.map((name) => separator + name).join('') }];
}

/** Names in capitals and small letters side by side. */
function inOrder(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : a < b ? -1 : 1;
}
