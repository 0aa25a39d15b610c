/** What the box for a commit's message holds, with one more message below what a person, or a step before, has written there; never twice the same. */
export function withMessage(written: string, message: string): string {
  const kept = written.trimEnd();
  if (kept.includes(message)) return written;
  return kept === '' ? message : `${kept}\n\n${message}`;
}
