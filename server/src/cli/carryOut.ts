import { unifiedDiff } from '../features/report/unifiedDiff';
import type { Host } from '../host';
import type { FileChange } from '../workspace/finding';
import { deliver } from './deliver';
import type { Places } from './places';
import { rewrite, takeBack, write, type Rewritten, type Untouched } from './rewrite';
import type { Terminal } from './terminal';

/** What is to become of changes. */
export interface OutputOptions {
  readonly write?: boolean;
  /** Print the difference, as is done anyway where nothing is written. */
  readonly diff?: boolean;
  /** A file for the difference, instead of standard output. */
  readonly output?: string;
}

/** Prints the difference that changes make, or writes the files, or both. Gives what was made, and what stays as it is. */
export async function carryOut(changes: readonly FileChange[], options: OutputOptions, places: Places, host: Host, terminal: Terminal): Promise<{ readonly made: readonly Rewritten[]; readonly untouched: readonly Untouched[] }> {
  const results = allOrNone(await Promise.all(changes.map((change) => rewrite(change, host))), places);
  const files = results.filter((result) => 'after' in result);
  const untouched: Untouched[] = results.filter((result) => 'reason' in result);

  if (options.diff || !options.write) await deliver(Buffer.concat(files.map((file) => difference(file, places, host))), options.output, terminal);
  if (options.write) untouched.push(...(await writeAll(files, places, host)));
  return { made: files.filter(({ change }) => !untouched.some((other) => other.change === change)), untouched };
}

/** Says which files stay as they are, and why. */
export function warnOf(untouched: readonly Untouched[], { pathOf }: Places, terminal: Terminal): void {
  untouched.forEach(({ change, reason }) => terminal.warn(`${pathOf(change.uri)} was left alone: ${reason}`));
}

/** What one fix changes in several files is made in all of them: where one has to stay as it is, the others do so, too. */
export function allOrNone(results: readonly (Rewritten | Untouched)[], { pathOf }: Pick<Places, 'pathOf'>): readonly (Rewritten | Untouched)[] {
  const failed = results.filter((result) => 'reason' in result);
  return results.map((result): Rewritten | Untouched => {
    const other = failed.find(({ change }) => result.change.together?.includes(change.uri));
    return other && 'after' in result ? { change: result.change, reason: `it changes together with ${pathOf(other.change.uri)}, which cannot be written` } : result;
  });
}

async function writeAll(files: readonly Rewritten[], places: Places, host: Host): Promise<readonly Untouched[]> {
  const results: (Rewritten | Untouched)[] = [];
  for (const file of files) results.push((await write(file, host)) ?? file);
  const untouched = allOrNone(results, places).filter((result) => 'reason' in result);
  const written = results.filter((result) => 'after' in result);
  const final: Untouched[] = [];
  for (const each of untouched) {
    const back = written.find(({ change }) => change === each.change);
    final.push((back && (await takeBack(back))) ?? each);
  }
  return final;
}

/** As bytes in the encoding of the file, so that `git apply` finds the lines it looks for. */
function difference({ change, source }: Rewritten, { pathOf }: Places, { text }: Host): Uint8Array {
  const mark = source.hasByteOrderMark ? '\uFEFF' : '';
  const patch = unifiedDiff(pathOf(change.uri), change.isNew ? undefined : mark + change.before, change.isGone ? undefined : mark + change.after);
  return text.encode(patch, source.encoding) ?? new TextEncoder().encode(patch);
}
