import { field, isField, type Node } from '../../syntax/node';

/** For a class that is only asked for: what is asked is true of objects that have been replaced. */
export function askedBefore(native: string): string {
  return `what is asked here must have been made a \`${native}\` before`;
}

/**
 * Whether a class is only asked for where it is named: in `isinstance`, alone or in a tuple, in a comparison such as `type(x) is Event`,
 * or as the annotation of something. No object is made by it there, and nobody inherits from it.
 */
export function isAskedFor(name: Node): boolean {
  const node = name.parent?.type === 'tuple' ? name.parent : name;
  const { parent } = node;
  switch (parent?.type) {
    case 'comparison_operator':
    case 'type':
      return true;
    case 'argument_list':
      return parent.parent?.type === 'call' && isField(parent.parent, 'arguments', parent) && asking.test(field(parent.parent, 'function')?.text ?? '');
    default:
      return false;
  }
}

const asking = /(^|\.)(isinstance|issubclass|assertIsInstance|assertNotIsInstance)$/;
