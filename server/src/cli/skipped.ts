import type { Counts } from '../workspace/workspace';
import type { Places } from './places';
import type { ExitCode, Terminal } from './terminal';

/** Says which files could not be analysed, and why; but for those that have been told of already, as `left`. */
export function warnOfSkipped({ skipped }: Pick<Counts, 'skipped'>, { pathOf }: Places, terminal: Terminal, left: readonly { readonly uri: string }[] = []): void {
  const told = new Set(left.map(({ uri }) => uri));
  for (const { uri, reason } of skipped) if (!told.has(uri)) terminal.warn(`${pathOf(uri)} was not analysed: ${reason}`);
}

/**
 * How a command ends that would end so if every file had been analysed. Nobody can say that all is well where one was not; and where somebody
 * named it, that counts more than what was found in others.
 */
export function endingWith(exitCode: ExitCode, { skipped }: Pick<Counts, 'skipped'>, { roots, pathOf }: Places): ExitCode {
  const named = new Set(roots.map(pathOf));
  const isWrong = exitCode === 0 ? skipped.length > 0 : skipped.some(({ uri }) => named.has(pathOf(uri)));
  return isWrong ? 2 : exitCode;
}
