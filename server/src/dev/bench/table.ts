/** One measurement and what it is held against in the same run. */
export interface Row {
  readonly what: string;
  /** Milliseconds, or megabytes where the text says so. */
  readonly value: string;
  readonly against?: string;
}

export function table(rows: readonly Row[]): string {
  return ['| what | measured | against |', '|---|---|---|', ...rows.map(({ what, value, against }) => `| ${what} | ${value} | ${against ?? ''} |`)].join('\n');
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}

export function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

/** `a` as a multiple of `b`: `0.4 ×`. */
export function times(a: number, b: number): string {
  const ratio = a / b;
  return `${ratio < 10 ? ratio.toFixed(ratio < 0.1 ? 3 : 2) : ratio.toFixed(0)} ×`;
}
