import { enclosing, field, type Node } from '../../syntax/node';
import type { FileView } from './view';

/**
 * Whether an expression is a file descriptor, the number: certainly, by its form or by what it was assigned, or only by its name, which people give to
 * files, too. Undefined where nothing says so, or where the name has a file.
 */
export function descriptor(node: Node, view: FileView): 'certain' | 'named' | undefined {
  if (node.type !== 'identifier' && node.type !== 'attribute') return isNumber(node) ? 'certain' : undefined;
  const values = node.type === 'identifier' ? (view.names.variableOf(node)?.bindings ?? []).map(({ node: target }) => valueOf(target)) : [];
  if (values.length > 0 && values.every((value) => value && isNumber(value))) return 'certain';
  if (values.some((value) => value && isFile(value))) return undefined;
  return /(^|[._])(fd|fileno)\d*$|[a-z](fd|_fileno)$/.test(node.text) ? 'named' : undefined;
}

function isNumber(node: Node): boolean {
  if (node.type === 'call') return /^os\.(open|dup|pipe)$|(^|\.)fileno$/.test(calleeOf(node));
  return node.type === 'integer' || (node.type === 'subscript' && field(node, 'value')?.text === 'os.pipe()');
}

function isFile(node: Node): boolean {
  return node.type === 'call' && /(^|\.)(f?dopen|open|makefile)$/.test(calleeOf(node)) && !isNumber(node);
}

function calleeOf(call: Node): string {
  return field(call, 'function')?.text ?? '';
}

/** What a name is assigned, alone or in a tuple, or what `with` gives it. */
function valueOf(target: Node): Node | undefined {
  const binding = enclosing(target, 'assignment', 'as_pattern', 'function_definition', 'lambda', 'for_statement');
  if (binding?.type === 'as_pattern') return binding.namedChild(0) ?? undefined;
  return binding?.type === 'assignment' ? field(binding, 'right') : undefined;
}
