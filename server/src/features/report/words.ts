import type { Report, Summary } from './report';

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function lookedAt({ files: { found, mentioning } }: Report): string {
  return `Looked at ${count(found, 'file')}, ${mentioning} of which mention${mentioning === 1 ? 's' : ''} eventlet.`;
}

/** What is not left though it is there, to be put behind a count; empty where there is no such thing. */
export function kept({ summary: { findings, kept, settled } }: Report): string {
  const onPurpose = kept + settled.keep;
  const first = onPurpose === 0 ? [] : [findings === 0 ? `${count(onPurpose, 'use is', 'uses are')} kept on purpose` : `${onPurpose} more kept on purpose`];
  return [...first, ...kindsInWords({ ...settled, keep: 0 })].map((part) => `, ${part}`).join('');
}

/** `7 kept on purpose, 3 for later`; empty where nothing is settled. */
export function settledInWords(settled: Summary['settled']): string {
  return kindsInWords(settled).join(', ');
}

function kindsInWords(settled: Summary['settled']): readonly string[] {
  return kindWords.flatMap(([kind, words]) => (settled[kind] === 0 ? [] : [`${settled[kind]} ${words}`]));
}

const kindWords = [['keep', 'kept on purpose'], ['later', 'for later'], ['elsewhere', 'not ours']] as const;
