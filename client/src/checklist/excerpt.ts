/** A piece of a line that is short enough to be read in a narrow column, with the name still in sight. */
export interface Excerpt {
  readonly text: string;
  /** Where the name is in `text`; half-open, UTF-16. */
  readonly highlight: readonly [start: number, end: number];
}

// Characters: half of what a side bar of usual width shows.
const before = 20;

/**
 * The line from shortly before the name on. Lines in which the name comes early stay whole, because the end is cut off by
 * the column itself.
 */
export function excerpt(line: string, highlight: readonly [start: number, end: number]): Excerpt {
  const [start, end] = highlight;
  if (start <= before) return { text: line, highlight };
  const cut = wordStart(line, start - before, start);
  return { text: `…${line.slice(cut)}`, highlight: [start - cut + 1, end - cut + 1] };
}

// The first place at or after `from` where a word begins, so that no name is cut in half; `limit` where there is none.
function wordStart(line: string, from: number, limit: number): number {
  const gap = line.slice(from, limit).search(/(?<=\W)\w/);
  return gap < 0 ? limit : from + gap;
}
