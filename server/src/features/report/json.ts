import { jsonPieces } from './jsonPieces';
import type { Report } from './report';

/** For programs: the report as it is, a finding at a time, because a fix tells its edits at each of its uses. Ends with a newline. */
export function* json(report: Report): Iterable<string> {
  yield* jsonPieces(report, 2);
  yield '\n';
}
