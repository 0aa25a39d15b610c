import { enclosing, field, type Node } from '../../syntax/node';
import type { FileView } from './view';

/** Whether a function that this file defines loops without an end: `while True`, and nothing in it leaves the loop. */
export function loopsForEver(target: Node, view: FileView): boolean {
  const body = definitionOf(target, view)?.childForFieldName('body');
  const loops = body?.descendantsOfType('while_statement') ?? [];
  return loops.some((loop) => ['True', '1'].includes(field(loop, 'condition')?.text ?? '') && loop.descendantsOfType(['break_statement', 'return_statement']).length === 0);
}

/** The `def` of a function, or of a method of the class around the mention: `work`, `self.work`. */
function definitionOf(target: Node, view: FileView): Node | undefined {
  if (target.type === 'identifier') {
    const [binding, ...others] = view.names.variableOf(target)?.bindings ?? [];
    const definition = binding?.node.parent;
    return others.length === 0 && definition?.type === 'function_definition' ? definition : undefined;
  }
  if (target.type !== 'attribute' || field(target, 'object')?.text !== 'self') return undefined;
  const members = enclosing(target, 'class_definition')?.childForFieldName('body')?.namedChildren ?? [];
  const definitions = members.map((member) => (member.type === 'decorated_definition' ? (field(member, 'definition') ?? member) : member));
  return definitions.find((member) => member.type === 'function_definition' && field(member, 'name')?.text === field(target, 'attribute')?.text);
}
