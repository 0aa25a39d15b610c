/** A place in a file; zero-based, UTF-16, end exclusive. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
  /** What is used there, as a canonical name. */
  readonly api: string;
}

export interface Comparison {
  readonly expected: number;
  readonly reported: number;
  /** Expected, but no report overlaps it. */
  readonly missed: readonly Place[];
  /** Reported, but nothing expected overlaps it. */
  readonly extra: readonly Place[];
  /** Found by both, under different names. */
  readonly renamed: readonly { readonly expected: Place; readonly reported: Place }[];
  /** Share of the expected places that were reported, 1 where none was expected. */
  readonly recall: number;
  /** Share of the reports that were expected, 1 where there is none. */
  readonly precision: number;
}

/**
 * Holds reports against what an independent source expects. Places agree when they overlap in the same file. `beside` are reports that
 * may meet an expectation, but are of a sort that the source does not know completely: nobody expects each of them.
 */
export function compare(expected: readonly Place[], reported: readonly Place[], beside: readonly Place[] = []): Comparison {
  const reportedIn = byPath([...reported, ...beside]);
  const expectedIn = byPath(expected);
  const missed = expected.filter((place) => !overlapping(place, reportedIn).length);
  const extra = reported.filter((place) => !overlapping(place, expectedIn).length);
  const renamed = expected.flatMap((place) => {
    const found = overlapping(place, reportedIn);
    const other = found[0];
    return other && found.every(({ api }) => api !== place.api) ? [{ expected: place, reported: other }] : [];
  });
  return {
    expected: expected.length,
    reported: reported.length,
    missed,
    extra,
    renamed,
    recall: share(expected.length - missed.length, expected.length),
    precision: share(reported.length - extra.length, reported.length),
  };
}

/** The comparison as lines for people: the table, then every difference. */
export function describeComparison(name: string, comparison: Comparison): string {
  const { expected, reported, missed, extra, renamed } = comparison;
  const percent = (part: number) => `${(100 * part).toFixed(2)} %`;
  return [
    `${name}: ${expected} uses, ${reported} reported, recall ${percent(comparison.recall)}, precision ${percent(comparison.precision)}`,
    ...missed.map((place) => `  missed  ${at(place)} ${place.api}`),
    ...extra.map((place) => `  extra   ${at(place)} ${place.api}`),
    ...renamed.map(({ expected, reported }) => `  renamed ${at(expected)} ${expected.api} is called ${reported.api}`),
    '',
  ].join('\n');
}

function byPath(places: readonly Place[]): ReadonlyMap<string, readonly Place[]> {
  const map = new Map<string, Place[]>();
  for (const place of places) {
    const there = map.get(place.path);
    if (there) there.push(place);
    else map.set(place.path, [place]);
  }
  return map;
}

function overlapping(place: Place, others: ReadonlyMap<string, readonly Place[]>): readonly Place[] {
  return (others.get(place.path) ?? []).filter((other) => startsBeforeEnd(place, other) && startsBeforeEnd(other, place));
}

function startsBeforeEnd(a: Place, b: Place): boolean {
  return a.line < b.endLine || (a.line === b.endLine && a.col < b.endCol);
}

function share(part: number, all: number): number {
  return all ? part / all : 1;
}

function at({ path, line, col }: Place): string {
  return `${path}:${line + 1}:${col + 1}`;
}
