import { inOrder, type TextEdit } from './textEdit';

/**
 * One set of edits that does what `first` and then `second` do: `first` refers to a text of the given length, `second` to the
 * text after it. What both leave alone stays outside the edits.
 */
export function chain(length: number, first: readonly TextEdit[], second: readonly TextEdit[]): readonly TextEdit[] {
  const pieces = rewritten([{ start: 0, end: length }], first);
  return editsOf(rewritten(pieces, second), length);
}

/**
 * Where an offset of the first text is after the edits; undefined where an edit took the character away that stands there.
 */
export function follow(offset: number, edits: readonly TextEdit[]): number | undefined {
  let moved = offset;
  for (const edit of edits) {
    if (edit.end <= offset) moved += edit.newText.length - (edit.end - edit.start);
    else if (edit.start <= offset) return undefined;
  }
  return moved;
}

/** A part of the new text: kept from the old one, or added. */
type Piece = { readonly start: number; readonly end: number } | { readonly added: string };

function rewritten(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let done = 0;
  for (const edit of inOrder(edits)) {
    result.push(...cut(pieces, done, edit.start), { added: edit.newText });
    done = edit.end;
  }
  return [...result, ...cut(pieces, done, Infinity)];
}

/** What the pieces hold between two offsets of the text that they make. */
function cut(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const size = 'added' in piece ? piece.added.length : piece.end - piece.start;
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, size)];
    at += size;
    if (start >= end) continue;
    result.push('added' in piece ? { added: piece.added.slice(start, end) } : { start: piece.start + start, end: piece.start + end });
  }
  return result;
}

function editsOf(pieces: readonly Piece[], length: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let done = 0;
  let newText = '';
  for (const piece of [...pieces, { start: length, end: length }]) {
    if ('added' in piece) newText += piece.added;
    else {
      if (piece.start > done || newText !== '') edits.push({ start: done, end: piece.start, newText });
      newText = '';
      done = piece.end;
    }
  }
  return edits;
}
