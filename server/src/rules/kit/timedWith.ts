import { apply, type TextEdit } from '../../edits/textEdit';
import { argument, argumentsOf } from '../../python/calls';
import type { NameUse } from '../../python/uses';
import { field, sameNode, type Node } from '../../syntax/node';
import { hasOwnLines } from './blocks';
import { indentAt, isFirstOnLine, lineEnd, lineStart } from './lines';
import type { FileView } from './view';

/** `with Timeout(seconds, exception):` on lines of its own, alone in its `with`, its object not kept. */
export interface TimedWith {
  readonly statement: Node;
  readonly seconds: Node;
  /** What happens when the time is up: the timeout itself is raised, nothing is, or this exception is. */
  readonly late: 'itself' | 'nothing' | Node;
  readonly body: readonly Node[];
}

/** The statement that a call of `Timeout` opens; a sentence where it is written in a way that is not rewritten. */
export function timedWith({ call }: NameUse, view: FileView): TimedWith | string {
  const statement = call && withOf(call);
  if (!statement) return 'it is started here and limits whatever runs until it is cancelled';
  const clause = statement.namedChild(0);
  const seconds = argument(call, 0, 'seconds');
  const exception = argument(call, 1, 'exception');
  const block = field(statement, 'body');
  const body = block?.namedChildren.filter((child): child is Node => !!child && child.type !== 'comment') ?? [];
  if (argumentsOf(call).isOpen || !seconds) return 'how long it waits is not known from here';
  if (clause?.namedChildCount !== 1 || call.parent?.type !== 'with_item') return 'the timeout is kept in a name, or entered together with something else';
  const isPlain = hasOwnLines(view, statement) && body[0] && isFirstOnLine(view.text, body[0].startIndex);
  if (!isPlain || clause.descendantsOfType('comment').length > 0) return 'its lines hold more than the `with` and its body';
  return { statement, seconds, late: lateness(exception), body };
}

function lateness(exception: Node | undefined): TimedWith['late'] {
  if (!exception || exception.type === 'none' || exception.type === 'true') return 'itself';
  return exception.type === 'false' ? 'nothing' : exception;
}

/** The `with` whose item a call is, with or without `as`. */
export function withOf(call: Node): Node | undefined {
  const item = call.parent?.type === 'as_pattern' && sameNode(call.parent.namedChild(0), call) ? call.parent.parent : call.parent;
  const statement = item?.type === 'with_item' ? item.parent?.parent : undefined;
  return statement?.type === 'with_statement' ? statement : undefined;
}

export interface NewLines {
  /** Takes the place of `with …:`; none where the line goes. Lines below the first are given without the common indentation. */
  readonly header: readonly string[];
  /** By one step of indentation. */
  readonly shift: 'left' | 'right' | 'none';
  /** Edits of the body, in offsets of the file. */
  readonly inner: readonly TextEdit[];
  /** Below the body, without the common indentation. */
  readonly footer: readonly string[];
}

/**
 * The statement anew, as one edit: it changes the indentation of lines, which must not mix with edits of others. A comment behind
 * the header stays behind it, or gets a line of its own.
 */
export function rewritten({ text, layout, tree }: FileView, { statement, body }: TimedWith, { header, shift, inner, footer }: NewLines): TextEdit {
  const indent = indentAt(text, statement.startIndex);
  const step = indentAt(text, body[0]?.startIndex ?? statement.startIndex).slice(indent.length);
  const colon = statement.children.find((child) => child?.type === ':')?.endIndex ?? statement.startIndex;
  const top = lineEnd(text, colon);
  const end = statement.endIndex + (/^[ \t]*(#[^\r\n]*)?/.exec(text.slice(statement.endIndex))?.[0].length ?? 0);
  const behind = text.slice(colon, top);
  const comment = behind.trim() === '' ? '' : indent + behind.trimStart();
  const head = header.length === 0 ? comment : header.map((line) => indent + line).join(layout.lineEnding) + behind;
  const shifts: TextEdit[] = [];
  for (let start = top; start < end; start = lineEnd(text, start)) {
    const isInString = tree.rootNode.descendantForIndex(start, start + 1)?.type === 'string_content' || text.slice(start, lineEnd(text, start)).trim() === '';
    if (isInString || !text.startsWith(indent + step, start)) continue;
    if (shift === 'left') shifts.push({ start, end: start + step.length, newText: '' });
    if (shift === 'right') shifts.push({ start, end: start, newText: step });
  }
  const local = [...shifts, ...inner].map((edit) => ({ ...edit, start: edit.start - top, end: edit.end - top }));
  const foot = footer.map((line) => layout.lineEnding + indent + line).join('');
  return { start: lineStart(text, statement.startIndex), end, newText: head + apply(text.slice(top, end), local) + foot };
}
