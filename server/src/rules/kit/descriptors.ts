import { enclosing, field, type Node } from '../../syntax/node';
import type { FileView } from './view';

/** Whether an expression is certainly a file descriptor, the number: by its form, by its name, or by what it was assigned. */
export function isDescriptor(node: Node, view: FileView): boolean {
  if (node.type === 'integer') return true;
  if (node.type === 'call') return /^os\.(open|dup|pipe)$|(^|\.)fileno$/.test(field(node, 'function')?.text ?? '');
  if (node.type === 'subscript') return field(node, 'value')?.text === 'os.pipe()';
  if (node.type !== 'identifier' && node.type !== 'attribute') return false;
  if (/(^|[._])(fd|fileno)\d*$|[a-z](fd|_fileno)$/.test(node.text)) return true;
  const bindings = node.type === 'identifier' ? (view.names.variableOf(node)?.bindings ?? []) : [];
  return bindings.length > 0 && bindings.every(({ node: target }) => /^os\.(open|dup|pipe)\(/.test(valueText(target)));
}

/** The text of what a name is assigned, alone or in a tuple. */
function valueText(target: Node): string {
  const assignment = enclosing(target, 'assignment');
  return assignment ? (field(assignment, 'right')?.text ?? '') : '';
}
