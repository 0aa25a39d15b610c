import type { Outcome } from './replay';

/** A share of the cases, and what must be reached. */
export interface Share {
  readonly what: string;
  readonly reached: number;
  readonly of: number;
  /** Between 0 and 1. */
  readonly least?: number;
}

/** The shares that are promised, of all places together, with what they are made of. Exceptions do not count. */
export function shares(outcomes: readonly Outcome[]): readonly Share[] {
  const counted = outcomes.filter(({ row }) => row.exception === undefined);
  const unsafe = counted.filter(({ found, safety }) => found !== undefined && safety !== 'safe');
  const mechanical = counted.filter(({ row }) => kinds.some(({ kind }) => kind === row.kind));
  return [
    { what: 'findings cover the place', reached: counted.filter(({ found }) => found !== undefined).length, of: counted.length, least: 0.95 },
    { what: 'under the same name', reached: counted.filter(({ found, row }) => found === row.api).length, of: counted.length },
    { what: 'mechanical cases of which a rewrite that we offer is the person’s', reached: mechanical.filter(isTheirs).length, of: mechanical.length, least: 0.9 },
    ...kinds.map(({ kind, words }) => ({ what: words, reached: counted.filter((outcome) => outcome.row.kind === kind && isTheirs(outcome)).length, of: counted.filter(({ row }) => row.kind === kind).length })),
    ...ways.map(({ way, words }) => ({ what: words, reached: mechanical.filter(({ rewrite }) => rewrite === way).length, of: mechanical.length })),
    { what: 'places with an edit for native threads', reached: counted.filter(({ safety }) => safety !== undefined).length, of: counted.length, least: 0.6 },
    { what: 'with a safe one', reached: counted.filter(({ safety }) => safety === 'safe').length, of: counted.length, least: 0.35 },
    { what: 'of the other findings, with a reason', reached: unsafe.filter(({ hasReason }) => hasReason === true).length, of: unsafe.length, least: 1 },
  ];
}

export function isTheirs({ rewrite }: Outcome): boolean {
  return ways.some(({ way }) => way === rewrite);
}

/** The shares as a Markdown table, and the exceptions by reason. */
export function summary(outcomes: readonly Outcome[]): string {
  const rows = shares(outcomes).map(({ what, reached, of, least }) => `| ${what} | ${reached} | ${of} | ${percent(reached, of)} | ${least === undefined ? '' : `${least * 100} %`} |`);
  const reasons = outcomes.flatMap(({ row }) => row.exception ?? []);
  const exceptions = [...new Set(reasons)].map((reason) => `- ${reasons.filter((each) => each === reason).length} × ${reason}`);
  return [
    '| what | places | of | share | at least |',
    '|---|--:|--:|--:|--:|',
    ...rows,
    ...(exceptions.length > 0 ? ['', `Left out, ${reasons.length} of ${outcomes.length}:`, ...exceptions] : []),
    '',
  ].join('\n');
}

/** What we miss, one line each. */
export function misses(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => {
    const { row, found, rewrite, offers } = outcome;
    if (row.exception !== undefined) return [];
    const at = `${row.repo} ${row.sha.slice(0, 8)} ${row.path}:${row.line}:${row.column + 1} ${row.api}`;
    if (found === undefined) return [`no finding   ${at}`];
    return rewrite === undefined || isTheirs(outcome) ? [] : [`no rewrite   ${at}: ${offers.join(' | ')}`];
  });
}

const kinds = [
  { kind: 'A', words: 'one expression or statement with a native target' },
  { kind: 'B', words: 'an import that just goes' },
  { kind: 'C', words: 'a line that stays while the name behind it changes' },
] as const;

const ways = [
  { way: 'alone', words: 'by one fix alone' },
  { way: 'together', words: 'by all fixes of the file together' },
  { way: 'later', words: 'an import whose uses the person had rewritten by hand' },
  { way: 'routed', words: 'by taking eventlet behind a module of the project' },
] as const;

function percent(part: number, all: number): string {
  return all === 0 ? '' : `${((100 * part) / all).toFixed(1)} %`;
}
