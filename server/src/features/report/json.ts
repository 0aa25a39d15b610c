import type { Report } from './report';

/** For programs: the report as it is. Ends with a newline. */
export function json(report: Report): string {
  return JSON.stringify(report, undefined, 2) + '\n';
}
