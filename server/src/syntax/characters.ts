/** Codes of the characters by which Python parts a text into lines and tokens. */
export const tab = 9;
export const newline = 10;
export const formFeed = 12;
export const carriageReturn = 13;
export const space = 32;
export const double = 34;
export const hash = 35;
export const single = 39;
export const colon = 58;
export const backslash = 92;

/** Where the line of an offset ends: at its line feed, or at the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
