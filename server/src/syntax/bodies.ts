import { backslash, carriageReturn, colon, double, formFeed, hash, lineEnd, newline, single, space, tab } from './characters';

/** The body of a function that can be parsed when somebody looks into it. Offsets are UTF-16, half-open. */
export interface Body {
  /** Of the keyword `def`: from here to `until` the function can be parsed by itself. */
  readonly def: number;
  /** From the first statement of the body to the end of the last. */
  readonly start: number;
  readonly end: number;
  /** Where the next line of code outside begins; comments in between may belong to either side. */
  readonly until: number;
}

/**
 * The larger bodies of the outermost functions and of methods, in text order, found without a parser: strings, brackets and
 * indentation suffice. None where the text is indented with tabs, or is no Python: then it wants to be parsed whole.
 */
export function bodiesIn(text: string): readonly Body[] {
  return /\r(?!\n)/.test(text) ? [] : new Layout(text).bodies() ?? [];
}

/** A part of a text that is read by itself; offsets count in the whole. */
export interface Piece {
  readonly start: number;
  readonly text: string;
}

/** The text with an empty string for each of these bodies; of each string only the quotes, where the body starts and ends. */
export function withoutBodies(text: string, bodies: readonly Body[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let before = '';
  for (const body of bodies) {
    pieces.push({ start, text: before + text.slice(start + before.length, body.start) + quotes });
    start = body.end - quotes.length;
    before = quotes;
  }
  return [...pieces, { start, text: before + text.slice(start + before.length) }];
}

const quotes = '"""';

/** Characters; what is smaller is parsed as fast as it is left out. */
const smallest = 200;

/** Reads a text statement by statement, as Python's tokenizer does. */
class Layout {
  /** Where the code of the last statement ended; a comment is no code. */
  private codeEnd = 0;

  private readonly definition = /(async +)?def /y;

  constructor(private readonly text: string) {}

  /** undefined where the text is no Python. */
  bodies(): readonly Body[] | undefined {
    const { text } = this;
    const found: Body[] = [];
    let open: { readonly def: number; readonly indent: number; start: number } | undefined;
    const close = (until: number): void => {
      if (open && open.start >= 0 && this.codeEnd - open.start >= smallest) found.push({ def: open.def, start: open.start, end: this.codeEnd, until });
      open = undefined;
    };
    for (let line = 0; line < text.length; ) {
      const at = this.afterSpaces(line);
      const code = text.charCodeAt(at);
      if (code === newline || code === carriageReturn || code === hash) {
        line = lineEnd(text, at) + 1;
        continue;
      }
      if (code === tab || code === formFeed) return undefined;
      const indent = at - line;
      if (open && indent <= open.indent) close(line);
      const def = open ? undefined : this.defAt(at);
      if (open && open.start < 0) open.start = at;
      const next = this.afterStatement(at);
      if (next === undefined) return undefined;
      // `def f(): pass` has its body on the line.
      if (def !== undefined && text.charCodeAt(this.codeEnd - 1) === colon) open = { def, indent, start: -1 };
      line = next;
    }
    close(text.length);
    return found;
  }

  /** Where the keyword stands, if a function starts here. */
  private defAt(at: number): number | undefined {
    this.definition.lastIndex = at;
    const match = this.definition.exec(this.text);
    return match ? at + (match[1]?.length ?? 0) : undefined;
  }

  /** The line after those of a statement, which brackets, strings and backslashes make longer; undefined where one of them is not closed. */
  private afterStatement(start: number): number | undefined {
    const { text } = this;
    let depth = 0;
    for (let at = start; at < text.length; ) {
      switch (text.charCodeAt(at)) {
        case space:
        case tab:
        case formFeed:
        case carriageReturn:
          at++;
          continue;
        case newline:
          at++;
          if (depth === 0) return at;
          continue;
        case hash:
          at = lineEnd(text, at);
          continue;
        case backslash:
          at += text.charCodeAt(at + 1) === carriageReturn ? 3 : 2;
          continue;
        case single:
        case double: {
          const end = this.stringEnd(at);
          if (end === undefined) return undefined;
          at = end;
          break;
        }
        case 40:
        case 91:
        case 123:
          depth++;
          at++;
          break;
        case 41:
        case 93:
        case 125:
          if (depth-- === 0) return undefined;
          at++;
          break;
        default:
          at++;
      }
      this.codeEnd = at;
    }
    return depth === 0 ? text.length : undefined;
  }

  /** Behind the quotes that close what is opened here. A backslash keeps a quote from closing a string, in a raw one too. */
  private stringEnd(start: number): number | undefined {
    const { text } = this;
    const quote = text.charAt(start);
    if (text.startsWith(quote.repeat(3), start)) {
      for (let end = text.indexOf(quote.repeat(3), start + 3); end >= 0; end = text.indexOf(quote.repeat(3), end + 1)) if (!this.isEscaped(end)) return end + 3;
      return undefined;
    }
    for (let at = start + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === backslash) at++;
      else if (code === newline) return undefined;
      else if (code === quote.charCodeAt(0)) return at + 1;
    }
    return undefined;
  }

  private isEscaped(at: number): boolean {
    let backslashes = 0;
    while (this.text.charCodeAt(at - 1 - backslashes) === backslash) backslashes++;
    return backslashes % 2 === 1;
  }

  private afterSpaces(line: number): number {
    let at = line;
    while (this.text.charCodeAt(at) === space) at++;
    return at;
  }
}
