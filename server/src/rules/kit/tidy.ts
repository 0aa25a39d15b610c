import { inOrder, type TextEdit } from '../../edits/textEdit';
import { lineAbove, lineEnd, lineStart } from './lines';

/**
 * The same edits, with the blank lines taken along that nobody wants any more: where whole lines go, the blank lines above and
 * below do not add up, and none stay at the start or the end of the file or of a block. `edits` must not overlap.
 */
export function tidied(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of joined(inOrder(edits)).map((each) => wholeLine(text, each))) {
    const last = result.at(-1);
    const isSameGap = last && isLineDeletion(text, last) && isLineDeletion(text, edit) && text.slice(last.end, edit.start).trim() === '';
    if (isSameGap) result[result.length - 1] = { start: last.start, end: edit.end, newText: '' };
    else result.push(edit);
  }
  return result.map((edit, index) => {
    const isTouched = result[index - 1]?.end === edit.start || result[index + 1]?.start === edit.end;
    return isTouched || !isLineDeletion(text, edit) ? edit : withSpareLines(text, edit);
  });
}

/** Deletions that touch are one. */
function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    if (last && last.newText === '' && edit.newText === '' && last.end === edit.start) result[result.length - 1] = { ...last, end: edit.end };
    else result.push(edit);
  }
  return result;
}

/** Where nothing but blanks stays of a line, the line goes. */
function wholeLine(text: string, edit: TextEdit): TextEdit {
  const [start, end] = [lineStart(text, edit.start), lineEnd(text, edit.end)];
  const isRest = edit.newText === '' && start <= edit.start && edit.start < edit.end && lineStart(text, edit.end) !== edit.end;
  return isRest && text.slice(start, edit.start).trim() === '' && text.slice(edit.end, end).trim() === '' ? { start, end, newText: '' } : edit;
}

function isLineDeletion(text: string, { start, end, newText }: TextEdit): boolean {
  return newText === '' && start < end && lineStart(text, start) === start && (end === text.length || lineStart(text, end) === end);
}

function withSpareLines(text: string, { start, end }: TextEdit): TextEdit {
  const above = blankAbove(text, start);
  const below = blankBelow(text, end);
  const top = above.at(-1) ?? start;
  if (below.at(-1) === text.length || end === text.length) return { start: top, end: below.at(-1) ?? end, newText: '' };
  const isFirst = top === 0 || (above.length === 0 && /:[ \t]*(#.*)?$/.test(lineAbove(text, start) ?? ''));
  const spare = isFirst ? below.length : Math.min(above.length, below.length);
  return { start: top === 0 ? 0 : start, end: spare === 0 ? end : (below[spare - 1] ?? end), newText: '' };
}

/** The starts of the blank lines that end at `start`, from the nearest to the farthest. */
function blankAbove(text: string, start: number): readonly number[] {
  const starts: number[] = [];
  for (let at = start, line = lineAbove(text, at); line?.trim() === ''; line = lineAbove(text, at)) {
    at = lineStart(text, at - (text.startsWith('\r\n', at - 2) ? 2 : 1));
    starts.push(at);
  }
  return starts;
}

/** The ends of the blank lines that follow `end`, from the nearest to the farthest. */
function blankBelow(text: string, end: number): readonly number[] {
  const ends: number[] = [];
  for (let at = end; at < text.length; ) {
    const next = lineEnd(text, at);
    if (text.slice(at, next).trim() !== '') break;
    ends.push(next);
    at = next;
  }
  return ends;
}
