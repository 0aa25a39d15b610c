import type { Host } from '../host';

/** A content as it is kept for the next start: whoever reads it can tell whether it is whole, and of this version of the program. */
export function sealed(content: string, host: Pick<Host, 'cache' | 'text'>): string {
  return `${header(content, host)}\n${content}`;
}

/** The content again; undefined where it is damaged, or another version wrote it. */
export function unsealed(kept: string, host: Pick<Host, 'cache' | 'text'>): string | undefined {
  const content = kept.slice(kept.indexOf('\n') + 1);
  return kept === sealed(content, host) ? content : undefined;
}

function header(content: string, { cache, text }: Pick<Host, 'cache' | 'text'>): string {
  return `eventlet-migration ${cache?.version ?? ''} ${text.digest(content)}`;
}
