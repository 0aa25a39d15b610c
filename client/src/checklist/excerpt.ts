/** A piece of a line that is short enough to be read in a narrow column, with the name still in sight. */
export interface Excerpt {
  readonly text: string;
  /** Where the name is in `text`; half-open, UTF-16. */
  readonly highlight: readonly [start: number, end: number];
}

// Characters: what a side bar of usual width shows, and how much of it may stand before the name.
const width = 40;
const before = 20;

/** The line itself where the name ends early enough to be seen; otherwise what follows from shortly before the name. */
export function excerpt(line: string, highlight: readonly [start: number, end: number]): Excerpt {
  const [start, end] = highlight;
  if (end <= width || start <= before) return { text: line, highlight };
  const cut = wordStart(line, start - before, start);
  return { text: `…${line.slice(cut)}`, highlight: [start - cut + 1, end - cut + 1] };
}

// The first place at or after `from` where a word begins, so that no name is cut in half; `limit` where there is none.
function wordStart(line: string, from: number, limit: number): number {
  const gap = line.slice(from, limit).search(/(?<=\W)\w/);
  return gap < 0 ? limit : from + gap;
}
