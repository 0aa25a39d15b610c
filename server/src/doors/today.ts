/** The day by this machine's clock and place, in the form of ISO 8601. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join('-');
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
