/**
 * The offsets at which a word stands alone in a text. Python's identifiers may hold any letter, so a neighbour outside
 * ASCII is looked at with Unicode's own classes.
 */
export function* wordOffsets(text: string, word: string, from = 0, to = text.length): Generator<number> {
  for (let at = text.indexOf(word, from); at >= 0 && at + word.length <= to; at = text.indexOf(word, at + word.length)) {
    if (!isWordCharacter(text, at - 1) && !isWordCharacter(text, at + word.length)) yield at;
  }
}

function isWordCharacter(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (Number.isNaN(code)) return false;
  if (code > 127) return /[\p{ID_Continue}\p{Surrogate}]/u.test(text.charAt(index));
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}
