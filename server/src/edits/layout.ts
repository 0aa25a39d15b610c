/** How a file is laid out, for text that is to look as if its author had written it. */
export interface Layout {
  /** One step of indentation: spaces or a tab. */
  readonly indent: string;
  /** The quote of most short strings. */
  readonly quote: "'" | '"';
  readonly lineEnding: '\n' | '\r\n' | '\r';
  /** Whether the last line is ended too. An empty file counts as ended. */
  readonly finalNewline: boolean;
}

/** So many characters tell all about a file's habits. */
const enough = 50_000;

/** The habits of a Python file, by majority of its beginning. Where it shows none: four spaces, single quotes, `\n`. */
export function layout(text: string): Layout {
  const beginning = text.slice(0, enough);
  // The pattern matches nothing but these three.
  const endings = (beginning.match(/\r\n|\n|\r/g) ?? []) as Layout['lineEnding'][];
  return {
    indent: mostFrequent('    ', indentSteps(beginning)),
    quote: mostFrequent("'", openingQuotes(beginning)),
    lineEnding: mostFrequent('\n', endings),
    finalNewline: text === '' || /[\r\n]$/.test(text),
  };
}

/** By how much lines are indented more than the line above that opens their block. */
function indentSteps(text: string): string[] {
  const steps: string[] = [];
  let opener: string | undefined;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (/^\s*(#|$)/.test(line)) continue;
    const indent = indentOf(line);
    if (opener !== undefined && indent.length > opener.length && indent.startsWith(opener)) steps.push(indent.slice(opener.length));
    opener = /:\s*(#.*)?$/.test(line) ? indent : undefined;
  }
  return steps;
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** What opens the short strings. Triple quotes are left out: they are double by convention (PEP 257), whatever the author likes. */
function openingQuotes(text: string): ("'" | '"')[] {
  const quotes: ("'" | '"')[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '#') at = lineEnd(text, at);
    if (char !== "'" && char !== '"') continue;
    const triple = char.repeat(3);
    const isTriple = text.startsWith(triple, at);
    if (!isTriple) quotes.push(char);
    at = stringEnd(text, at, isTriple ? triple : char);
  }
  return quotes;
}

/** Offset of the last character of the string that opens at `start`; a short one ends with its line at the latest. */
function stringEnd(text: string, start: number, quote: string): number {
  for (let at = start + quote.length; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === quote[0] && text.startsWith(quote, at)) return at + quote.length - 1;
    else if (quote.length === 1 && (char === '\n' || char === '\r')) return at;
  }
  return text.length;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** The fallback wins a draw, too. */
function mostFrequent<T extends string>(fallback: T, seen: readonly T[]): T {
  const counts = new Map<T, number>([[fallback, 0]]);
  for (const value of seen) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
