import { inOrder, overlap, type TextEdit } from './textEdit';

/** An edit that may name its file. Edits of different files never meet. */
export type MergeableEdit = TextEdit & { readonly uri?: string };

export interface Merged<E extends MergeableEdit> {
  /** What can be made at once: file by file, sorted by place. */
  readonly edits: readonly E[];
  /** The groups that overlap an earlier one, whole and in the order given: they wait for the next round. */
  readonly deferred: readonly (readonly E[])[];
}

/**
 * Joins groups of edits that refer to the same texts. A group is all or nothing, an earlier one has precedence, equal edits
 * fall together, and different insertions at one offset keep the order of their groups.
 *
 * Throws where a group overlaps itself: no order could make it whole.
 */
export function merge<E extends MergeableEdit>(groups: readonly (readonly E[])[]): Merged<E> {
  const files = new Map<string | undefined, E[]>();
  const deferred: (readonly E[])[] = [];
  for (const group of groups) {
    const fresh = distinct(group).filter((edit) => !edits(edit.uri).some((other) => isSame(edit, other)));
    if (fresh.some((edit) => edits(edit.uri).some((other) => overlap(edit, other)))) deferred.push(group);
    else for (const edit of fresh) edits(edit.uri).push(edit);
  }
  return { edits: [...files.values()].flatMap(inOrder), deferred };

  function edits(uri: string | undefined): E[] {
    const known = files.get(uri) ?? [];
    files.set(uri, known);
    return known;
  }
}

function distinct<E extends MergeableEdit>(group: readonly E[]): readonly E[] {
  const result: E[] = [];
  for (const edit of group) {
    const sameFile = result.filter((other) => other.uri === edit.uri);
    if (sameFile.some((other) => isSame(edit, other))) continue;
    if (sameFile.some((other) => overlap(edit, other))) throw new Error(`a group of edits overlaps itself at offset ${edit.start}`);
    result.push(edit);
  }
  return result;
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.newText === b.newText;
}
