/** Replaces what stands between two offsets of a text (UTF-16, half-open). Where `start` is `end`, an insertion. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * The text after all edits, which refer to one text, in any order. Insertions at one offset keep their order and stand before
 * a replacement that starts there.
 *
 * Throws where edits overlap or leave the text: both are mistakes of the caller.
 */
export function apply(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const edit of inOrder(edits)) {
    if (edit.start < done) throw new Error(`overlapping edits at offset ${edit.start}`);
    if (edit.end < edit.start || edit.end > text.length) {
      throw new Error(`an edit of ${edit.start} to ${edit.end} does not fit a text of length ${text.length}`);
    }
    result += text.slice(done, edit.start) + edit.newText;
    done = edit.end;
  }
  return result + text.slice(done);
}

/** Sorted by place; what may share a place (insertions) keeps its order. */
export function inOrder<E extends TextEdit>(edits: readonly E[]): E[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * Whether two edits of one text cannot both be made. Edits that only touch do not overlap, nor do two insertions at one
 * offset; an insertion inside a replaced range does.
 */
export function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.start < b.end && b.start < a.end;
}
