import { reachingBindings } from '../../python/reaching';
import { sameNode, withoutParentheses, type Node } from '../../syntax/node';
import { valueOf } from './objects';
import type { FileView } from './view';

/**
 * What an expression may be as far as the file shows it: itself, and for a plain name what it was bound to before, `x -= 1` and defaults of
 * parameters included. None for a name whose value comes from elsewhere.
 */
export function valuesInSight(expression: Node, view: FileView): readonly Node[] {
  const node = withoutParentheses(expression);
  if (node.type !== 'identifier') return [node];
  const variable = view.names.variableOf(node);
  const read = variable?.reads.find((each) => sameNode(each.node, node));
  return variable && read ? reachingBindings(variable, read).flatMap((binding) => boundTo(binding.node) ?? []) : [];
}

function boundTo(name: Node): Node | undefined {
  const parent = name.parent;
  if (parent?.type === 'augmented_assignment') return parent;
  if (parent?.type === 'default_parameter' || parent?.type === 'typed_default_parameter') return parent.childForFieldName('value') ?? undefined;
  const value = valueOf(name);
  return value && withoutParentheses(value);
}
