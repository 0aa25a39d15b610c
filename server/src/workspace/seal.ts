import type { Host } from '../host';

/**
 * Lines as they are kept for the next start, piece by piece: together they may be too much for memory. Whoever reads them can tell whether they are
 * whole, and of this version of the program. A line has no line break in it, as JSON has none.
 */
export function* sealed(lines: Iterable<string>, host: Pick<Host, 'cache' | 'text'>): Iterable<string> {
  yield `${head(host)}\n`;
  const digests: string[] = [];
  for (const line of lines) {
    digests.push(host.text.digest(line));
    yield `${line}\n`;
  }
  yield host.text.digest(digests.join(''));
}

/** The lines again; undefined where they are damaged, or another version wrote them. */
export function unsealed(kept: string, host: Pick<Host, 'cache' | 'text'>): readonly string[] | undefined {
  const first = head(host);
  if (!kept.startsWith(`${first}\n`)) return undefined;
  const lines = kept.slice(first.length + 1).split('\n');
  const seal = lines.pop();
  return seal === host.text.digest(lines.map((line) => host.text.digest(line)).join('')) ? lines : undefined;
}

function head({ cache }: Pick<Host, 'cache'>): string {
  return `eventlet-migration ${cache?.version ?? ''}`;
}
