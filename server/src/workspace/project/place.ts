import { ownTable } from '../projectFile';
import { isOwnProjectFile } from './files';

/** Where somebody writes in a project file, and what stands there already. The text need not be TOML yet. */
export interface Place {
  /** The keys below the tool's table that lead here: of a value its own key is the last one. */
  readonly path: readonly string[];
  readonly kind: 'key' | 'value' | 'item' | 'header';
  /** Offset at which the word under the cursor begins, behind its quote. */
  readonly start: number;
  readonly quote: '"' | "'" | '';
  /** What editors close by themselves and is there already: the closing quote, or the bracket of a table's header. */
  readonly isClosed: boolean;
}

/** undefined outside the tool's table. */
export function placeIn(uri: string, text: string, offset: number): Place | undefined {
  const place = openPlace(uri, text, offset);
  const closing = place?.kind === 'header' ? ']' : place?.quote;
  return place && { ...place, isClosed: !!closing && text.startsWith(closing, offset) };
}

type OpenPlace = Omit<Place, 'isClosed'>;

function openPlace(uri: string, text: string, offset: number): OpenPlace | undefined {
  const before = text.slice(0, offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const header = /^[ \t]*\[([\w.-]*)$/.exec(line);
  const table = isOwnProjectFile(uri) ? [] : ownTable;
  if (header) return { path: table, kind: 'header', start: offset - (header[1] ?? '').length, quote: '' };
  const section = [...before.matchAll(/^[ \t]*\[[ \t]*([\w."' \t-]+?)[ \t]*\][ \t]*(?:#.*)?$/gm)].at(-1);
  const path = section ? parts(section[1] ?? '') : [];
  if (!table.every((part, index) => path[index] === part)) return undefined;
  const from = section ? section.index + section[0].length : 0;
  return within(path.slice(table.length), statement(before.slice(from)), offset);
}

/** The key-value pair that a text ends with: on its last line, or on an earlier one where a bracket is still open. */
function statement(text: string): string {
  const lines = text.split('\n');
  for (let index = lines.length - 1; index >= 0; index--) {
    const rest = withoutComments(lines.slice(index).join('\n'));
    if (!/^[ \t]*["'\w-][^=\n]*=/.test(rest)) continue;
    return index === lines.length - 1 || depth(rest) > 0 ? rest : (lines.at(-1) ?? '');
  }
  return lines.at(-1) ?? '';
}

/** `fragment` is what stands in front of the cursor of a key-value pair, or of one in an inline table. */
function within(path: readonly string[], fragment: string, offset: number): OpenPlace | undefined {
  const pair = /^\s*([\w."'()-]+)\s*=\s*([\s\S]*)$/.exec(fragment);
  if (!pair) {
    const key = /^\s*(["']?)([\w.()-]*)$/.exec(fragment);
    return key ? { path, kind: 'key', start: offset - (key[2] ?? '').length, quote: quoteOf(key[1]) } : undefined;
  }
  const [, key = '', value = ''] = pair;
  const own = [...path, ...parts(key)];
  if (value.startsWith('{')) return depth(value) > 0 ? within(own, lastItem(value), offset) : undefined;
  const isList = value.startsWith('[');
  const word = /^\s*(["']?)([^"']*)$/.exec(isList ? lastItem(value) : value);
  if (!word || (isList && depth(value) === 0)) return undefined;
  return { path: own, kind: isList ? 'item' : 'value', start: offset - (word[2] ?? '').length, quote: quoteOf(word[1]) };
}

/** What stands behind the last comma, or behind the bracket that is open. */
function lastItem(text: string): string {
  const strings = text.replace(/"[^"\n]*"|'[^'\n]*'/g, (string) => '_'.repeat(string.length));
  return text.slice(Math.max(strings.lastIndexOf(','), strings.lastIndexOf('['), strings.lastIndexOf('{')) + 1);
}

/** How many brackets are open at the end. */
function depth(text: string): number {
  const code = text.replace(/"[^"\n]*"|'[^'\n]*'/g, '');
  return (code.match(/[[{]/g)?.length ?? 0) - (code.match(/[\]}]/g)?.length ?? 0);
}

function withoutComments(text: string): string {
  return text.replace(/("[^"\n]*"|'[^'\n]*')|#[^\n]*/g, (all, string: string | undefined) => string ?? ' '.repeat(all.length));
}

/** `a."b.c"` has the parts `a` and `b.c`. */
function parts(key: string): readonly string[] {
  return [...key.matchAll(/"([^"]*)"|'([^']*)'|([\w()-]+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function quoteOf(text: string | undefined): Place['quote'] {
  return text === '"' || text === "'" ? text : '';
}
