/** What git says of one file between two commits. Lines count from zero; the ends are exclusive. */
export interface FileDiff {
  /** Paths below the top of the repository; undefined where the file is not there on that side. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly hunks: readonly Hunk[];
}

/** Lines of the one side that took the place of those of the other. */
export interface Hunk {
  readonly before: readonly [start: number, end: number];
  readonly after: readonly [start: number, end: number];
}

/** Reads the answer of `git diff -M --unified=0 --no-prefix`, with `core.quotePath` off. */
export function parseDiff(text: string): readonly FileDiff[] {
  const files: { before: string | undefined; after: string | undefined; hunks: Hunk[] }[] = [];
  // Lines of a hunk begin with a sign, so that nothing in a file looks like a heading.
  for (const line of text.split('\n')) {
    const file = files.at(-1);
    const path = /^(?:---|\+\+\+|rename from|rename to) (.*?)\t?$/.exec(line)?.[1];
    if (line.startsWith('diff --git ')) files.push({ before: undefined, after: undefined, hunks: [] });
    else if (!file) continue;
    else if (line.startsWith('rename from ') || (line.startsWith('--- ') && file.hunks.length === 0)) file.before = path === '/dev/null' ? undefined : path;
    else if (line.startsWith('rename to ') || (line.startsWith('+++ ') && file.hunks.length === 0)) file.after = path === '/dev/null' ? undefined : path;
    else {
      const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
      if (hunk) file.hunks.push({ before: side(hunk[1], hunk[2]), after: side(hunk[3], hunk[4]) });
    }
  }
  return files;
}

/** Where a line is on the other side of a difference; undefined where it was changed or went. */
export function lineAfter(line: number, hunks: readonly Hunk[]): number | undefined {
  let shift = 0;
  for (const { before, after } of hunks) {
    if (line < before[0]) break;
    if (line < before[1]) return undefined;
    shift = after[1] - before[1];
  }
  return line + shift;
}

/** A side without lines names the line that it stands behind. */
function side(start = '0', count = '1'): readonly [number, number] {
  const first = Number(start) - (count === '0' ? 0 : 1);
  return [first, first + Number(count)];
}
