import { chain } from '../edits/chain';
import { apply, type TextEdit } from '../edits/textEdit';
import type { FileChange } from './finding';

/** The changes of several files while they come together; each file is changed as often as somebody wants something of it. */
export class ChangeSet {
  private readonly files = new Map<string, FileChange>();
  private readonly ties: (readonly string[])[] = [];

  /** The text of a file as it is after the changes so far; undefined where there are none. */
  textOf(uri: string): string | undefined {
    return this.files.get(uri)?.after;
  }

  /** The texts after the changes so far, by URI. */
  get texts(): ReadonlyMap<string, string> {
    return new Map([...this.files].map(([uri, { after }]) => [uri, after]));
  }

  /** Changes a file further. The edits are of its text as it is now, which is `text` where nothing has changed it; undefined where there is no file yet. */
  add(uri: string, text: string | undefined, edits: readonly TextEdit[]): void {
    if (edits.length === 0) return;
    const known = this.files.get(uri);
    const before = known?.before ?? text ?? '';
    const all = known ? chain(before.length, known.edits, edits) : edits;
    const isNew = known ? known.isNew : text === undefined || undefined;
    this.files.set(uri, { uri, before, after: apply(known?.after ?? before, edits), edits: all, ...(isNew ? { isNew } : {}) });
  }

  /** Says that a fix changes all these files. */
  tie(uris: readonly string[]): void {
    if (uris.length > 1) this.ties.push(uris);
  }

  /** What has really changed, each with the files that it must be changed together with. */
  get all(): readonly FileChange[] {
    const changed = [...this.files.values()].filter(({ before, after, isNew }) => isNew === true || before !== after);
    return changed.map((change) => {
      const together = this.tiedTo(change.uri).filter((uri) => uri !== change.uri && changed.some((other) => other.uri === uri));
      return together.length > 0 ? { ...change, together } : change;
    });
  }

  private tiedTo(uri: string): readonly string[] {
    const found = new Set([uri]);
    for (const each of found) for (const tie of this.ties) if (tie.includes(each)) for (const other of tie) found.add(other);
    return [...found];
  }
}
