import { field, sameNode, withParentheses, type Node } from '../../syntax/node';
import { hasOwnLines, shiftLines } from './blocks';
import { change, commentsIn, type Change } from './change';
import { lineEnd, lineStart } from './lines';
import type { FileView } from './view';

/**
 * What is left of `if condition:` when the condition never holds (or always, under `not`): the other branch, one step to the left, or nothing.
 * undefined where the expression is not the whole condition, where there is an `elif`, and where a comment would go with the dead branch.
 */
export function withoutBranch(condition: Node, view: FileView): Change | undefined {
  return folded(condition, view, false);
}

/** The same for a condition that always holds. */
export function withBranch(condition: Node, view: FileView): Change | undefined {
  return folded(condition, view, true);
}

function folded(condition: Node, view: FileView, holds: boolean): Change | undefined {
  const whole = withParentheses(condition);
  const isNegated = whole.parent?.type === 'not_operator';
  const test = isNegated && whole.parent ? withParentheses(whole.parent) : whole;
  const isTrue = isNegated !== holds;
  const statement = test.parent;
  if (statement?.type !== 'if_statement' || !sameNode(field(statement, 'condition'), test) || !hasOwnLines(view, statement)) return undefined;
  const [otherwise, ...more] = statement.childrenForFieldName('alternative');
  if (more.length > 0 || otherwise?.type === 'elif_clause') return undefined;
  const dead = isTrue ? otherwise : field(statement, 'consequence');
  if (dead && commentsIn(dead).length > 0) return undefined;
  const kept = isTrue ? field(statement, 'consequence') : otherwise && field(otherwise, 'body');
  return kept ? onlyBranch(statement, kept, isTrue ? otherwise : undefined, view) : change(view).removeStatement(statement).done();
}

// if green:           =>  work()
//     wait()
// else:
//     work()
function onlyBranch(statement: Node, kept: Node, behind: Node | undefined, view: FileView): Change | undefined {
  const { text } = view;
  const header = kept.parent ?? kept;
  const first = header.namedChildren.find((child) => child && child.startIndex >= lineEnd(text, colonOf(header)) && (child.type === 'comment' || sameNode(child, kept)));
  const start = lineStart(text, statement.startIndex);
  if (!first || lineStart(text, first.startIndex) !== lineEnd(text, colonOf(header)) || text.slice(start, lineStart(text, first.startIndex)).includes('#')) return undefined;
  const edits = change(view).replaceRange(start, lineStart(text, first.startIndex), '');
  shiftLines(edits, view, first, kept, 'left');
  if (behind) edits.replaceRange(lineStart(text, behind.startIndex), lineEnd(text, behind.endIndex), '');
  return edits.done();
}

/** Offset of the colon that opens a block. */
function colonOf(header: Node): number {
  return header.children.find((child) => child?.type === ':')?.startIndex ?? header.startIndex;
}
