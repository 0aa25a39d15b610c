/**
 * The offsets at which a word stands alone in a text. Python's identifiers may hold any letter, so a neighbour outside
 * ASCII is looked at with Unicode's own classes.
 */
export function* wordOffsets(text: string, word: string, from = 0, to = text.length): Generator<number> {
  for (let at = text.indexOf(word, from); at >= 0 && at + word.length <= to; at = text.indexOf(word, at + word.length)) {
    if (!isWordCharacter(text, at - 1) && !isWordCharacter(text, at + word.length)) yield at;
  }
}

/**
 * Those of them at which a word can be a name of a scope, as far as the line shows: not behind a dot, where it is an attribute, and not in prose. In
 * Python two names never stand side by side.
 */
export function* nameOffsets(text: string, word: string): Generator<number> {
  for (const start of wordOffsets(text, word)) {
    if (text.charCodeAt(start - 1) !== dot && !isProse(text, start, start + word.length)) yield start;
  }
}

/** Whether the line shows that a name is given a value here, or is the keyword of an argument; `f'{name=}'` reads it. */
export function isGivenValue(text: string, end: number): boolean {
  const given = /[ \t]*=(?![ \t]*[=}!:])/y;
  given.lastIndex = end;
  return given.test(text);
}

const dot = 46;
const before = /(?:^|[^\w\u0080-\uffff])([A-Za-z]+)[ \t]+$/;
const behind = /[ \t]+([A-Za-z]+)(?![\w\u0080-\uffff'"])/y;

/** What can stand before a name on its line; two of them did on Python 2. */
const openers: ReadonlySet<string> = new Set('and as assert async await case class def del elif else except exec for from global if import in is lambda match nonlocal not or print raise return type while with yield'.split(' '));
const followers: ReadonlySet<string> = new Set('and as async else for from if import in is not or'.split(' '));

function isProse(text: string, start: number, end: number): boolean {
  if (isSpace(text.charCodeAt(start - 1))) {
    const [, word] = before.exec(text.slice(Math.max(0, start - longest), start)) ?? [];
    if (word !== undefined && !openers.has(word)) return true;
  }
  if (!isSpace(text.charCodeAt(end))) return false;
  behind.lastIndex = end;
  const [, word] = behind.exec(text) ?? [];
  return word !== undefined && !followers.has(word);
}

/** Characters: no word before a name that matters is longer, with the spaces around it. */
const longest = 40;

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

function isWordCharacter(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (Number.isNaN(code)) return false;
  if (code > 127) return /[\p{ID_Continue}\p{Surrogate}]/u.test(text.charAt(index));
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}
