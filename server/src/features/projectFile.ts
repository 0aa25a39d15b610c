import { projectKeys, type Choice, type ProjectKey, type Shape, type Text } from '../workspace/project/keys';
import { placeIn, type Place } from '../workspace/project/place';
import { isOwnProjectFile } from '../workspace/project/files';
import { ownTable, settingAt } from '../workspace/projectFile';

/** What may be written at a place of a project file. */
export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'table';
  /** Markdown. */
  readonly about: string;
  /** Takes the place of the text from `start` to the cursor; offsets are UTF-16. */
  readonly newText: string;
  readonly start: number;
}

/** What can be written where the cursor is; nothing outside the tool's table. */
export function completions(uri: string, text: string, offset: number): readonly Completion[] {
  const place = placeIn(uri, text, offset);
  if (!place) return [];
  if (place.kind === 'header') return headers(isOwnProjectFile(uri) ? [] : ownTable, place);
  if (place.kind === 'key') return keysAt(place);
  const shape = shapeAt(place.path);
  return shape ? values(shape, place, keyOf(place.path[0])?.example ?? '') : [];
}

/** What a person wants to know of the setting under the pointer, as Markdown, and where that stands. */
export function projectHover(uri: string, text: string, offset: number): { readonly markdown: string; readonly start: number; readonly end: number } | undefined {
  const found = settingAt(uri, text, offset);
  const key = found && keyOf(found.path[0]);
  if (!found || !key) return undefined;
  const [name = '', row] = [found.path[0], found.path.slice(1).join('.')];
  const shape = shapeAt(found.path);
  const meaning = found.word === undefined ? undefined : meaningOf(shape, found.word);
  const about = row === '' ? key.about : `${key.about}\n\n\`${row}\`: ${key.shape.kind === 'table' ? (key.shape.keys()[row] ?? '') : ''}`;
  const body = meaning === undefined ? [about, ...(row === '' ? [`\`${name} = ${key.example}\``, ...choices(shape)] : [])] : [`\`${found.word ?? ''}\`: ${meaning}`];
  return { markdown: [`**${found.path.join('.')}**`, ...body].join('\n\n'), start: found.start, end: found.end };
}

function keyOf(name: string | undefined): ProjectKey | undefined {
  return Object.entries<ProjectKey>(projectKeys).find(([key]) => key === name)?.[1];
}

/** What a value has to be; of a table the value of a row. */
function shapeAt([name, ...row]: readonly string[]): Shape | undefined {
  const shape = keyOf(name)?.shape;
  return shape?.kind === 'table' && row.length > 0 ? shape.of : shape;
}

function headers(table: readonly string[], { start, isClosed }: Place): readonly Completion[] {
  const tables = Object.entries<ProjectKey>(projectKeys).filter(([, { shape }]) => shape.kind === 'table');
  const all = [...(table.length > 0 ? [{ path: table, about: 'The settings of Eventlet Migration for this project.' }] : []), ...tables.map(([name, { about }]) => ({ path: [...table, name], about }))];
  return all.map(({ path, about }) => ({ label: path.join('.'), kind: 'table', about, newText: path.join('.') + (isClosed ? '' : ']'), start }));
}

function keysAt({ path, start, quote, isClosed }: Place): readonly Completion[] {
  const shape = path.length === 0 ? undefined : keyOf(path[0])?.shape;
  const all = path.length === 0 ? Object.entries<ProjectKey>(projectKeys).map(([name, { about, shape: of, example }]) => ({ name, about, rest: rest(of, example) })) : shape?.kind === 'table' && path.length === 1 ? Object.entries(shape.keys()).map(([name, about]) => ({ name, about, rest: ' = ' })) : [];
  return all.map(({ name, about, rest: behind }) => {
    const isBare = /^[\w-]+$/.test(name);
    const spelled = quote === '' ? (isBare ? name : `"${name}"`) : `${name}${isClosed ? '' : quote}`;
    return { label: name, kind: 'key', about, newText: spelled + (isClosed ? '' : behind), start };
  });
}

/** What follows a key: a table and a list are opened, for the rest the value is asked for next. */
function rest({ kind }: Shape, example: string): string {
  return kind === 'text' || kind === 'choice' ? ' = ' : ` = ${example}`;
}

function values(shape: Shape, { start, quote, kind, isClosed }: Place, example: string): readonly Completion[] {
  if (shape.kind === 'table') return [{ label: example, kind: 'value', about: 'A table.', newText: example, start }];
  const isOpen = kind === 'value' && shape.kind === 'list';
  const of: Choice<string> | Text = shape.kind === 'list' ? shape.of : shape;
  if (of.kind === 'text') {
    const plain = example.replace(/^\[?["']|["']\]?$/g, '');
    return [{ label: plain, kind: 'value', about: `For example: this must be ${of.is}.`, newText: quoted(plain, quote, isClosed, isOpen), start }];
  }
  return Object.entries(of.choices).map(([name, about]) => ({ label: name, kind: 'value', about, newText: quoted(name, quote, isClosed, isOpen), start }));
}

function quoted(word: string, quote: Place['quote'], isClosed: boolean, isList: boolean): string {
  if (quote !== '') return isClosed ? word : word + quote;
  return isList ? `["${word}"]` : `"${word}"`;
}

function meaningOf(shape: Shape | undefined, word: string): string | undefined {
  const of = shape?.kind === 'list' ? shape.of : shape;
  return of?.kind === 'choice' ? of.choices[word] : undefined;
}

/** The words that there are, each with what it means. */
function choices(shape: Shape | undefined): readonly string[] {
  const of = shape?.kind === 'list' ? shape.of : shape;
  return of?.kind === 'choice' ? [Object.entries(of.choices).map(([name, about]) => `- \`${name}\`: ${about}`).join('\n')] : [];
}
