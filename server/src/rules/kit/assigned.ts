import { field, isField, statementOf, withParentheses, type Node } from '../../syntax/node';

/** The statement that binds an expression's value to one plain name and does nothing else: `name = value`. */
export function assignedName(value: Node): { readonly name: string; readonly statement: Node } | undefined {
  const whole = withParentheses(value);
  const assignment = whole.parent;
  if (assignment?.type !== 'assignment' || !isField(assignment, 'right', whole) || field(assignment, 'type')) return undefined;
  const target = field(assignment, 'left');
  const statement = statementOf(assignment);
  const isAlone = assignment.parent?.type === 'expression_statement' && statement.id === assignment.parent.id && statement.namedChildCount === 1;
  return target?.type === 'identifier' && isAlone ? { name: target.text, statement } : undefined;
}

/** The statement that consists of this expression alone. */
export function ownStatement(expression: Node): Node | undefined {
  const whole = withParentheses(expression);
  return whole.parent?.type === 'expression_statement' && whole.parent.namedChildCount === 1 ? whole.parent : undefined;
}
