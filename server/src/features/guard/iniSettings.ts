import type { TextEdit } from '../../edits/textEdit';

/**
 * Adds a word to a list in an INI file as flake8 reads it: words apart by commas or white space, on one line or on many. Nothing
 * where the word, or a shorter one that stands for it (`H9` for `H905`), is there. The section must be there.
 */
export function addWord(text: string, section: string, key: string, word: string): readonly TextEdit[] {
  const option = optionIn(text, section, key);
  if (!option) return newOption(text, section, key, ` ${word}`);
  const words = option.lines.flatMap(({ content }) => content.split(/[,\s]+/)).filter(Boolean);
  if (words.some((each) => word.startsWith(each))) return [];
  const last = option.lines.at(-1);
  if (!last) return [insertion(option.end, ` ${word}`)];

  const isEnded = last.content.endsWith(',');
  const hasCommas = option.lines.some(({ content }) => content.includes(','));
  if (last.indent !== undefined) return [insertion(last.end, `${isEnded || !hasCommas ? '' : ','}${lineEnd(text)}${last.indent}${word}${isEnded ? ',' : ''}`)];
  const between = last.content.includes(', ') ? ', ' : hasCommas || words.length === 1 ? ',' : ' ';
  return [insertion(last.end, isEnded ? word : between + word)];
}

/** Adds a line to a value that has one thing on each line. */
export function addLine(text: string, section: string, key: string, line: string): readonly TextEdit[] {
  const option = optionIn(text, section, key);
  if (!option) return newOption(text, section, key, `${lineEnd(text)}    ${line}`);
  const last = option.lines.at(-1);
  return [insertion(last?.end ?? option.end, `${lineEnd(text)}${last?.indent ?? '    '}${line}`)];
}

/** The lines of a value, without comments and white space; none where the option is not there. */
export function valueLines(text: string, section: string, key: string): readonly string[] {
  return optionIn(text, section, key)?.lines.map(({ content }) => content) ?? [];
}

export function hasSection(text: string, section: string): boolean {
  return linesOf(text).some((line) => isHeader(line, section));
}

interface Option {
  /** Behind the `=`. */
  readonly end: number;
  readonly lines: readonly ValueLine[];
}

interface ValueLine {
  readonly content: string;
  /** Where the content ends. */
  readonly end: number;
  /** What stands before it on a line of its own; undefined on the line of the key. */
  readonly indent?: string;
}

interface Line {
  readonly start: number;
  readonly text: string;
}

function optionIn(text: string, section: string, key: string): Option | undefined {
  const lines = sectionLines(text, section);
  // flake8 takes `-` and `_` for the same.
  const first = lines.findIndex((line) => keyOf(line)?.name.replaceAll('_', '-') === key);
  const [head, found] = [lines[first], lines[first] && keyOf(lines[first])];
  if (!head || !found) return undefined;

  const rest = lines.slice(first + 1);
  const next = rest.findIndex(({ text: each }) => /^[^\s#;]/.test(each));
  const own = found.value === '' ? [] : [{ content: found.value, end: head.start + found.start + found.value.length }];
  const further = rest.slice(0, next < 0 ? undefined : next).flatMap((line): ValueLine[] => {
    const [, indent = '', content = ''] = /^(\s+)([^\s#;].*?)\s*$/.exec(line.text) ?? [];
    return content === '' ? [] : [{ content, indent, end: line.start + indent.length + content.length }];
  });
  return { end: head.start + found.start, lines: [...own, ...further] };
}

/** Behind the last option of the section, written as the others are. */
function newOption(text: string, section: string, key: string, value: string): readonly TextEdit[] {
  const lines = sectionLines(text, section);
  const header = linesOf(text).find((line) => isHeader(line, section));
  const last = lines.findLast((line) => /^\s*[^\s#;]/.test(line.text)) ?? header;
  if (!last) return [];
  const isTight = lines.some(({ text: each }) => /^[\w-]+=/.test(each)) && !lines.some(({ text: each }) => /^[\w-]+ +=/.test(each));
  return [insertion(last.start + last.text.length, `${lineEnd(text)}${key}${isTight ? '=' : ' ='}${isTight ? value.trimStart() : value}`)];
}

function sectionLines(text: string, section: string): readonly Line[] {
  const lines = linesOf(text);
  const start = lines.findIndex((line) => isHeader(line, section));
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(({ text: each }) => each.startsWith('['));
  return rest.slice(0, end < 0 ? undefined : end);
}

function isHeader({ text }: Line, section: string): boolean {
  return text.trimEnd() === `[${section}]`;
}

function keyOf({ text }: Line): { readonly name: string; readonly value: string; readonly start: number } | undefined {
  const [, before = '', name, value = ''] = /^(([^\s#;[=:][^=:]*?)\s*[=:][ \t]*)(.*?)\s*$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, value, start: value === '' ? before.trimEnd().length : before.length };
}

function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/[^\r\n]*(?:\r?\n|$)/g)].map(({ 0: whole, index }) => ({ start: index, text: whole.replace(/\r?\n$/, '') }));
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function insertion(at: number, newText: string): TextEdit {
  return { start: at, end: at, newText };
}
