import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { URI } from 'vscode-uri';
import { reasonOf } from '../doors/systemErrors';
import { decodeSource, encodeEdited, type Source } from '../edits/encoding';
import type { Host } from '../host';
import type { FileChange } from '../workspace/finding';

/** A changed file as bytes, before and after; nothing after, where it is to go. */
export interface Rewritten {
  readonly change: FileChange;
  readonly source: Source;
  /** undefined for a file that is new. */
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
}

/** A file that stays as it is, and why. */
export interface Untouched {
  readonly change: FileChange;
  readonly reason: string;
}

/** The bytes that a change makes of a file; none where the file is no longer what the change was made for. */
export async function rewrite(change: FileChange, host: Host): Promise<Rewritten | Untouched> {
  const read = await host.files.read(change.uri);
  if (change.isNew) return 'missing' in read ? created(change) : { change, reason: changedMeanwhile };
  if (!('bytes' in read)) return { change, reason: 'unreadable' in read ? read.unreadable : 'it is gone' };
  const source = decodeSource(read.bytes, host.text);
  if ('reason' in source || source.text !== change.before) return { change, reason: changedMeanwhile };
  if (change.isGone) return { change, source, before: read.bytes, after: new Uint8Array() };
  const after = encodeEdited(read.bytes, source, change.edits, host.text);
  return 'reason' in after ? { change, reason: after.reason } : { change, source, before: read.bytes, after };
}

/** Writes the file in place, which keeps its rights and links, or removes it. Undefined where all went well. */
export async function write({ change, before, after }: Rewritten, host: Host): Promise<Untouched | undefined> {
  const now = await host.files.read(change.uri);
  const isAsBefore = before ? 'bytes' in now && Buffer.compare(now.bytes, before) === 0 : 'missing' in now;
  if (!isAsBefore) return { change, reason: changedMeanwhile };
  const path = URI.parse(change.uri).fsPath;
  try {
    if (!before) await mkdir(dirname(path), { recursive: true });
    await (change.isGone ? rm(path) : writeFile(path, after));
    return undefined;
  } catch (error) {
    return { change, reason: reasonOf(error, 'write') };
  }
}

/** Takes back what was written. Undefined where that could be done. */
export async function takeBack({ change, before }: Rewritten): Promise<Untouched | undefined> {
  const path = URI.parse(change.uri).fsPath;
  try {
    await (before ? writeFile(path, before) : rm(path));
    return undefined;
  } catch (error) {
    return { change, reason: `it was written, and could not be taken back: ${reasonOf(error, 'write')}` };
  }
}

/** A host whose disk holds these bytes instead, by URI; more may be added at any time. */
export function overlaid(host: Host, written: ReadonlyMap<string, Uint8Array>): Host {
  return {
    ...host,
    files: {
      find: (folder, options) => host.files.find(folder, options),
      read: async (uri) => {
        const bytes = written.get(uri);
        return bytes ? { bytes } : host.files.read(uri);
      },
    },
  };
}

const changedMeanwhile = 'it was changed meanwhile';

/** New files are in Python's own encoding. */
function created(change: FileChange): Rewritten {
  const source: Source = { text: '', encoding: 'utf-8', hasByteOrderMark: false };
  return { change, source, before: undefined, after: new TextEncoder().encode(change.after) };
}
