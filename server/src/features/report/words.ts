import type { Report } from './report';

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function lookedAt({ files: { found, mentioning } }: Report): string {
  return `Looked at ${count(found, 'file')}, ${mentioning} of which mention${mentioning === 1 ? 's' : ''} eventlet.`;
}

/** To be put behind a count; empty where nothing is kept. */
export function kept({ summary: { findings, kept } }: Report): string {
  if (kept === 0) return '';
  return findings === 0 ? `, ${count(kept, 'use is', 'uses are')} kept on purpose` : `, ${kept} more kept on purpose`;
}
